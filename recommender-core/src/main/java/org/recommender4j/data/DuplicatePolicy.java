package org.recommender4j.data;

/** What becomes of several interactions between the same user and item. */
public enum DuplicatePolicy {
    /** The newest by time wins; without times, or at the same time, the one added last. */
    LAST,
    /** Weights are added up; the newest time is kept. */
    SUM,
    /** The largest weight wins; the newest time is kept. */
    MAX,
    /** A repeated pair is an error that names the pair. */
    FAIL
}
