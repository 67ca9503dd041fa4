package org.recommender4j.hybrid;

/**
 * How the scores that one model gives to all items for one profile are brought to a common scale. Statistics leave out the
 * items of the history, which are not what is being ranked, and those without a score.
 */
public enum Normalization {
    /** (score - mean) / standard deviation. */
    Z_SCORE,
    /** (score - minimum) / (maximum - minimum): from 0 to 1. */
    MIN_MAX,
    /** score / maximum of the absolute values: keeps 0, the score of an item without any evidence, where it is. */
    MAX,
    /** The score as it is, for members on the same scale. */
    NONE
}
