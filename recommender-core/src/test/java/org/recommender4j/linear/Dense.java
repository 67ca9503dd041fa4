package org.recommender4j.linear;

import java.util.SplittableRandom;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;

/** Slow and obvious matrices of doubles for tests. */
final class Dense {
    private Dense() {}

    /** Returns Zipf-like interactions, some users and the last item without any. */
    static Interactions interactions(long seed, int users, int items) {
        SplittableRandom random = new SplittableRandom(seed);
        InteractionsBuilder builder = Interactions.builder();
        for (int user = 0; user < users; user++) {
            for (int k = user % 9; k > 0; k--) {
                builder.add(user, (int) ((items - 1) * Math.pow(random.nextDouble(), 2)), 1f);
            }
        }
        return builder.build(users, items, DuplicatePolicy.LAST);
    }

    static double[][] of(Interactions matrix) {
        double[][] result = new double[matrix.rows()][matrix.columns()];
        for (int row = 0; row < matrix.rows(); row++) {
            for (int p = matrix.begin(row); p < matrix.end(row); p++) {
                result[row][matrix.column(p)] = 1;
            }
        }
        return result;
    }

    static double[][] transpose(double[][] a) {
        double[][] result = new double[a[0].length][a.length];
        for (int r = 0; r < a.length; r++) {
            for (int c = 0; c < a[0].length; c++) {
                result[c][r] = a[r][c];
            }
        }
        return result;
    }

    static double[][] multiply(double[][] a, double[][] b) {
        double[][] result = new double[a.length][b[0].length];
        for (int r = 0; r < a.length; r++) {
            for (int q = 0; q < b.length; q++) {
                for (int c = 0; c < b[0].length; c++) {
                    result[r][c] += a[r][q] * b[q][c];
                }
            }
        }
        return result;
    }

    /** Returns diag(rows) a diag(columns), a zero wherever a factor is not finite. */
    static double[][] scale(double[] rows, double[][] a, double[] columns) {
        double[][] result = new double[a.length][a[0].length];
        for (int r = 0; r < a.length; r++) {
            for (int c = 0; c < a[0].length; c++) {
                double value = rows[r] * a[r][c] * columns[c];
                result[r][c] = Double.isFinite(value) ? value : 0;
            }
        }
        return result;
    }

    /** Returns the powers of the row sums. */
    static double[] degrees(double[][] a, double exponent) {
        double[] result = new double[a.length];
        for (int r = 0; r < a.length; r++) {
            double sum = 0;
            for (double value : a[r]) {
                sum += value;
            }
            result[r] = Math.pow(sum, exponent);
        }
        return result;
    }

    /** Gauss-Jordan elimination with pivoting. */
    static double[][] inverse(double[][] a) {
        int n = a.length;
        double[][] work = new double[n][2 * n];
        for (int r = 0; r < n; r++) {
            System.arraycopy(a[r], 0, work[r], 0, n);
            work[r][n + r] = 1;
        }
        for (int k = 0; k < n; k++) {
            int best = k;
            for (int r = k + 1; r < n; r++) {
                best = Math.abs(work[r][k]) > Math.abs(work[best][k]) ? r : best;
            }
            double[] swapped = work[k];
            work[k] = work[best];
            work[best] = swapped;
            double pivot = work[k][k];
            for (int c = 0; c < 2 * n; c++) {
                work[k][c] /= pivot;
            }
            for (int r = 0; r < n; r++) {
                double factor = r == k ? 0 : work[r][k];
                for (int c = k; c < 2 * n && factor != 0; c++) {
                    work[r][c] -= factor * work[k][c];
                }
            }
        }
        double[][] result = new double[n][n];
        for (int r = 0; r < n; r++) {
            System.arraycopy(work[r], n, result[r], 0, n);
        }
        return result;
    }
}
