package org.recommender4j.rerank;

import org.recommender4j.Algorithm;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.TrainingData;

/**
 * Lets no category take more than so many places: an item whose category is full moves behind those that fit. The same as
 * {@link org.recommender4j.Request#maxPerCategory}, as a property of the recommender instead of a request, and softer: when
 * nothing else is left, a full category goes on.
 *
 * <p>The first {@code depth} items that are eligible for a request are reordered, the rest follow as they are. The score of a
 * place in the list is that of the inner algorithm's item at that place; {@code score} and {@code explain} answer as the inner
 * algorithm does. Immutable; thread-safe.
 *
 * @since 0.1
 */
public final class CategoryCap extends Reranker<CategoryCap.Builder> {
    private static final Options<Builder> OPTIONS = RerankerBuilder.<Builder>table("CategoryCap")
            .integer("max", b -> b.max, Builder::max)
            .text("field", b -> b.field, Builder::field)
            .integer("depth", b -> b.depth, Builder::depth);

    /** Makes the algorithm with its default options, around the default {@code ImplicitAls}. */
    public CategoryCap() {
        this(new Builder());
    }

    private CategoryCap(Builder builder) {
        super(OPTIONS, builder);
    }

    /** Starts setting options of what is to be put around an algorithm. */
    public static Builder around(Algorithm algorithm) {
        return new Builder().around(algorithm);
    }

    /** Sets options. */
    public static final class Builder extends RerankerBuilder<Builder> {
        private int max = 3;
        private String field = "";

        private Builder() {}

        /** Sets how many items of a category come first, at least 1; default 3. */
        public Builder max(int value) {
            max = Options.inRange("max", value, 1, Integer.MAX_VALUE);
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
        public CategoryCap build() {
            return new CategoryCap(copy());
        }
    }

    @Override
    Order order(TrainingData data) {
        return new Capping(Shares.of(data, options.field), options.max);
    }

    @Override
    Order order(ModelState state) {
        return new Capping(Shares.restore(state.child("shares")), options.max);
    }
}
