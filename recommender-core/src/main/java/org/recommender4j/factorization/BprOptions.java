package org.recommender4j.factorization;

import org.recommender4j.model.ModelState;

/** What a step of pairwise learning depends on. */
record BprOptions(boolean warp, float learningRate, float regularization, int maxDraws, long seed) {
    static BprOptions restore(ModelState state) {
        return new BprOptions(
                Boolean.parseBoolean(state.text("warp")),
                Float.parseFloat(state.text("learningRate")),
                Float.parseFloat(state.text("regularization")),
                Integer.parseInt(state.text("maxDraws")),
                Long.parseLong(state.text("seed")));
    }

    void addTo(ModelState state) {
        state.put("warp", Boolean.toString(warp))
                .put("learningRate", Float.toString(learningRate))
                .put("regularization", Float.toString(regularization))
                .put("maxDraws", Integer.toString(maxDraws))
                .put("seed", Long.toString(seed));
    }
}
