package org.recommender4j.hybrid;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.recommender4j.Algorithm;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Adds up the scores of several algorithms, each brought to a common scale per request and multiplied by a weight.
 *
 * <pre>{@code
 * Algorithm blend = Blend.builder()
 *     .add(new ImplicitAls(), 1)
 *     .add(new ContentBased(), 0.5)
 *     .build();
 * }</pre>
 *
 * <p>A member without an answer for a profile is left out of that request. An item that one member does not score gets that
 * member's lowest score; one that no member scores is not recommended. Weights are given, 1 each by default, or learned: then
 * a tenth of each user's positives is held out, the members are trained on the rest, and the weights that rank the held-out
 * items best (NDCG at 20 over the members' best 100 items of at most 2,000 users) are found by coordinate search, before the
 * members are trained on everything; that doubles the time of the training.
 *
 * <p>A request takes as long as those of the members that score all items, and 9 bytes per item and member. Audiences are
 * found user by user. Immutable; thread-safe.
 *
 * <p>Source: R. Burke, "Hybrid Recommender Systems: Survey and Experiments", UMUAI 2002 ("weighted").
 *
 * @since 0.1
 */
public final class Blend implements Algorithm {
    /** How many of each member's best items weights are learned from. */
    private static final int DEPTH = 100;

    private static final Options<Builder> OPTIONS = Options.<Builder>of("Blend")
            .option("members", b -> b.members, Builder::members, Members::print, Members::parse)
            .option("weights", Builder::allWeights, Builder::weights, Blend::print, Blend::parse)
            .choice("normalization", Normalization.class, b -> b.normalization, Builder::normalization)
            .flag("learnWeights", b -> b.learnWeights, Builder::learnWeights)
            .longInteger("seed", b -> b.seed, Builder::seed);

    private final Builder options;

    /** Makes the algorithm with its default options. */
    public Blend() {
        this(new Builder(Members.ofText("ImplicitAls, Rp3Beta")));
    }

    private Blend(Builder builder) {
        options = builder;
    }

    /** Starts setting options; without members. */
    public static Builder builder() {
        return new Builder(Members.of(List.of()));
    }

    /** Sets options. */
    public static final class Builder {
        private Members members;
        /** One per member, or null as long as each is 1: then the members may be replaced by fewer or more. */
        private double @Nullable [] weights;

        private Normalization normalization = Normalization.Z_SCORE;
        private boolean learnWeights;
        private long seed = 42;

        private Builder(Members members) {
            this.members = members;
        }

        /** Adds a member with weight 1. */
        public Builder add(Algorithm member) {
            return add(member, 1);
        }

        /** Adds a member; the weight is finite and at least 0. */
        public Builder add(Algorithm member, double weight) {
            double[] before = allWeights();
            double[] longer = Arrays.copyOf(before, before.length + 1);
            longer[before.length] = Options.inRange("weight", weight, 0, Float.MAX_VALUE);
            members = members.with(member);
            weights(longer);
            return this;
        }

        private void members(Members replaced) {
            members = replaced;
        }

        private double[] allWeights() {
            double[] given = weights;
            if (given != null) {
                return given;
            }
            double[] ones = new double[members.list().size()];
            Arrays.fill(ones, 1);
            return ones;
        }

        private void weights(double[] replaced) {
            for (double weight : replaced) {
                Options.inRange("weight", weight, 0, Float.MAX_VALUE);
            }
            weights = replaced;
        }

        private Builder copy() {
            Builder copy = OPTIONS.copy(this, builder());
            copy.weights = weights;
            return copy;
        }

        /** Sets how scores are brought to a common scale; default {@link Normalization#Z_SCORE}. */
        public Builder normalization(Normalization normalization) {
            this.normalization = normalization;
            return this;
        }

        /** Sets whether the weights are learned, from the given ones on; default false. */
        public Builder learnWeights(boolean learn) {
            learnWeights = learn;
            return this;
        }

        /** Sets the seed of what is held out to learn weights; default 42. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Returns the algorithm.
         *
         * @throws IllegalArgumentException without a member, if all weights are 0, or if the option {@code weights} has another
         *     number of them than there are members
         */
        public Blend build() {
            members.requireSize("Blend", 1, Integer.MAX_VALUE);
            double[] checked = allWeights();
            if (checked.length != members.list().size()) {
                throw new IllegalArgumentException("Blend has " + members.list().size() + " members, but "
                        + checked.length + " weights: give as many weights as members");
            }
            if (Arrays.stream(checked).allMatch(weight -> weight == 0)) {
                throw new IllegalArgumentException("Blend needs a weight above 0");
            }
            Builder copy = copy();
            copy.weights = Arrays.stream(checked).allMatch(weight -> weight == 1) ? null : checked;
            return new Blend(copy);
        }
    }

    private static String print(double[] weights) {
        return Arrays.stream(weights).mapToObj(Double::toString).collect(Collectors.joining(", "));
    }

    private static double[] parse(String text) {
        return Arrays.stream(text.split(",", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Override
    public Map<String, String> options() {
        return OPTIONS.print(options);
    }

    @Override
    public Algorithm with(Map<String, String> changes) {
        return OPTIONS.apply(changes, options.copy()).build();
    }

    @Override
    public Model train(TrainingData data, Training training) {
        double[] given = options.allWeights();
        float[] weights = new float[given.length];
        for (int m = 0; m < weights.length; m++) {
            weights[m] = (float) given[m];
        }
        if (options.learnWeights) {
            Holdout holdout = Holdout.of(data, options.seed);
            List<Model> models = options.members.train(holdout.train(), training);
            weights = new WeightSearch(holdout.candidates(models, options.normalization, DEPTH, training))
                    .search(weights);
        }
        return new BlendModel(name(), options.members.train(data, training), weights, options.normalization);
    }

    @Override
    public Model restore(ModelState state) {
        return new BlendModel(
                name(),
                options.members.restore(state.child("members")),
                state.finiteFloats("weights"),
                options.normalization);
    }
}
