package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;

/** The mechanism by itself, on dense indices. */
class ReleasedCountsTest {
    private static final double WEEK = 7 * 86_400_000.0;

    /** So little noise that nearly every draw is 0. */
    private static Noise faint() {
        return Noise.perRelease(100).items(2).random(new SplittableRandom(1));
    }

    private static ReleasedCounts counts(Noise noise) {
        return new ReleasedCounts(noise, WEEK);
    }

    private static void release(ReleasedCounts counts, int items, long now) {
        counts.release(counts.draw(items), items, now);
        counts.publish(counts.moment());
    }

    private static float[] shown(ReleasedCounts counts, int items) {
        float[] scores = new float[items];
        counts.scorer(1).score(0, items, scores);
        return scores;
    }

    @Test
    void theNoiseHasTheProbabilitiesOfTheDiscreteLaplaceDistribution() {
        for (double scale : new double[] {0.4, 3, 50}) {
            DiscreteLaplace noise = new DiscreteLaplace(scale, new SplittableRandom(5));
            int n = 60_000;
            Map<Long, Integer> histogram = new HashMap<>();
            double sum = 0;
            for (int k = 0; k < n; k++) {
                long x = noise.next();
                histogram.merge(x, 1, Integer::sum);
                sum += x;
            }
            double a = Math.exp(-1 / scale);
            double deviation = Math.sqrt(2 * a) / (1 - a);
            assertThat(sum / n).as("mean").isCloseTo(0, within(5 * deviation / Math.sqrt(n)));
            for (long x = -10; x <= 10; x++) {
                double p = (1 - a) / (1 + a) * Math.pow(a, (double) Math.abs(x));
                assertThat(histogram.getOrDefault(x, 0) / (double) n)
                        .as("%s of scale %s", x, scale)
                        .isCloseTo(p, within(5 * Math.sqrt(p / n) + 1e-4));
            }
        }
    }

    @Test
    void theSecureSourceIsUniformAndNeverTheSame() {
        SecureBits bits = new SecureBits();
        long ones = 0;
        for (int k = 0; k < 10_000; k++) {
            ones += Long.bitCount(bits.nextLong());
        }
        assertThat(ones / 640_000.0).isCloseTo(0.5, within(0.005));
        assertThat(new SecureBits().nextLong()).isNotEqualTo(new SecureBits().nextLong());
    }

    @Test
    void aPersonCountsOncePerItemForAFewItemsPerReleaseAndWhileTheBudgetLasts() {
        ReleasedCounts counts = counts(faint().budget(150));
        for (int item = 0; item < 4; item++) {
            counts.count(7, item);
        }
        counts.count(8, 0);
        assertThat(shown(counts, 4)).as("nothing before a release").containsOnly(Scorer.UNSCORED);
        release(counts, 4, 0);
        assertThat(shown(counts, 4)).containsExactly(2, 1, Scorer.UNSCORED, Scorer.UNSCORED);
        counts.count(7, 0);
        counts.count(7, 2);
        counts.count(7, 3);
        release(counts, 4, 0);
        assertThat(shown(counts, 4)).as("50 for each item, and 150 in all").containsExactly(2, 1, 1, Scorer.UNSCORED);
        assertThat(counts.budget()).isEqualTo(new PrivacyBudget(100, 2, 150, 150));
    }

    @Test
    void sumsFadeAndTheStartCountsTheLatestItemsByAge() {
        ReleasedCounts counts = counts(faint().items(2));
        long now = 10L * (long) WEEK;
        UserState one = UserState.of(
                new int[] {0, 1, 2, 3}, new float[] {1, 1, 1, 0}, new long[] {0, now, now - (long) WEEK, now});
        counts.begin(user -> one, 3, 1, 4, now);
        counts.publish(counts.moment());
        assertThat(shown(counts, 4))
                .as("only the two latest that are liked")
                .containsExactly(Scorer.UNSCORED, 3, 1.5f, Scorer.UNSCORED);
        release(counts, 4, now + (long) WEEK);
        assertThat(shown(counts, 4)).containsExactly(Scorer.UNSCORED, 1.5f, Scorer.UNSCORED, Scorer.UNSCORED);
        assertThat(counts.scorer(2).score(1))
                .as("a smaller group than the least")
                .isEqualTo(Scorer.UNSCORED);
        release(counts, 4, 0);
        assertThat(shown(counts, 4)[1]).as("a clock that goes back").isEqualTo(1.5f);
    }

