package org.recommender4j.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recommender4j.internal.kernel.Kernels;

class BlockDescentTest {
    private final SplittableRandom random = new SplittableRandom(4);

    @ParameterizedTest
    @CsvSource({"1, 1, 3", "7, 3, 5", "9, 2, 40", "33, 32, 40", "40, 32, 7", "40, 7, 1100", "70, 64, 513", "20, 20, 90"
    })
    void passesLowerTheLossAndEndAtTheExactSolution(int d, int block, int m) {
        for (boolean weighted : new boolean[] {false, true}) {
            int stride = Kernels.stride(d);
            float[] fixed = new float[m * stride];
            int[] columns = new int[m];
            float[] weights = weighted ? new float[m] : null;
            for (int j = 0; j < m; j++) {
                columns[j] = m - 1 - j;
                for (int k = 0; k < d; k++) {
                    fixed[j * stride + k] = value(0.5f);
                }
                if (weights != null) {
                    weights[j] = 1 + value(0.9f);
                }
            }
            float[] spectrum = new float[d];
            for (int k = 0; k < d; k++) {
                spectrum[k] = 20f / (k + 1);
            }
            RidgeSolver exact = new RidgeSolver(d);
            exact.penalties(spectrum, 0.3, 2 + m / 8f);
            float[] expected = new float[d];
            RowSource source = (column, out, at) -> System.arraycopy(fixed, column * stride, out, at, d);
            assertThat(exact.solve(source, columns, weights, 0, m, expected, 0)).isTrue();

            float[] x = new float[d + 3];
            for (int k = 0; k < d + 3; k++) {
                x[k] = value(1);
            }
            float before = x[0];
            float after = x[d + 2];
            BlockDescent descent = new BlockDescent(d, block);
            double last = Double.POSITIVE_INFINITY;
            for (int pass = 0; pass < 80; pass++) {
                assertThat(descent.improve(exact.inverseRoots(), fixed, columns, weights, 0, m, x, 2))
                        .isTrue();
                double distance = 0;
                for (int k = 0; k < d; k++) {
                    distance = Math.max(distance, Math.abs(x[2 + k] - expected[k]));
                }
                if (pass > 0 && pass % 20 == 0) {
                    assertThat(distance).isLessThanOrEqualTo(Math.max(last, 1e-4));
                    last = distance;
                }
            }
            for (int k = 0; k < d; k++) {
                assertThat(x[2 + k]).isCloseTo(expected[k], within(2e-4f));
            }
            assertThat(x[0]).isEqualTo(before);
            assertThat(x[d + 2]).isEqualTo(after);
        }
    }

    @Test
    void oneBlockOfAllNumbersIsTheExactSolutionAtOnceWhateverTheStart() {
        int d = 8;
        int m = 12;
        float[] fixed = new float[m * Kernels.stride(d)];
        int[] columns = new int[m];
        for (int j = 0; j < m; j++) {
            columns[j] = j;
            for (int k = 0; k < d; k++) {
                fixed[j * Kernels.stride(d) + k] = value(1);
            }
        }
        RidgeSolver exact = new RidgeSolver(d);
        exact.penalties(new float[d], 0, 1);
        float[] expected = new float[d];
        RowSource source = (column, out, at) -> System.arraycopy(fixed, column * Kernels.stride(d), out, at, d);
        exact.solve(source, columns, null, 0, m, expected, 0);
        float[] x = new float[d];
        Arrays.fill(x, 3f);
        new BlockDescent(d, d).improve(exact.inverseRoots(), fixed, columns, null, 0, m, x, 0);
        for (int k = 0; k < d; k++) {
            assertThat(x[k]).isCloseTo(expected[k], within(1e-5f));
        }
    }

    @Test
    void saysWhenANumberOverflows() {
        float[] fixed = new float[2 * Kernels.stride(2)];
        fixed[0] = Float.MAX_VALUE;
        fixed[Kernels.stride(2)] = Float.MAX_VALUE;
        RidgeSolver exact = new RidgeSolver(2);
        exact.penalties(new float[2], 0, 1e-30);
        assertThat(new BlockDescent(2, 1)
                        .improve(exact.inverseRoots(), fixed, new int[] {0, 1}, null, 0, 2, new float[] {1, 1}, 0))
                .isFalse();
    }

    private float value(float limit) {
        return (float) ((2 * random.nextDouble() - 1) * limit);
    }
}
