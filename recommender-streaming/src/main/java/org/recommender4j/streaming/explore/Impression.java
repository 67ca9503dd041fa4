package org.recommender4j.streaming.explore;

/**
 * An item that was shown, with what must be kept to learn from it and to evaluate with it.
 *
 * @param item the item
 * @param position from 0 for the first
 * @param propensity with which probability the item was put there, given what stands before it; more than 0
 * @param features of the item and the situation, empty for explorers that do not look at any; kept, not copied
 */
public record Impression<I>(I item, int position, double propensity, double[] features) {
    /** Checks the propensity. */
    public Impression {
        if (!(propensity > 0 && propensity <= 1)) {
            throw new IllegalArgumentException("propensity must be above 0 and at most 1, but is " + propensity);
        }
    }
}