    @Test
    void anItemThatOnlyAnEventNamedIsNotReleasedUntilItIsDeclared() {
        ReleasedCounts counts = counts(Noise.perRelease(0.01).items(1).random(new SplittableRandom(3)));
        counts.declare(1, false);
        counts.count(1, 1);
        for (int k = 0; k < 20; k++) {
            release(counts, 2, 0);
            assertThat(shown(counts, 2)[1]).isEqualTo(Scorer.UNSCORED);
        }
        counts.declare(1, true);
        boolean listed = false;
        for (int k = 0; k < 20; k++) {
            release(counts, 2, 0);
            listed |= shown(counts, 2)[1] != Scorer.UNSCORED;
        }
        assertThat(listed).as("noise alone lists it").isTrue();
    }

    @Test
    void whoIsForgottenIsInNoLaterReleaseAndWhatWasReleasedStays() {
        ReleasedCounts counts = counts(faint());
        counts.count(1, 0);
        release(counts, 2, 0);
        counts.count(1, 1);
        counts.count(2, 1);
        assertThat(counts.forget(1)).as("something is released").isTrue();
        assertThat(counts.forget(2)).as("nothing is released").isFalse();
        assertThat(counts.forget(99)).isFalse();
        release(counts, 2, 0);
        assertThat(shown(counts, 2)).containsExactly(1, Scorer.UNSCORED);
    }

    @Test
    void aStateGoesOnWithSumsBudgetsAndWhatIsNotReleasedYet() {
        ReleasedCounts counts = counts(faint().budget(150));
        counts.count(7, 0);
        counts.count(7, 1);
        counts.declare(3, false);
        release(counts, 3, 5);
        counts.count(7, 2);
        ModelState state = counts.moment().state();
        ReleasedCounts same = ReleasedCounts.restore(state, faint().budget(150), WEEK, 8, 4);
        assertThat(same.isUnpublished()).isFalse();
        assertThat(same.budget()).isEqualTo(counts.budget());
        assertThat(shown(same, 3)).containsExactly(shown(counts, 3));
        same.count(7, 3);
        release(same, 4, 5);
        assertThat(shown(same, 4)).as("the budget was spent before").containsExactly(1, 1, 1, Scorer.UNSCORED);
        // A like that was counted under less noise than there is now would cost more than promised.
        ReleasedCounts other = ReleasedCounts.restore(state, faint().items(1), WEEK, 8, 4);
        release(other, 3, 5);
        assertThat(shown(other, 3)).containsExactly(1, 1, Scorer.UNSCORED);
    }

    @Test
    void aBrokenStateIsRefused() {
        ReleasedCounts counts = counts(faint());
        counts.count(7, 0);
        release(counts, 3, 5);
        ModelState good = counts.moment().state();
        ReleasedCounts.restore(good, faint(), WEEK, 8, 3);
        assertRefused(good, 7, 3);
        assertRefused(good, 8, 2);
        Map<String, long[]> bad = Map.of(
                "numbers", new long[] {1},
                "sums", new long[] {Double.doubleToLongBits(Double.NaN)},
                "undeclared", new long[] {-1},
                "users", new long[] {-1},
                "ends", new long[] {5},
                "open", new long[] {2},
                "spent", new long[] {Double.doubleToLongBits(-1)},
                "items", new long[] {3});
        bad.forEach((name, value) -> {
            ModelState state = new ModelState();
            for (String other : List.of("numbers", "sums", "spent")) {
                state.put(other, other.equals(name) ? value : good.longs(other));
            }
            for (String other : List.of("undeclared", "users", "ends", "open", "items")) {
                int[] ints = Arrays.stream(value).mapToInt(one -> (int) one).toArray();
                state.put(other, other.equals(name) ? ints : good.ints(other));
            }
            assertRefused(state, 8, 3);
        });
    }

    private static void assertRefused(ModelState state, int users, int items) {
        assertThatThrownBy(() -> ReleasedCounts.restore(state, faint(), WEEK, users, items))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("released counts");
    }

