package org.recommender4j.factorization;

import java.util.SplittableRandom;
import org.recommender4j.model.Training;

/**
 * Draws the mean and the precision of a normal distribution from which the rows of a side come, given the rows, under a
 * vague prior: the hyperparameters of Salakhutdinov and Mnih (2008), section 3.2.
 */
final class NormalWishart {
    private static final double MEAN_WEIGHT = 2;

    private NormalWishart() {}

    /** Sets the means of all rows to a drawn one, and returns a drawn precision, n x n. */
    static double[][] draw(RatingSide side, SplittableRandom random, Training training) {
        int n = side.factors + 1;
        double count = side.count;
        double[] mean = new double[n];
        for (int row = 0; row < side.count; row++) {
            for (int k = 0; k < n; k++) {
                mean[k] += side.vectors[row * side.stride + k] / count;
            }
        }
        double[][] scatter = Gram.of(side.vectors, side.count, n, training);
        double shrink = MEAN_WEIGHT * count / (MEAN_WEIGHT + count);
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < n; c++) {
                scatter[r][c] += (shrink - count) * mean[r] * mean[c] + (r == c ? 1 : 0);
            }
        }
        double[][] precision = wishart(inverse(scatter), n + count, random);
        double[][] root = cholesky(inverse(precision));
        float[] drawn = new float[n];
        double[] normal = new double[n];
        for (int r = 0; r < n; r++) {
            normal[r] = Normals.next(random) / Math.sqrt(MEAN_WEIGHT + count);
            double sum = count * mean[r] / (MEAN_WEIGHT + count);
            for (int c = 0; c <= r; c++) {
                sum += root[r][c] * normal[c];
            }
            drawn[r] = (float) sum;
        }
        for (int row = 0; row < side.count; row++) {
            System.arraycopy(drawn, 0, side.means, row * side.stride, n);
        }
        return precision;
    }

    /** Returns a draw of the Wishart distribution by Bartlett's decomposition. */
    static double[][] wishart(double[][] scale, double freedom, SplittableRandom random) {
        int n = scale.length;
        double[][] root = cholesky(scale);
        double[][] bartlett = new double[n][n];
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < r; c++) {
                bartlett[r][c] = Normals.next(random);
            }
            // A gamma number of a shape below 1 is one of the next larger shape times a power of a uniform one.
            double shape = (freedom - r) / 2;
            double gamma = Normals.gamma(random, shape < 1 ? shape + 1 : shape);
            double boost = shape < 1 ? StrictMath.pow(1 - random.nextDouble(), 1 / shape) : 1;
            bartlett[r][r] = Math.sqrt(2 * gamma * boost);
        }
        double[][] product = new double[n][n];
        for (int r = 0; r < n; r++) {
            for (int k = 0; k <= r; k++) {
                for (int c = 0; c <= k; c++) {
                    product[r][c] += root[r][k] * bartlett[k][c];
                }
            }
        }
        double[][] result = new double[n][n];
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < n; c++) {
                for (int k = 0; k <= Math.min(r, c); k++) {
                    result[r][c] += product[r][k] * product[c][k];
                }
            }
        }
        return result;
    }

    /** Returns L with L L' = a. */
    private static double[][] cholesky(double[][] a) {
        int n = a.length;
        double[][] lower = new double[n][n];
        for (int r = 0; r < n; r++) {
            for (int c = 0; c <= r; c++) {
                double sum = a[r][c];
                for (int k = 0; k < c; k++) {
                    sum -= lower[r][k] * lower[c][k];
                }
                if (r == c && !(sum > 0)) {
                    throw new ArithmeticException("a covariance is not positive definite");
                }
                lower[r][c] = r == c ? Math.sqrt(sum) : sum / lower[c][c];
            }
        }
        return lower;
    }

    private static double[][] inverse(double[][] a) {
        int n = a.length;
        double[][] lower = cholesky(a);
        double[][] result = new double[n][n];
        double[] y = new double[n];
        for (int column = 0; column < n; column++) {
            for (int r = 0; r < n; r++) {
                double sum = r == column ? 1 : 0;
                for (int k = 0; k < r; k++) {
                    sum -= lower[r][k] * y[k];
                }
                y[r] = sum / lower[r][r];
            }
            for (int r = n - 1; r >= 0; r--) {
                double sum = y[r];
                for (int k = r + 1; k < n; k++) {
                    sum -= lower[k][r] * result[k][column];
                }
                result[r][column] = sum / lower[r][r];
            }
        }
        return result;
    }
}
