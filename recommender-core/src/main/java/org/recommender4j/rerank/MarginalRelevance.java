package org.recommender4j.rerank;

import org.recommender4j.data.Profile;
import org.recommender4j.model.ModelState;

/** Takes again and again the item with the best mix of score and distance to what was taken. */
final class MarginalRelevance implements Order {
    private final ItemVectors vectors;
    private final float relevance;

    MarginalRelevance(ItemVectors vectors, double relevance) {
        this.vectors = vectors;
        this.relevance = (float) relevance;
    }

    @Override
    public int[] of(Profile profile, int[] items, float[] scores, int wanted) {
        ItemVectors.Comparison comparison = vectors.new Comparison();
        float[] closest = new float[items.length];
        boolean[] taken = new boolean[items.length];
        int[] result = new int[wanted];
        for (int place = 0; place < wanted; place++) {
            int best = -1;
            float bestValue = Float.NEGATIVE_INFINITY;
            for (int k = 0; k < items.length; k++) {
                float value = relevance * scores[k] - (1 - relevance) * closest[k];
                // What is not a number comes last.
                if (!taken[k] && (best < 0 || value > bestValue || Float.isNaN(bestValue))) {
                    best = k;
                    bestValue = value;
                }
            }
            result[place] = best;
            taken[best] = true;
            comparison.set(items[best]);
            for (int k = 0; k < items.length; k++) {
                if (!taken[k]) {
                    closest[k] = Math.max(closest[k], comparison.with(items[k]));
                }
            }
            comparison.clear(items[best]);
        }
        return result;
    }

    @Override
    public ModelState state() {
        return new ModelState().put("vectors", vectors.state());
    }
}
