package org.recommender4j;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Why an item has its score: the parts that it is made of, the largest first.
 *
 * @param score the score, empty when no model could score the item
 * @param source name of the model that gave it, empty without one
 * @param reasons the parts by falling absolute value; for linear models they add up to the score
 * @param <I> type of item ids
 */
public record Explanation<I>(OptionalDouble score, String source, List<Reason<I>> reasons) {
    /**
     * A part of a score.
     *
     * @param item the item of the user's history that contributes, or empty
     * @param label the feature, or other cause, that contributes; empty for an item of the history
     * @param contribution what it adds to the score; negative when it takes away
     * @param <I> type of item ids
     */
    public record Reason<I>(Optional<I> item, String label, float contribution) {}

    /** Keeps an unmodifiable copy of the reasons. */
    public Explanation {
        reasons = List.copyOf(reasons);
    }
}
