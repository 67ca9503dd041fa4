package org.recommender4j.data;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the one who asks, in dense indices: a user of the training data, a user whose history grew since, or
 * an anonymous session. All three take the same path through a model.
 *
 * <p>The history lists items with weights (ratings for explicit feedback). For a user it is a row of {@link
 * Interactions}, by ascending item; for a session it keeps the session's order, oldest first. Immutable; thread-safe.
 *
 * <p>A recommender may hand out a subclass that carries more than this; its own models find that when they are asked.
 */
public class Profile {
    private static final Profile EMPTY = new Profile(-1, false, new int[0], null, null, 0, 0, Features.none(), 0);

    private final int user;
    private final boolean trained;
    private final int[] items;
    private final float @Nullable [] weights;
    private final long @Nullable [] times;
    private final int begin;
    private final int end;
    private final Features features;
    private final int featureRow;

    private Profile(
            int user,
            boolean trained,
            int[] items,
            float @Nullable [] weights,
            long @Nullable [] times,
            int begin,
            int end,
            Features features,
            int featureRow) {
        this.user = user;
        this.trained = trained;
        this.items = items;
        this.weights = weights;
        this.times = times;
        this.begin = begin;
        this.end = end;
        this.features = features;
        this.featureRow = featureRow;
    }

    /**
     * Makes the same profile again, for a subclass that carries more. The methods that return a part of a profile return one
     * without that.
     */
    protected Profile(Profile same) {
        this(
                same.user,
                same.trained,
                same.items,
                same.weights,
                same.times,
                same.begin,
                same.end,
                same.features,
                same.featureRow);
    }

    /** Returns the profile of somebody of whom nothing is known. */
    public static Profile empty() {
        return EMPTY;
    }

    /**
     * Returns the profile of a user with a row of interactions; O(1), the row is a view.
     *
     * @param trained whether the model was trained on exactly this row, so that it may use what it stored for the user
     */
    public static Profile ofUser(int user, Interactions interactions, boolean trained) {
        return new Profile(
                user,
                trained,
                interactions.columnIndices(),
                interactions.weights(),
                interactions.times(),
                interactions.begin(user),
                interactions.end(user),
                Features.none(),
                0);
    }

    /**
     * Returns the profile of a history without a user of the training data; the arrays are kept, not copied.
     *
     * @param user the user's index, or -1 for an anonymous session
     * @param items distinct item indices, oldest first
     * @param weights one finite weight per item, or null when each is 1
     * @param times one time per item, or null when unknown
     */
    public static Profile ofHistory(int user, int[] items, float @Nullable [] weights, long @Nullable [] times) {
        if ((weights != null && weights.length != items.length) || (times != null && times.length != items.length)) {
            throw new IllegalArgumentException("items, weights and times must have the same length");
        }
        return new Profile(user, false, items, weights, times, 0, items.length, Features.none(), 0);
    }

    /** Returns an anonymous profile whose history is the given items, each with weight 1. */
    public static Profile ofItems(int... items) {
        return ofHistory(-1, items, null, null);
    }

    /**
     * Returns this history as that of another user, for those who number users in a way of their own.
     *
     * @param user the user's index in the training data, or -1
     * @param trained whether the model was trained on exactly this history
     */
    public final Profile withUser(int user, boolean trained) {
        return new Profile(user, trained, items, weights, times, begin, end, features, featureRow);
    }

    /** Returns this profile with the features of a row. */
    public final Profile withFeatures(Features features, int row) {
        return new Profile(user, trained, items, weights, times, begin, end, features, row);
    }

    /** Returns the user's index in the training data, or -1. */
    public final int user() {
        return user;
    }

    /** Tells whether the model was trained on exactly this history, so that what it stored for the user is current. */
    public final boolean trained() {
        return trained;
    }

    /** Returns the number of items in the history. */
    public final int size() {
        return end - begin;
    }

    /** Returns the k-th item of the history. */
    public final int item(int k) {
        return items[begin + k];
    }

    /** Returns the weight or rating of the k-th item. */
    public final float weight(int k) {
        return weights == null ? 1f : weights[begin + k];
    }

    /** Returns the time of the k-th item in milliseconds since the epoch, 0 when unknown. */
    public final long time(int k) {
        return times == null ? 0L : times[begin + k];
    }

    /** Tells whether the times of the history are known. */
    public final boolean hasTimes() {
        return times != null;
    }

    /** Returns the features that {@link #featureRow()} indexes; {@link Features#none()} when nothing is known. */
    public final Features features() {
        return features;
    }

    /** Returns the row of {@link #features()} that describes this profile. */
    public final int featureRow() {
        return featureRow;
    }

    /** Returns the items of the history as a new array. */
    public final int[] items() {
        return Arrays.copyOfRange(items, begin, end);
    }

    /** Returns the weights of the history as a new array. */
    public final float[] weights() {
        float[] result = new float[size()];
        for (int k = 0; k < result.length; k++) {
            result[k] = weight(k);
        }
        return result;
    }

    /** Returns this profile with only those items whose weight is at least the threshold. */
    public final Profile atLeast(float threshold) {
        int kept = 0;
        for (int k = 0; k < size(); k++) {
            kept += weight(k) >= threshold ? 1 : 0;
        }
        if (kept == size()) {
            return this;
        }
        return select(kept, k -> weight(k) >= threshold, trained);
    }

    /**
     * Returns this profile with only those items whose index is below a limit: those that a model of so many items knows. If
     * that leaves some out, no model was trained on it.
     */
    public final Profile below(int limit) {
        int kept = 0;
        for (int k = 0; k < size(); k++) {
            kept += item(k) < limit ? 1 : 0;
        }
        return kept == size() ? this : select(kept, k -> item(k) < limit, false);
    }

    /** Returns this profile without the k-th item of its history, which no model was trained on. */
    public final Profile without(int k) {
        return select(size() - 1, other -> other != k, false);
    }

    private Profile select(int kept, IntPredicate places, boolean stillTrained) {
        int[] newItems = new int[kept];
        float[] newWeights = new float[kept];
        long[] newTimes = times == null ? null : new long[kept];
        int n = 0;
        for (int k = 0; k < size(); k++) {
            if (places.test(k)) {
                newItems[n] = item(k);
                newWeights[n] = weight(k);
                if (newTimes != null) {
                    newTimes[n] = time(k);
                }
                n++;
            }
        }
        return new Profile(user, stillTrained, newItems, newWeights, newTimes, 0, kept, features, featureRow);
    }
}
