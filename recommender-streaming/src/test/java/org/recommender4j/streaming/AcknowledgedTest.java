package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.journal.Fsync;

/** Nothing is acknowledged that is not safe, and nothing is seen that was refused. */
@Timeout(60)
class AcknowledgedTest {
    private final List<DeadLetter> dead = new ArrayList<>();
    private final List<LiveFailure> failures = new ArrayList<>();

    /** A disk that takes so many records, and can refuse to force them. */
    private static final class Disk implements EventLog {
        int room = Integer.MAX_VALUE;
        boolean forces = true;
        int awaits;

        private long write(long after) {
            if (room == 0) {
                throw new UncheckedIOException(new IOException("no space left"));
            }
            room--;
            return after + 1;
        }

        @Override
        public long append(long after, Event<?, ?> event, Effect effect, long time) {
            return write(after);
        }

        @Override
        public long append(long after, Object item, ItemFact fact) {
            return write(after);
        }

        @Override
        public long appendForget(long after, Object user) {
            return write(after);
        }

        @Override
        public void await(long version) {
            awaits++;
            if (!forces) {
                throw new UncheckedIOException(new IOException("not forced"));
            }
        }

        @Override
        public void close() {}
    }

    private final Disk disk = new Disk();

    private LiveRecommender<String, String> onDisk() {
        LiveOptions options = new LiveOptions();
        options.clock = new LiveData.Clock();
        options.deadLetters = dead::add;
        options.failures = failures::add;
        return Startup.begin(LiveData.groups(), new Popularity(), options, disk, null);
    }

