package org.recommender4j.model;

import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.Features;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;

/**
 * What an algorithm trains on: users x items in dense indices, and what is known about both. Immutable; thread-safe.
 */
public final class TrainingData {
    private final Interactions interactions;
    private final Feedback feedback;
    private final float positiveFrom;
    private final float minRating;
    private final float maxRating;
    private final Features itemFeatures;
    private final Features userFeatures;
    private volatile @Nullable Interactions positives;

    /**
     * Puts the parts together.
     *
     * @param interactions users x items; the weights are ratings for explicit feedback
     * @param positiveFrom the smallest weight that counts as "likes it"
     * @param minRating the lowest possible rating; used for explicit feedback only
     * @param maxRating the highest possible rating; used for explicit feedback only
     */
    public TrainingData(
            Interactions interactions,
            Feedback feedback,
            float positiveFrom,
            float minRating,
            float maxRating,
            Features itemFeatures,
            Features userFeatures) {
        this.interactions = interactions;
        this.feedback = feedback;
        this.positiveFrom = positiveFrom;
        this.minRating = minRating;
        this.maxRating = maxRating;
        this.itemFeatures = itemFeatures;
        this.userFeatures = userFeatures;
    }

    /** Returns the dense part of a data set. */
    public static TrainingData of(Dataset<?, ?> data) {
        return new TrainingData(
                data.interactions(),
                data.feedback(),
                data.positiveFrom(),
                data.minRating(),
                data.maxRating(),
                data.itemFeatures(),
                data.userFeatures());
    }

    /** Returns implicit feedback without features, every interaction with a positive weight counting as positive. */
    public static TrainingData implicit(Interactions interactions) {
        return new TrainingData(
                interactions, Feedback.IMPLICIT, Float.MIN_VALUE, 0f, 1f, Features.none(), Features.none());
    }

    /** Returns all interactions, users x items. */
    public Interactions interactions() {
        return interactions;
    }

    /**
     * Returns the interactions that mean "likes it": those with a weight of at least {@link #positiveFrom()}. For explicit
     * feedback their weights are 1, since a rating is not a strength. Made once, on the first call.
     */
    public Interactions positives() {
        Interactions result = positives;
        if (result == null) {
            result = interactions.atLeast(positiveFrom, feedback == Feedback.EXPLICIT);
            positives = result;
        }
        return result;
    }

    /** Returns what the weights mean. */
    public Feedback feedback() {
        return feedback;
    }

    /** Returns the smallest weight that counts as "likes it". */
    public float positiveFrom() {
        return positiveFrom;
    }

    /** Returns the lowest possible rating, for explicit feedback. */
    public float minRating() {
        return minRating;
    }

    /** Returns the highest possible rating, for explicit feedback. */
    public float maxRating() {
        return maxRating;
    }

    /** Returns the features of the items. */
    public Features itemFeatures() {
        return itemFeatures;
    }

    /** Returns the features of the users. */
    public Features userFeatures() {
        return userFeatures;
    }

    /** Returns the number of users. */
    public int users() {
        return interactions.rows();
    }

    /** Returns the number of items. */
    public int items() {
        return interactions.columns();
    }
}
