package org.recommender4j.rerank;

import org.recommender4j.Algorithm;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.TrainingData;

/**
 * Gives each category the share of the list that it has in the user's history: who watched 70 % crime and 30 % comedy gets
 * about that mix. Items are chosen one by one to maximize {@code (1 - strength) * sum of scores - strength * KL(history,
 * list)}, where scores are scaled to 0 to 1 and KL is the Kullback-Leibler divergence of the shares.
 *
 * <p>An item with several categories counts for each in equal parts. Without any field, or a history with categories, nothing
 * is reordered.
 *
 * <p>The first {@code depth} items that are eligible for a request are reordered, the rest follow as they are. The score of a
 * place in the list is that of the inner algorithm's item at that place; {@code score} and {@code explain} answer as the inner
 * algorithm does. A list of n takes O(n depth categories). Immutable; thread-safe.
 *
 * <p>Source: H. Steck, "Calibrated Recommendations", RecSys 2018.
 *
 * @since 0.1
 */
public final class Calibrate extends Reranker<Calibrate.Builder> {
    private static final Options<Builder> OPTIONS = RerankerBuilder.<Builder>table("Calibrate")
            .number("strength", b -> b.strength, Builder::strength)
            .text("field", b -> b.field, Builder::field)
            .integer("depth", b -> b.depth, Builder::depth);

    /** Makes the algorithm with its default options, around the default {@code ImplicitAls}. */
    public Calibrate() {
        this(new Builder());
    }

    private Calibrate(Builder builder) {
        super(OPTIONS, builder);
    }

    /** Starts setting options of what is to be put around an algorithm. */
    public static Builder around(Algorithm algorithm) {
        return new Builder().around(algorithm);
    }

    /** Sets options. */
    public static final class Builder extends RerankerBuilder<Builder> {
        private double strength = 0.5;
        private String field = "";

        private Builder() {}

        /** Sets how much the mix counts against the scores, from 0 to 1; default 0.5. */
        public Builder strength(double value) {
            strength = Options.inRange("strength", value, 0, 1);
            return this;
        }

        /**
         * Sets the category field; default empty: the first one of the data. A training without the named field fails with an {@link
         * IllegalArgumentException} that names those there are.
         */
        public Builder field(String value) {
            field = Options.fieldName("field", value);
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        Builder copy() {
            return OPTIONS.copy(this, new Builder());
        }

        /** Returns the algorithm. */
        @Override
        public Calibrate build() {
            return new Calibrate(copy());
        }
    }

    @Override
    Order order(TrainingData data) {
        return new Calibration(Shares.of(data, options.field), options.strength);
    }

    @Override
    Order order(ModelState state) {
        return new Calibration(Shares.restore(state.child("shares")), options.strength);
    }
}
