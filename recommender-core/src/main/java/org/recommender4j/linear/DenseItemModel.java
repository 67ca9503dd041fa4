package org.recommender4j.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Profile;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;

/**
 * A dense item x item matrix B: the score of an item is the sum of B[j][item] over the items j of the history whose weight is
 * at least {@code positiveFrom}. Items without a training interaction have no row and no column, and are unscored. All ways
 * to a score give the same bits. Memory: 4 bytes per pair of items with a row. Immutable; thread-safe.
 */
final class DenseItemModel implements Model {
    private final String name;
    private final int[] rowOf;
    private final int[] itemOf;
    private final int stride;
    private final float[] weights;
    private final float positiveFrom;

    /**
     * Puts the parts together; arrays are kept, not copied.
     *
     * @param items the number of items
     * @param itemOf the item of each row and column, ascending
     * @param weights the rows at distance {@code stride}, perhaps with more behind them
     */
    DenseItemModel(String name, int items, int[] itemOf, int stride, float[] weights, float positiveFrom) {
        this.name = name;
        this.itemOf = itemOf;
        this.stride = stride;
        this.weights = weights;
        this.positiveFrom = positiveFrom;
        rowOf = new int[items];
        Arrays.fill(rowOf, -1);
        for (int row = 0; row < itemOf.length; row++) {
            rowOf[itemOf[row]] = row;
        }
    }

    static DenseItemModel restore(String name, ModelState state) {
        int[] itemOf = state.ints("items");
        int items = state.checkItems(state.integer("itemCount", 0, Integer.MAX_VALUE));
        int previous = -1;
        for (int item : itemOf) {
            if (item <= previous || item >= items) {
                throw new IllegalArgumentException(
                        "tensor 'items' must ascend strictly and stay below " + items + ", but holds " + item);
            }
            previous = item;
        }
        float[] weights = state.finiteFloats("weights", (long) itemOf.length * itemOf.length);
        return new DenseItemModel(name, items, itemOf, itemOf.length, weights, state.threshold("positiveFrom"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int users() {
        return 0;
    }

    @Override
    public int items() {
        return rowOf.length;
    }

    @Override
    public boolean answers(Profile profile) {
        for (int k = 0; k < profile.size(); k++) {
            if (counts(profile, k)) {
                return true;
            }
        }
        return false;
    }

    private boolean counts(Profile profile, int k) {
        int item = profile.item(k);
        return profile.weight(k) >= positiveFrom && item < rowOf.length && rowOf[item] >= 0;
    }

    /** Returns the rows of the items that count. */
    private int[] history(Profile profile) {
        int[] result = new int[profile.size()];
        int n = 0;
        for (int k = 0; k < result.length; k++) {
            if (counts(profile, k)) {
                result[n++] = rowOf[profile.item(k)];
            }
        }
        return Arrays.copyOf(result, n);
    }

    @Override
    public Scorer scorer(Profile profile) {
        return new RowSums(history(profile));
    }

    private final class RowSums implements Scorer {
        private final int[] history;
        private float @Nullable [] sums;

        RowSums(int[] history) {
            this.history = history;
        }

        @Override
        public void score(int from, int to, float[] scores) {
            float[] all = sums;
            if (all == null) {
                all = add();
                sums = all;
            }
            for (int item = from; item < to; item++) {
                scores[item - from] = rowOf[item] < 0 ? UNSCORED : all[rowOf[item]];
            }
        }

        private float[] add() {
            float[] all = new float[itemOf.length];
            for (int row : history) {
                Kernels.axpy(1f, weights, row * stride, all, 0, all.length);
            }
            return all;
        }

        @Override
        public float score(int item) {
            int column = rowOf[item];
            if (column < 0) {
                return UNSCORED;
            }
            float sum = 0;
            for (int row : history) {
                sum += weights[row * stride + column];
            }
            return sum;
        }
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        return item < rowOf.length && rowOf[item] >= 0
                ? Optional.of(new RowSums(new int[] {rowOf[item]}))
                : Optional.empty();
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        List<Contribution> result = new ArrayList<>();
        for (int row : rowOf[item] < 0 ? new int[0] : history(profile)) {
            result.add(Contribution.ofItem(itemOf[row], weights[row * stride + rowOf[item]]));
        }
        return result;
    }

    @Override
    public ModelState state() {
        int n = itemOf.length;
        float[] packed = weights;
        if (stride != n || weights.length != n * n) {
            packed = new float[n * n];
            for (int row = 0; row < n; row++) {
                System.arraycopy(weights, row * stride, packed, row * n, n);
            }
        }
        return new ModelState()
                .put("weights", packed, n, n)
                .put("items", itemOf)
                .put("itemCount", Integer.toString(rowOf.length))
                .put("positiveFrom", Float.toString(positiveFrom));
    }
}
