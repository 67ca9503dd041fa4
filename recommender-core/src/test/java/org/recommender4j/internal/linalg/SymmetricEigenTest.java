package org.recommender4j.internal.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 16, 33, 65, 128})
    void vectorsAreOrthonormalAndRebuildTheMatrix(int n) {
        for (int kind = 0; kind < 6; kind++) {
            double[][] a = matrix(n, kind);
            check(a, SymmetricEigen.of(copy(a)));
        }
    }

    /** Full rank, rank 1, all zero, falling to where doubles end, all near there, block diagonal with equal eigenvalues. */
    private static double[][] matrix(int n, int kind) {
        SplittableRandom random = new SplittableRandom(100L * n + kind);
        double[][] a = new double[n][n];
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextDouble() - 0.5;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double value = switch (kind) {
                    case 0 -> random.nextDouble() - 0.5;
                    case 1 -> 1e6 * x[i] * x[j];
                    case 2 -> 0;
                    case 3 -> x[i] * x[j] * Math.pow(1e-9, i + j);
                    case 4 -> 1e-300 * x[i] * x[j];
                    default -> i == j ? 2 : i == j + 1 && i % 2 == 1 ? 1 : 0;
                };
                a[i][j] = value;
                a[j][i] = value;
            }
        }
        return a;
    }

    private static double[][] copy(double[][] a) {
        double[][] result = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            result[i] = a[i].clone();
        }
        return result;
    }

    private static void check(double[][] a, SymmetricEigen eigen) {
        int n = a.length;
        double scale = 1e-12;
        for (double[] row : a) {
            for (double value : row) {
                scale = Math.max(scale, Math.abs(value));
            }
        }
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                assertThat(eigen.values()[i]).isLessThanOrEqualTo(eigen.values()[i - 1]);
            }
            for (int j = 0; j < n; j++) {
                double product = 0;
                double rebuilt = 0;
                for (int k = 0; k < n; k++) {
                    product += eigen.vectors()[i][k] * eigen.vectors()[j][k];
                    rebuilt += eigen.values()[k] * eigen.vectors()[k][i] * eigen.vectors()[k][j];
                }
                assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-12));
                assertThat(rebuilt).isCloseTo(a[i][j], within(1e-12 * scale * Math.max(1, n)));
            }
        }
    }

    @Test
    void knownValues() {
        SymmetricEigen eigen = SymmetricEigen.of(new double[][] {{2, 1, 0}, {1, 2, 0}, {0, 0, 5}});
        assertThat(eigen.values()).containsExactly(new double[] {5, 3, 1}, within(1e-14));
    }
}
