package org.recommender4j.linear;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.internal.util.Footprint;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.TopN;
import org.recommender4j.model.Training;

/**
 * The rows of an item filter: what an item of the history adds to the score of each item, of which only the largest numbers
 * are kept. The row of item j is
 *
 * <pre>
 *   linear[j][i] = left[j] right[i] sum of user[u] over the users u of both
 *   lowPass[j][i] = weight lowLeft[j] lowRight[i] V[j]'V[i]
 * </pre>
 */
final class FilterRows {
    /** A history of more than this part of the catalogue is kept as a row of all items. */
    private static final int DENSE = 4;

    /** What the numbers of the packed rows are counted as. */
    static final String ROW = "neighbors of all items together";

    private static final int SCANNED = 64;
    private static final float[] NONE = {};

    private final Interactions byUser;
    private final Interactions byItem;
    private final float[] user;
    private final float[] left;
    private final float[] right;
    private final Training training;
    /** For the users with the longest histories the right factors of their items, and zeros between; else empty. */
    private final float[][] denseRows;

    private float[] basis = {};
    private int stride;
    private float[] lowLeft = {};
    private @Nullable Panels lowPass;

    FilterRows(Interactions byUser, float[] user, float[] left, float[] right, Training training) {
        this.byUser = byUser;
        byItem = byUser.transpose();
        this.user = user;
        this.left = left;
        this.right = right;
        this.training = training;
        denseRows = denseRows();
    }

    /** Adding zeros between is faster than looking for what is not zero, and takes 4 times the memory of the history at most. */
    private float[][] denseRows() {
        float[][] rows = new float[byUser.rows()][];
        for (int u = 0; u < rows.length; u++) {
            boolean isLong = byUser.length(u) > byUser.columns() / DENSE;
            rows[u] = isLong ? new float[byUser.columns()] : NONE;
            for (int q = byUser.begin(u); isLong && q < byUser.end(u); q++) {
                rows[u][byUser.column(q)] = right[byUser.column(q)];
            }
        }
        return rows;
    }

    /** Adds the second term. */
    void lowPass(float[] basis, int k, float weight, float[] lowLeft, float[] lowRight) {
        this.basis = basis;
        stride = Kernels.stride(k);
        this.lowLeft = new float[lowLeft.length];
        for (int item = 0; item < lowLeft.length; item++) {
            this.lowLeft[item] = weight * lowLeft[item];
        }
        lowPass = Panels.of(byItem.rows(), k, (item, out) -> {
            for (int c = 0; c < k; c++) {
                out[c] = basis[item * stride + c] * lowRight[item];
            }
        });
    }

    private static final class Memory {
        final @Nullable TallProduct product;
        final float[] sums;

        Memory(@Nullable Panels lowPass, int items) {
            product = lowPass == null ? null : new TallProduct(lowPass);
            sums = new float[items];
        }
    }

    /** Returns the {@code n} largest positive entries of each row, without the diagonal. */
    Interactions best(int n) {
        int items = byItem.rows();
        int[][] columns = new int[items][];
        float[][] values = new float[items][];
        Parallel.forBlocks(
                items,
                TallProduct.ROWS,
                training.threads(),
                training.executor(),
                () -> new Memory(lowPass, items),
                (block, from, to, memory) -> {
                    float[] product = memory.product == null
                            ? new float[0]
                            : memory.product.multiply(basis, from * stride, stride, to - from);
                    for (int item = from; item < to; item++) {
                        int at = memory.product == null ? 0 : (item - from) * memory.product.width();
                        sum(item, product, at, memory.sums);
                        TopN top = top(n, item, memory.sums);
                        columns[item] = top.items();
                        Arrays.sort(columns[item]);
                        values[item] = new float[columns[item].length];
                        for (int k = 0; k < values[item].length; k++) {
                            values[item][k] = memory.sums[columns[item][k]];
                        }
                    }
                });
        return pack(columns, values);
    }

    /** Items come by ascending index, so of equal numbers the first ones stay, and a later one need not be offered. */
    private static TopN top(int n, int item, float[] sums) {
        TopN top = new TopN(n, Eligibility.all(sums.length));
        float bar = 0;
        for (int from = 0; from < sums.length; from += SCANNED) {
            int to = Math.min(sums.length, from + SCANNED);
            if (!isAbove(sums, from, to, bar)) {
                continue;
            }
            for (int other = from; other < to; other++) {
                if (sums[other] > bar && other != item) {
                    top.offer(other, sums[other]);
                    bar = top.size() == top.capacity() ? top.threshold() : 0;
                }
            }
        }
        return top;
    }

    /** Without a branch per number, since in a full list nearly none is. */
    private static boolean isAbove(float[] sums, int from, int to, float bar) {
        boolean above = false;
        for (int k = from; k < to; k++) {
            above |= sums[k] > bar;
        }
        return above;
    }

    private void sum(int item, float[] product, int at, float[] sums) {
        if (product.length == 0) {
            Arrays.fill(sums, 0f);
        } else {
            Kernels.scale(lowLeft[item], product, at, sums, 0, sums.length);
        }
        for (int p = byItem.begin(item); p < byItem.end(item); p++) {
            int u = byItem.column(p);
            float factor = left[item] * user[u];
            float[] dense = denseRows[u];
            if (dense.length > 0) {
                add(factor, dense, sums);
                continue;
            }
            for (int q = byUser.begin(u); q < byUser.end(u); q++) {
                int other = byUser.column(q);
                sums[other] += factor * right[other];
            }
        }
    }

    /** Not a multiply-add, so that the sums are those of the sparse loop, to the bit. */
    private static void add(float factor, float[] row, float[] sums) {
        for (int other = 0; other < sums.length; other++) {
            sums[other] += factor * row[other];
        }
    }

    private Interactions pack(int[][] columns, float[][] values) {
        long total = 0;
        for (int[] row : columns) {
            total += row.length;
        }
        new Footprint("GraphFilter", "a smaller neighbors").array(ROW, total, 1, 2 * Integer.BYTES);
        int[] offsets = new int[columns.length + 1];
        for (int row = 0; row < columns.length; row++) {
            offsets[row + 1] = offsets[row] + columns[row].length;
        }
        int[] allColumns = new int[offsets[columns.length]];
        float[] allValues = new float[allColumns.length];
        for (int row = 0; row < columns.length; row++) {
            System.arraycopy(columns[row], 0, allColumns, offsets[row], columns[row].length);
            System.arraycopy(values[row], 0, allValues, offsets[row], values[row].length);
        }
        return Interactions.of(columns.length, offsets, allColumns, allValues, null);
    }
}
