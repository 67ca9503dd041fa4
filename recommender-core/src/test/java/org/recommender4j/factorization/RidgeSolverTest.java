package org.recommender4j.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recommender4j.model.Training;

class RidgeSolverTest {
    private final SplittableRandom random = new SplittableRandom(11);

    @ParameterizedTest
    @CsvSource({
        "1, 1", "1, 5", "7, 3", "7, 7", "7, 8", "7, 300", "33, 1", "33, 32", "33, 33", "33, 34", "64, 28", "64, 200",
        "65, 40"
    })
    void solvesAsTheNaiveDoublePrecisionSystem(int d, int m) {
        for (boolean weighted : new boolean[] {false, true}) {
            float[] vectors = floats(m * d, -1, 1);
            float[] weights = weighted ? floats(m, 0.01f, 20) : null;
            float[] spectrum = floats(d, 0, 50);
            RidgeSolver solver = new RidgeSolver(d);
            solver.penalties(spectrum, 0.3, 1.5);
            float[] actual = new float[d + 3];
            assertThat(solver.solve(rows(vectors, d), columns(m), weights, 0, m, actual, 2))
                    .isTrue();
            double[] expected = naive(vectors, weights, spectrum, d, m);
            for (int k = 0; k < d; k++) {
                assertThat((double) actual[2 + k]).isCloseTo(expected[k], within(2e-4));
            }
            assertThat(actual[0]).isZero();
            assertThat(actual[d + 2]).isZero();

            float[] target = floats(d, -1, 1);
            float[] parts = new float[m];
            assertThat(solver.explain(rows(vectors, d), columns(m), weights, 0, m, target, parts))
                    .isTrue();
            double sum = 0;
            double score = 0;
            for (float part : parts) {
                sum += part;
            }
            for (int k = 0; k < d; k++) {
                score += expected[k] * target[k];
            }
            assertThat(sum).isCloseTo(score, within(2e-4 * Math.sqrt(d)));
        }
    }

    @Test
    void aHistoryOfSeveralBlocksIsTheSameOnAnyNumberOfThreads() {
        int d = 7;
        for (int m : new int[] {RidgeSolver.BLOCK, RidgeSolver.BLOCK + 1, 20 * RidgeSolver.BLOCK + 5}) {
            float[] vectors = floats(m * d, -1, 1);
            float[] weights = floats(m, 0.01f, 20);
            float[] spectrum = floats(d, 0, 50);
            RidgeSolver solver = new RidgeSolver(d);
            solver.penalties(spectrum, 0.3, 1.5);
            float[] alone = new float[d];
            assertThat(solver.solve(rows(vectors, d), columns(m), weights, 0, m, alone, 0))
                    .isTrue();
            double[] expected = naive(vectors, weights, spectrum, d, m);
            for (int k = 0; k < d; k++) {
                assertThat((double) alone[k]).isCloseTo(expected[k], within(2e-4));
            }
            for (int threads : new int[] {1, 2, 5}) {
                Training training = Training.defaults().withThreads(threads);
                float[] shared = new float[d];
                assertThat(solver.solve(rows(vectors, d), columns(m), weights, 0, m, shared, 0, training))
                        .isTrue();
                assertThat(shared).as("%d columns, %d threads", m, threads).isEqualTo(alone);
            }
        }
    }

    @Test
    void scratchMemoryLeaksNothingFromOneRowToTheNext() {
        int d = 20;
        RidgeSolver used = new RidgeSolver(d);
        for (int m : new int[] {300, 1, 19, 3, 20, 21, 2, 0, 5}) {
            float[] vectors = floats(m * d, -1, 1);
            float[] spectrum = floats(d, 1, 2);
            float[] expected = new float[d];
            RidgeSolver fresh = new RidgeSolver(d);
            fresh.penalties(spectrum, 1, 1);
            fresh.solve(rows(vectors, d), columns(m), null, 0, m, expected, 0);
            float[] actual = floats(d, 5, 6);
            used.penalties(spectrum, 1, 1);
            used.solve(rows(vectors, d), columns(m), null, 0, m, actual, 0);
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    void hugeWeightsOnEqualVectorsStayFinite() {
        int d = 9;
        for (int m : new int[] {2, 8, 9, 40}) {
            for (float weight : new float[] {Float.MIN_VALUE, 1e-20f, 1e6f, 0x1p49f, Float.MAX_VALUE}) {
                float[] vectors = new float[m * d];
                java.util.Arrays.fill(vectors, 0.5f);
                float[] weights = new float[m];
                java.util.Arrays.fill(weights, weight);
                RidgeSolver solver = new RidgeSolver(d);
                solver.penalties(floats(d, 0, 1), 1, 1e-3);
                float[] x = new float[d];
                assertThat(solver.solve(rows(vectors, d), columns(m), weights, 0, m, x, 0))
                        .as("%d x %s", m, weight)
                        .isTrue();
                float score = 0;
                for (float value : x) {
                    assertThat(value).isFinite();
                    score += 0.5f * value;
                }
                assertThat(score).isBetween(-1e-3f, 1.01f);
                if (weight >= 1e6f && weight < Float.MAX_VALUE) {
                    assertThat(score).isGreaterThan(0.9f);
                }
            }
        }
    }

    private float[] floats(int n, float from, float to) {
        float[] result = new float[n];
        for (int i = 0; i < n; i++) {
            result[i] = (float) (from + (to - from) * random.nextDouble());
        }
        return result;
    }

    private static RowSource rows(float[] vectors, int d) {
        return (column, out, offset) -> System.arraycopy(vectors, column * d, out, offset, d);
    }

    private static int[] columns(int m) {
        int[] result = new int[m];
        for (int j = 0; j < m; j++) {
            result[j] = j;
        }
        return result;
    }

    /** Gaussian elimination on the d x d normal equations. */
    private static double[] naive(float[] y, float @Nullable [] weights, float[] spectrum, int d, int m) {
        double[][] a = new double[d][d + 1];
        for (int r = 0; r < d; r++) {
            a[r][r] = 0.3 * spectrum[r] + 1.5;
            for (int j = 0; j < m; j++) {
                double w = weights == null ? 1 : weights[j];
                a[r][d] += w * y[j * d + r];
                for (int c = 0; c < d; c++) {
                    a[r][c] += w * y[j * d + r] * y[j * d + c];
                }
            }
        }
        return Naive.solve(a);
    }
}
