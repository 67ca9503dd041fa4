package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.Algorithm;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.journal.Fsync;

/** What runs beside the calls: no training holds up the queue, nothing fails in silence, callbacks hold no lock. */
@Timeout(60)
class BackgroundTest {
    /** Popularity, with something that happens in each training but the first. */
    private record Interrupted(AtomicInteger trainings, Runnable action) implements Algorithm {
        Interrupted(Runnable action) {
            this(new AtomicInteger(), action);
        }

        @Override
        public Model train(TrainingData data, Training training) {
            if (trainings.incrementAndGet() > 1) {
                action.run();
            }
            return new Popularity().train(data, training);
        }

        @Override
        public Map<String, String> options() {
            return Map.of();
        }

        @Override
        public Algorithm with(Map<String, String> changes) {
            return this;
        }

        @Override
        public Model restore(ModelState state) {
            return new Popularity().restore(state);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refitsDoNotStallTheQueue(LiveBuilder options) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Algorithm slow = new Interrupted(() -> {
            begun.countDown();
            await(end);
        });
        LiveRecommender<String, String> live = options.gate(0, 0)
                .refitEvery(Duration.ofMillis(1))
                .refreshItemsEvery(Duration.ofMillis(1))
                .refitAfterEvents(1)
                .start(LiveData.groups(), slow);
        live.ingest(Event.view("a", "i0-0"));
        begun.await();
        for (int k = 0; k < 50; k++) {
            assertThat(live.submit(Event.view("a", "i0-" + k)).get(20, TimeUnit.SECONDS))
                    .isEqualTo(k + 2);
        }
        end.countDown();
        live.close();
    }

    @Test
    void refitsDoNotStallTheQueue() throws Exception {
        refitsDoNotStallTheQueue(LiveData.live());
        ScheduledExecutorService two = Executors.newScheduledThreadPool(2);
        refitsDoNotStallTheQueue(LiveData.live().scheduler(two));
        two.shutdownNow();
    }

