package org.recommender4j.neighborhood;

import org.recommender4j.model.RowSums;
import org.recommender4j.model.Scorer;

/**
 * Predicts ratings: a first guess, plus the mean of what the neighbors deviate from it, each weighted with its similarity.
 * {@link #DAMPING} in the denominator draws the mean of little evidence towards 0. An item without neighbors gets the guess.
 */
final class RatingScorer implements Scorer {
    static final float DAMPING = 0.5f;

    private final Baseline baseline;
    private final float user;
    private final RowSums deviations;
    private final RowSums similarities;
    private float[] totals = {};

    /**
     * Puts the parts together.
     *
     * @param user the guess without the item
     * @param deviations sums of similarity times deviation
     * @param similarities sums of similarities
     */
    RatingScorer(Baseline baseline, float user, RowSums deviations, RowSums similarities) {
        this.baseline = baseline;
        this.user = user;
        this.deviations = deviations;
        this.similarities = similarities;
    }

    @Override
    public void score(int from, int to, float[] scores) {
        if (totals.length < to - from) {
            totals = new float[to - from];
        }
        deviations.score(from, to, scores);
        similarities.score(from, to, totals);
        for (int item = from; item < to; item++) {
            scores[item - from] = rating(item, scores[item - from], totals[item - from]);
        }
    }

    @Override
    public float score(int item) {
        return rating(item, deviations.score(item), similarities.score(item));
    }

    private float rating(int item, float sum, float total) {
        return user + baseline.ofItem(item) + (total > 0 ? sum / (total + DAMPING) : 0f);
    }

    /** Returns what a sum is divided by for an item. */
    float divisor(int item) {
        return similarities.score(item) + DAMPING;
    }
}
