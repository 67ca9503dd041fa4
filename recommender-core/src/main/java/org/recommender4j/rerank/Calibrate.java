package org.recommender4j.rerank;

import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Gives each category the share of the list that it has in the user's history: who watched 70 % crime and 30 % comedy gets
 * about that mix. Items are chosen one by one to maximize {@code (1 - strength) * sum of scores - strength * KL(history,
 * list)}, where scores are scaled to 0 to 1 and KL is the Kullback-Leibler divergence of the shares.
 *
 * <p>An item with several categories counts for each in equal parts. Without the field, or a history with categories, nothing
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
public final class Calibrate implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("Calibrate")
            .text("algorithm", b -> b.member.print(), (b, text) -> b.member = Member.parse(text))
            .number("strength", b -> b.strength, Builder::strength)
            .text("field", b -> b.field, Builder::field)
            .integer("depth", b -> b.depth, Builder::depth);

    private final Builder options;

    /** Makes the algorithm with its default options, around the default {@code ImplicitAls}. */
    public Calibrate() {
        this(new Builder(Member.ofText("ImplicitAls")));
    }

    private Calibrate(Builder builder) {
        options = builder;
    }

    /** Starts setting options of what is to be put around an algorithm. */
    public static Builder around(Algorithm algorithm) {
        return new Builder(Member.of(algorithm));
    }

    /** Sets options. */
    public static final class Builder {
        private Member member;
        private double strength = 0.5;
        private String field = "";
        private int depth = 100;

        private Builder(Member member) {
            this.member = member;
        }

        private Builder(Builder other) {
            member = other.member;
            strength = other.strength;
            field = other.field;
            depth = other.depth;
        }

        /** Sets how much the mix counts against the scores, from 0 to 1; default 0.5. */
        public Builder strength(double value) {
            strength = Options.inRange("strength", value, 0, 1);
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
        public Calibrate build() {
            return new Calibrate(new Builder(this));
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
                new Calibration(shares, options.strength),
                () -> new ModelState().put("shares", shares.state()));
    }
}
