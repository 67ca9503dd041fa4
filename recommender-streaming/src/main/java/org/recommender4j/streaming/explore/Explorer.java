package org.recommender4j.streaming.explore;

import java.util.List;
import org.recommender4j.Recommendation;

/**
 * Chooses what to show from candidates, and learns from the reactions.
 *
 * <pre>{@code
 * List<Impression<String>> shown = explorer.choose(recommender.recommend("42", 50), 10);
 * explorer.learn(shown.get(3), 1.0);                  // clicked
 * explorer.learn(shown.get(0), 0.0);                  // not clicked
 * }</pre>
 *
 * <p>Beside a live recommender {@link ExplorerFeedback} learns from its events.
 *
 * <p>Thread-safe; calls wait for each other. The same calls in the same order with the same seed give the same choices.
 *
 * @param <I> type of item ids
 */
public interface Explorer<I> {
    /** No situation. */
    double[] NO_CONTEXT = {};

    /**
     * Chooses the items to show, one position after the other.
     *
     * @param candidates distinct items, best first
     * @param n how many to show, at least 0; all candidates if there are fewer
     * @param context numbers that describe the situation, for explorers that look at it
     */
    List<Impression<I>> choose(List<Recommendation<I>> candidates, int n, double[] context);

    /** Chooses the items to show in no particular situation. */
    default List<Impression<I>> choose(List<Recommendation<I>> candidates, int n) {
        return choose(candidates, n, NO_CONTEXT);
    }

    /**
     * Learns how good it was to show something.
     *
     * @param reward 0 for nothing to 1 for a click
     */
    void learn(Impression<I> impression, double reward);

    /**
     * Returns with which probability each candidate would be the next to be shown, as things stand: what {@link OffPolicy} needs
     * of the policy that it judges. They sum to 1.
     */
    double[] probabilities(List<Recommendation<I>> candidates, double[] context);
}
