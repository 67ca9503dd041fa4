package org.recommender4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopNTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void equalsSortingEverythingThatIsEligible(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100; round++) {
            int items = random.nextInt(0, 3000);
            float[] scores = randomScores(random, items);
            Eligibility eligibility = randomRules(random, items);
            int[] boosted = IntStream.range(0, items).filter(i -> i % 7 == 3).toArray();
            float[] factors = new float[boosted.length];
            for (int k = 0; k < factors.length; k++) {
                factors[k] = random.nextInt(4) / 2f + 0.5f;
            }
            int n = random.nextInt(0, 50);
            TopN top = new TopN(n, eligibility, boosted, factors);
            top.search((from, to, out) -> System.arraycopy(scores, from, out, 0, to - from), items);

            List<Integer> expected = new ArrayList<>();
            float[] raised = scores.clone();
            for (int k = 0; k < boosted.length; k++) {
                int item = boosted[k];
                raised[item] = scores[item] >= 0 ? scores[item] * factors[k] : scores[item] / factors[k];
            }
            for (int item = 0; item < items; item++) {
                if (eligibility.test(item) && scores[item] > Scorer.UNSCORED) {
                    expected.add(item);
                }
            }
            expected.sort(
                    Comparator.<Integer>comparingDouble(i -> -(raised[i] + 0f)).thenComparing(i -> i));
            assertThat(top.items())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(expected.stream()
                            .limit(n)
                            .mapToInt(Integer::intValue)
                            .toArray());
            float[] kept = top.scores();
            for (int k = 0; k < kept.length; k++) {
                assertThat(kept[k]).isEqualTo(raised[top.items()[k]] + 0f);
            }
        }
    }

    private static float[] randomScores(SplittableRandom random, int items) {
        float[] scores = new float[items];
        for (int i = 0; i < items; i++) {
            scores[i] = switch (random.nextInt(8)) {
                case 0 -> Scorer.UNSCORED;
                case 1 -> Float.NaN;
                case 2 -> 0f;
                case 3 -> -0f;
                default -> random.nextInt(-20, 20) / 4f;
            };
        }
        return scores;
    }

    static Eligibility randomRules(SplittableRandom random, int items) {
        Eligibility.Builder builder = Eligibility.builder(items);
        if (random.nextInt(3) == 0) {
            builder.only(someOf(random, items, 100));
        }
        if (random.nextBoolean()) {
            builder.deny(someOf(random, items, 30));
        }
        if (random.nextBoolean()) {
            builder.seen(someOf(random, items, 60));
        }
        if (random.nextInt(3) == 0) {
            builder.filter(item -> item % 3 != 1);
        }
        return builder.build();
    }

    static int[] someOf(SplittableRandom random, int items, int count) {
        int[] result = new int[items == 0 ? 0 : count];
        for (int k = 0; k < result.length; k++) {
            result[k] = random.nextInt(-5, items + 5);
        }
        return result;
    }

    @Test
    void equalScoresAreOrderedByItemWhateverTheOrderOfOffers() {
        TopN top = new TopN(3, Eligibility.all(10));
        for (int item : new int[] {9, 2, 7, 0, 5}) {
            top.offer(item, 1f);
        }
        assertThat(top.items()).containsExactly(0, 2, 5);
    }

    @Test
    void thresholdNeverHidesAnItemThatABoostLifts() {
        TopN top = new TopN(1, Eligibility.all(3), new int[] {2}, new float[] {3f});
        top.offer(0, 2.5f);
        assertThat(top.threshold()).isLessThanOrEqualTo(2.5f / 3f);
        top.offer(2, 1f);
        assertThat(top.items()).containsExactly(2);
        assertThat(top.scores()).containsExactly(3f);
    }

    @Test
    void boostedScoresStayFiniteAndKeepTheirOrder() {
        TopN top = new TopN(4, Eligibility.all(4), new int[] {0, 1, 3}, new float[] {3e38f, 3e38f, 1e-38f});
        top.offer(0, -2f);
        top.offer(1, 1e30f);
        top.offer(2, 7f);
        top.offer(3, -1e30f);
        assertThat(top.items()).containsExactly(1, 2, 0, 3);
        assertThat(top.scores()).containsExactly(Float.MAX_VALUE, 7f, -2f / 3e38f, -Float.MAX_VALUE);
    }

    @Test
    void aScoreThatIsBoostedAlreadyIsNotBoostedAgain() {
        TopN top = new TopN(
                2, Eligibility.builder(5).deny(new int[] {4}).build(), new int[] {1, 2}, new float[] {9f, 0.1f});
        assertThat(top.hasBoosts()).isTrue();
        assertThat(new TopN(2, Eligibility.all(5)).hasBoosts()).isFalse();
        TopN sibling = top.sibling(3);
        sibling.offer(0, 2f);
        sibling.offer(1, 1f);
        sibling.offer(2, 50f);
        assertThat(sibling.scores()).containsExactly(9f, 5f, 2f);
        top.offerBoosted(0, 8f);
        top.offerBoosted(1, 6f);
        top.offerBoosted(2, 7f);
        top.offerBoosted(3, Scorer.UNSCORED);
        top.offerBoosted(4, 99f);
        assertThat(top.items()).containsExactly(0, 2);
        assertThat(top.scores()).containsExactly(8f, 7f);
    }

    @Test
    void tellsWhatItHoldsAndWhatMayEnter() {
        Eligibility rules = Eligibility.all(9);
        TopN top = new TopN(2, rules);
        assertThat(top.eligibility()).isSameAs(rules);
        assertThat(top.capacity()).isEqualTo(2);
        top.offerBoosted(7, Scorer.UNSCORED);
        top.offer(8, Scorer.UNSCORED);
        assertThat(top.size()).isZero();
        top.offer(4, 2.5f);
        assertThat(top.size()).isEqualTo(1);
        assertThat(top.threshold()).isEqualTo(Scorer.UNSCORED);
        top.offer(5, 3f);
        assertThat(top.threshold()).isEqualTo(2.5f);
    }

    @Test
    void moreListedItemsThanABlock() {
        Eligibility listed = Eligibility.builder(4000)
                .only(IntStream.range(0, 4000).filter(item -> item % 7 != 0).toArray())
                .build();
        TopN top = new TopN(4000, listed);
        top.search((from, to, out) -> Arrays.fill(out, 0, to - from, 1f), 3500);
        assertThat(top.items())
                .isEqualTo(
                        IntStream.range(0, 3500).filter(item -> item % 7 != 0).toArray());
    }

    @Test
    void aListOfNothingTakesNothing() {
        TopN top = new TopN(0, Eligibility.all(5));
        top.offer(1, Float.POSITIVE_INFINITY);
        top.offer(2, 1f);
        assertThat(top.items()).isEmpty();
        assertThatThrownBy(() -> new TopN(-1, Eligibility.all(5))).hasMessageContaining("-1");
    }

    @Test
    void aHugeLimitTakesNoMoreMemoryThanTheCatalogue() {
        TopN top = new TopN(Integer.MAX_VALUE, Eligibility.all(5));
        top.search((from, to, out) -> Arrays.fill(out, 0, to - from, 1f), 5);
        assertThat(top.items()).containsExactly(0, 1, 2, 3, 4);
    }
}
