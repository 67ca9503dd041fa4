package org.recommender4j.hybrid;

import java.util.List;
import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * One algorithm retrieves the best candidates, another puts them into order. The rest of the catalogue follows in the first
 * one's order, so that rules never shorten a list.
 *
 * <p>Which items are candidates depends on the profile alone, not on the rules of a request. Without an answer of one member
 * the other answers alone. A request takes as long as scoring all items with both, and 18 bytes per item. Immutable;
 * thread-safe.
 *
 * <p>Source: R. Burke, "Hybrid Recommender Systems: Survey and Experiments", UMUAI 2002 ("cascade").
 *
 * @since 0.1
 */
public final class Cascade implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("Cascade")
            .option("members", b -> b.members, (b, list) -> b.members = list, Members::print, Members::parse)
            .integer("candidates", b -> b.candidates, Builder::candidates);

    private final Builder options;

    /** Makes the algorithm with its default options. */
    public Cascade() {
        this(new Builder(Members.ofText("Rp3Beta, ImplicitAls")));
    }

    private Cascade(Builder builder) {
        options = builder;
    }

    /** Starts setting options; without members. */
    public static Builder builder() {
        return new Builder(Members.of(List.of()));
    }

    /** Sets options. */
    public static final class Builder {
        private Members members;
        private int candidates = 200;

        private Builder(Members members) {
            this.members = members;
        }

        /** Sets who retrieves and who ranks. */
        public Builder members(Algorithm retriever, Algorithm ranker) {
            members = Members.of(List.of(retriever, ranker));
            return this;
        }

        /** Sets how many items the second algorithm puts into order, at least 1; default 200. */
        public Builder candidates(int value) {
            candidates = Options.inRange("candidates", value, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Returns the algorithm.
         *
         * @throws IllegalArgumentException if the number of members does not fit
         */
        public Cascade build() {
            members.requireSize("Cascade", 2, 2);
            return new Cascade(OPTIONS.copy(this, builder()));
        }
    }

    @Override
    public Map<String, String> options() {
        return OPTIONS.print(options);
    }

    @Override
    public Algorithm with(Map<String, String> changes) {
        return OPTIONS.apply(changes, OPTIONS.copy(options, builder())).build();
    }

    @Override
    public Model train(TrainingData data, Training training) {
        return model(options.members.train(data, training));
    }

    @Override
    public Model restore(ModelState state) {
        return model(options.members.restore(state));
    }

    private Model model(List<Model> models) {
        return new CascadeModel(name(), models, options.candidates);
    }
}
