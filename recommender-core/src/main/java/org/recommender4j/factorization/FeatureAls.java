package org.recommender4j.factorization;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Features;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.TextAnalyzer;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.util.Footprint;
import org.recommender4j.model.FeatureMatrix;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Matrix factorization for new items and new users that come with features: {@link ImplicitAls}, and a linear map from features
 * to vectors learned from the items (and users) that have both. Who has no interaction gets the vector that the features
 * predict; who has few gets a mixture.
 *
 * <p>With n positive interactions, predicted vector p and factorized vector v, the vector is {@code (n v + shrinkage p) / (n +
 * shrinkage)}. The map is a ridge regression in which an item with n interactions weighs {@code n / (n + 10)}. All fields of
 * the data set's features count, as in {@code ContentBased}.
 *
 * <p>Training costs that of {@link ImplicitAls} and O(40 factors x feature values), memory 16 bytes per distinct feature and
 * factor. The model is a {@link FactorModel}. Without features it is that of {@link ImplicitAls}.
 *
 * <p>Source: Z. Gantner et al., "Learning Attribute-to-Feature Mappings for Cold-Start Recommendations", ICDM 2010; the shrinkage to a prior
 * is that of D. Agarwal, B.-C. Chen, "Regression-based Latent Factor Models", KDD 2009, in one step.
 *
 * @since 0.1
 */
public final class FeatureAls implements Algorithm {
    private static final double HALF_TRUSTED = 10;

    private static final Options<Builder> OPTIONS = Options.<Builder>of("FeatureAls")
            .option("als", b -> b.als, Builder::als, Algorithm::toText, FeatureAls::parse)
            .number("featureRegularization", b -> b.featureRegularization, Builder::featureRegularization)
            .number("shrinkage", b -> b.shrinkage, Builder::shrinkage)
            .choice("weighting", FeatureMatrix.Weighting.class, b -> b.weighting, Builder::weighting);

    private final Builder options;

    /** Makes the algorithm with its default options. */
    public FeatureAls() {
        this(builder());
    }

