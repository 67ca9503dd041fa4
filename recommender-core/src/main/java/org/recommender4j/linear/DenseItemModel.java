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
 * at least {@code positiveFrom}. An item without a training interaction, whose row and column are zero, is unscored. All
 * ways to a score give the same bits. Memory: 4 bytes per pair of items. Immutable; thread-safe.
 */
final class DenseItemModel implements Model {
    private final String name;
    private final int items;
    private final int stride;
    private final float[] weights;
    private final float positiveFrom;
    private final boolean[] known;

    /**
     * Puts the parts together.
     *
     * @param weights {@code items} rows at distance {@code stride}, perhaps more; kept, not copied
     */
    DenseItemModel(String name, int items, int stride, float[] weights, float positiveFrom) {
        this.name = name;
        this.items = items;
        this.stride = stride;
        this.weights = weights;
        this.positiveFrom = positiveFrom;
        known = new boolean[items];
        for (int row = 0; row < items; row++) {
            for (int c = row * stride; c < row * stride + items && !known[row]; c++) {
                known[row] = weights[c] != 0;
            }
        }
    }

    static DenseItemModel restore(String name, ModelState state) {
        long[] shape = state.tensor("weights").shape();
        if (shape.length != 2 || shape[0] != shape[1]) {
            throw new IllegalArgumentException(
                    "tensor 'weights' must be a square matrix, but has shape " + Arrays.toString(shape));
        }
        int items = (int) shape[0];
        return new DenseItemModel(
                name, items, items, state.floats("weights"), Float.parseFloat(state.text("positiveFrom")));
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
        return items;
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
        return profile.weight(k) >= positiveFrom && item < items && known[item];
    }

    private int[] history(Profile profile) {
        int[] result = new int[profile.size()];
        int n = 0;
        for (int k = 0; k < result.length; k++) {
            if (counts(profile, k)) {
                result[n++] = profile.item(k);
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
                scores[item - from] = known[item] ? all[item] : UNSCORED;
            }
        }

        private float[] add() {
            float[] all = new float[items];
            for (int item : history) {
                Kernels.axpy(1f, weights, item * stride, all, 0, items);
            }
            return all;
        }

        @Override
        public float score(int item) {
            float sum = 0;
            for (int other : history) {
                sum += weights[other * stride + item];
            }
            return known[item] ? sum : UNSCORED;
        }
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        return item < items && known[item] ? Optional.of(new RowSums(new int[] {item})) : Optional.empty();
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        List<Contribution> result = new ArrayList<>();
        for (int other : history(profile)) {
            result.add(Contribution.ofItem(other, weights[other * stride + item]));
        }
        return result;
    }

    @Override
    public ModelState state() {
        float[] packed = weights;
        if (stride != items || weights.length != items * items) {
            packed = new float[items * items];
            for (int row = 0; row < items; row++) {
                System.arraycopy(weights, row * stride, packed, row * items, items);
            }
        }
        return new ModelState()
                .put("weights", packed, items, items)
                .put("positiveFrom", Float.toString(positiveFrom));
    }
}