    /** What one person does beside the others: at the start and in two releases. */
    private record Course(int atStart, int first, int second) {}

    /** Returns how often each outcome is seen: the scores of two items, coarsely, and which is listed, after each release. */
    private static Map<String, Integer> outcomes(Course course, Noise noise, int runs) {
        Map<String, Integer> result = new HashMap<>();
        int[] liked = course.atStart < 0 ? new int[0] : new int[] {course.atStart};
        float[] weights = new float[liked.length];
        Arrays.fill(weights, 1);
        UserState person = UserState.of(liked, weights, new long[liked.length]);
        UserState other = UserState.of(new int[] {0}, new float[] {1}, new long[1]);
        for (int run = 0; run < runs; run++) {
            ReleasedCounts counts = counts(noise);
            counts.begin(user -> user == 0 ? person : other, 2, 1, 2, 0);
            StringBuilder seen = new StringBuilder(look(counts));
            for (int item : new int[] {course.first, course.second}) {
                counts.count(1, 1);
                if (item >= 0) {
                    counts.count(0, item);
                }
                counts.release(counts.draw(2), 2, (long) WEEK);
                seen.append(look(counts));
            }
            result.merge(seen.toString(), 1, Integer::sum);
        }
        return result;
    }

    private static String look(ReleasedCounts counts) {
        counts.publish(counts.moment());
        float[] scores = shown(counts, 2);
        return (scores[0] > 2 ? "A" : scores[0] > 1 ? "a" : "-") + (scores[1] > 1 ? "b" : "-");
    }

    /**
     * Returns by how many standard deviations of sampling the most telling outcome, or set of outcomes, says more than a factor of
     * {@code exp(epsilon)}.
     */
    private static double excess(Map<String, Integer> one, Map<String, Integer> other, double epsilon, int runs) {
        double[] worst = {0};
        double[] union = new double[2];
        BiConsumer<Double, Double> check = (p, q) -> {
            double factor = Math.exp(epsilon);
            double deviation = Math.sqrt(p * (1 - p) / runs + factor * factor * q * (1 - q) / runs);
            worst[0] = Math.max(worst[0], (p - factor * q) / Math.max(deviation, 1e-9));
        };
        one.forEach((outcome, count) -> {
            double p = count / (double) runs;
            double q = other.getOrDefault(outcome, 0) / (double) runs;
            if (count > 50) {
                check.accept(p, q);
                if (p > q) {
                    union[0] += p;
                    union[1] += q;
                }
            }
        });
        check.accept(Math.min(1, union[0]), Math.min(1, union[1]));
        return worst[0];
    }

    /**
     * Two courses that differ in all of one person: every outcome of all looks together is about as likely, within the budget. The test
     * itself is tested: noise for half the strength is found out.
     */
    @Test
    void whatIsSeenOverManyLooksIsAboutAsLikelyWithoutThePerson() {
        int runs = 20_000;
        Noise noise = Noise.perRelease(0.5).items(1).random(new SplittableRandom(11));
        Map<String, Integer> without = outcomes(new Course(-1, -1, -1), noise, runs);
        for (Course course : List.of(new Course(0, -1, -1), new Course(-1, 0, -1), new Course(-1, -1, 1))) {
            Map<String, Integer> with = outcomes(course, noise, runs);
            assertThat(excess(with, without, 0.5, runs)).as("%s", course).isLessThan(5);
            assertThat(excess(without, with, 0.5, runs))
                    .as("without %s", course)
                    .isLessThan(5);
        }
        Map<String, Integer> allTheTime = outcomes(new Course(0, 1, -1), noise, runs);
        assertThat(excess(allTheTime, without, 1, runs)).as("two releases").isLessThan(5);
        assertThat(excess(without, allTheTime, 1, runs)).isLessThan(5);

        Noise half = Noise.perRelease(2).items(1).random(new SplittableRandom(12));
        Map<String, Integer> weakly = outcomes(new Course(-1, -1, -1), half, runs);
        assertThat(excess(outcomes(new Course(0, -1, -1), half, runs), weakly, 0.5, runs))
                .as("too little noise")
                .isGreaterThan(8);
    }
}
