package org.recommender4j.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.model.Training;

class SymmetricInverseTest {
    /** X'X + I with 2 n rows, so that its condition is moderate; NaN below the diagonal tiles, which must not be read. */
    private static float[] matrix(int n) {
        SplittableRandom random = new SplittableRandom(n);
        double[][] x = new double[2 * n][n];
        for (double[] row : x) {
            for (int c = 0; c < n; c++) {
                row[c] = random.nextDouble() - 0.5;
            }
        }
        double[][] gram = Dense.multiply(Dense.transpose(x), x);
        float[] result = new float[n * n];
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < n; c++) {
                result[r * n + c] = c < r ? Float.NaN : (float) (gram[r][c] + (r == c ? 1 : 0));
            }
        }
        return result;
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128, 160, 288, 384})
    void isMinusTheInverse(int n) {
        float[] m = matrix(n);
        double[][] a = new double[n][n];
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < n; c++) {
                a[r][c] = m[Math.min(r, c) * n + Math.max(r, c)];
            }
        }
        double[][] expected = Dense.inverse(a);
        SymmetricInverse.negate(m, n, Training.defaults());
        for (int r = 0; r < n; r++) {
            for (int c = r; c < n; c++) {
                assertThat((double) m[r * n + c]).as("%d, %d", r, c).isCloseTo(-expected[r][c], within(2e-6));
            }
        }
    }

    @Test
    void threadsDoNotShow() {
        int n = 320;
        float[] one = matrix(n);
        SymmetricInverse.negate(one, n, Training.defaults().withThreads(1));
        ExecutorService pool = Executors.newFixedThreadPool(7);
        try {
            float[] seven = matrix(n);
            SymmetricInverse.negate(seven, n, Training.defaults().withThreads(7).withExecutor(pool));
            for (int r = 0; r < n; r++) {
                for (int c = r; c < n; c++) {
                    assertThat(seven[r * n + c]).isEqualTo(one[r * n + c]);
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 130, 159})
    void refusesWhatIsNotPositiveDefinite(int row) {
        for (float bad : new float[] {0f, -1f, Float.NaN, Float.POSITIVE_INFINITY}) {
            float[] m = matrix(160);
            m[row * 160 + row] = bad;
            assertThatThrownBy(() -> SymmetricInverse.negate(m, 160, Training.defaults()))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessageContaining("pivot");
        }
    }

    @Test
    void nothingIsFine() {
        SymmetricInverse.negate(new float[0], 0, Training.defaults());
    }
}
