package org.recommender4j.data;

/** What the weights of interactions mean. */
public enum Feedback {
    /** The weight is a rating on a scale: a small one is a dislike. */
    EXPLICIT,
    /** The weight says how strong or frequent the interaction was; a negative one is a dislike. */
    IMPLICIT;

    /**
     * Returns the weight of an interaction of which nothing is known but that somebody likes the item: the best rating for
     * explicit feedback; for implicit feedback 1, or {@code positiveFrom} if that is more, so that it counts as a like.
     *
     * @param positiveFrom the smallest weight that counts as "likes it"
     * @param maxRating the highest possible rating; used for explicit feedback only
     */
    public float likedWeight(float positiveFrom, float maxRating) {
        return this == EXPLICIT ? maxRating : Math.max(1f, positiveFrom);
    }
}
