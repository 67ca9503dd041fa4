package org.recommender4j.eval;

/**
 * A metric with a value for each user, whose plain mean is the result. May be implemented for measures of one's own.
 *
 * <p>Implementations are thread-safe.
 */
public non-sealed interface UserMetric extends Metric {
    /** Returns how many places of the list it looks at; 0 if it needs no list. */
    int cutoff();

    /** Returns the value for one user, or NaN if it is undefined for this one; such users are left out of the mean. */
    double of(Ranking ranking);
}
