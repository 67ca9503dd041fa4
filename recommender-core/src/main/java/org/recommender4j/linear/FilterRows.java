package org.recommender4j.linear;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.kernel.Panels;
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
    private final Interactions byUser;
    private final Interactions byItem;
    private final float[] user;
    private final float[] left;
    private final float[] right;
    private final Training training;
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
                        TopN top = new TopN(n, Eligibility.allExcept(items, new int[] {item}));
                        for (int other = 0; other < items; other++) {
                            float value = memory.sums[other];
                            if (value > 0 && value >= top.threshold()) {
                                top.offer(other, value);
                            }
                        }
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

    private void sum(int item, float[] product, int at, float[] sums) {
        if (product.length == 0) {
            Arrays.fill(sums, 0f);
        } else {
            Kernels.scale(lowLeft[item], product, at, sums, 0, sums.length);
        }
        for (int p = byItem.begin(item); p < byItem.end(item); p++) {
            int u = byItem.column(p);
            float factor = left[item] * user[u];
            for (int q = byUser.begin(u); q < byUser.end(u); q++) {
                int other = byUser.column(q);
                sums[other] += factor * right[other];
            }
        }
    }

    private Interactions pack(int[][] columns, float[][] values) {
        int[] offsets = new int[columns.length + 1];
        for (int row = 0; row < columns.length; row++) {
            offsets[row + 1] = Math.addExact(offsets[row], columns[row].length);
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
