package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntriesTest {
    private record Values(float weight, long time, boolean derived) {}

    private record Moment(Entries entries, TreeMap<Integer, Values> twin) {
        void check(int items) {
            assertThat(entries.size()).isEqualTo(twin.size());
            for (int item = 0; item < items; item++) {
                int place = entries.find(item);
                Values values = twin.get(item);
                assertThat(place >= 0).as("item %d is there", item).isEqualTo(values != null);
                if (values != null) {
                    assertThat(new Values(entries.weight(place), entries.time(place), entries.isDerived(place)))
                            .isEqualTo(values);
                }
            }
            Row row = entries.row();
            assertThat(row.items())
                    .containsExactly(
                            twin.keySet().stream().mapToInt(item -> item).toArray());
            int at = 0;
            for (Map.Entry<Integer, Values> entry : twin.entrySet()) {
                assertThat(new Values(row.weights()[at], row.times()[at], row.isDerived(at)))
                        .isEqualTo(entry.getValue());
                at++;
            }
        }

        Moment next(int item, Values values) {
            TreeMap<Integer, Values> changed = new TreeMap<>(twin);
            changed.put(item, values);
            return new Moment(
                    entries.with(item, !twin.containsKey(item), values.weight, values.time, values.derived), changed);
        }
    }

    private static Moment empty() {
        return new Moment(Entries.of(Row.EMPTY), new TreeMap<>());
    }

    private static Values values(SplittableRandom random) {
        return new Values(
                (float) random.nextDouble(-5, 5),
                random.nextInt(8) == 0 ? -random.nextLong(9) : random.nextLong(Long.MAX_VALUE),
                random.nextInt(9) == 0);
    }

    /** Nothing that comes later changes a moment, however the row grew and when it was merged. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 100, 500})
    void everyMomentStaysWhatItWas(int items) {
        SplittableRandom random = new SplittableRandom(items);
        List<Moment> moments = new ArrayList<>(List.of(empty()));
        for (int k = 0; k < 700; k++) {
            moments.add(moments.get(k).next(random.nextInt(items), values(random)));
        }
        for (int k = 0; k < moments.size(); k += 1 + random.nextInt(7)) {
            moments.get(k).check(items);
        }
        moments.get(700).check(items);
    }

    /** Two next moments of one do not write over each other. */
    @Test
    void momentsMayFork() {
        SplittableRandom random = new SplittableRandom(3);
        List<Moment> moments = new ArrayList<>(List.of(empty()));
        for (int k = 0; k < 2_000; k++) {
            Moment from = moments.get(random.nextInt(Math.max(0, moments.size() - 5), moments.size()));
            moments.add(from.next(random.nextInt(60), values(random)));
        }
        for (int k = 0; k < moments.size(); k += 13) {
            moments.get(k).check(60);
        }
    }

    @Test
    void theLargestItemAndOddNumbersFit() {
        Moment moment = empty().next(Integer.MAX_VALUE, new Values(-0f, Long.MIN_VALUE, true))
                .next(0, new Values(Float.MIN_VALUE, Long.MAX_VALUE, false))
                .next(Integer.MAX_VALUE - 1, new Values(-Float.MAX_VALUE, -1, true));
        moment.check(3);
        assertThat(moment.entries.weight(moment.entries.find(Integer.MAX_VALUE)))
                .isEqualTo(-0f);
        assertThat(moment.entries.isDerived(moment.entries.find(Integer.MAX_VALUE)))
                .isTrue();
    }

    /** Each event adds 1 to one weight, so that the weights of an untorn history sum up to its version. */
    @Test
    void readersSeeWholeHistories() throws InterruptedException {
        LiveOptions options = new LiveOptions();
        Table<UserState> table = new Table<>();
        table.set(0, UserState.EMPTY);
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<String> torn = new AtomicReference<>("");
        List<Thread> readers = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            boolean merges = k > 0;
            readers.add(new Thread(() -> {
                while (!done.get() && torn.get().isEmpty()) {
                    UserState state = table.get(0);
                    double sum = merges ? sum(state.row()) : sum(state.entries());
                    if (sum != state.version || (merges && !ascends(state.row()))) {
                        torn.set("weights sum up to " + sum + " at version " + state.version);
                    }
                }
            }));
        }
        readers.forEach(Thread::start);
        SplittableRandom random = new SplittableRandom(5);
        UserState state = UserState.EMPTY;
        for (int version = 1; version <= 100_000; version++) {
            state = state.with(random.nextInt(300), new Effect(1f, false, false), version, version, null, options);
            table.set(0, state);
        }
        done.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(torn.get()).isEmpty();
        assertThat(sum(state.row())).isEqualTo(100_000);
    }

    private static double sum(Row row) {
        double sum = 0;
        for (float weight : row.weights()) {
            sum += weight;
        }
        return sum;
    }

    private static double sum(Entries entries) {
        double sum = 0;
        for (int item = 0; item < 300; item++) {
            int place = entries.find(item);
            sum += place < 0 ? 0 : entries.weight(place);
        }
        return sum;
    }

    private static boolean ascends(Row row) {
        for (int k = 1; k < row.size(); k++) {
            if (row.items()[k - 1] >= row.items()[k]) {
                return false;
            }
        }
        return true;
    }
}
