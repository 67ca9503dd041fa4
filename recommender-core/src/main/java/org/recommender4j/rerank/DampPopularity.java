package org.recommender4j.rerank;

import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
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
public final class DampPopularity implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("DampPopularity")
            .text("algorithm", b -> b.member.print(), (b, text) -> b.member = Member.parse(text))
            .number("strength", b -> b.strength, Builder::strength)
            .integer("depth", b -> b.depth, Builder::depth);

    private final Builder options;

    /** Makes the algorithm with its default options, around the default {@code ImplicitAls}. */
    public DampPopularity() {
        this(new Builder(Member.ofText("ImplicitAls")));
    }

    private DampPopularity(Builder builder) {
        options = builder;
    }

    /** Starts setting options of what is to be put around an algorithm. */
    public static Builder around(Algorithm algorithm) {
        return new Builder(Member.of(algorithm));
    }

    /** Sets options. */
    public static final class Builder {
        private Member member;
        private double strength = 0.3;
        private int depth = 100;

        private Builder(Member member) {
            this.member = member;
        }

        private Builder(Builder other) {
            member = other.member;
            strength = other.strength;
            depth = other.depth;
        }

        /** Sets how much popularity counts against the score, from 0 to 100; default 0.3. */
        public Builder strength(double value) {
            strength = Options.inRange("strength", value, 0, 100);
            return this;
        }

        /** Sets how many of the best items are reordered, at least 1; default 100. */
        public Builder depth(int value) {
            depth = Options.inRange("depth", value, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Returns the algorithm. */
        public DampPopularity build() {
            return new DampPopularity(new Builder(this));
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
        return model(options.member.get().train(data, training), Popularities.of(data));
    }

    @Override
    public Model restore(ModelState state) {
        return model(options.member.get().restore(state.child("model")), Popularities.restore(state));
    }

    private Model model(Model inner, Popularities popularities) {
        return new RerankedModel(
                name(), inner, options.depth, new Damping(popularities, options.strength), popularities::state);
    }
}
