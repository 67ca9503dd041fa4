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
 * A chain of algorithms: each list is filled by the first member that has an answer, then by the next, and each entry says
 * by whom. Scores and explanations come from the first member that has one. Popularity ends each chain by itself.
 *
 * <p>Costs what its members cost, one after the other as far as they are needed. Immutable; thread-safe.
 *
 * @since 0.1
 */
public final class Fallback implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("Fallback")
            .option("members", b -> b.members, (b, list) -> b.members = list, Members::print, Members::parse);

    private final Builder options;

    /** Makes the algorithm with its default options. */
    public Fallback() {
        this(new Builder(Members.ofText("ImplicitAls, Popularity")));
    }

    private Fallback(Builder builder) {
        options = builder;
    }

    /** Starts setting options; without members. */
    public static Builder builder() {
        return new Builder(Members.of(List.of()));
    }

    /** Sets options. */
    public static final class Builder {
        private Members members;

        private Builder(Members members) {
            this.members = members;
        }

        /** Adds a member, to be asked after those added before. */
        public Builder add(Algorithm member) {
            members = members.with(member);
            return this;
        }

        /**
         * Returns the algorithm.
         *
         * @throws IllegalArgumentException if the number of members does not fit
         */
        public Fallback build() {
            members.requireSize("Fallback", 1, Integer.MAX_VALUE);
            return new Fallback(OPTIONS.copy(this, builder()));
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
        return new FallbackModel(name(), models);
    }
}
