package org.recommender4j.internal.kernel;

import java.util.Arrays;
import java.util.Objects;

/**
 * Solves symmetric positive definite systems of up to a few thousand unknowns in place, by {@code A = U'U}.
 *
 * <p>Matrices are padded as {@link Kernels} says. Only the upper triangle of {@code A} is read. Cost: {@code d^3 / 3}
 * multiply-adds for the factor, {@code 2 d^2} for a solution.
 *
 * <p>The calls are thread-safe on different matrices and give the same bits with and without vector instructions.
 *
 * <p>Left-looking in blocks of eight rows: a block first takes off everything that the finished rows contribute, with the
 * 8 x 32 register tile; its 8 x 8 diagonal block is factored in plain Java; then the rest of the block is eliminated
 * column by column. Every element is therefore one chain of multiply-adds in ascending order of the pivot, times the
 * reciprocal of its pivot. See G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed. 2013, section 4.2.
 */
public final class Cholesky {

    private static final int ROWS = 8;
    private static final int SOLVE_BLOCK = 16;

    private Cholesky() {}

    /**
     * Replaces a matrix by its factor. Row {@code i} then holds {@code u[i][j]} for {@code j > i}, and {@code 1 / u[i][i]}
     * on the diagonal; what was below the diagonal is lost.
     *
     * @param a {@code Kernels.squareSize(d)} values, changed
     * @param d the dimension
     * @return -1, or the number of the first pivot that is not a positive finite number; the content of {@code a} is then
     *     of no use
     */
    public static int factor(float[] a, int d) {
        Objects.checkFromIndexSize(0, Kernels.squareSize(d), a.length);
        KernelProvider kernels = Kernels.PROVIDER;
        int stride = Kernels.stride(d);
        float[] t = new float[ROWS * ROWS];
        for (int k = 0; k < d; k += ROWS) {
            int row = k * stride;
            if (k > 0) {
                for (int c = k & -32; c < stride; c += 32) {
                    kernels.tile(a, k, stride, a, c, stride, k, a, row + c, stride, true);
                }
            }
            int rows = Math.min(ROWS, d - k);
            int failed = diagonal(a, row + k, stride, rows, t);
            if (failed >= 0) {
                return k + failed;
            }
            int from = k & -16;
            kernels.eliminate(t, a, row + from, stride, stride - from);
            for (int r = 0; r < rows; r++) {
                int at = row + r * stride;
                Arrays.fill(a, at + (k & -32), at + k + r, 0);
                a[at + k + r] = t[(ROWS + 1) * r];
            }
        }
        return -1;
    }

    /**
     * Factors a diagonal block into {@code t}: the reciprocals of the pivots on the diagonal, the negated elements of
     * {@code U} right of it. Rows that are missing in the last block become rows of the identity.
     */
    private static int diagonal(float[] a, int at, int stride, int rows, float[] t) {
        for (int r = 0; r < ROWS; r++) {
            for (int s = r; s < ROWS; s++) {
                t[ROWS * r + s] = s < rows ? a[at + r * stride + s] : r == s ? 1 : 0;
            }
        }
        for (int r = 0; r < rows; r++) {
            float pivot = t[(ROWS + 1) * r];
            if (!(pivot > 0 && pivot < Float.POSITIVE_INFINITY)) {
                return r;
            }
            float inverse = 1 / (float) Math.sqrt(pivot);
            t[(ROWS + 1) * r] = inverse;
            for (int s = r + 1; s < ROWS; s++) {
                t[ROWS * r + s] *= inverse;
            }
            for (int s = r + 1; s < ROWS; s++) {
                float minus = -t[ROWS * r + s];
                for (int q = s; q < ROWS; q++) {
                    t[ROWS * s + q] = Fma.fma(minus, t[ROWS * r + q], t[ROWS * s + q]);
                }
                t[ROWS * r + s] = minus;
            }
        }
        return -1;
    }

    /**
     * Solves {@code A x = b} with a factor.
     *
     * @param u the factor made by {@link #factor}, only read
     * @param d the dimension
     * @param b holds the right-hand side, then zeros up to {@code Kernels.stride(d)} values; receives the solution
     * @param offset where in {@code b}
     */
    public static void solve(float[] u, int d, float[] b, int offset) {
        int stride = Kernels.stride(d);
        Objects.checkFromIndexSize(0, Kernels.squareSize(d), u.length);
        Objects.checkFromIndexSize(offset, stride, b.length);
        forward(u, d, stride, b, offset);
        backward(u, d, stride, b, offset);
    }

    private static void forward(float[] u, int d, int stride, float[] b, int offset) {
        float[] minus = new float[SOLVE_BLOCK];
        for (int block = 0; block < d; block += SOLVE_BLOCK) {
            int end = Math.min(block + SOLVE_BLOCK, d);
            for (int k = block; k < end; k++) {
                int row = k * stride;
                float y = b[offset + k] * u[row + k];
                b[offset + k] = y;
                minus[k - block] = -y;
                for (int c = k + 1; c < end; c++) {
                    b[offset + c] = Fma.fma(-y, u[row + c], b[offset + c]);
                }
            }
            int next = block + SOLVE_BLOCK;
            if (next < stride) {
                Kernels.PROVIDER.addRows(
                        minus, 0, end - block, u, block * stride + next, stride, b, offset + next, stride - next);
            }
        }
    }

    private static void backward(float[] u, int d, int stride, float[] b, int offset) {
        for (int block = (d - 1) / SOLVE_BLOCK * SOLVE_BLOCK; block >= 0; block -= SOLVE_BLOCK) {
            int end = Math.min(block + SOLVE_BLOCK, d);
            int next = block + SOLVE_BLOCK;
            if (next < stride) {
                for (int k = block; k < end; k++) {
                    b[offset + k] -= Kernels.PROVIDER.dot(u, k * stride + next, b, offset + next, stride - next);
                }
            }
            for (int k = end - 1; k >= block; k--) {
                float x = b[offset + k] * u[k * stride + k];
                b[offset + k] = x;
                for (int r = block; r < k; r++) {
                    b[offset + r] = Fma.fma(-u[r * stride + k], x, b[offset + r]);
                }
            }
        }
    }
}
