package org.recommender4j.factorization;

import org.recommender4j.model.Options;
import org.recommender4j.model.Training;

/**
 * The options of factorizations of ratings that are found in iterations, by a given regularization.
 *
 * @param <B> the builder itself
 */
abstract class RegularizedBuilder<B extends RegularizedBuilder<B>> extends RatingBuilder<B> {
    int iterations = 12;
    double regularization = 0.6;
    double biasRegularization = 1;
    double regularizationExponent = 0.65;

    RegularizedBuilder() {
        super(16);
    }

    /** Sets how often all rows are solved, or by gradient descent all ratings are visited; at least 1, default 12. */
    public B iterations(int iterations) {
        this.iterations = Options.inRange("iterations", iterations, 1, Integer.MAX_VALUE);
        return self();
    }

    /** Sets how strongly long vectors are punished; 0 to 1e9, default 0.6. */
    public B regularization(double regularization) {
        this.regularization = Options.inRange("regularization", regularization, 0, 1e9);
        return self();
    }

    /** Sets how strongly large biases are punished; 0 to 1e9, default 1. */
    public B biasRegularization(double regularization) {
        biasRegularization = Options.inRange("biasRegularization", regularization, 0, 1e9);
        return self();
    }

    /**
     * Sets how both regularizations grow with the number of ratings: 0 is the same for all, 1 in proportion; 0 to 2,
     * default 0.65.
     */
    public B regularizationExponent(double exponent) {
        regularizationExponent = Options.inRange("regularizationExponent", exponent, 0, 2);
        return self();
    }

    RatingAls als(RatingData data, RatingSide users, RatingSide items, Training training) {
        return new RatingAls(
                users,
                items,
                RowPrior.ridge(factors, regularization * data.deviation, biasRegularization),
                regularizationExponent,
                RowPrior.Unobserved.of(data, unobservedWeight, unobservedValue),
                training);
    }
}
