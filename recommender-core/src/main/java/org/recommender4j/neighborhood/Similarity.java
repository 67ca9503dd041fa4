package org.recommender4j.neighborhood;

/**
 * How alike two items are by their users, or two users by their items. Below, x and y are the two vectors of weights, n(x) is
 * the number of entries of x, n(x, y) that of common ones, and N the length of the vectors. Only positive similarities
 * count; where a formula is not defined the similarity is 0.
 */
public enum Similarity {
    /** {@code sum(x y) / (|x| |y|)}. B. Sarwar et al., WWW 2001. The first choice. */
    COSINE,

    /**
     * The correlation coefficient. For ratings with the deviations from each vector's mean, or from the baseline, over the
     * common entries (J. Herlocker et al., SIGIR 1999); for implicit feedback over all N, absent entries being 0.
     */
    PEARSON,

    /**
     * The cosine over the common entries of the deviations from the mean of the other side: for items that of each user, for
     * users that of each item. B. Sarwar et al., WWW 2001. For ratings only.
     */
    ADJUSTED_COSINE,

    /** {@code n(x, y) / (n(x) + n(y) - n(x, y))}; weights do not matter. */
    JACCARD,

    /**
     * Twice the logarithm of the likelihood ratio between dependence and independence of the two, if they occur together more often than by
     * chance; weights do not matter. Not bounded by 1. T. Dunning, Computational Linguistics 19(1), 1993.
     */
    LOG_LIKELIHOOD,

    /**
     * The share of those with y who have x too: {@code n(x, y) / n(y)}, where y is the neighbor, that is the item of the history
     * or the other user; weights matter only with a {@link Weighting}. G. Karypis, CIKM 2001.
     */
    CONDITIONAL_PROBABILITY
}
