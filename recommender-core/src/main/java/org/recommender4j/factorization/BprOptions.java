package org.recommender4j.factorization;

import org.recommender4j.model.ModelState;

/** What a step of pairwise learning depends on. */
record BprOptions(boolean warp, float learningRate, float regularization, int negatives, float maxNorm, long seed) {
    /** Returns the factor that brings a vector of a squared length back to the largest length that WARP allows. */
    float limit(float square) {
        return warp && square > maxNorm * maxNorm ? maxNorm / (float) Math.sqrt(square) : 1f;
    }

    static BprOptions restore(ModelState state) {
        return new BprOptions(
                Boolean.parseBoolean(state.text("warp")),
                Float.parseFloat(state.text("learningRate")),
                Float.parseFloat(state.text("regularization")),
                Integer.parseInt(state.text("negatives")),
                Float.parseFloat(state.text("maxNorm")),
                Long.parseLong(state.text("seed")));
    }

    void addTo(ModelState state) {
        state.put("warp", Boolean.toString(warp))
                .put("learningRate", Float.toString(learningRate))
                .put("regularization", Float.toString(regularization))
                .put("negatives", Integer.toString(negatives))
                .put("maxNorm", Float.toString(maxNorm))
                .put("seed", Long.toString(seed));
    }
}
