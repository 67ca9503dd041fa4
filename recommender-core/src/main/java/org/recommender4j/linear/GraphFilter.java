package org.recommender4j.linear;

import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.ItemItemModel;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * TODO
 *
 * @since 0.1
 */
public final class GraphFilter implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("GraphFilter")
            .integer("factors", b -> b.factors, Builder::factors)
            .integer("iterations", b -> b.iterations, Builder::iterations)
            .integer("neighbors", b -> b.neighbors, Builder::neighbors)
            .number("lowPassWeight", b -> b.lowPassWeight, Builder::lowPassWeight)
            .number("userExponent", b -> b.userExponent, Builder::userExponent)
            .number("itemExponent", b -> b.itemExponent, Builder::itemExponent)
            .number("popularity", b -> b.popularity, Builder::popularity)
            .number("lowPassPopularity", b -> b.lowPassPopularity, Builder::lowPassPopularity)
            .longInteger("seed", b -> b.seed, Builder::seed);

    private final Builder settings;

    /** Makes the algorithm with its default options. */
    public GraphFilter() {
        this(builder());
    }

    private GraphFilter(Builder builder) {
        settings = builder.copy();
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets options. */
    public static final class Builder {
        private int factors = 1024;
        private int iterations = 4;
        private int neighbors = 400;
        private double lowPassWeight = 2.8;
        private double userExponent = 0.3;
        private double itemExponent = 0.45;
        private double popularity = 0.15;
        private double lowPassPopularity = -0.05;
        private long seed = 1;

        private Builder() {}

        private Builder copy() {
            Builder copy = new Builder();
            copy.factors = factors;
            copy.iterations = iterations;
            copy.neighbors = neighbors;
            copy.lowPassWeight = lowPassWeight;
            copy.userExponent = userExponent;
            copy.itemExponent = itemExponent;
            copy.popularity = popularity;
            copy.lowPassPopularity = lowPassPopularity;
            copy.seed = seed;
            return copy;
        }

        /** TODO. */
        public Builder factors(int factors) {
            this.factors = Options.inRange("factors", factors, 0, 8192);
            return this;
        }

        /** TODO. */
        public Builder iterations(int iterations) {
            this.iterations = Options.inRange("iterations", iterations, 1, 1000);
            return this;
        }

        /** TODO. */
        public Builder neighbors(int neighbors) {
            this.neighbors = Options.inRange("neighbors", neighbors, 1, 1_000_000);
            return this;
        }

        /** TODO. */
        public Builder lowPassWeight(double weight) {
            lowPassWeight = Options.inRange("lowPassWeight", weight, 0, 1e6);
            return this;
        }

        /** TODO. */
        public Builder userExponent(double exponent) {
            userExponent = Options.inRange("userExponent", exponent, 0, 2);
            return this;
        }

        /** TODO. */
        public Builder itemExponent(double exponent) {
            itemExponent = Options.inRange("itemExponent", exponent, 0, 2);
            return this;
        }

        /** TODO. */
        public Builder popularity(double exponent) {
            popularity = Options.inRange("popularity", exponent, -2, 2);
            return this;
        }

        /** TODO. */
        public Builder lowPassPopularity(double exponent) {
            lowPassPopularity = Options.inRange("lowPassPopularity", exponent, -2, 2);
            return this;
        }

        /** Sets the seed of the random start; default 1. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** Returns the algorithm. */
        public GraphFilter build() {
            return new GraphFilter(this);
        }
    }

    @Override
    public Map<String, String> options() {
        return OPTIONS.print(settings);
    }

    @Override
    public Algorithm with(Map<String, String> options) {
        return OPTIONS.apply(options, settings.copy()).build();
    }

    @Override
    public Model train(TrainingData data, Training training) {
        Interactions byUser = data.positives();
        Interactions byItem = byUser.transpose();
        float[] userScale = Degrees.powers(byUser, -settings.userExponent);
        float[] itemScale = Degrees.powers(byItem, -settings.itemExponent);
        int k = settings.lowPassWeight == 0 ? 0 : Math.min(settings.factors, Math.min(data.users(), data.items()));
        FilterRows rows = new FilterRows(
                byUser,
                Degrees.powers(byUser, -2 * settings.userExponent),
                Degrees.powers(byItem, -settings.itemExponent - settings.popularity),
                Degrees.powers(byItem, -settings.itemExponent + settings.popularity),
                training);
        if (k > 0) {
            float[] basis =
                    Subspace.of(byUser, userScale, itemScale, k, settings.iterations, settings.seed, training, name());
            rows.lowPass(
                    basis,
                    k,
                    (float) settings.lowPassWeight,
                    Degrees.powers(byItem, -settings.itemExponent - settings.popularity),
                    Degrees.powers(byItem, settings.itemExponent + settings.lowPassPopularity));
        }
        Interactions weights = rows.best(settings.neighbors);
        return new ItemItemModel(name(), weights, data.positiveFrom(), 0);
    }

    @Override
    public Model restore(ModelState state) {
        return ItemItemModel.restore(name(), state);
    }
}
