package org.recommender4j.factorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

/** A search that may end early finds what a look at every item finds. */
class ItemFactorsTest {
    private static ItemFactors factors(float[] rows, int size, int d) {
        return new ItemFactors(size, d, (item, out, offset) -> System.arraycopy(rows, item * d, out, offset, d));
    }

    private static float chain(float[] user, float[] rows, int item) {
        float sum = 0;
        for (int k = 0; k < user.length; k++) {
            sum = Math.fma(user[k], rows[item * user.length + k], sum);
        }
        return sum;
    }

    /** Vectors of very different lengths, most of it in the leading dimensions, with equal ones and zeros among them. */
    private static float[] rows(SplittableRandom random, int size, int d, boolean even) {
        float[] rows = new float[size * d];
        for (int item = 0; item < size; item++) {
            double length = even ? 1 : Math.exp(4 * random.nextDouble());
            if (random.nextInt(20) == 0) {
                length = 0;
            }
            for (int k = 0; k < d; k++) {
                rows[item * d + k] = (float) (length * (random.nextDouble() - 0.4) / (even ? 1 : 1 + k));
            }
            if (random.nextInt(10) == 0) {
                System.arraycopy(rows, random.nextInt(item + 1) * d, rows, item * d, d);
            }
        }
        return rows;
    }

    private static float[] user(SplittableRandom random, int d) {
        float[] user = new float[d];
        for (int k = 0; k < d; k++) {
            user[k] = (float) (random.nextDouble() - 0.5);
        }
        return user;
    }

    private static TopN list(SplittableRandom random, int size) {
        Eligibility.Builder rules = Eligibility.builder(size);
        int rule = random.nextInt(5);
        if (rule == 1) {
            rules.only(random.ints(random.nextInt(1, size + 1), 0, size).toArray());
        } else if (rule == 2) {
            rules.filter(item -> item % 7 == 3);
        } else if (rule == 3) {
            rules.deny(random.ints(size / 3, 0, size).toArray());
        }
        rules.seen(random.ints(random.nextInt(60), 0, size).toArray());
        int n = random.nextInt(6) == 0 ? random.nextInt(size + 5) : random.nextInt(30);
        int[] boosted = random.nextBoolean()
                ? new int[0]
                : random.ints(3, 0, size).sorted().distinct().toArray();
        float[] boosts = new float[boosted.length];
        for (int k = 0; k < boosts.length; k++) {
            boosts[k] = (float) Math.exp(4 * random.nextDouble() - 2);
        }
        return new TopN(n, rules.build(), boosted, boosts);
    }

    private static void assertSame(TopN actual, TopN expected) {
        assertThat(actual.items()).isEqualTo(expected.items());
        assertThat(actual.scores()).isEqualTo(expected.scores());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 1024, 1025, 4500})
    void endingEarlyChangesNoList(int size) {
        for (int d : new int[] {1, 2, 9, 16, 33}) {
            SplittableRandom random = new SplittableRandom(size + d);
            float[] rows = rows(random, size, d, d == 9);
            ItemFactors factors = factors(rows, size, d);
            for (int round = 0; round < 10; round++) {
                float[] user = user(random, d);
                TopN expected = list(new SplittableRandom(round), size);
                TopN actual = list(new SplittableRandom(round), size);
                for (int item = size - 1; item >= 0; item--) {
                    expected.offer(item, chain(user, rows, item));
                }
                factors.search(user, actual);
                assertSame(actual, expected);
            }
        }
    }

    @Test
    void aBatchEndsEarlyToo() {
        int size = 5000;
        int d = 12;
        SplittableRandom random = new SplittableRandom(8);
        float[] rows = rows(random, size, d, false);
        ItemFactors factors = factors(rows, size, d);
        List<float[]> users = new ArrayList<>();
        List<TopN> batch = new ArrayList<>();
        for (int k = 0; k < 521; k++) {
            users.add(k % 50 == 0 ? new float[d] : user(random, d));
            batch.add(list(new SplittableRandom(k), size));
        }
        factors.search(users::get, batch);
        for (int k = 0; k < users.size(); k++) {
            TopN single = list(new SplittableRandom(k), size);
            factors.search(users.get(k), single);
            assertSame(batch.get(k), single);
        }
    }

    @Test
    void rangesOfItemsHaveTheScoresOfTheirItems() {
        int size = 2077;
        int d = 5;
        SplittableRandom random = new SplittableRandom(4);
        float[] rows = rows(random, size, d, false);
        ItemFactors factors = factors(rows, size, d);
        float[] user = user(random, d);
        Scorer scorer = factors.scorer(user);
        float[] row = new float[d + 1];
        for (int item = 0; item < size; item++) {
            factors.row(item, row, 1);
            assertThat(Arrays.copyOfRange(row, 1, d + 1)).isEqualTo(Arrays.copyOfRange(rows, item * d, item * d + d));
        }
        for (int round = 0; round < 200; round++) {
            int from = random.nextInt(size);
            int to = random.nextInt(from, size + 1);
            float[] scores = new float[to - from + 1];
            scorer.score(from, to, scores);
            for (int item = from; item < to; item++) {
                assertThat(scores[item - from]).isEqualTo(chain(user, rows, item));
            }
            assertThat(scores[to - from]).isZero();
        }
    }

    /** Bounds of such vectors are infinite or no numbers; nothing may be left out because of that. */
    @Test
    void vectorsThatOverflowAreFoundLikeOthers() {
        int size = 1500;
        int d = 4;
        float[] strange = {
            0f, 1f, -1f, 1e-40f, 3e38f, -3e38f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, 1e-20f
        };
        SplittableRandom random = new SplittableRandom(6);
        float[] rows = new float[size * d];
        for (int k = 0; k < rows.length; k++) {
            rows[k] = random.nextInt(4) > 0 ? random.nextInt(3) : strange[random.nextInt(strange.length)];
        }
        ItemFactors factors = factors(rows, size, d);
        for (int round = 0; round < 300; round++) {
            float[] user = new float[d];
            for (int k = 0; k < d; k++) {
                user[k] = strange[random.nextInt(strange.length)];
            }
            TopN expected = new TopN(1 + round % 40, Eligibility.all(size));
            IntStream.range(0, size).forEach(item -> expected.offer(item, chain(user, rows, item)));
            TopN actual = new TopN(1 + round % 40, Eligibility.all(size));
            factors.search(user, actual);
            assertSame(actual, expected);
        }
    }

    @Test
    void shortVectorsAreOutOfReach() {
        int size = 3200;
        ItemFactors factors = new ItemFactors(size, 2, (item, out, offset) -> {
            out[offset] = item * 7 % size;
            out[offset + 1] = 0;
        });
        assertThat(factors.reachable(1, 1600.5f, 100)).isBetween(50, 54);
        assertThat(factors.reachable(1, 3200f, 100)).isZero();
        assertThat(factors.reachable(1, 0f, 100)).isEqualTo(100);
        assertThat(factors.reachable(1, -1f, 100)).isEqualTo(100);
    }
}
