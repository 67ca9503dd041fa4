package org.recommender4j.streaming.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EalsSolverTest {
    @ParameterizedTest
    @CsvSource({"1, 3", "5, 70", "16, 130", "37, 300"})
    void solvesTheEquationsAndSaysWhatEachEventAdds(int factors, int events) {
        IncrementalMf options = IncrementalMf.builder()
                .factors(factors)
                .regularization(0.5)
                .unobservedWeight(0.05)
                .build();
        SplittableRandom random = new SplittableRandom(factors);
        EalsSolver solver = new EalsSolver(options);
        double[] gram = new double[factors * factors];
        float[][] rows = new float[events][factors];
        for (int k = 0; k < events; k++) {
            for (int f = 0; f < factors; f++) {
                rows[k][f] = (float) (random.nextDouble() - 0.4);
            }
            solver.add(rows[k], k % 7 == 6 ? -1f : 1 + k % 3);
            for (int a = 0; a < factors; a++) {
                for (int b = 0; b < factors; b++) {
                    gram[a * factors + b] += rows[k][a] * rows[k][b];
                }
            }
        }
        float[] x = new float[factors];
        for (int pass = 0; pass < 400; pass++) {
            solver.improve(x, gram);
        }
        for (int f = 0; f < factors; f++) {
            double gradient = options.regularization * x[f];
            for (int k = 0; k < events; k++) {
                double predicted = dot(x, rows[k]);
                double weight = k % 7 == 6 ? 1 : 1 + k % 3;
                gradient += (weight * predicted - (k % 7 == 6 ? 0 : weight)) * rows[k][f];
            }
            assertThat(gradient).as("gradient of %d", f).isEqualTo(0, within(0.01));
        }
        double[] parts = solver.parts(rows[0], gram);
        double sum = 0;
        for (int k = 0; k < events; k++) {
            assertThat(parts[k] == 0).isEqualTo(k % 7 == 6);
            sum += parts[k];
        }
        assertThat(sum).as("the parts are those of the score").isEqualTo(dot(x, rows[0]), within(1e-3));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int f = 0; f < a.length; f++) {
            sum += a[f] * b[f];
        }
        return sum;
    }
}
