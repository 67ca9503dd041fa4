package org.recommender4j.factorization;

import org.recommender4j.model.ModelState;

/** The terms of the objective that a row's solution depends on. */
record AlsOptions(double unobservedWeight, double regularization, double regularizationExponent) {
    static AlsOptions restore(ModelState state) {
        return new AlsOptions(
                Double.parseDouble(state.text("unobservedWeight")),
                Double.parseDouble(state.text("regularization")),
                Double.parseDouble(state.text("regularizationExponent")));
    }

    void addTo(ModelState state) {
        state.put("unobservedWeight", Double.toString(unobservedWeight))
                .put("regularization", Double.toString(regularization))
                .put("regularizationExponent", Double.toString(regularizationExponent));
    }

    /**
     * Returns the regularization of a row.
     *
     * @param observed the sum of the confidences of its history
     * @param others the number of rows on the other side
     */
    double penalty(double observed, int others) {
        double frequency = observed + unobservedWeight * others;
        return regularization
                * (regularizationExponent == 1 ? frequency : StrictMath.pow(frequency, regularizationExponent));
    }
}
