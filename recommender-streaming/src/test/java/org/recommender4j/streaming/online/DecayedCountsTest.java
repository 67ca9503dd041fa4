package org.recommender4j.streaming.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DecayedCountsTest {
    private static final long DAY = 86_400_000L;

    @Test
    void isTheSumOfWeightsHalvedByAge() {
        SplittableRandom random = new SplittableRandom(1);
        DecayedCounts counts = new DecayedCounts(2.0);
        List<double[]> added = new ArrayList<>();
        long newest = 0;
        for (int k = 0; k < 2000; k++) {
            // Over 1200 half-lives, so that the landmark moves, and out of order.
            long time = (long) (k * 1.2 * DAY) + random.nextLong(5 * DAY);
            int key = random.nextInt(3000);
            double weight = random.nextDouble() - 0.2;
            counts.add(key, weight, time);
            added.add(new double[] {key, weight, time});
            newest = Math.max(newest, time);
        }
        assertThat(counts.newest()).isEqualTo(newest);
        float[] values = counts.values();
        for (int key = 0; key < counts.keys(); key++) {
            double expected = 0;
            for (double[] each : added) {
                if (each[0] == key) {
                    expected += each[1] * Math.pow(2, (each[2] - newest) / (2.0 * DAY));
                }
            }
            assertThat(counts.value(key)).isCloseTo(expected, offset(1e-9));
            assertThat(values[key]).isCloseTo((float) expected, offset(1e-6f));
        }
    }

    @Test
    void withoutAHalfLifeItCounts() {
        DecayedCounts counts = new DecayedCounts(Double.POSITIVE_INFINITY);
        counts.add(5, 1, 10);
        counts.add(5, 1, 10_000 * DAY);
        counts.add(5, 1, 0);
        assertThat(counts.value(5)).isEqualTo(3.0);
        assertThat(counts.value(4)).isZero();
        assertThat(counts.value(100_000)).isZero();
        assertThat(counts.keys()).isEqualTo(6);
    }

    @Test
    void countsCategoriesToo() {
        PopularityModel model = DecayedPopularity.builder()
                .halfLifeDays(1)
                .build()
                .start(item -> item == 0 ? new int[] {1, 2} : new int[] {2});
        model.update(0, 0, 1, 0);
        model.update(1, 5, 2, DAY);
        assertThat(model.categoryPopularity(1)).isEqualTo(0.5);
        assertThat(model.categoryPopularity(2)).isEqualTo(2.5);
        assertThat(model.categories()).isEqualTo(3);
        assertThat(model.popularity(5)).isEqualTo(2.0);
        assertThat(model.snapshot()
                        .scorer(org.recommender4j.data.Profile.empty())
                        .score(0))
                .isEqualTo(0.5f);
        model.forget(0);
        assertThat(model.categoryPopularity(1)).isZero();
        assertThat(model.popularity(0)).isZero();
    }

    @Test
    void refusesAHalfLifeOfNothing() {
        assertThatThrownBy(() -> new DecayedCounts(0)).hasMessageContaining("halfLifeDays");
    }
}