    private FeatureAls(Builder builder) {
        options = builder;
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    private static ImplicitAls parse(String text) {
        if (Algorithm.parse(text) instanceof ImplicitAls als) {
            return als;
        }
        throw new IllegalArgumentException("it must be an ImplicitAls");
    }

    /** Sets options. */
    public static final class Builder {
        private ImplicitAls als = new ImplicitAls();
        private double featureRegularization = 1;
        private double shrinkage = 1;
        private FeatureMatrix.Weighting weighting = FeatureMatrix.Weighting.TFIDF;

        private Builder() {}

        /** Sets how the interactions are factorized; default that of {@link ImplicitAls}. */
        public Builder als(ImplicitAls als) {
            this.als = als;
            return this;
        }

        /** Sets how strongly large weights of features are punished, from 1e-6 to 1e9; default 1. */
        public Builder featureRegularization(double regularization) {
            featureRegularization = Options.inRange("featureRegularization", regularization, 1e-6, 1e9);
            return this;
        }

        /**
         * Sets how many interactions weigh as much as the features, from 0 to 1e9; default 1. With 0, only what has no
         * interaction at all is predicted.
         */
        public Builder shrinkage(double shrinkage) {
            this.shrinkage = Options.inRange("shrinkage", shrinkage, 0, 1e9);
            return this;
        }

        /** Sets how terms of texts count; default {@link FeatureMatrix.Weighting#TFIDF}. */
        public Builder weighting(FeatureMatrix.Weighting weighting) {
            this.weighting = weighting;
            return this;
        }

        /** Returns the algorithm. */
        public FeatureAls build() {
            return new FeatureAls(OPTIONS.copy(this, builder()));
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
        // What a search or a fold-in keeps must be that of the vectors in the end, so both are made last.
        FeatureMatrix userFeatures = matrix(data.userFeatures());
        FeatureMatrix itemFeatures = matrix(data.itemFeatures());
        checkSize(userFeatures, "user");
        checkSize(itemFeatures, "item");
        ModelState state =
                options.als.with(Retrieval.EXACT).train(data, training).state();
        Interactions positives = data.positives();
        Map<String, float[]> changed = new HashMap<>();
        if (!data.userFeatures().isEmpty() && positives.rows() > 0) {
            changed.put("users", mixed(state.tensor("users"), positives, userFeatures, training));
        }
        if (!data.itemFeatures().isEmpty() && positives.columns() > 0) {
            float[] items = mixed(state.tensor("items"), positives.transpose(), itemFeatures, training);
            float[] users = changed.getOrDefault("users", state.floats("users"));
            rotate(changed, users, items, (int) state.tensor("items").shape()[1], training);
        }
        ModelState result = new ModelState();
        state.texts().forEach(result::put);
        state.tensors().forEach((name, tensor) -> {
            float[] replaced = changed.get(name);
            result.put(name, replaced == null ? tensor : new ModelState.Tensor(replaced, tensor.shape()));
        });
        return FactorModel.restore(name(), result, AlsFoldIn::restore).with(options.als.retrieval(), training);
    }

    /** Puts both sides on the axes on which the changed items have a diagonal Gram matrix, which the fold-in counts on. */
    private void rotate(Map<String, float[]> changed, float[] users, float[] items, int d, Training training) {
        float[] paddedItems = padded(items, d);
        float[] paddedUsers = padded(users, d);
        Gram.Rotation rotation;
        try {
            rotation = Gram.diagonalize(paddedItems, items.length / d, d, training);
        } catch (ArithmeticException e) {
            throw new IllegalStateException(
                    name() + " diverges after the last iteration: " + e.getMessage()
                            + "; use a larger featureRegularization or smaller features",
                    e);
        }
        Gram.rotate(rotation.axes(), paddedUsers, users.length / d, d, training);
        changed.put("items", compact(paddedItems, items.length, d));
        changed.put("users", compact(paddedUsers, users.length, d));
        changed.put("spectrum", rotation.spectrum());
    }

    private static float[] padded(float[] rows, int d) {
        int stride = Kernels.stride(d);
        float[] result = new float[rows.length / d * stride];
        for (int row = 0; row < rows.length / d; row++) {
            System.arraycopy(rows, row * d, result, row * stride, d);
        }
        return result;
    }

    private static float[] compact(float[] padded, int size, int d) {
        int stride = Kernels.stride(d);
        float[] result = new float[size];
        for (int row = 0; row < size / d; row++) {
            System.arraycopy(padded, row * stride, result, row * d, d);
        }
        return result;
    }

    private FeatureMatrix matrix(Features known) {
        return FeatureMatrix.of(known, Map.of(), options.weighting, TextAnalyzer.standard());
    }

    private void checkSize(FeatureMatrix features, String of) {
        int stride = Kernels.stride(Integer.parseInt(options.als.options().get("factors")));
        new Footprint(name(), "a smaller factors of als")
                .array(of + "s with features", features.rows(), stride, 2 * Float.BYTES)
                .array(of + " features", FeatureRidge.columns(features), stride, 4 * Float.BYTES)
                .check();
    }

    /** Returns the vectors, with those predicted where interactions are missing or few. */
    private float[] mixed(ModelState.Tensor tensor, Interactions rows, FeatureMatrix features, Training training) {
        float[] vectors = ((float[]) tensor.data()).clone();
        int count = features.rows();
        int d = (int) tensor.shape()[1];
        float[] weights = new float[count];
        for (int row = 0; row < count; row++) {
            double n = rows.length(row);
            weights[row] = (float) (n / (n + HALF_TRUSTED));
        }
        float[] predicted = new FeatureRidge(features, d, training)
                .predict(Arrays.copyOf(vectors, count * d), weights, options.featureRegularization);
        for (int row = 0; row < count; row++) {
            double n = rows.length(row);
            if (features.squaredLength(row) > 0 && (n == 0 || options.shrinkage > 0)) {
                float share = n == 0 ? 1f : (float) (options.shrinkage / (n + options.shrinkage));
                for (int k = row * d; k < (row + 1) * d; k++) {
                    vectors[k] = Math.fma(share, predicted[k] - vectors[k], vectors[k]);
                }
            }
        }
        return vectors;
    }

    @Override
    public Model restore(ModelState state) {
        return FactorModel.restore(name(), state, AlsFoldIn::restore);
    }
}
