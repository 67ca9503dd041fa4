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
 * Adds up reciprocal ranks: an item at rank r of a member's list gets {@code 1 / (rankConstant + r)} from it. Needs no
 * common scale of scores and no tuning, so it is the hybrid to begin with.
 *
 * <p>Ranks are counted down to {@code depth}; what is scored beyond has the rank after it. An item that no member scores is not
 * recommended. A request takes as long as scoring all items with each member, and 8 bytes per item. Audiences are found user
 * by user. Immutable; thread-safe.
 *
 * <p>Source: G. Cormack, C. Clarke, S. Buettcher, "Reciprocal Rank Fusion Outperforms Condorcet and Individual Rank
 * Learning Methods", SIGIR 2009.
 *
 * @since 0.1
 */
public final class RankFusion implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("RankFusion")
            .option("members", b -> b.members, (b, list) -> b.members = list, Members::print, Members::parse)
            .integer("rankConstant", b -> b.rankConstant, Builder::rankConstant)
            .integer("depth", b -> b.depth, Builder::depth);

    private final Builder options;

    /** Makes the algorithm with its default options. */
    public RankFusion() {
        this(new Builder(Members.ofText("ImplicitAls, ItemKnn")));
    }

    private RankFusion(Builder builder) {
        options = builder;
    }

    /** Starts setting options; without members. */
    public static Builder builder() {
        return new Builder(Members.of(List.of()));
    }

    /** Sets options. */
    public static final class Builder {
        private Members members;
        private int rankConstant = 60;
        private int depth = 1000;

        private Builder(Members members) {
            this.members = members;
        }

        /** Adds a member. */
        public Builder add(Algorithm member) {
            members = members.with(member);
            return this;
        }

        /** Sets what is added to each rank, at least 0; default 60. The larger, the less the first ranks stand out. */
        public Builder rankConstant(int value) {
            rankConstant = Options.inRange("rankConstant", value, 0, Integer.MAX_VALUE);
            return this;
        }

        /** Sets down to which rank the items of a list are told apart, at least 1; default 1000. */
        public Builder depth(int value) {
            depth = Options.inRange("depth", value, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Returns the algorithm.
         *
         * @throws IllegalArgumentException if the number of members does not fit
         */
        public RankFusion build() {
            members.requireSize("RankFusion", 1, Integer.MAX_VALUE);
            return new RankFusion(OPTIONS.copy(this, builder()));
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
        return new RankFusionModel(name(), models, options.rankConstant, options.depth);
    }
}
