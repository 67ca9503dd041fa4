package org.recommender4j.factorization;

import java.util.Optional;
import org.recommender4j.model.ModelState;

/** Finds the vector of a user from a history, with the item vectors as they are. Immutable or locked; thread-safe. */
interface FoldIn {
    /**
     * Writes the vector of a history.
     *
     * @param items the item vectors
     * @param history items that the model knows, at least one; only read
     * @param weights one positive weight per item of the history; only read
     * @param out receives one number per dimension of the items; all NaN if one overflows
     */
    void fold(ItemFactors items, int[] history, float[] weights, float[] out);

    /** Returns what each item of the history adds to the score of an item; the sum is the score. All NaN if a number overflows. */
    float[] explain(ItemFactors items, int[] history, float[] weights, int item);

    /**
     * Returns what solves an item's vector from those of its users, or empty if there is no such thing.
     *
     * @param users the vectors of all users, row-major; only read
     */
    default Optional<ItemSolver> itemSolver(float[] users, int dimensions) {
        return Optional.empty();
    }

    /** Adds what is needed to fold in after {@code restore}. */
    void addTo(ModelState state);
}
