package org.recommender4j.eval;

import java.util.Arrays;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Scorer;

/** Counts how many pairs of a liked and another item are in the right order, for the area under the curve. */
final class PairOrder {
    private static final int BLOCK = 1024;

    private PairOrder() {}

    /**
     * Returns the share of pairs in the right order, ties counting half, or NaN when there is no pair.
     *
     * @param scorer scores the items below {@code scored}; all others tie at the lowest score
     * @param items number of items of the catalogue
     * @param liked ascending
     * @param eligible which of the other items count
     */
    static double share(Scorer scorer, int scored, int items, int[] liked, Eligibility eligible) {
        float[] likedScores = new float[liked.length];
        for (int k = 0; k < liked.length; k++) {
            likedScores[k] = liked[k] < scored ? clean(scorer.score(liked[k])) : Scorer.UNSCORED;
        }
        Arrays.sort(likedScores);
        float[] block = new float[BLOCK];
        long halves = 0;
        long others = 0;
        int next = 0;
        for (int from = 0; from < items; from += BLOCK) {
            int to = Math.min(items, from + BLOCK);
            Arrays.fill(block, Scorer.UNSCORED);
            if (from < scored) {
                scorer.score(from, Math.min(to, scored), block);
            }
            for (int item = from; item < to; item++) {
                if (next < liked.length && liked[next] == item) {
                    next++;
                } else if (eligible.test(item)) {
                    float score = item < scored ? clean(block[item - from]) : Scorer.UNSCORED;
                    others++;
                    halves += likedScores.length - firstAbove(likedScores, score);
                    halves += likedScores.length - firstNotBelow(likedScores, score);
                }
            }
        }
        return others == 0 ? Double.NaN : halves / (2.0 * others * liked.length);
    }

    /** NaN never enters a list, and -0 equals 0 although the sort order says otherwise. */
    private static float clean(float score) {
        return Float.isNaN(score) ? Scorer.UNSCORED : score + 0f;
    }

    private static int firstNotBelow(float[] ascending, float score) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int firstAbove(float[] ascending, float score) {
        return score == Float.POSITIVE_INFINITY ? ascending.length : firstNotBelow(ascending, Math.nextUp(score));
    }
}
