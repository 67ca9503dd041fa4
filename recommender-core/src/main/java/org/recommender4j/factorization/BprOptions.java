package org.recommender4j.factorization;

import org.recommender4j.model.ModelState;

/** What a step of pairwise learning depends on. */
record BprOptions(boolean warp, float learningRate, float regularization, int negatives, float maxNorm, long seed) {
    static final double MAX_RATE = 10;
    static final int MAX_NEGATIVES = 100_000;
    static final double MAX_NORM = 1000;

    /** Returns the factor that brings a vector of a squared length back to the largest length that WARP allows. */
    float limit(float square) {
        return warp && square > maxNorm * maxNorm ? maxNorm / (float) Math.sqrt(square) : 1f;
    }

    static BprOptions restore(ModelState state) {
        return new BprOptions(
                state.flag("warp"),
                state.single("learningRate", 0, MAX_RATE),
                state.single("regularization", 0, 1),
                state.integer("negatives", 0, MAX_NEGATIVES),
                state.single("maxNorm", 0, MAX_NORM),
                state.longInteger("seed"));
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
