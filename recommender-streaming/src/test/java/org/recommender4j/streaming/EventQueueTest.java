package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.recommender4j.Request;
import org.recommender4j.popularity.Popularity;

class EventQueueTest {
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Queue<DeadLetter> dead = new ConcurrentLinkedQueue<>();

    @AfterEach
    void end() {
        gate.countDown();
        scheduler.shutdownNow();
    }

    private LiveRecommender<String, String> start(int capacity, OverflowPolicy overflow) {
        return LiveData.live()
                .scheduler(scheduler)
                .queue(capacity, overflow)
                .batch(3)
                .deadLetters(dead::add)
                .start(LiveData.groups(), new Popularity());
    }

    /** Keeps the only thread of the scheduler from applying anything. */
    private void shut() {
        scheduler.execute(() -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static Event<String, String> event(int k) {
        return Event.view("new " + k, "i0-0");
    }

    @Test
    void aFullQueueFails() throws Exception {
        LiveRecommender<String, String> live = start(2, OverflowPolicy.FAIL);
        shut();
        assertThat(live.offer(event(0))).isTrue();
        CompletableFuture<Long> second = live.submit(event(1));
        assertThatThrownBy(() -> live.offer(event(2))).isInstanceOf(RejectedExecutionException.class);
        assertThat(live.metrics().queued()).isEqualTo(2);
        assertThat(live.version()).isZero();
        gate.countDown();
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(live.export("new 1")).isPresent();
        assertThat(live.export("new 2")).isEmpty();
        assertThat(live.metrics().queued()).isZero();
    }

    @Test
    void aFullQueueDropsAndCounts() {
        LiveRecommender<String, String> live = start(2, OverflowPolicy.DROP);
        shut();
        for (int k = 0; k < 5; k++) {
            assertThat(live.offer(event(k))).isEqualTo(k < 2);
        }
        assertThat(live.submit(event(9))).isCompletedExceptionally();
        assertThat(live.metrics().dropped()).isEqualTo(4);
        assertThat(dead).hasSize(4).allMatch(letter -> letter.reason().contains("full"));
        gate.countDown();
        live.close();
        assertThat(live.version()).isEqualTo(2);
    }

    @Test
    void aFullQueueBlocksUntilThereIsRoom() throws Exception {
        LiveRecommender<String, String> live = start(2, OverflowPolicy.BLOCK);
        shut();
        Thread producer = new Thread(() -> {
            for (int k = 0; k < 50; k++) {
                live.offer(event(k));
            }
        });
        producer.start();
        while (producer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(live.metrics().queued()).isEqualTo(2);
        gate.countDown();
        producer.join();
        live.close();
        assertThat(live.version()).isEqualTo(50);
        assertThat(live.metrics().dropped()).isZero();
        assertThatThrownBy(() -> live.offer(event(51))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void badEventsGoToTheDeadLettersAndStopNothing() throws Exception {
        LiveRecommender<String, String> live = start(100, OverflowPolicy.BLOCK);
        List<CompletableFuture<Long>> results = new ArrayList<>();
        results.add(live.submit(event(0)));
        results.add(live.submit(Event.of("a", "i0-0", "no such kind")));
        results.add(live.submit(Event.of("", "i0-0", "view")));
        results.add(live.submit(Event.rating("a", "i0-0", 5)));
        results.add(live.submit(Event.<String, String>view("a", "i0-0").at(LiveData.START + 2 * 86_400_000L)));
        results.add(live.submit(event(1)));
        assertThat(results.get(5).get(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(dead).extracting(DeadLetter::reason).hasSize(4);
        assertThat(dead.peek().reason()).contains("no such kind");
        assertThatThrownBy(() -> results.get(1).get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("no such kind");
        assertThat(live.export("a")).isEmpty();
        assertThat(live.metrics().rejected()).isEqualTo(4);
        assertThatThrownBy(() -> live.ingest(Event.of("a", "i0-0", "no such kind")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDeadLetterCallbackThatThrowsStopsNothing() {
        LiveBuilder options = LiveData.live().deadLetters(letter -> {
            throw new IllegalStateException("no mail today");
        });
        try (LiveRecommender<String, String> live = options.start(LiveData.groups(), new Popularity())) {
            assertThat(live.ingestAll(List.of(Event.of("a", "b", "nonsense"), event(1))))
                    .isEqualTo(1);
            assertThat(live.metrics().failures()).isEqualTo(1);
        }
    }

    @Test
    void aRepeatedIdCountsOnceAsLongAsItIsRemembered() {
        LiveBuilder options = LiveData.live().rememberedIds(3);
        try (LiveRecommender<String, String> live = options.start(LiveData.groups(), new Popularity())) {
            for (int round = 0; round < 4; round++) {
                assertThat(live.ingest(Event.<String, String>view("a", "x").withId("1")))
                        .isEqualTo(1);
            }
            assertThat(live.metrics().duplicates()).isEqualTo(3);
            for (int k = 2; k <= 4; k++) {
                live.ingest(Event.<String, String>view("a", "x").withId("" + k));
            }
            assertThat(live.ingest(Event.<String, String>view("a", "x").withId("1")))
                    .isEqualTo(5);
            assertThat(live.export("a").orElseThrow().history().get(0).weight()).isEqualTo(5);
        }
    }

    @Test
    void aSubscriberNeverGetsMoreThanItAskedFor() {
        LiveRecommender<String, String> live = start(10, OverflowPolicy.FAIL);
        CompletableFuture<Void> done = new CompletableFuture<>();
        Flow.Subscriber<Event<String, String>> subscriber = live.subscriber(done);
        List<Long> asked = new ArrayList<>();
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                asked.add(n);
            }

            @Override
            public void cancel() {
                asked.add(-1L);
            }
        });
        long sent = 0;
        for (int k = 0; k < 100; k++) {
            assertThat(asked.stream().mapToLong(n -> n).sum()).isGreaterThan(sent);
            subscriber.onNext(event(k));
            sent++;
            assertThat(asked.stream().mapToLong(n -> n).sum() - sent)
                    .as("in flight")
                    .isBetween(1L, 3L);
        }
        subscriber.onNext(Event.of("a", "b", "nonsense"));
        assertThat(dead).hasSize(1);
        assertThat(done).isNotDone();
        subscriber.onComplete();
        assertThat(done).isCompleted();
        assertThat(live.version()).isEqualTo(100);
    }

    @Test
    void aPublisherOfTheJdkFeedsIt() throws Exception {
        LiveRecommender<String, String> live = start(10, OverflowPolicy.FAIL);
        CompletableFuture<Void> done = new CompletableFuture<>();
        try (SubmissionPublisher<Event<String, String>> publisher = new SubmissionPublisher<>(Runnable::run, 8)) {
            publisher.subscribe(live.subscriber(done));
            for (int k = 0; k < 1000; k++) {
                publisher.submit(event(k));
            }
        }
        done.get(10, TimeUnit.SECONDS);
        assertThat(live.version()).isEqualTo(1000);
    }

    @Test
    void whoeverKnowsAVersionSeesIt() throws Exception {
        LiveRecommender<String, String> live = start(1000, OverflowPolicy.BLOCK);
        for (int k = 0; k < 300; k++) {
            long version = live.submit(Event.view("reader", "item " + k)).get(10, TimeUnit.SECONDS);
            Request<String, String> request =
                    Request.<String, String>forUser("reader").limit(1000).atLeast(version);
            assertThat(live.recommend(request).items()).doesNotContain("item " + k);
        }
    }
}
