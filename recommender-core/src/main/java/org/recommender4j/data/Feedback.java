package org.recommender4j.data;

/** What the weights of interactions mean. */
public enum Feedback {
    /** The weight is a rating on a scale: a small one is a dislike. */
    EXPLICIT,
    /** The weight says how strong or frequent the interaction was; a negative one is a dislike. */
    IMPLICIT
}
