package org.recommender4j.factorization;

import org.recommender4j.model.ModelState;

/** The terms of the objective that a row's solution depends on. */
record AlsOptions(double unobservedWeight, double regularization, double regularizationExponent) {
    private static final double LARGEST = 1e9;

    static AlsOptions restore(ModelState state) {
        return new AlsOptions(
                state.number("unobservedWeight", 0, LARGEST),
                state.number("regularization", 0, LARGEST),
                state.number("regularizationExponent", 0, 2));
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
