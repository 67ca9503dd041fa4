package org.recommender4j.factorization;

import java.util.Arrays;
import org.recommender4j.internal.kernel.Cholesky;
import org.recommender4j.internal.kernel.Kernels;

/**
 * Solves an item's row of implicit ALS with the users fixed, as an iteration of the training does: {@code (w0 U'U + sum of
 * c u u' + penalty) y = sum of c u}. The Gram matrix of the users is kept. For m users it takes O(m d^2 + d^3). Immutable;
 * thread-safe.
 */
final class ItemSolver {
    private static final int ROWS = 64;

    private final AlsOptions options;
    private final int users;
    private final int d;
    private final float[] gram;

    /** Takes O(users d^2). */
    ItemSolver(float[] users, int d, AlsOptions options) {
        this.options = options;
        this.users = users.length / d;
        this.d = d;
        int stride = Kernels.stride(d);
        gram = new float[Kernels.squareSize(d)];
        double[] sum = new double[gram.length];
        float[] rows = new float[1024 * stride];
        for (int from = 0; from < this.users; from += 1024) {
            int count = Math.min(1024, this.users - from);
            for (int k = 0; k < count; k++) {
                System.arraycopy(users, (from + k) * d, rows, k * stride, d);
            }
            Arrays.fill(gram, 0f);
            Kernels.addGram(rows, 0, rows, 0, count, d, gram);
            for (int k = 0; k < sum.length; k++) {
                sum[k] += gram[k];
            }
        }
        for (int k = 0; k < sum.length; k++) {
            gram[k] = (float) (options.unobservedWeight() * sum[k]);
        }
    }

    /**
     * Returns the vector of an item.
     *
     * @param vectors of the users who interacted with it
     * @param weights one positive weight per user
     * @throws IllegalStateException if a number overflows
     */
    float[] solve(float[][] vectors, float[] weights) {
        int stride = Kernels.stride(d);
        float[] matrix = gram.clone();
        float[] right = new float[stride];
        float[] rows = new float[Math.min(ROWS, vectors.length) * stride];
        float[] roots = new float[ROWS];
        double observed = 0;
        for (int from = 0; from < vectors.length; from += ROWS) {
            int count = Math.min(ROWS, vectors.length - from);
            for (int k = 0; k < count; k++) {
                float confidence = RidgeSolver.confidence(weights[from + k]);
                observed += confidence;
                roots[k] = (float) Math.sqrt(confidence);
                for (int j = 0; j < d; j++) {
                    rows[k * stride + j] = roots[k] * vectors[from + k][j];
                }
            }
            Kernels.addGram(rows, 0, rows, 0, count, d, matrix);
            Kernels.addRows(roots, 0, count, rows, 0, stride, right, 0, stride);
        }
        float penalty = (float) Math.max(options.penalty(observed, users), 1e-20);
        for (int k = 0; k < d; k++) {
            matrix[k * stride + k] += penalty;
        }
        if (Cholesky.factor(matrix, d) >= 0) {
            throw new IllegalStateException("the vector of an item overflows, or the system has no unique solution");
        }
        Cholesky.solve(matrix, d, right, 0);
        return Arrays.copyOf(right, d);
    }
}
