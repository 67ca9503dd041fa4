package org.recommender4j.factorization;

import java.util.Arrays;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.internal.linalg.SymmetricEigen;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Training;

/**
 * The Gram matrix of a factor matrix, and the rotation that makes it diagonal. Matrices are row-major with rows at distance
 * {@code Kernels.stride(d)}, padded with zeros.
 */
final class Gram {
    /* Longer float sums would lose digits: within a block in float, over blocks in double. */
    private static final int BLOCK = 1024;
    private static final int WAVE = 16;
    private static final int ROTATED = 256;

    private Gram() {}

    /**
     * A rotation that made a Gram matrix diagonal.
     *
     * @param axes the new axes, one per panel lane
     * @param spectrum the diagonal, descending
     */
    record Rotation(Panels axes, float[] spectrum) {}

    /** Returns X'X; time O(n d^2). */
    static double[][] of(float[] x, int n, int d, Training training) {
        int stride = Kernels.stride(d);
        double[][] sum = new double[d][d];
        int blocks = Parallel.blocks(n, BLOCK);
        float[][] partial = new float[Math.min(WAVE, blocks)][Kernels.squareSize(d)];
        for (int first = 0; first < blocks; first += WAVE) {
            int base = first;
            int rows = Math.min(n - base * BLOCK, WAVE * BLOCK);
            Parallel.forBlocks(rows, BLOCK, training.threads(), training.executor(), (block, from, to, none) -> {
                Arrays.fill(partial[block], 0f);
                int at = (base * BLOCK + from) * stride;
                Kernels.addGram(x, at, x, at, to - from, d, partial[block]);
            });
            for (int block = 0; block < Parallel.blocks(rows, BLOCK); block++) {
                for (int r = 0; r < d; r++) {
                    for (int c = r; c < d; c++) {
                        sum[r][c] += partial[block][r * stride + c];
                    }
                }
            }
        }
        for (int r = 0; r < d; r++) {
            for (int c = 0; c < r; c++) {
                sum[r][c] = sum[c][r];
            }
        }
        return sum;
    }

    /**
     * Rotates the rows of X in place so that X'X becomes diagonal, and returns how. Dot products between
     * rows stay the same. Time O(n d^2 + d^3).
     *
     * @throws ArithmeticException if X'X is not finite
     */
    static Rotation diagonalize(float[] x, int n, int d, Training training) {
        double[][] gram = of(x, n, d, training);
        for (double[] row : gram) {
            for (double value : row) {
                if (!(Math.abs(value) < Float.MAX_VALUE)) {
                    throw new ArithmeticException("the factors overflow");
                }
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of(gram);
        Panels axes = Panels.of(d, d, (axis, out) -> {
            for (int k = 0; k < d; k++) {
                out[k] = (float) eigen.vectors()[axis][k];
            }
        });
        rotate(axes, x, n, d, training);
        float[] spectrum = new float[d];
        for (int k = 0; k < d; k++) {
            spectrum[k] = (float) Math.max(0, eigen.values()[k]);
        }
        return new Rotation(axes, spectrum);
    }

    /** Writes the rows of X in the coordinates of other axes, in place; time O(n d^2). */
    static void rotate(Panels axes, float[] x, int n, int d, Training training) {
        int stride = Kernels.stride(d);
        Parallel.forBlocks(
                n,
                ROTATED,
                training.threads(),
                training.executor(),
                () -> new float[8 * (d + stride)],
                (block, from, to, memory) -> {
                    for (int row = from; row < to; row += 8) {
                        int rows = Math.min(8, to - row);
                        Kernels.packUsers(x, row * stride, stride, rows, d, memory, 0);
                        axes.scoreBlock(memory, 0, 0, axes.panelCount(), memory, 8 * d, stride);
                        System.arraycopy(memory, 8 * d, x, row * stride, rows * stride);
                    }
                });
    }
}
