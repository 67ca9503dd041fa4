package org.recommender4j.factorization;

import java.util.Arrays;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Training;

/**
 * Ridge regression of the vectors of users on their histories: finds for each item a vector y such that the sum over users of
 * {@code w(u) |z(u) - sum of the y of the history / root of its length|^2} plus {@code g} times the sum of {@code |y|^2} is
 * small. Used for one training.
 */
final class HistoryRegression {
    /*
     * With H[u][j] = 1 / root(length(u)) for each item j of the history, the solution is (H'WH + g I)^-1 H'WZ. The conjugate
     * gradient method never forms the matrix: each step takes one pass over the ratings by user and one by item. The columns
     * of Y are separate systems with the same matrix, so each has its own step lengths. A solution begins where the last
     * one ended, since Z moves little between two iterations of a training.
     */
    private static final int ROWS = 64;
    private static final int SUM_ROWS = 1024;

    private final RatingSide users;
    private final RatingSide items;
    private final int n;
    private final int stride;
    private final float[] roots;
    private final float[] weights;
    private final float ridge;
    private final Training training;
    private final float[] y;
    private final float[] residual;
    private final float[] direction;
    private final float[] image;
    private final float[] byUser;

    HistoryRegression(RatingSide users, RatingSide items, double exponent, double ridge, Training training) {
        this.users = users;
        this.items = items;
        this.ridge = (float) ridge;
        this.training = training;
        n = users.factors + 1;
        stride = users.stride;
        roots = new float[users.count];
        weights = new float[users.count];
        for (int u = 0; u < users.count; u++) {
            int length = Math.max(1, users.length(u));
            roots[u] = (float) (1 / Math.sqrt(length));
            weights[u] = (float) StrictMath.pow(length, exponent);
        }
        y = new float[items.vectors.length];
        residual = new float[y.length];
        direction = new float[y.length];
        image = new float[y.length];
        byUser = new float[users.vectors.length];
    }

    /** Returns the solution so far; rows as those of the items. */
    float[] solution() {
        return y;
    }

    /** Takes some steps towards the solution for the vectors of the users as they are, and makes it their prior mean. */
    void solve(int steps) {
        // residual = H'W (Z - H Y) - g Y
        forward(y, users.means);
        Parallel.forBlocks(users.count, ROWS, training.threads(), training.executor(), (block, from, to, none) -> {
            for (int k = from * stride; k < to * stride; k++) {
                byUser[k] = users.vectors[k] - users.means[k];
            }
        });
        backward(byUser, y, residual, 1f, -1f);
        System.arraycopy(residual, 0, direction, 0, direction.length);
        double[] squares = products(residual, residual);
        for (int step = 0; step < steps; step++) {
            forward(direction, byUser);
            backward(byUser, direction, image, 1f, 1f);
            double[] curvature = products(direction, image);
            float[] lengths = ratios(squares, curvature);
            addScaled(lengths, 1f, direction, y);
            addScaled(lengths, -1f, image, residual);
            double[] next = products(residual, residual);
            float[] turns = ratios(next, squares);
            for (int at = 0; at < direction.length; at += stride) {
                for (int k = 0; k < n; k++) {
                    direction[at + k] = Math.fma(turns[k], direction[at + k], residual[at + k]);
                }
            }
            squares = next;
        }
        forward(y, users.means);
    }

    /** out(u) = sum of x(j) over the history / root of its length */
    private void forward(float[] x, float[] out) {
        Parallel.forBlocks(users.count, ROWS, training.threads(), training.executor(), (block, from, to, none) -> {
            for (int u = from; u < to; u++) {
                Arrays.fill(out, u * stride, (u + 1) * stride, 0f);
                for (int p = users.offsets[u]; p < users.offsets[u + 1]; p++) {
                    Kernels.axpy(roots[u], x, users.columns[p] * stride, out, u * stride, stride);
                }
            }
        });
    }

    /** out(j) = a sum of w(u) z(u) / root over those who have j, plus b g x(j) */
    private void backward(float[] z, float[] x, float[] out, float a, float b) {
        Parallel.forBlocks(items.count, ROWS, training.threads(), training.executor(), (block, from, to, none) -> {
            for (int j = from; j < to; j++) {
                Kernels.scale(b * ridge, x, j * stride, out, j * stride, stride);
                for (int p = items.offsets[j]; p < items.offsets[j + 1]; p++) {
                    int u = items.columns[p];
                    Kernels.axpy(a * weights[u] * roots[u], z, u * stride, out, j * stride, stride);
                }
            }
        });
    }

    private void addScaled(float[] factors, float sign, float[] x, float[] out) {
        Parallel.forBlocks(items.count, SUM_ROWS, training.threads(), training.executor(), (block, from, to, none) -> {
            for (int at = from * stride; at < to * stride; at += stride) {
                for (int k = 0; k < n; k++) {
                    out[at + k] = Math.fma(sign * factors[k], x[at + k], out[at + k]);
                }
            }
        });
    }

    /** The products of the columns. */
    private double[] products(float[] a, float[] b) {
        int blocks = Parallel.blocks(items.count, SUM_ROWS);
        double[][] partial = new double[blocks][n];
        Parallel.forBlocks(items.count, SUM_ROWS, training.threads(), training.executor(), (block, from, to, none) -> {
            for (int at = from * stride; at < to * stride; at += stride) {
                for (int k = 0; k < n; k++) {
                    partial[block][k] += (double) a[at + k] * b[at + k];
                }
            }
        });
        double[] sum = new double[n];
        for (double[] part : partial) {
            for (int k = 0; k < n; k++) {
                sum[k] += part[k];
            }
        }
        return sum;
    }

    private static float[] ratios(double[] a, double[] b) {
        float[] result = new float[a.length];
        for (int k = 0; k < a.length; k++) {
            result[k] = b[k] > 1e-30 ? (float) (a[k] / b[k]) : 0f;
        }
        return result;
    }
}
