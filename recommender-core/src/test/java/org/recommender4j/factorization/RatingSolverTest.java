package org.recommender4j.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatingSolverTest {
    /** A random row: vectors with biases, targets, prior and mean. */
    private static final class Case {
        final int d;
        final int n;
        final float[][] vectors;
        final int[] columns;
        final float[] targets;
        final float[] mean;
        final RowPrior prior;

        Case(long seed, int d, int ratings) {
            SplittableRandom random = new SplittableRandom(seed);
            this.d = d;
            n = d + 1;
            vectors = new float[ratings + 3][n];
            for (float[] vector : vectors) {
                fill(vector, random);
            }
            columns = random.ints(ratings, 0, vectors.length).toArray();
            targets = fill(new float[ratings], random);
            mean = fill(new float[n], random);
            prior = new RowPrior(
                    square(random), square(random), fill(new float[n], random), fill(new float[n], random), 0.5);
            for (int k = 0; k < n; k++) {
                prior.ridge()[k] = Math.abs(prior.ridge()[k]);
            }
        }

        private static float[] fill(float[] values, SplittableRandom random) {
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) (random.nextDouble() * 2 - 1);
            }
            return values;
        }

        private float[] square(SplittableRandom random) {
            float[] root = fill(new float[n * n], random);
            float[] square = new float[n * n];
            for (int r = 0; r < n; r++) {
                for (int c = 0; c < n; c++) {
                    for (int k = 0; k < n; k++) {
                        square[r * n + c] += root[r * n + k] * root[c * n + k] / n;
                    }
                }
            }
            return square;
        }

        /** The normal equations with the right-hand side in the last column. */
        double[][] system() {
            double[][] a = new double[n][n + 1];
            for (int r = 0; r < n; r++) {
                for (int c = 0; c < n; c++) {
                    double p = prior.precision()[r * n + c]
                            + (r == c ? Math.sqrt(Math.max(1, targets.length)) * prior.ridge()[r] : 0);
                    a[r][c] = p + prior.gram()[r * n + c];
                    a[r][n] += p * mean[c];
                }
                a[r][n] += prior.pull()[r];
            }
            for (int j = 0; j < targets.length; j++) {
                double[] x = row(columns[j]);
                for (int r = 0; r < n; r++) {
                    for (int c = 0; c < n; c++) {
                        a[r][c] += x[r] * x[c];
                    }
                    a[r][n] += x[r] * (targets[j] - vectors[columns[j]][d]);
                }
            }
            return a;
        }

        double[] row(int column) {
            double[] x = new double[n];
            for (int k = 0; k < d; k++) {
                x[k] = vectors[column][k];
            }
            x[d] = 1;
            return x;
        }

        RowSource source() {
            return (column, out, at) -> System.arraycopy(vectors[column], 0, out, at, n);
        }

        RatingSolver solver() {
            RatingSolver solver = new RatingSolver(d);
            solver.prior(prior, 0, targets.length);
            return solver;
        }
    }

    @ParameterizedTest
    @CsvSource({"1,0", "1,1", "3,7", "16,5", "30,200", "31,129", "33,64", "40,300"})
    void solvesTheNormalEquations(int d, int ratings) {
        Case c = new Case(d * 1000L + ratings, d, ratings);
        float[] out = new float[c.n + 2];
        assertThat(c.solver().solve(c.source(), c.columns, c.targets, 0, ratings, c.mean, 0, null, out, 1))
                .isTrue();
        double[] expected = Naive.solve(c.system());
        for (int k = 0; k < c.n; k++) {
            assertThat(out[1 + k]).as("%d of %d", k, d).isCloseTo((float) expected[k], within(3e-3f));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "5,9", "16,140", "35,20"})
    void partsAddUpToTheProduct(int d, int ratings) {
        Case c = new Case(d + ratings, d, ratings);
        // Without a pull and a mean all of the solution comes from the ratings.
        Arrays.fill(c.prior.pull(), 0f);
        Arrays.fill(c.mean, 0f);
        float[] x = new float[c.n];
        c.solver().solve(c.source(), c.columns, c.targets, 0, ratings, c.mean, 0, null, x, 0);
        float[] target = new float[c.n];
        for (int k = 0; k < c.n; k++) {
            target[k] = 0.1f * (k + 1);
        }
        float[] parts = new float[ratings];
        assertThat(c.solver().explain(c.source(), c.columns, c.targets, 0, ratings, c.mean, 0, target, parts))
                .isTrue();
        double product = 0;
        for (int k = 0; k < c.n; k++) {
            product += x[k] * target[k];
        }
        double sum = 0;
        for (float part : parts) {
            sum += part;
        }
        assertThat(sum).isCloseTo(product, within(1e-3 * (1 + Math.abs(product))));
    }

    @Test
    void drawsHaveTheMeanAndTheCovarianceOfThePosterior() {
        Case c = new Case(4, 2, 6);
        double[] expected = Naive.solve(c.system());
        double[][] covariance = new double[3][];
        for (int k = 0; k < 3; k++) {
            double[][] a = c.system();
            for (int r = 0; r < 3; r++) {
                a[r][3] = r == k ? 1 : 0;
            }
            covariance[k] = Naive.solve(a);
        }
        int draws = 20_000;
        float[] noise = new float[3];
        float[] x = new float[3];
        double[] mean = new double[3];
        double[][] square = new double[3][3];
        for (int draw = 0; draw < draws; draw++) {
            Normals.fill(new SplittableRandom(draw), noise, 3, 1);
            c.solver().solve(c.source(), c.columns, c.targets, 0, 6, c.mean, 0, noise, x, 0);
            for (int r = 0; r < 3; r++) {
                mean[r] += x[r] / draws;
                for (int k = 0; k < 3; k++) {
                    square[r][k] += (x[r] - expected[r]) * (x[k] - expected[k]) / draws;
                }
            }
        }
        for (int r = 0; r < 3; r++) {
            assertThat(mean[r]).isCloseTo(expected[r], within(0.02));
            for (int k = 0; k < 3; k++) {
                assertThat(square[r][k]).isCloseTo(covariance[r][k], within(0.02));
            }
        }
    }

    @Test
    void withoutRegularizationAnOpenDirectionIsNoFailure() {
        float[] zero = new float[16];
        RatingSolver solver = new RatingSolver(3);
        solver.prior(new RowPrior(zero, zero, zero, zero, 0), 0, 1);
        float[] out = new float[4];
        RowSource source = (column, to, at) -> System.arraycopy(new float[] {1, 1, 1, 0}, 0, to, at, 4);
        assertThat(solver.solve(source, new int[1], new float[] {2}, 0, 1, zero, 0, null, out, 0))
                .isTrue();
        assertThat(out[0] + out[1] + out[2] + out[3]).isCloseTo(2f, within(1e-3f));
    }

    @Test
    void overflowIsReported() {
        Case c = new Case(4, 2, 6);
        Arrays.fill(c.targets, Float.MAX_VALUE);
        assertThat(c.solver().solve(c.source(), c.columns, c.targets, 0, 6, c.mean, 0, null, new float[3], 0))
                .isFalse();
    }
}
