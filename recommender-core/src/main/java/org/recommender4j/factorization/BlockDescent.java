package org.recommender4j.factorization;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.recommender4j.internal.kernel.Cholesky;
import org.recommender4j.internal.kernel.Kernels;

/**
 * Improves the vector of a row of implicit ALS, a block of its numbers at a time with the others fixed: one pass of iALS++ (S. Rendle, W.
 * Krichene, L. Zhang, Y. Koren, 2021). Takes O(m d b + d b^2) for a history of m and blocks of b. Belongs to one thread.
 */
final class BlockDescent {
    /*
     * As in RidgeSolver, the penalties are diagonal and divided out: x = P^-1/2 z, and z minimizes |c - Z z|^2 + |z|^2. What is left
     * to explain, c - Z z, is kept up to date, so a block costs nothing for the numbers outside it.
     */
    private static final int CHUNK = 512;

    private final int d;
    private final int stride;
    private final int block;
    private final float[] slice;
    private final float[] matrix;
    private final float[] step;
    private float[] left = {};
    private float[] roots = {};

    BlockDescent(int d, int block) {
        this.d = d;
        stride = Kernels.stride(d);
        this.block = block;
        slice = new float[CHUNK * Kernels.stride(block)];
        matrix = new float[Kernels.squareSize(block)];
        step = new float[Kernels.stride(block)];
    }

    /**
     * Replaces a vector by a better one.
     *
     * @param inverseRoots the penalties to the power of -1/2
     * @param fixed the vectors of the other side, at distance {@code Kernels.stride(d)}
     * @return false if a number overflowed; then x is of no use
     */
    boolean improve(
            float[] inverseRoots,
            float[] fixed,
            int[] columns,
            float @Nullable [] weights,
            int from,
            int to,
            float[] x,
            int offset) {
        int m = to - from;
        if (left.length < m) {
            left = new float[Math.max(m, 2 * left.length)];
            roots = new float[left.length];
        }
        for (int j = 0; j < m; j++) {
            roots[j] = weights == null ? 1f : (float) Math.sqrt(RidgeSolver.confidence(weights[from + j]));
            left[j] = roots[j] * (1 - Kernels.dot(fixed, columns[from + j] * stride, x, offset, d));
        }
        for (int first = 0; first < d; first += block) {
            int n = Math.min(block, d - first);
            int width = Kernels.stride(n);
            Arrays.fill(step, 0f);
            Arrays.fill(matrix, 0f);
            for (int k = 0; k < n; k++) {
                matrix[k * width + k] = 1f;
            }
            if (n < width) {
                Arrays.fill(slice, 0f);
            }
            for (int at = 0; at < m; at += CHUNK) {
                int count = Math.min(CHUNK, m - at);
                gather(inverseRoots, fixed, columns, from + at, at, count, first, n);
                Kernels.addGram(slice, 0, slice, 0, count, n, matrix);
                Kernels.addRows(left, at, count, slice, 0, width, step, 0, n);
            }
            for (int k = 0; k < n; k++) {
                step[k] -= x[offset + first + k] / inverseRoots[first + k];
            }
            if (Cholesky.factor(matrix, n) >= 0) {
                return false;
            }
            Cholesky.solve(matrix, n, step, 0);
            for (int at = 0; at < m && first + n < d; at += CHUNK) {
                int count = Math.min(CHUNK, m - at);
                if (m > CHUNK) {
                    gather(inverseRoots, fixed, columns, from + at, at, count, first, n);
                }
                for (int j = 0; j < count; j++) {
                    left[at + j] -= Kernels.dot(slice, j * width, step, 0, n);
                }
            }
            for (int k = 0; k < n; k++) {
                x[offset + first + k] += inverseRoots[first + k] * step[k];
            }
        }
        float check = 0;
        for (int k = 0; k < d; k++) {
            check += x[offset + k] * 0f;
        }
        return check == 0;
    }

    private void gather(
            float[] inverseRoots, float[] fixed, int[] columns, int from, int at, int count, int first, int n) {
        int width = Kernels.stride(n);
        for (int j = 0; j < count; j++) {
            int to = j * width;
            System.arraycopy(fixed, columns[from + j] * stride + first, slice, to, n);
            Kernels.multiply(inverseRoots, first, slice, to, n);
            if (roots[at + j] != 1f) {
                Kernels.scale(roots[at + j], slice, to, slice, to, n);
            }
        }
    }
}
