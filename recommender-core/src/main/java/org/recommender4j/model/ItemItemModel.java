package org.recommender4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;

/**
 * A model that is one sparse item x item matrix W: the score of an item i is the sum over the history's items j of {@code
 * h(j) W[j][i]}. Item-based neighborhoods, graph walks and sparse linear models end here.
 *
 * <p>The weight of an item of the history is {@code h(j) = w^e} where w is its weight, at most 1e15, and e the model's
 * exponent: 1 takes weights as they are, 0 takes each as 1. Items with a weight below {@code positiveFrom} do not count. An item
 * that no row of the history mentions is {@link Scorer#UNSCORED}; a profile none of whose items has a row is not answered.
 *
 * <p>A known user, newer history and an anonymous session are the same to it, so it stores no users. For each history
 * the rows are added up in the order of the history; all ways to a score give the same bits. The first block of scores costs O(items +
 * entries of the history's rows) and an array of 4 bytes per item, a single score O(history log row) and none. Explanations are
 * exact: the contributions are the summands. Memory: 8 bytes per entry of W and 4 per item. Immutable; thread-safe.
 *
 * @since 0.1
 */
public final class ItemItemModel implements Model {
    private static final float LARGEST_WEIGHT = (float) 1e15;
    private static final double MAX_EXPONENT = 8;

    private final String name;
    private final Interactions weights;
    private final float positiveFrom;
    private final double exponent;

    /**
     * Puts the parts together.
     *
     * @param name name of the model, shown as the source of a recommendation
     * @param weights W: row j holds what an item j of the history adds to the score of each item
     * @param positiveFrom the least weight of a history that counts
     * @param exponent the power to which the weights of a history are taken, from 0 to 8; 0 for explicit feedback, where a
     *     rating is not a strength
     * @throws IllegalArgumentException if the matrix is not square or the exponent out of range
     */
    public ItemItemModel(String name, Interactions weights, float positiveFrom, double exponent) {
        if (weights.rows() != weights.columns()) {
            throw new IllegalArgumentException("an item x item matrix must be square, but has the shape "
                    + weights.rows() + " x " + weights.columns());
        }
        this.name = name;
        this.weights = weights;
        this.positiveFrom = positiveFrom;
        this.exponent = Options.inRange("exponent", exponent, 0, MAX_EXPONENT);
    }

    /**
     * Returns a model from its {@link #state()}.
     *
     * @throws IllegalArgumentException if the state is not one of this class
     */
    public static ItemItemModel restore(String name, ModelState state) {
        return new ItemItemModel(
                name,
                state.matrix("weights"),
                state.threshold("positiveFrom"),
                state.number("exponent", 0, MAX_EXPONENT));
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
        return weights.columns();
    }

    /** Returns W, items x items. */
    public Interactions weights() {
        return weights;
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
        return profile.weight(k) >= positiveFrom
                && profile.item(k) < weights.rows()
                && weights.length(profile.item(k)) > 0;
    }

    private History history(Profile profile) {
        int[] items = new int[profile.size()];
        float[] strengths = new float[items.length];
        int n = 0;
        for (int k = 0; k < items.length; k++) {
            if (counts(profile, k)) {
                items[n] = profile.item(k);
                strengths[n++] = strength(profile.weight(k));
            }
        }
        return new History(Arrays.copyOf(items, n), Arrays.copyOf(strengths, n));
    }

    private float strength(float weight) {
        if (exponent == 0 || weight == 1f) {
            return 1f;
        }
        float bounded = Math.max(0f, Math.min(weight, LARGEST_WEIGHT));
        return exponent == 1 ? bounded : (float) StrictMath.pow(bounded, exponent);
    }

    private record History(int[] items, float[] strengths) {}

    @Override
    public Scorer scorer(Profile profile) {
        History history = history(profile);
        return new RowSums(weights, history.items, history.strengths);
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        return item < weights.rows() && weights.length(item) > 0
                ? Optional.of(new RowSums(weights, new int[] {item}, new float[] {1f}))
                : Optional.empty();
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        History history = history(profile);
        List<Contribution> result = new ArrayList<>();
        for (int k = 0; k < history.items.length; k++) {
            int at = weights.find(history.items[k], item);
            if (at >= 0) {
                result.add(Contribution.ofItem(history.items[k], history.strengths[k] * weights.weight(at)));
            }
        }
        return result;
    }

    @Override
    public ModelState state() {
        return new ModelState()
                .put("weights", weights)
                .put("positiveFrom", Float.toString(positiveFrom))
                .put("exponent", Double.toString(exponent));
    }
}
