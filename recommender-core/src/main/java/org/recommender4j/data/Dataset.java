package org.recommender4j.data;

import org.jspecify.annotations.Nullable;

/**
 * What users did with items, and what is known about both, by the caller's ids.
 *
 * <pre>{@code
 * Dataset<String, Long> data = Dataset.<String, Long>builder()
 *     .addEvent("anna", 17L, "view")
 *     .addEvent("anna", 23L, "purchase")
 *     .itemCategories(17L, "genre", "Drama", "Romance")
 *     .build();
 * }</pre>
 *
 * <p>Users and items get dense indices in the order of their arrival. An item that was declared, or
 * for which features were given, belongs to the data set although nobody interacted with it yet; so
 * does a user.
 *
 * <p>Memory per interaction: that of {@link Interactions}. Immutable and thread-safe, except that
 * {@link #users()} and {@link #items()} allow to add ids, which the data set then does not know.
 *
 * @param <U> the class of user ids
 * @param <I> the class of item ids
 */
public final class Dataset<U, I> {
    private final IdMap<U> users;
    private final IdMap<I> items;
    private final Interactions interactions;
    private final Feedback feedback;
    private final float positiveFrom;
    private final float minRating;
    private final float maxRating;
    private final Features userFeatures;
    private final Features itemFeatures;
    private final int merged;
    private volatile @Nullable String fingerprint;

    Dataset(
            IdMap<U> users,
            IdMap<I> items,
            Interactions interactions,
            Feedback feedback,
            float positiveFrom,
            float minRating,
            float maxRating,
            Features userFeatures,
            Features itemFeatures,
            int merged) {
        this.users = users;
        this.items = items;
        this.interactions = interactions;
        this.feedback = feedback;
        this.positiveFrom = positiveFrom;
        this.minRating = minRating;
        this.maxRating = maxRating;
        this.userFeatures = userFeatures;
        this.itemFeatures = itemFeatures;
        this.merged = merged;
    }

    /**
     * Starts collecting a data set.
     *
     * @param <U> the class of user ids
     * @param <I> the class of item ids
     */
    public static <U, I> DatasetBuilder<U, I> builder() {
        return new DatasetBuilder<>();
    }

    /** Returns the ids of the users; their indices are the rows of {@link #interactions()}. */
    public IdMap<U> users() {
        return users;
    }

    /** Returns the ids of the items; their indices are the columns of {@link #interactions()}. */
    public IdMap<I> items() {
        return items;
    }

    /** Returns users x items. */
    public Interactions interactions() {
        return interactions;
    }

    /**
     * Returns how many interactions were merged into an earlier one of the same user and item when the data set was built; 0
     * for one made by {@link #withInteractions}.
     */
    public int merged() {
        return merged;
    }

    /** Returns what the weights of the interactions mean. */
    public Feedback feedback() {
        return feedback;
    }

    /** Returns the smallest weight that counts as "likes it". */
    public float positiveFrom() {
        return positiveFrom;
    }

    /** Returns the weight of an interaction of which nothing is known but that somebody likes the item, see {@link Feedback}. */
    public float likedWeight() {
        return feedback.likedWeight(positiveFrom, maxRating);
    }

    /** Returns the lowest possible rating; 0 for implicit feedback. */
    public float minRating() {
        return minRating;
    }

    /** Returns the highest possible rating; 1 for implicit feedback. */
    public float maxRating() {
        return maxRating;
    }

    /** Returns what is known of the users; its rows are their indices. */
    public Features userFeatures() {
        return userFeatures;
    }

    /** Returns what is known of the items; its rows are their indices. */
    public Features itemFeatures() {
        return itemFeatures;
    }

    /**
     * Returns a data set with other interactions of the same users and items, such as the training
     * part of a split; all else is shared.
     *
     * @throws IllegalArgumentException if the shape differs
     */
    public Dataset<U, I> withInteractions(Interactions other) {
        if (other.rows() != interactions.rows() || other.columns() != interactions.columns()) {
            throw new IllegalArgumentException("interactions must be "
                    + interactions.rows()
                    + " x "
                    + interactions.columns()
                    + ", but are "
                    + other.rows()
                    + " x "
                    + other.columns());
        }
        return new Dataset<>(
                users, items, other, feedback, positiveFrom, minRating, maxRating, userFeatures, itemFeatures, 0);
    }

    /**
     * Returns a digest of all content (SHA-256 in hexadecimal digits), so that a model can say what
     * it was trained on. Ids enter by class and {@code toString()}. Computed on the first call in time
     * proportional to the content, then kept.
     */
    public String fingerprint() {
        String result = fingerprint;
        if (result == null) {
            Fingerprint digest = new Fingerprint();
            digest.add(feedback.name());
            digest.add(new float[] {positiveFrom, minRating, maxRating});
            addKeys(digest, users, interactions.rows());
            addKeys(digest, items, interactions.columns());
            interactions.digest(digest);
            userFeatures.digest(digest);
            itemFeatures.digest(digest);
            result = digest.hex();
            fingerprint = result;
        }
        return result;
    }

    private static void addKeys(Fingerprint digest, IdMap<?> ids, int count) {
        for (Object key : ids.keys().subList(0, count)) {
            digest.add(key.getClass().getName());
            digest.add(key.toString());
        }
    }

    @Override
    public String toString() {
        String scale = feedback == Feedback.EXPLICIT ? " on " + minRating + " to " + maxRating : "";
        return "Dataset["
                + interactions.rows()
                + " users, "
                + interactions.columns()
                + " items, "
                + interactions.size()
                + (feedback == Feedback.EXPLICIT ? " ratings" : " interactions")
                + scale
                + "]";
    }
}