    private static List<Event<String, String>> events(int count) {
        List<Event<String, String>> events = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            events.add(Event.<String, String>view("new " + k, "i0-0").withId("e" + k));
        }
        return events;
    }

    @Test
    void aBatchThatTheDiskRefusesIsNotAcknowledgedAndCanComeAgain() {
        disk.room = 2;
        try (LiveRecommender<String, String> live = onDisk()) {
            assertThatThrownBy(() -> live.ingestAll(events(4)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("no space");
            assertThat(dead).isEmpty();
            assertThat(live.metrics().rejected()).isZero();
            assertThat(live.version()).isEqualTo(2);
            assertThat(live.export("new 1")).isPresent();
            assertThat(live.export("new 2")).isEmpty();
            disk.room = 100;
            assertThat(live.ingestAll(events(4))).isEqualTo(4);
            assertThat(live.metrics().duplicates()).isEqualTo(2);
            assertThat(live.export("new 0").orElseThrow().history()).allMatch(entry -> entry.weight() == 1);
        }
    }

    @Test
    void whatIsNotForcedIsNotAcknowledged() throws Exception {
        try (LiveRecommender<String, String> live = onDisk()) {
            disk.forces = false;
            assertThatThrownBy(() -> live.ingestAll(events(3))).hasMessageContaining("not forced");
            assertThatThrownBy(() -> live.ingest(events(1).get(0)))
                    .as("the first one is not safe yet")
                    .hasMessageContaining("not forced");
            CompletableFuture<Long> submitted = live.submit(Event.view("new 7", "i0-0"));
            assertThatThrownBy(() -> submitted.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("not forced");
            assertThatThrownBy(() -> live.itemText("i0-0", "title", "x")).hasMessageContaining("not forced");
            disk.forces = true;
            int before = disk.awaits;
            assertThat(live.ingest(events(1).get(0))).isEqualTo(live.version());
            assertThat(disk.awaits).isEqualTo(before + 1);
        }
    }

    @Test
    void aQueueThatCantWriteTellsOfEachEvent() throws Exception {
        disk.room = 1;
        try (LiveRecommender<String, String> live = onDisk()) {
            assertThat(live.submit(events(1).get(0)).get(10, TimeUnit.SECONDS)).isEqualTo(1);
            CompletableFuture<Long> refused = live.submit(Event.view("a", "i0-0"));
            assertThatThrownBy(() -> refused.get(10, TimeUnit.SECONDS)).hasMessageContaining("no space");
            assertThat(live.offer(Event.view("b", "i0-0"))).isTrue();
        }
        assertThat(dead).hasSize(1).allMatch(letter -> letter.reason().contains("no space"));
        assertThat(failures).isNotEmpty().allMatch(failure -> failure.part().equals("queue"));
    }

    @Test
    void aFactThatIsRefusedLeavesNoTrace(@TempDir Path folder) {
        LiveBuilder options = LiveData.live().fsync(Fsync.NONE);
        LiveRecommender<String, String> live = options.create(folder, LiveData.groups(), new Popularity());
        live.itemVector("i0-0", "image", new float[] {1, 2});
        int items = live.metrics().items();
        assertThatThrownBy(() -> live.itemVector("phantom", "image", new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has length 3, but those before have 2");
        assertThatThrownBy(() -> live.itemText("phantom", "title", "y".repeat(2_000_000)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> live.itemCategories("phantom", "genre", "drama", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(live.metrics().items()).isEqualTo(items);
        long version = live.version();
        live.close();
        assertThatThrownBy(() -> live.addItem("phantom")).isInstanceOf(IllegalStateException.class);
        assertThat(live.metrics().items()).isEqualTo(items);
        assertThat(live.version()).isEqualTo(version);
        try (LiveRecommender<String, String> opened = options.open(folder, String.class, String.class)) {
            assertThat(opened.metrics().items()).isEqualTo(items);
            // The last one that fits does so for a new item, too.
            opened.itemVector("real", "image", new float[] {3, 4});
        }
    }

    @Test
    void aRecordThatIsTooLongIsABadEventAndStopsNoBatch(@TempDir Path folder) {
        LiveBuilder options = LiveData.live().fsync(Fsync.NONE).deadLetters(dead::add);
        try (LiveRecommender<String, String> live = options.create(folder, LiveData.groups(), new Popularity())) {
            Event<String, String> huge =
                    Event.<String, String>view("huge", "i0-0").withContext("page", "x".repeat(2_000_000));
            assertThat(live.ingestAll(List.of(huge, Event.view("a", "i0-0")))).isEqualTo(1);
            assertThat(dead).hasSize(1);
            assertThat(live.export("huge")).isEmpty();
            assertThatThrownBy(() -> live.ingest(huge)).isInstanceOf(IllegalArgumentException.class);
            assertThat(live.metrics().rejected()).isEqualTo(2);
        }
    }

    @Test
    void nothingIsTakenAfterClose(@TempDir Path folder) {
        LiveRecommender<String, String> live = LiveData.live()
                .fsync(Fsync.NONE)
                .deadLetters(dead::add)
                .create(folder, LiveData.groups(), new Popularity());
        live.close();
        assertThatThrownBy(() -> live.ingestAll(events(3))).isInstanceOf(IllegalStateException.class);
        Upstream upstream = new Upstream();
        CompletableFuture<Void> done = new CompletableFuture<>();
        Flow.Subscriber<Event<String, String>> subscriber = live.subscriber(done);
        subscriber.onSubscribe(upstream);
        long asked = upstream.asked;
        events(300).forEach(subscriber::onNext);
        assertThat(upstream.cancelled).isEqualTo(1);
        assertThat(upstream.asked).isEqualTo(asked);
        assertThat(done).isCompletedExceptionally();
        assertThat(dead).isEmpty();
        assertThat(live.export("new 0")).isEmpty();
    }

    /** Counts what it is asked. */
    private static final class Upstream implements Flow.Subscription {
        long asked;
        int cancelled;

        @Override
        public void request(long n) {
            asked += n;
        }

        @Override
        public void cancel() {
            cancelled++;
        }
    }

    @Test
    void aSubscriberStopsAtTheFirstFailure() {
        disk.room = 5;
        try (LiveRecommender<String, String> live = onDisk()) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            Flow.Subscriber<Event<String, String>> subscriber = live.subscriber(done);
            Upstream upstream = new Upstream();
            subscriber.onSubscribe(upstream);
            events(20).forEach(subscriber::onNext);
            subscriber.onComplete();
            subscriber.onError(new IllegalStateException("too late"));
            assertThat(upstream.cancelled).isEqualTo(1);
            assertThat(live.version()).isEqualTo(5);
            assertThatThrownBy(() -> done.get(1, TimeUnit.SECONDS)).hasMessageContaining("no space");
            disk.room = 100;
            subscriber.onNext(Event.view("late", "i0-0"));
            assertThat(live.export("late")).isEmpty();
        }
    }

    @Test
    void aSubscriberKeepsTheRulesOfReactiveStreams() {
        try (LiveRecommender<String, String> live = onDisk()) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            Flow.Subscriber<Event<String, String>> subscriber = live.subscriber(done);
            assertThatThrownBy(() -> subscriber.onSubscribe(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> subscriber.onNext(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> subscriber.onError(null)).isInstanceOf(NullPointerException.class);
            Upstream first = new Upstream();
            Upstream second = new Upstream();
            subscriber.onSubscribe(first);
            subscriber.onSubscribe(second);
            assertThat(second.cancelled).isEqualTo(1);
            assertThat(second.asked).isZero();
            assertThat(first.cancelled).isZero();
            assertThat(done).isNotDone();
            subscriber.onError(new IllegalStateException("the publisher's"));
            assertThat(done).isCompletedExceptionally();
            Upstream third = new Upstream();
            subscriber.onSubscribe(third);
            assertThat(third.cancelled).isEqualTo(1);

            CompletableFuture<Void> other = new CompletableFuture<>();
            live.subscriber(other).onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    throw new IllegalStateException("no requests today");
                }

                @Override
                public void cancel() {
                    throw new IllegalStateException("no cancelling either");
                }
            });
            assertThatThrownBy(() -> other.get(1, TimeUnit.SECONDS)).hasMessageContaining("no requests today");
        }
    }

    @Test
    void nullIsNoEvent() {
        try (LiveRecommender<String, String> live = onDisk()) {
            List<Event<String, String>> batch = new ArrayList<>(events(2));
            batch.add(null);
            assertThatThrownBy(() -> live.ingestAll(batch)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> live.offer(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> live.submit(null)).isInstanceOf(NullPointerException.class);
            assertThat(live.version()).isZero();
        }
    }

    /** An id that can't be compared any more is found out when its event is in the log already. */
    private static final class Id {
        private static boolean broken;

        @Override
        public int hashCode() {
            return 7;
        }

        @Override
        public boolean equals(Object other) {
            if (broken && other instanceof Id) {
                throw new UnsupportedOperationException("no comparison today");
            }
            return other == this;
        }
    }

    @Test
    void afterAChangeThatWasNotFinishedNothingIsTaken() {
        LiveOptions options = new LiveOptions();
        var data = org.recommender4j.data.Dataset.<Id, String>builder()
                .add(new Id(), "x")
                .build();
        try (LiveRecommender<Id, String> live = Startup.begin(data, new Popularity(), options, disk, null)) {
            live.ingest(Event.view(new Id(), "x"));
            Id.broken = true;
            Event<Id, String> event = Event.view(new Id(), "x");
            assertThatThrownBy(() -> live.ingest(event)).hasMessageContaining("could not be applied");
            Id.broken = false;
            assertThatThrownBy(() -> live.ingest(event))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no comparison today");
            assertThatThrownBy(() -> live.ingestAll(List.of(event))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> live.addItem("y")).isInstanceOf(IllegalStateException.class);
            assertThat(live.version()).isEqualTo(1);
        } finally {
            Id.broken = false;
        }
    }
}
