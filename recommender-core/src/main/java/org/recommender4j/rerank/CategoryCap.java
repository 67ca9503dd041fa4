package org.recommender4j.rerank;

import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
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
public final class CategoryCap implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("CategoryCap")
            .text("algorithm", b -> b.member.print(), (b, text) -> b.member = Member.parse(text))
            .integer("max", b -> b.max, Builder::max)
            .text("field", b -> b.field, Builder::field)
            .integer("depth", b -> b.depth, Builder::depth);

    private final Builder options;

    /** Makes the algorithm with its default options, around the default {@code ImplicitAls}. */
    public CategoryCap() {
        this(new Builder(Member.ofText("ImplicitAls")));
    }

    private CategoryCap(Builder builder) {
        options = builder;
    }

    /** Starts setting options of what is to be put around an algorithm. */
    public static Builder around(Algorithm algorithm) {
        return new Builder(Member.of(algorithm));
    }

    /** Sets options. */
    public static final class Builder {
        private Member member;
        private int max = 3;
        private String field = "";
        private int depth = 100;

        private Builder(Member member) {
            this.member = member;
        }

        private Builder(Builder other) {
            member = other.member;
            max = other.max;
            field = other.field;
            depth = other.depth;
        }

        /** Sets how many items of a category come first, at least 1; default 3. */
        public Builder max(int value) {
            max = Options.inRange("max", value, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Sets the category field; default empty: the first one of the data. */
        public Builder field(String value) {
            field = Options.fieldName("field", value);
            return this;
        }

        /** Sets how many of the best items are reordered, at least 1; default 100. */
        public Builder depth(int value) {
            depth = Options.inRange("depth", value, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Returns the algorithm. */
        public CategoryCap build() {
            return new CategoryCap(new Builder(this));
        }
    }

    @Override
    public Map<String, String> options() {
        return OPTIONS.print(options);
    }

    @Override
    public Algorithm with(Map<String, String> changes) {
        return OPTIONS.apply(changes, new Builder(options)).build();
    }

    @Override
    public Model train(TrainingData data, Training training) {
        return model(options.member.get().train(data, training), Shares.of(data, options.field));
    }

    @Override
    public Model restore(ModelState state) {
        return model(options.member.get().restore(state.child("model")), Shares.restore(state.child("shares")));
    }

    private Model model(Model inner, Shares shares) {
        return new RerankedModel(
                name(),
                inner,
                options.depth,
                new Capping(shares, options.max),
                () -> new ModelState().put("shares", shares.state()));
    }
}
