package org.recommender4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InteractionsTest {
    private record Pair(int row, int column) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            return row != other.row ? Integer.compare(row, other.row) : Integer.compare(column, other.column);
        }
    }

    private record Value(float weight, long time) {}

    private static void assertSame(Interactions matrix, Map<Pair, Value> naive, String seed) {
        List<Pair> pairs = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (int r = 0; r < matrix.rows(); r++) {
            assertThat(matrix.row(r)).as(seed).hasSize(matrix.length(r)).isSorted();
            for (int p = matrix.begin(r); p < matrix.end(r); p++) {
                pairs.add(new Pair(r, matrix.column(p)));
                values.add(new Value(matrix.weight(p), matrix.time(p)));
                assertThat(matrix.find(r, matrix.column(p))).as(seed).isEqualTo(p);
            }
        }
        assertThat(pairs).as(seed).isEqualTo(List.copyOf(naive.keySet()));
        assertThat(values).as(seed).isEqualTo(List.copyOf(naive.values()));
        assertThat(matrix.size()).as(seed).isEqualTo(naive.size());
        // Whatever was built can also be wrapped, which checks each rule of the layout.
        Interactions.of(matrix.columns(), matrix.offsets(), matrix.columnIndices(), matrix.weights(), matrix.times());
    }

    private static Value merge(DuplicatePolicy policy, Value old, Value next) {
        long time = Math.max(old.time, next.time);
        return switch (policy) {
            case LAST -> next.time >= old.time ? next : old;
            case SUM -> new Value(old.weight + next.weight, time);
            case MAX -> new Value(Math.max(old.weight, next.weight), time);
            case FAIL -> throw new AssertionError();
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = DuplicatePolicy.class,
            names = {"LAST", "SUM", "MAX"})
    void buildsWhatATreeMapHolds(DuplicatePolicy policy) {
        for (int seed = 0; seed < 120; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int rows = 1 + random.nextInt(17);
            int columns = 1 + random.nextInt(23);
            int entries = random.nextInt(300);
            boolean weighted = random.nextBoolean();
            boolean timed = random.nextBoolean();
            InteractionsBuilder builder = Interactions.builder();
            Map<Pair, Value> naive = new TreeMap<>();
            for (int k = 0; k < entries; k++) {
                Pair pair = new Pair(random.nextInt(rows), random.nextInt(columns));
                float weight = weighted ? random.nextInt(9) - 4 : 1f;
                long time = timed && random.nextInt(10) > 0 ? random.nextInt(20) : -1;
                if (time < 0) {
                    builder.add(pair.row, pair.column, weight);
                } else {
                    builder.add(pair.row, pair.column, weight, time);
                }
                Value value = new Value(weight, Math.max(0, time));
                naive.merge(pair, value, (old, next) -> merge(policy, old, next));
            }
            Interactions matrix = builder.build(rows, columns, policy);
            assertSame(matrix, naive, policy + ", seed " + seed);
            assertThat(matrix.rows()).isEqualTo(rows);
            assertThat(matrix.columns()).isEqualTo(columns);
            assertSame(builder.build(rows, columns, policy), naive, "built again, seed " + seed);
            assertThat(matrix.hasWeights()).isEqualTo(naive.values().stream().anyMatch(value -> value.weight != 1f));

            Map<Pair, Value> transposed = new TreeMap<>();
            naive.forEach((pair, value) -> transposed.put(
                    new Pair(/* row= */ pair.column, /* column= */ pair.row), new Value(value.weight, 0)));
            assertSame(matrix.transpose(), transposed, "transposed, seed " + seed);
            assertThat(matrix.transpose()).isSameAs(matrix.transpose());
            assertThat(matrix.transpose().transpose()).isSameAs(matrix);

            float threshold = random.nextInt(7) - 3;
            Map<Pair, Value> kept = new TreeMap<>(naive);
            kept.values().removeIf(value -> value.weight < threshold);
            assertSame(matrix.atLeast(threshold, false), kept, "at least " + threshold + ", seed " + seed);
            kept.replaceAll((pair, value) -> new Value(1f, value.time));
            assertSame(matrix.atLeast(threshold, true), kept, "binary, at least " + threshold + ", seed " + seed);
        }
    }

    @Test
    void aRepeatedPairFailsIfItMust() {
        InteractionsBuilder builder = Interactions.builder().add(0, 1, 1f).add(2, 3, 1f);
        assertThat(builder.build(DuplicatePolicy.FAIL).size()).isEqualTo(2);
        builder.add(2, 3, 1f);
        assertThatThrownBy(() -> builder.build(DuplicatePolicy.FAIL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 2 and column 3 occur more than once");
    }

    @Test
    void aSumThatOverflowsFails() {
        InteractionsBuilder builder =
                Interactions.builder().add(4, 5, Float.MAX_VALUE).add(4, 5, Float.MAX_VALUE);
        assertThatThrownBy(() -> builder.build(DuplicatePolicy.SUM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 4 and column 5: the sum of the weights overflows");
        assertThat(builder.build(DuplicatePolicy.LAST).weight(0)).isEqualTo(Float.MAX_VALUE);
    }

    @Test
    void badEntriesAreNamed() {
        InteractionsBuilder builder = Interactions.builder();
        assertBad(() -> builder.add(-1, 0, 1f), "-1");
        assertBad(() -> builder.add(0, -1, 1f), "-1");
        assertBad(() -> builder.add(Integer.MAX_VALUE, 0, 1f), "2147483647");
        assertBad(() -> builder.add(0, Integer.MAX_VALUE, 1f), "2147483647");
        assertBad(() -> builder.add(0, 0, Float.NaN), "NaN");
        assertBad(() -> builder.add(0, 0, Float.NEGATIVE_INFINITY), "-Infinity");
        assertBad(() -> builder.add(0, 0, 1f, -5), "-5");
        assertThat(builder.size()).isZero();
        builder.add(3, 4, 1f);
        assertBad(() -> builder.build(3, 5, DuplicatePolicy.LAST), "4 x 5", "3 x 5");
        assertBad(() -> builder.build(4, 4, DuplicatePolicy.LAST), "4 x 5", "4 x 4");
    }

    @Test
    void brokenArraysAreRejected() {
        int[] good = {0, 2, 2, 3};
        int[] columns = {1, 4, 0};
        assertThat(Interactions.of(5, good, columns, null, null).contains(0, 4)).isTrue();
        assertBad(() -> Interactions.of(-1, good, columns, null, null), "columns");
        assertBad(() -> Interactions.of(5, new int[0], columns, null, null), "offsets");
        assertBad(() -> Interactions.of(5, new int[] {1, 3}, columns, null, null), "offsets");
        assertBad(() -> Interactions.of(5, new int[] {0, 2}, columns, null, null), "offset");
        assertBad(() -> Interactions.of(5, new int[] {0, 3, 2, 3}, columns, null, null), "ascend");
        assertBad(() -> Interactions.of(5, new int[] {0, 99, 3}, columns, null, null), "offsets");
        assertBad(() -> Interactions.of(4, good, columns, null, null), "columns");
        assertBad(() -> Interactions.of(5, good, new int[] {1, 1, 0}, null, null), "ascend");
        assertBad(() -> Interactions.of(5, good, new int[] {-1, 1, 0}, null, null), "columns");
        assertBad(() -> Interactions.of(5, good, columns, new float[2], null), "weight");
        assertBad(() -> Interactions.of(5, good, columns, new float[] {1, 2, Float.NaN}, null), "finite");
        assertBad(() -> Interactions.of(5, good, columns, null, new long[4]), "time");
        assertBad(() -> Interactions.of(5, good, columns, null, new long[] {1, 2, -3}), "times");
    }

    @Test
    void anEmptyMatrixHasAShape() {
        Interactions empty = Interactions.empty(3, 7);
        assertThat(empty.transpose().rows()).isEqualTo(7);
        assertThat(empty.size()).isZero();
        assertThat(Interactions.builder().build(DuplicatePolicy.SUM).rows()).isZero();
        assertThat(Interactions.empty(0, 0).transpose().size()).isZero();
    }

    private static void assertBad(Runnable call, String... parts) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void onlyKeepsTheShapeTheWeightsAndTheTimesOfTheChosenEntries() {
        Interactions all = Matrices.random(23, 17, 0.3, true, 8);
        for (int every = 1; every <= 5; every++) {
            BitSet positions = new BitSet();
            for (int p = 0; p < all.size(); p += every) {
                positions.set(p);
            }
            Interactions some = all.only(positions);
            assertThat(some.rows()).isEqualTo(23);
            assertThat(some.columns()).isEqualTo(17);
            assertThat(some.size()).isEqualTo(positions.cardinality());
            for (int row = 0; row < all.rows(); row++) {
                int q = some.begin(row);
                for (int p = all.begin(row); p < all.end(row); p++) {
                    if (positions.get(p)) {
                        assertThat(some.column(q)).isEqualTo(all.column(p));
                        assertThat(some.weight(q)).isEqualTo(all.weight(p));
                        assertThat(some.time(q++)).isEqualTo(all.time(p));
                    }
                }
                assertThat(q).isEqualTo(some.end(row));
            }
        }
        assertThat(all.only(new BitSet()).size()).isZero();
    }

    @Test
    void popularityRanksFallWithTheNumberOfEntriesAndTiesGoToTheSmallerIndex() {
        Interactions data = Matrices.of(5, Matrices.row(1, 3), Matrices.row(3, 4), Matrices.row(1, 3));
        assertThat(data.popularityRanks()).containsExactly(3, 1, 4, 0, 2);
    }
}
