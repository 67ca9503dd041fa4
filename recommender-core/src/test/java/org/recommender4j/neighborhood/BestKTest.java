package org.recommender4j.neighborhood;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BestKTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 50, 200})
    void keepsTheLargestAndAmongEqualsTheFirst(int k) {
        SplittableRandom random = new SplittableRandom(k);
        BestK best = new BestK(k);
        for (int n : new int[] {0, 1, k, k + 1, 2 * k, 300, 1500}) {
            double[] values = new double[n];
            int[] order = new int[n];
            for (int i = 0; i < n; i++) {
                values[i] = random.nextInt(k * 4) - 2;
                order[i] = i;
            }
            for (int i = n - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
            best.clear();
            for (int i : order) {
                if ((float) values[i] >= best.threshold()) {
                    best.offer(i, (float) values[i]);
                }
            }
            int[] expected = Naive.best(values, k);
            assertThat(best.finish()).isEqualTo(expected.length);
            assertThat(best.finishByIndex()).isEqualTo(expected.length);
            for (int place = 0; place < expected.length; place++) {
                assertThat(best.index(place)).isEqualTo(expected[place]);
                assertThat(best.value(place)).isEqualTo((float) values[expected[place]]);
            }
        }
    }
}
