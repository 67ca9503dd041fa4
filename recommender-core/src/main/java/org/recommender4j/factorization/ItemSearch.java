package org.recommender4j.factorization;

import org.recommender4j.model.ModelState;
import org.recommender4j.model.TopN;

/** A way to find the items with the best scores. Immutable; thread-safe. */
interface ItemSearch {
    /** Which way it is. */
    Retrieval retrieval();

    /** Offers a list the items with the best scores for a user's vector; what is offered has its exact score. */
    void search(float[] vector, TopN top);

    /**
     * Returns a search of the same kind over other items.
     *
     * @param changed which of them are new or have another vector than here
     */
    ItemSearch over(ItemFactors items, int[] changed);

    /** Adds what can't be made anew from the vectors at once. */
    void addTo(ModelState state);
}
