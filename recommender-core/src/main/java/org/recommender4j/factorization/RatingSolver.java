package org.recommender4j.factorization;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.recommender4j.internal.kernel.Cholesky;
import org.recommender4j.internal.kernel.Kernels;

/**
 * Finds the vector x of n = d + 1 numbers, d factors and a bias, that minimizes {@code (x - m)' P (x - m) + x' Q x - 2 s . x +
 * sum over j of (t[j] - b[j] - x . (y[j], 1))^2} for a row of ratings t of columns with vectors y and biases b: a ridge
 * regression around a prior mean m, with what is said of the pairs without a rating, see {@link RowPrior}. Or draws from the normal
 * distribution of which that is the mean.
 *
 * <p>Belongs to one thread, and is scratch memory to be used again. Time O(k n^2 + n^3) for k ratings.
 */
final class RatingSolver {
    private static final int CHUNK = 128;
    private static final int MAX_ATTEMPTS = 12;

    private final int factors;
    private final int n;
    private final int stride;
    private final float[] prior;
    private final float[] gram;
    private final float[] pull;
    private final float[] matrix;
    private final float[] right;
    private final float[] rows;
    private final float[] errors = new float[CHUNK];
    private final SmallCholesky small = new SmallCholesky();

    RatingSolver(int factors) {
        this.factors = factors;
        n = factors + 1;
        stride = Kernels.stride(n);
        prior = new float[Kernels.squareSize(n)];
        gram = new float[prior.length];
        pull = new float[stride];
        matrix = new float[prior.length];
        right = new float[stride];
        rows = new float[CHUNK * stride];
    }

    /** Sets P, Q and s to those of a row with so many ratings, in one of the draws of a prior. */
    void prior(RowPrior row, int draw, int ratings) {
        float scale = row.scale(ratings);
        int at = draw * n * n;
        for (int r = 0; r < n; r++) {
            pull[r] = row.pull()[draw * n + r];
            for (int c = 0; c < n; c++, at++) {
                gram[r * stride + c] = row.gram()[at];
                prior[r * stride + c] = row.precision()[at] + row.gram()[at];
            }
            prior[r * stride + r] += scale * row.ridge()[draw * n + r];
        }
    }

    /**
     * Solves a row.
     *
     * @param source copies a column's d factors and its bias
     * @param mean the prior mean, n numbers from an offset
     * @param noise n standard normal numbers times the standard deviation of a rating, to draw instead of solve
     * @param out receives n numbers
     * @return false if a number overflowed; then the output is of no use
     */
    boolean solve(
            RowSource source,
            int[] columns,
            float[] targets,
            int from,
            int to,
            float[] mean,
            int meanAt,
            float @Nullable [] noise,
            float[] out,
            int at) {
        if (!factor(source, columns, targets, from, to, mean, meanAt)) {
            return false;
        }
        if (noise != null) {
            // With A = U'U, A^-1 U' z has the covariance A^-1.
            for (int k = 0; k < n; k++) {
                float sum = noise[k] / matrix[k * stride + k];
                for (int r = 0; r < k; r++) {
                    sum = Math.fma(matrix[r * stride + k], noise[r], sum);
                }
                right[k] += sum;
            }
        }
        back(right);
        float check = 0;
        for (int k = 0; k < n; k++) {
            out[at + k] = right[k] + mean[meanAt + k];
            check += out[at + k] * 0f;
        }
        return check == 0;
    }

    /**
     * Writes what each rating adds to the product of the solution with a target of n numbers; what is missing to the product
     * is that of the target with the prior mean.
     */
    boolean explain(
            RowSource source,
            int[] columns,
            float[] targets,
            int from,
            int to,
            float[] mean,
            int meanAt,
            float[] target,
            float[] parts) {
        if (!factor(source, columns, targets, from, to, mean, meanAt)) {
            return false;
        }
        float[] scaled = Arrays.copyOf(target, stride);
        back(scaled);
        for (int first = from; first < to; first += CHUNK) {
            int count = Math.min(CHUNK, to - first);
            gather(source, columns, targets, first, count, mean, meanAt);
            for (int j = 0; j < count; j++) {
                parts[first - from + j] = errors[j] * Kernels.dot(rows, j * stride, scaled, 0, n);
            }
        }
        return true;
    }

    /** Leaves the factor of P + Q + X'X in the matrix, and s - Q m + X' (t - b - X m) on the right-hand side. */
    private boolean factor(
            RowSource source, int[] columns, float[] targets, int from, int to, float[] mean, int meanAt) {
        float raise = 0;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            System.arraycopy(prior, 0, matrix, 0, prior.length);
            for (int k = 0; k < n; k++) {
                right[k] = pull[k] - Kernels.dot(gram, k * stride, mean, meanAt, n);
            }
            Arrays.fill(right, n, stride, 0f);
            for (int first = from; first < to; first += CHUNK) {
                int count = Math.min(CHUNK, to - first);
                gather(source, columns, targets, first, count, mean, meanAt);
                Kernels.addGram(rows, 0, rows, 0, count, n, matrix);
                Kernels.addRows(errors, 0, count, rows, 0, stride, right, 0, stride);
            }
            float largest = 0;
            for (int k = 0; k < n; k++) {
                matrix[k * stride + k] += raise;
                largest = Math.max(largest, matrix[k * stride + k]);
            }
            if (n < SmallCholesky.LIMIT ? small.factor(matrix, n) : Cholesky.factor(matrix, n) < 0) {
                return true;
            }
            // Without a regularization, fewer ratings than factors leave a direction open.
            raise = Math.max(raise * 8, Math.max(largest * 1e-6f, 1e-6f));
        }
        return false;
    }

    private void back(float[] b) {
        if (n < SmallCholesky.LIMIT) {
            small.solve(matrix, n, b);
        } else {
            Cholesky.solve(matrix, n, b, 0);
        }
    }

    private void gather(
            RowSource source, int[] columns, float[] targets, int first, int count, float[] mean, int meanAt) {
        for (int j = 0; j < count; j++) {
            int row = j * stride;
            source.copy(columns[first + j], rows, row);
            float bias = rows[row + factors];
            rows[row + factors] = 1f;
            Arrays.fill(rows, row + n, row + stride, 0f);
            errors[j] = targets[first + j] - bias - Kernels.dot(rows, row, mean, meanAt, n);
        }
    }
}
