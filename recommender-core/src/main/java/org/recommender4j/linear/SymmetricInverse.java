package org.recommender4j.linear;

import java.util.Arrays;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Training;

/**
 * The inverse of a large symmetric positive definite matrix, in place, in n^3 operations.
 *
 * <p>Only the upper triangle is read and written, in tiles of 32 x 32:
 *
 * <pre>
 *   . . V . .        1. the pivot block D of 128 rows, inverted in double
 *     . V . .        2. its block row and column, packed as W = [V' D H], and T = D^-1 W
 *       D H H        3. every other tile (i, j) becomes M(i, j) - W(i)' T(j)
 *         . .        4. V' and H become T, D becomes -D^-1
 *           .        after all pivots: minus the inverse
 * </pre>
 *
 * Nearly all work is step 3, a product of packed tiles. This is the block form of the sweep operator: J. H. Goodnight, A
 * Tutorial on the SWEEP Operator, The American Statistician 33(3), 1979. A pivot block stays positive definite exactly as
 * long as in a Cholesky factorization. Beside the matrix it takes {@code 1024 n} bytes.
 */
final class SymmetricInverse {
    private static final int PIVOT = 128;
    private static final int TILE = 32;
    private static final int ROWS = 128;

    private final float[] m;
    private final int n;
    private final Training training;
    private final float[] w;
    private final float[] t;
    private final double[][] pivot = new double[PIVOT][PIVOT];
    private final float[] inverse = new float[PIVOT * PIVOT];

    private SymmetricInverse(float[] m, int n, Training training) {
        this.m = m;
        this.n = n;
        this.training = training;
        w = new float[PIVOT * n];
        t = new float[PIVOT * n];
    }

    /**
     * Replaces the upper triangle of a matrix by minus that of its inverse.
     *
     * @param m n rows of n values; those below the diagonal are not used, and some are destroyed
     * @param n a multiple of 32
     * @throws ArithmeticException if the matrix is not positive definite as far as floats can tell
     */
    static void negate(float[] m, int n, Training training) {
        SymmetricInverse work = new SymmetricInverse(m, n, training);
        for (int k = 0; k < n; k += PIVOT) {
            work.sweep(k, Math.min(PIVOT, n - k));
        }
    }

    private void sweep(int k, int depth) {
        invertPivot(k, depth);
        forTiles((block, from, to, none) -> {
            for (int c = from * TILE; c < to * TILE; c += TILE) {
                pack(k, depth, c);
            }
        });
        Parallel.forBlocks(n, ROWS, training.threads(), training.executor(), (block, from, to, none) -> {
            for (int c = from; c < n; c += TILE) {
                for (int r = from; r < to && r <= c && outside(c, k, depth); r += TILE) {
                    if (outside(r, k, depth)) {
                        Kernels.addProduct(
                                w, r * depth, TILE, t, c * depth, TILE, depth, m, r * n + c, n, TILE, TILE, true);
                    }
                }
            }
        });
        forTiles((block, from, to, none) -> {
            for (int c = from * TILE; c < to * TILE; c += TILE) {
                unpack(k, depth, c);
            }
        });
        for (int q = 0; q < depth; q++) {
            for (int r = 0; r < depth; r++) {
                m[(k + q) * n + k + r] = -inverse[q * depth + r];
            }
        }
    }

    private void forTiles(Parallel.Body<Object> body) {
        Parallel.forBlocks(n / TILE, 16, training.threads(), training.executor(), body);
    }

    private static boolean outside(int column, int k, int depth) {
        return column < k || column >= k + depth;
    }

    /** Gauss-Jordan elimination in place; its pivots are those of a Cholesky factorization, squared. */
    private void invertPivot(int k, int depth) {
        for (int q = 0; q < depth; q++) {
            for (int r = q; r < depth; r++) {
                pivot[q][r] = m[(k + q) * n + k + r];
                pivot[r][q] = pivot[q][r];
            }
        }
        for (int q = 0; q < depth; q++) {
            double[] row = pivot[q];
            double value = row[q];
            if (!(value > 0 && value < Float.MAX_VALUE)) {
                throw new ArithmeticException("the pivot of row " + (k + q) + " is " + value);
            }
            row[q] = 1;
            for (int r = 0; r < depth; r++) {
                row[r] /= value;
            }
            for (int s = 0; s < depth; s++) {
                if (s != q) {
                    double[] other = pivot[s];
                    double factor = other[q];
                    other[q] = 0;
                    for (int r = 0; r < depth; r++) {
                        other[r] -= factor * row[r];
                    }
                }
            }
        }
        for (int q = 0; q < depth; q++) {
            for (int r = 0; r < depth; r++) {
                // The mean of the two triangles: what is packed must be symmetric to the bit.
                inverse[q * depth + r] = (float) (0.5 * (pivot[q][r] + pivot[r][q]));
            }
        }
    }

    /** Packs 32 columns of the pivot's rows, row by row, and multiplies them by the inverse. */
    private void pack(int k, int depth, int column) {
        int at = column * depth;
        if (column >= k) {
            for (int q = 0; q < depth; q++) {
                System.arraycopy(m, (k + q) * n + column, w, at + q * TILE, TILE);
            }
        } else {
            for (int c = 0; c < TILE; c++) {
                int row = (column + c) * n + k;
                for (int q = 0; q < depth; q++) {
                    w[at + q * TILE + c] = m[row + q];
                }
            }
        }
        Arrays.fill(t, at, at + depth * TILE, 0f);
        Kernels.addProduct(inverse, 0, depth, w, at, TILE, depth, t, at, TILE, depth, TILE, false);
    }

    private void unpack(int k, int depth, int column) {
        int at = column * depth;
        if (column >= k + depth) {
            for (int q = 0; q < depth; q++) {
                System.arraycopy(t, at + q * TILE, m, (k + q) * n + column, TILE);
            }
        } else if (column < k) {
            for (int c = 0; c < TILE; c++) {
                int row = (column + c) * n + k;
                for (int q = 0; q < depth; q++) {
                    m[row + q] = t[at + q * TILE + c];
                }
            }
        }
    }
}
