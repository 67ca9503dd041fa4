package org.recommender4j.linear;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Training;

/**
 * An orthonormal basis of the space that the right singular vectors of a sparse matrix with the largest singular values
 * span, by randomized subspace iteration: a random block is multiplied with A'A and made orthonormal again, a few times.
 *
 * <p>Only the space is found, not the single vectors. Directions near the edge are approximate; each iteration sharpens the edge. See N. Halko,
 * P.-G. Martinsson, J. A. Tropp, Finding Structure with Randomness, SIAM Review 53(2), 2011, algorithm 4.4. The matrix is that of
 * the interactions, entry (u, i) being {@code userScale[u] * itemScale[i]}.
 *
 * <p>Time O(iterations (interactions k + items k^2 + k^3)), memory {@code 4 k (users + items)} bytes and {@code 80 k^2}.
 */
final class Subspace {
    private static final int ROWS = 256;
    private static final int GRAM_ROWS = 1024;
    private static final int GRAM_STEP = 128;
    private static final int WAVE = 16;
    private static final int TILE = 32;
    /** A direction that keeps less of its length than the square root of this is rounding, not a direction. */
    private static final double DEPENDENT = 1e-5;

    private final Interactions byUser;
    private final Interactions byItem;
    private final int k;
    private final int stride;
    private final Training training;
    private final float[] items;
    private double meanSquare;

    private Subspace(Interactions byUser, int k, Training training) {
        this.byUser = byUser;
        byItem = byUser.transpose();
        this.k = k;
        stride = Kernels.stride(k);
        this.training = training;
        items = matrix(byItem.rows());
    }

    private float[] matrix(int rows) {
        return new float[rows * stride];
    }

    /** Finds the space. */
    static Subspace of(
            Interactions byUser,
            float[] userScale,
            float[] itemScale,
            int k,
            int iterations,
            long seed,
            Training training,
            String name) {
        long start = training.start();
        Subspace work = new Subspace(byUser, k, training);
        work.randomize(seed);
        float[] users = work.matrix(byUser.rows());
        for (int iteration = 1; iteration <= iterations; iteration++) {
            work.multiply(work.byUser, userScale, itemScale, work.items, users);
            work.multiply(work.byItem, itemScale, userScale, users, work.items);
            work.orthonormalize();
            training.report(name, iteration, iterations, Double.NaN, start);
        }
        work.orthonormalize();
        work.multiply(work.byUser, userScale, itemScale, work.items, users);
        work.meanSquare = work.meanSquare(users);
        return work;
    }

    /**
     * The basis: a row of {@code Kernels.stride(k)} values per item, of which the first k are its coordinates. With fewer
     * than k directions, some columns are zero.
     */
    float[] basis() {
        return items;
    }

    /** The mean over the directions of the squared singular values, or 0 if there is none. */
    double meanSquare() {
        return meanSquare;
    }

    private double meanSquare(float[] users) {
        double products = 0;
        for (int user = 0; user < byUser.rows(); user++) {
            products += Kernels.dot(users, user * stride, users, user * stride, stride);
        }
        double directions = 0;
        for (int item = 0; item < byItem.rows(); item++) {
            directions += Kernels.dot(items, item * stride, items, item * stride, stride);
        }
        return directions < 0.5 ? 0 : products / directions;
    }

    private void randomize(long seed) {
        SplittableRandom root = new SplittableRandom(seed);
        SplittableRandom[] streams = new SplittableRandom[Parallel.blocks(byItem.rows(), ROWS)];
        Arrays.setAll(streams, block -> root.split());
        forRows(byItem.rows(), (block, from, to, none) -> {
            for (int item = from; item < to; item++) {
                for (int c = 0; c < k && byItem.length(item) > 0; c++) {
                    items[item * stride + c] = (float) (streams[block].nextDouble() - 0.5);
                }
            }
        });
    }

    private void forRows(int n, Parallel.Body<Object> body) {
        Parallel.forBlocks(n, ROWS, training.threads(), training.executor(), body);
    }

    private void multiply(Interactions rows, float[] rowScale, float[] columnScale, float[] from, float[] to) {
        forRows(rows.rows(), (block, begin, end, none) -> {
            for (int row = begin; row < end; row++) {
                Arrays.fill(to, row * stride, (row + 1) * stride, 0f);
                for (int p = rows.begin(row); p < rows.end(row); p++) {
                    int column = rows.column(p);
                    Kernels.axpy(columnScale[column], from, column * stride, to, row * stride, stride);
                }
                Kernels.scale(rowScale[row], to, row * stride, to, row * stride, stride);
            }
        });
    }

