package org.recommender4j.rerank;

import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
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
public final class Diversify implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("Diversify")
            .text("algorithm", b -> b.member.print(), (b, text) -> b.member = Member.parse(text))
            .number("relevance", b -> b.relevance, Builder::relevance)
            .text("field", b -> b.field, Builder::field)
            .integer("depth", b -> b.depth, Builder::depth);

    private final Builder options;

    /** Makes the algorithm with its default options, around the default {@code ImplicitAls}. */
    public Diversify() {
        this(new Builder(Member.ofText("ImplicitAls")));
    }

    private Diversify(Builder builder) {
        options = builder;
    }

    /** Starts setting options of what is to be put around an algorithm. */
    public static Builder around(Algorithm algorithm) {
        return new Builder(Member.of(algorithm));
    }

    /** Sets options. */
    public static final class Builder {
        private Member member;
        private double relevance = 0.7;
        private String field = "";
        private int depth = 100;

        private Builder(Member member) {
            this.member = member;
        }

        private Builder(Builder other) {
            member = other.member;
            relevance = other.relevance;
            field = other.field;
            depth = other.depth;
        }

        /** Sets the share of the score, from 0 to 1; default 0.7. */
        public Builder relevance(double value) {
            relevance = Options.inRange("relevance", value, 0, 1);
            return this;
        }

        /** Sets the category field by which items are alike; default empty: all of them. */
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
        public Diversify build() {
            return new Diversify(new Builder(this));
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
        return model(options.member.get().train(data, training), ItemVectors.of(data, options.field));
    }

    @Override
    public Model restore(ModelState state) {
        return model(options.member.get().restore(state.child("model")), ItemVectors.restore(state.child("vectors")));
    }

    private Model model(Model inner, ItemVectors vectors) {
        return new RerankedModel(
                name(),
                inner,
                options.depth,
                new MarginalRelevance(vectors, options.relevance),
                () -> new ModelState().put("vectors", vectors.state()));
    }
}
