package org.recommender4j.model;

import org.recommender4j.data.Interactions;

/**
 * How similar items are by who interacted with both: the cosine between the columns of an interaction matrix, weights taken
 * as 1. Answers for models without a notion of similarity of their own.
 */
public final class CoOccurrence {
    private CoOccurrence() {}

    /**
     * Returns the similarity of each item to the given one; {@link Scorer#UNSCORED} for an item that shares no user with it.
     * Time O(sum of the history lengths of the item's users), memory 8 bytes per item.
     *
     * @param interactions users x items
     */
    public static Scorer similarItems(Interactions interactions, int item) {
        Interactions users = interactions.transpose();
        int[] both = new int[interactions.columns()];
        for (int p = users.begin(item); p < users.end(item); p++) {
            int user = users.column(p);
            for (int q = interactions.begin(user); q < interactions.end(user); q++) {
                both[interactions.column(q)]++;
            }
        }
        double own = users.length(item);
        float[] scores = new float[both.length];
        for (int other = 0; other < scores.length; other++) {
            scores[other] =
                    both[other] == 0 ? Scorer.UNSCORED : (float) (both[other] / Math.sqrt(own * users.length(other)));
        }
        return Scorer.of(scores);
    }
}
