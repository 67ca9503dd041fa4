package org.recommender4j.neighborhood;

/** What ratings are compared and predicted as deviations from. */
public enum Centering {
    /** For items the mean rating of the item, for users that of the user. P. Resnick et al., CSCW 1994. */
    MEAN,

    /**
     * The mean of all ratings plus a bias of the user and one of the item, both shrunk towards 0. Y. Koren, Factor in the
     * Neighbors, TKDD 4(1), 2010.
     */
    BASELINE
}
