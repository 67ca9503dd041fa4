package org.recommender4j.neighborhood;

/**
 * What an entry of a vector weighs in a similarity. In the similarity of items the users are the terms, in that of users the
 * items. Below, w is the interaction's weight, df the number of entries of the term, N the number of vectors.
 */
public enum Weighting {
    /** {@code w}. */
    NONE,

    /** {@code w ln(N / df)}: who likes everything, or what everybody likes, says little. */
    TFIDF,

    /**
     * {@code ln(N / df) w (k + 1) / (w + k (1 - b + b length / average length))} with k = 1.2, b = .75, where the length is
     * the sum of a vector's weights. S. Robertson, H. Zaragoza, The Probabilistic Relevance Framework, 2009.
     */
    BM25
}
