package org.recommender4j.rerank;

import org.recommender4j.Algorithm;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.TrainingData;

/**
 * Takes from each item's score for its popularity: {@code score - strength * log(1 + interactions) / log(1 + most
 * interactions)}, where scores are scaled to 0 to 1, so that the long tail gets its chance.
 *
 * <p>The first {@code depth} items that are eligible for a request are reordered, the rest follow as they are. The score of a
 * place in the list is that of the inner algorithm's item at that place; {@code score} and {@code explain} answer as the inner
 * algorithm does. Immutable; thread-safe.
 *
 * <p>Source: H. Abdollahpouri, R. Burke, B. Mobasher, "Managing Popularity Bias in Recommender Systems with Personalized
 * Re-ranking", FLAIRS 2019, for the aim and the place of the correction; the discount is our own.
 *
 * @since 0.1
 */
public final class DampPopularity extends Reranker<DampPopularity.Builder> {
    private static final Options<Builder> OPTIONS = RerankerBuilder.<Builder>table("DampPopularity")
            .number("strength", b -> b.strength, Builder::strength)
            .integer("depth", b -> b.depth, Builder::depth);

    /** Makes the algorithm with its default options, around the default {@code ImplicitAls}. */
    public DampPopularity() {
        this(new Builder());
    }

    private DampPopularity(Builder builder) {
        super(OPTIONS, builder);
    }

    /** Starts setting options of what is to be put around an algorithm. */
    public static Builder around(Algorithm algorithm) {
        return new Builder().around(algorithm);
    }

    /** Sets options. */
    public static final class Builder extends RerankerBuilder<Builder> {
        private double strength = 0.3;

        private Builder() {}

        /** Sets how much popularity counts against the score, from 0 to 100; default 0.3. */
        public Builder strength(double value) {
            strength = Options.inRange("strength", value, 0, 100);
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
        public DampPopularity build() {
            return new DampPopularity(copy());
        }
    }

    @Override
    Order order(TrainingData data) {
        return new Damping(Popularities.of(data), options.strength);
    }

    @Override
    Order order(ModelState state) {
        return new Damping(Popularities.restore(state), options.strength);
    }
}
