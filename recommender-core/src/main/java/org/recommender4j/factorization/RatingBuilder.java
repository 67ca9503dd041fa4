package org.recommender4j.factorization;

import org.recommender4j.model.Options;

/**
 * The options that all factorizations of ratings have.
 *
 * @param <B> the builder itself
 */
abstract class RatingBuilder<B extends RatingBuilder<B>> {
    int factors;
    double unobservedWeight = 0.3;
    double unobservedValue = -1;
    double initScale = 0.1;
    long seed = 1;

    RatingBuilder(int factors) {
        this.factors = factors;
    }

    /** Returns this, as the type that it is. */
    abstract B self();

    /** Sets the length of the vectors; 1 to 1024, default 16, for {@code BayesianMf} 12. */
    public B factors(int factors) {
        this.factors = Options.inRange("factors", factors, 1, 1024);
        return self();
    }

    /**
     * Sets the weight of the term that draws the products of the vectors of all pairs to {@code unobservedValue}: what all pairs
     * weigh together, where all ratings together weigh 1; 0 to 1e9, default 0.3.
     */
    public B unobservedWeight(double weight) {
        unobservedWeight = Options.inRange("unobservedWeight", weight, 0, 1e9);
        return self();
    }

    /**
     * Sets what the products of the vectors of all pairs are drawn to, in standard deviations of the ratings; -10 to 10,
     * default -1, which says that people tend not to rate what they would not like.
     */
    public B unobservedValue(double deviations) {
        unobservedValue = Options.inRange("unobservedValue", deviations, -10, 10);
        return self();
    }

    /** Sets the standard deviation of the random vectors at the start; 1e-6 to 1e3, default 0.1. */
    public B initScale(double scale) {
        initScale = Options.inRange("initScale", scale, 1e-6, 1e3);
        return self();
    }

    /** Sets the seed of the random start, and of the unseen items for implicit feedback; default 1. */
    public B seed(long seed) {
        this.seed = seed;
        return self();
    }
}
