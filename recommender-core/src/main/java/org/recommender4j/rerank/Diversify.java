package org.recommender4j.rerank;

import org.recommender4j.Algorithm;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.TrainingData;

/**
 * Maximal marginal relevance: each place of the list goes to the item with the best mix of a high score and little likeness
 * to the items above it, {@code relevance * score - (1 - relevance) * max similarity}, where scores are scaled to 0 to 1.
 *
 * <p>Likeness is the cosine between the items' categories, rare ones counting more; without any category, between the sets of
 * their users.
 *
 * <p>The first {@code depth} items that are eligible for a request are reordered, the rest follow as they are. The score of a
 * place in the list is that of the inner algorithm's item at that place; {@code score} and {@code explain} answer as the inner
 * algorithm does. A list of n takes O(n depth) comparisons of two items. Immutable; thread-safe.
 *
 * <p>Source: J. Carbonell, J. Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents and Producing
 * Summaries", SIGIR 1998.
 *
 * @since 0.1
 */
public final class Diversify extends Reranker<Diversify.Builder> {
    private static final Options<Builder> OPTIONS = RerankerBuilder.<Builder>table("Diversify")
            .number("relevance", b -> b.relevance, Builder::relevance)
            .text("field", b -> b.field, Builder::field)
            .integer("depth", b -> b.depth, Builder::depth);

    /** Makes the algorithm with its default options, around the default {@code ImplicitAls}. */
    public Diversify() {
        this(new Builder());
    }

    private Diversify(Builder builder) {
        super(OPTIONS, builder);
    }

    /** Starts setting options of what is to be put around an algorithm. */
    public static Builder around(Algorithm algorithm) {
        return new Builder().around(algorithm);
    }

    /** Sets options. */
    public static final class Builder extends RerankerBuilder<Builder> {
        private double relevance = 0.7;
        private String field = "";

        private Builder() {}

        /** Sets the share of the score, from 0 to 1; default 0.7. */
        public Builder relevance(double value) {
            relevance = Options.inRange("relevance", value, 0, 1);
            return this;
        }

        /**
         * Sets the category field by which items are alike; default empty: all of them. A training without the named field fails with an {@link
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
        public Diversify build() {
            return new Diversify(copy());
        }
    }

    @Override
    Order order(TrainingData data) {
        return new MarginalRelevance(ItemVectors.of(data, options.field), options.relevance);
    }

    @Override
    Order order(ModelState state) {
        return new MarginalRelevance(ItemVectors.restore(state.child("vectors")), options.relevance);
    }
}
