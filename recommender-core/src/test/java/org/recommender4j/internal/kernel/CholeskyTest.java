package org.recommender4j.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 40, 63, 64, 65, 100, 128, 131, 256})
    void solvesRandomSystems(int d) {
        SplittableRandom random = new SplittableRandom(d);
        int stride = Kernels.stride(d);
        float[] a = positiveDefinite(random, d);
        float[] b = new float[stride];
        for (int i = 0; i < d; i++) {
            b[i] = (float) random.nextDouble();
        }
        float[] u = a.clone();
        float[] x = b.clone();
        assertThat(Cholesky.factor(u, d)).isEqualTo(-1);
        Cholesky.solve(u, d, x, 0);
        double largest = 0;
        for (int i = 0; i < d; i++) {
            largest = Math.max(largest, Math.abs(x[i]));
        }
        for (int i = 0; i < d; i++) {
            double residual = -b[i];
            double scale = Math.abs(b[i]);
            for (int j = 0; j < d; j++) {
                double element = a[Math.min(i, j) * stride + Math.max(i, j)];
                residual += element * x[j];
                scale += Math.abs(element) * largest;
            }
            assertThat(residual).isCloseTo(0, within(1e-6 * scale));
        }
        for (int i = d; i < stride; i++) {
            assertThat(x[i]).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 8, 13, 33, 64, 70})
    void factorIsTheDocumentedChain(int d) {
        int stride = Kernels.stride(d);
        float[] a = positiveDefinite(new SplittableRandom(d), d);
        float[] u = a.clone();
        assertThat(Cholesky.factor(u, d)).isEqualTo(-1);
        float[][] e = new float[d][d];
        float[] inverse = new float[d];
        for (int i = 0; i < d; i++) {
            for (int j = i; j < d; j++) {
                float sum = a[i * stride + j];
                for (int k = 0; k < i; k++) {
                    sum = Fma.fma(-e[k][i], e[k][j], sum);
                }
                if (i == j) {
                    inverse[i] = 1 / (float) Math.sqrt(sum);
                    assertThat(u[i * stride + i]).isEqualTo(inverse[i]);
                } else {
                    e[i][j] = sum * inverse[i];
                    assertThat(u[i * stride + j]).isEqualTo(e[i][j]);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 9, 33, 64})
    void namesThePivotThatFails(int d) {
        int stride = Kernels.stride(d);
        for (int bad = 0; bad < d; bad += Math.max(1, d / 5)) {
            for (float value : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
                float[] a = new float[Kernels.squareSize(d)];
                for (int i = 0; i < d; i++) {
                    a[i * stride + i] = i == bad ? value : 2;
                }
                assertThat(Cholesky.factor(a, d))
                        .as("pivot %s of %s is %s", bad, d, value)
                        .isEqualTo(bad);
            }
        }
    }

    @Test
    void refusesASingularMatrix() {
        int d = 40;
        int stride = Kernels.stride(d);
        float[] a = new float[Kernels.squareSize(d)];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                a[i * stride + j] = 1;
            }
        }
        assertThat(Cholesky.factor(a, d)).isEqualTo(1);
    }

    @Test
    void refusesShortArrays() {
        assertThatThrownBy(() -> Cholesky.factor(new float[Kernels.squareSize(9) - 1], 9))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Cholesky.solve(new float[Kernels.squareSize(9)], 9, new float[31], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    static float[] positiveDefinite(SplittableRandom random, int d) {
        int stride = Kernels.stride(d);
        int rows = d + 3;
        float[] x = new float[rows * stride];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < d; j++) {
                x[i * stride + j] = (float) (2 * random.nextDouble() - 1);
            }
        }
        float[] a = new float[Kernels.squareSize(d)];
        Kernels.addGram(x, 0, x, 0, rows, d, a);
        for (int i = 0; i < d; i++) {
            a[i * stride + i] += 0.5f;
        }
        return a;
    }
}
