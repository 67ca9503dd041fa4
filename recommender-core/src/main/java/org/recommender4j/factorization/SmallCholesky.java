package org.recommender4j.factorization;

import java.util.Arrays;
import org.recommender4j.internal.kernel.Kernels;

/**
 * Solves symmetric positive definite systems of a few unknowns by {@code A = U'U}, one row at a time: below 32
 * unknowns twice as fast as the blocked {@link org.recommender4j.internal.kernel.Cholesky}, above slower. Scratch memory
 * for one thread.
 */
final class SmallCholesky {
    /** The number of unknowns from which on the blocked form is faster. */
    static final int LIMIT = 32;

    private static final int GROUP = 16;

    private final float[] minus = new float[LIMIT];
    private final float[] y = new float[LIMIT];
    private final float[] x = new float[LIMIT];

    /**
     * Replaces a matrix by its factor, with the reciprocals of the pivots on the diagonal; what is left of the diagonal has no
     * meaning.
     *
     * @param a rows at distance {@code Kernels.stride(n)}; only its upper triangle is read
     * @param n less than {@link #LIMIT}
     * @return false if a pivot is not a positive finite number
     */
    boolean factor(float[] a, int n) {
        int stride = Kernels.stride(n);
        int end = end(n);
        for (int k = 0; k < n; k++) {
            int from = k & -GROUP;
            int row = k * stride;
            for (int r = 0; r < k; r++) {
                minus[r] = -a[r * stride + k];
            }
            Kernels.addRows(minus, 0, k, a, from, stride, a, row + from, end - from);
            float pivot = a[row + k];
            if (!(pivot > 0 && pivot < Float.POSITIVE_INFINITY)) {
                return false;
            }
            float inverse = 1f / (float) Math.sqrt(pivot);
            Kernels.scale(inverse, a, row + from, a, row + from, end - from);
            a[row + k] = inverse;
        }
        return true;
    }

    /** Replaces b, zero from n to {@code Kernels.stride(n)}, by the solution of A x = b. */
    void solve(float[] u, int n, float[] b) {
        int stride = Kernels.stride(n);
        int end = end(n);
        for (int k = 0; k < n; k++) {
            int from = k & -GROUP;
            int row = k * stride;
            y[k] = b[k] * u[row + k];
            // Changes what is left of k in the group too: it was read already.
            Kernels.axpy(-y[k], u, row + from, b, from, end - from);
        }
        Arrays.fill(x, 0, end, 0f);
        for (int k = n - 1; k >= 0; k--) {
            int from = k & -GROUP;
            int row = k * stride;
            x[k] = (y[k] - Kernels.dot(u, row + from, x, from, end - from)) * u[row + k];
        }
        System.arraycopy(x, 0, b, 0, end);
    }

    /** Where whole groups end that hold the columns. */
    private static int end(int n) {
        return (n + GROUP - 1) & -GROUP;
    }
}
