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
 * Chooses by how much is known: one algorithm for users with a short history, another for the rest; on request the same for
 * items, so that new items are scored by the algorithm that can.
 *
 * <p>With {@code itemFrom} above 0 both score, and the two scales meet as z-scores per request. If the chosen algorithm has no
 * answer, the other one answers. Costs what the chosen algorithm costs, with {@code itemFrom} both and 12 bytes per item. Immutable;
 * thread-safe.
 *
 * <p>Source: R. Burke, "Hybrid Recommender Systems: Survey and Experiments", UMUAI 2002 ("switching").
 *
 * @since 0.1
 */
public final class Switch implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("Switch")
            .option("members", b -> b.members, (b, list) -> b.members = list, Members::print, Members::parse)
            .integer("userFrom", b -> b.userFrom, Builder::userFrom)
            .integer("itemFrom", b -> b.itemFrom, Builder::itemFrom);

    private final Builder options;

    /** Makes the algorithm with its default options. */
    public Switch() {
        this(new Builder(Members.ofText("Popularity, ImplicitAls")));
    }

    private Switch(Builder builder) {
        options = builder;
    }

    /** Starts setting options; without members. */
    public static Builder builder() {
        return new Builder(Members.of(List.of()));
    }

    /** Sets options. */
    public static final class Builder {
        private Members members;
        private int userFrom = 1;
        private int itemFrom = 0;

        private Builder(Members members) {
            this.members = members;
        }

        /** Sets who answers when little is known, and who for the rest. */
        public Builder members(Algorithm unknown, Algorithm known) {
            members = Members.of(List.of(unknown, known));
            return this;
        }

        /** Sets from how many items in the history on a user counts as known, at least 0; default 1. */
        public Builder userFrom(int value) {
            userFrom = Options.inRange("userFrom", value, 0, Integer.MAX_VALUE);
            return this;
        }

        /** Sets from how many positive interactions on an item counts as known, at least 0; default 0: all are. */
        public Builder itemFrom(int value) {
            itemFrom = Options.inRange("itemFrom", value, 0, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Returns the algorithm.
         *
         * @throws IllegalArgumentException if the number of members does not fit
         */
        public Switch build() {
            members.requireSize("Switch", 2, 2);
            return new Switch(OPTIONS.copy(this, builder()));
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
        return new SwitchModel(
                name(),
                options.members.train(data, training),
                options.userFrom,
                SwitchModel.newItems(data.positives(), options.itemFrom));
    }

    @Override
    public Model restore(ModelState state) {
        return new SwitchModel(
                name(), options.members.restore(state.child("members")), options.userFrom, state.ints("newItems"));
    }
}