    /** Cholesky QR: with X'X = U'U, X U^-1 has orthonormal columns. */
    private void orthonormalize() {
        double[][] inverse = inverseFactor(gram());
        Panels axes = Panels.of(stride, stride, (axis, out) -> {
            for (int q = 0; q < stride; q++) {
                out[q] = axis < k && q < k ? (float) inverse[q][axis] : 0f;
            }
        });
        Parallel.forBlocks(
                byItem.rows(),
                TallProduct.ROWS,
                training.threads(),
                training.executor(),
                () -> new TallProduct(axes),
                (block, from, to, product) -> {
                    float[] rotated = product.multiply(items, from * stride, stride, to - from);
                    System.arraycopy(rotated, 0, items, from * stride, (to - from) * stride);
                });
    }

    private double[][] gram() {
        int n = byItem.rows();
        double[][] sum = new double[stride][stride];
        int blocks = Parallel.blocks(n, GRAM_ROWS);
        float[][] partial = new float[Math.min(WAVE, blocks)][stride * stride];
        for (int first = 0; first < blocks; first += WAVE) {
            int base = first * GRAM_ROWS;
            int rows = Math.min(n - base, WAVE * GRAM_ROWS);
            Parallel.forBlocks(
                    rows,
                    GRAM_ROWS,
                    training.threads(),
                    training.executor(),
                    () -> new float[GRAM_STEP * stride],
                    (block, from, to, packed) -> {
                        Arrays.fill(partial[block], 0f);
                        for (int row = from; row < to; row += GRAM_STEP) {
                            addGram(base + row, Math.min(GRAM_STEP, to - row), packed, partial[block]);
                        }
                    });
            int used = Parallel.blocks(rows, GRAM_ROWS);
            Parallel.forBlocks(stride, TILE, training.threads(), training.executor(), (block, from, to, none) -> {
                for (int r = from; r < to; r++) {
                    for (int b = 0; b < used; b++) {
                        for (int c = r; c < stride; c++) {
                            sum[r][c] += partial[b][r * stride + c];
                        }
                    }
                }
            });
        }
        return sum;
    }

    /** Adds the product of a few rows to the upper tiles. Packed first: rows at a distance of a power of two share cache sets. */
    private void addGram(int row, int rows, float[] packed, float[] gram) {
        for (int c = 0; c < stride; c += TILE) {
            for (int r = 0; r < rows; r++) {
                System.arraycopy(items, (row + r) * stride + c, packed, c * rows + r * TILE, TILE);
            }
        }
        for (int c = 0; c < stride; c += TILE) {
            for (int r = 0; r <= c; r += TILE) {
                Kernels.addProduct(
                        packed,
                        r * rows,
                        TILE,
                        packed,
                        c * rows,
                        TILE,
                        rows,
                        gram,
                        r * stride + c,
                        stride,
                        TILE,
                        TILE,
                        false);
            }
        }
    }

    /** Returns U^-1 of the upper triangle of a Gram matrix; the columns of dependent directions are zero. */
    private double[][] inverseFactor(double[][] gram) {
        boolean[] kept = new boolean[k];
        for (int p = 0; p < k; p++) {
            // The sum of the squares of U's column is what the direction was before the earlier ones were taken off.
            double whole = gram[p][p];
            for (int q = 0; q < p; q++) {
                whole += kept[q] ? gram[q][p] * gram[q][p] : 0;
            }
            kept[p] = gram[p][p] > DEPENDENT * whole && gram[p][p] < Float.MAX_VALUE;
            if (!kept[p]) {
                continue;
            }
            double scale = 1 / Math.sqrt(gram[p][p]);
            for (int c = p; c < k; c++) {
                gram[p][c] *= scale;
            }
            int pivot = p;
            Parallel.forBlocks(k - p - 1, 128, training.threads(), training.executor(), (block, from, to, none) -> {
                for (int r = pivot + 1 + from; r < pivot + 1 + to; r++) {
                    add(-gram[pivot][r], gram[pivot], gram[r], r);
                }
            });
        }
        double[][] inverse = new double[k][k];
        for (int r = k - 1; r >= 0; r--) {
            if (kept[r]) {
                for (int c = r + 1; c < k; c++) {
                    if (kept[c]) {
                        add(-gram[r][c], inverse[c], inverse[r], c);
                    }
                }
                inverse[r][r] = 1;
                for (int c = r; c < k; c++) {
                    inverse[r][c] = kept[c] ? inverse[r][c] / gram[r][r] : 0;
                }
            }
        }
        return inverse;
    }

    private void add(double factor, double[] x, double[] y, int from) {
        for (int c = from; c < k; c++) {
            y[c] += factor * x[c];
        }
    }
}
