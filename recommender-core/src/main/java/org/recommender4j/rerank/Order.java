package org.recommender4j.rerank;

import org.recommender4j.data.Profile;
import org.recommender4j.model.ModelState;

/** Puts the best items of a search into another order. */
interface Order {
    /**
     * Returns positions in the given list: which comes first, second, ... The first {@code wanted} ones must not depend on
     * {@code wanted}, and what is left out follows in the old order.
     *
     * @param items best first
     * @param scores from 1, the best, to 0
     */
    int[] of(Profile profile, int[] items, float[] scores, int wanted);

    /** Returns what the order was learned as, to be stored beside the state of the model inside. */
    ModelState state();
}