    @Test
    void anErrorDoesNotEndASchedule() throws Exception {
        CountDownLatch told = new CountDownLatch(3);
        Algorithm broken = new Interrupted(() -> {
            throw new AssertionError("no training today");
        });
        try (LiveRecommender<String, String> live = LiveData.live()
                .refitEvery(Duration.ofMillis(1))
                .failures(failure -> {
                    if (failure.part().equals("refit") && failure.cause() instanceof AssertionError) {
                        told.countDown();
                    }
                    throw new IllegalStateException("no callback either");
                })
                .start(LiveData.groups(), broken)) {
            told.await();
            assertThat(live.metrics().failures()).isGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void aRefitAskedForByEventsFailsAloud() throws Exception {
        CompletableFuture<LiveFailure> told = new CompletableFuture<>();
        Algorithm broken = new Interrupted(() -> {
            throw new UnsupportedOperationException("no training today");
        });
        try (LiveRecommender<String, String> live =
                LiveData.live().refitAfterEvents(1).failures(told::complete).start(LiveData.groups(), broken)) {
            live.ingest(Event.view("a", "i0-0"));
            assertThat(told.get(20, TimeUnit.SECONDS).cause()).hasMessage("no training today");
            assertThat(live.metrics().failures()).isPositive();
        }
    }

    /** A scheduler may run what it is given at once: that must not be under the lock of the writer. */
    @Test
    void aRefitInTheCallersThreadIsNotUnderTheLock() throws Exception {
        AtomicReference<LiveRecommender<String, String>> box = new AtomicReference<>();
        List<Object> seen = new ArrayList<>();
        ScheduledExecutorService direct = new java.util.concurrent.ScheduledThreadPoolExecutor(1) {
            @Override
            public void execute(Runnable command) {
                command.run();
            }
        };
        Algorithm asks = new Interrupted(() ->
                seen.add(CompletableFuture.supplyAsync(() -> box.get().ingest(Event.view("other", "i0-1")))
                        .join()));
        box.set(LiveData.live().scheduler(direct).refitAfterEvents(3).start(LiveData.groups(), asks));
        for (int k = 0; k < 3; k++) {
            box.get().ingest(Event.view("a", "i0-" + k));
        }
        assertThat(seen).containsExactly(4L);
        box.get().close();
        direct.shutdownNow();
    }

    @Test
    void callbacksHoldNoLock(@TempDir Path folder) {
        AtomicReference<LiveRecommender<String, String>> box = new AtomicReference<>();
        List<Long> versions = new ArrayList<>();
        LiveSignal broken = (user, item, weight, time, before, event) -> {
            throw new IllegalStateException("no signals");
        };
        Runnable ask = () -> {
            CompletableFuture.runAsync(() -> box.get().snapshot()).join();
            versions.add(
                    CompletableFuture.supplyAsync(() -> box.get().addItem("z")).join());
        };
        LiveBuilder options = LiveData.live()
                .fsync(Fsync.NONE)
                .signal(broken)
                .deadLetters(letter -> ask.run())
                .failures(failure -> ask.run());
        box.set(options.create(folder, LiveData.groups(), new Popularity()));
        box.get().ingestAll(List.of(Event.of("a", "b", "nonsense"), Event.view("a", "i0-0")));
        assertThat(versions).hasSize(2);
        box.get().ingest(Event.view("a", "i0-0"));
        box.get()
                .submit(Event.of("a", "b", "nonsense"))
                .handle((version, e) -> e)
                .join();
        assertThat(versions).hasSize(4);
        box.get().close();
    }

    @Test
    void aCallbackOfTheQueueDoesNotWaitForItself() {
        AtomicReference<LiveRecommender<String, String>> box = new AtomicReference<>();
        LiveBuilder options = LiveData.live().queue(1, OverflowPolicy.BLOCK).deadLetters(letter -> {
            for (int k = 0; k < 3; k++) {
                box.get().offer(Event.view("dead", "i0-0"));
            }
        });
        box.set(options.start(LiveData.groups(), new Popularity()));
        CompletableFuture<Long> bad = box.get().submit(Event.of("a", "b", "nonsense"));
        assertThatThrownBy(bad::join).hasMessageContaining("nonsense");
        box.get().close();
        assertThat(box.get().export("dead")).isPresent();
        assertThat(box.get().metrics().failures()).isEqualTo(1);
    }

    /** An event that the queue takes is applied, however close the end is. */
    @Test
    void whatIsTakenWhileClosingIsApplied() throws Exception {
        for (int round = 0; round < 20; round++) {
            LiveRecommender<String, String> live =
                    LiveData.live().queue(4, OverflowPolicy.BLOCK).start(LiveData.groups(), new Popularity());
            AtomicInteger taken = new AtomicInteger();
            CountDownLatch some = new CountDownLatch(20);
            List<Thread> producers = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Thread producer = new Thread(() -> {
                    try {
                        while (live.offer(Event.view("a", "i0-0"))) {
                            taken.incrementAndGet();
                            some.countDown();
                        }
                    } catch (IllegalStateException e) {
                        // Closed.
                    }
                });
                producers.add(producer);
                producer.start();
            }
            some.await();
            live.close();
            for (Thread producer : producers) {
                producer.join(20_000);
                assertThat(producer.isAlive()).isFalse();
            }
            assertThat(live.version()).isEqualTo(taken.get());
            assertThat(live.metrics().queued()).isZero();
        }
    }

    /** Who closes from a callback does not wait for the thread of the callback. */
    @Test
    void aCallbackMayClose() {
        AtomicReference<LiveRecommender<String, String>> box = new AtomicReference<>();
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        box.set(LiveData.live()
                .deadLetters(letter -> {
                    box.get().close();
                    closed.complete(true);
                })
                .start(LiveData.groups(), new Popularity()));
        box.get().offer(Event.of("a", "b", "nonsense"));
        assertThat(closed.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
    }
}
