package org.recommender4j.neighborhood;

import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Recommends what similar users like.
 *
 * <p>The score of an item is the sum over the user's {@link Builder#neighbors} most similar users who like it of their similarity,
 * divided by the item's popularity to the power of {@link Builder#popularityPenalty}. With {@link Builder#predictRatings}, for
 * explicit feedback, the score is a rating:
 *
 * <pre>
 *   b(u,i) + sum over neighbors v of s(u,v) (r(v,i) - b(v,i)) / (0.5 + sum over neighbors v of s(u,v))
 * </pre>
 *
 * where the neighbors are those who rated i, and b is what {@link Builder#centering} says; not clipped to the scale.
 *
 * <p>Training compares all pairs of users with a common item: time O(sum over items of n(i)^2) for n(i) users of an item, an item with
 * more than {@link Builder#maxAudience} counting as {@code n(i) maxAudience}; no similarity of each pair in memory. The neighbors
 * of trained users are stored; those of somebody else (a session, a newer history) are found when they ask, in O(users + sum over the
 * history's items of at most maxAudience) and 8 to 20 bytes per user for the moment. The model keeps the histories: about 24
 * bytes per interaction, 8 per neighbor.
 *
 * <ul>
 *   <li>P. Resnick et al., GroupLens: An Open Architecture for Collaborative Filtering of Netnews, CSCW 1994.
 *   <li>J. Herlocker, J. Konstan, A. Borchers, J. Riedl, An Algorithmic Framework for Performing Collaborative Filtering,
 *       SIGIR 1999.
 * </ul>
 *
 * @since 0.1
 */
public final class UserKnn implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("UserKnn")
            .choice("similarity", Similarity.class, b -> b.settings.similarity, Builder::similarity)
            .choice("weighting", Weighting.class, b -> b.settings.weighting, Builder::weighting)
            .integer("neighbors", b -> b.settings.neighbors, Builder::neighbors)
            .number("shrinkage", b -> b.settings.shrinkage, Builder::shrinkage)
            .integer("significance", b -> b.settings.significance, Builder::significance)
            .number("asymmetry", b -> b.settings.asymmetry, Builder::asymmetry)
            .number("amplification", b -> b.settings.amplification, Builder::amplification)
            .number("popularityPenalty", b -> b.settings.popularityPenalty, Builder::popularityPenalty)
            .number("weightExponent", b -> b.settings.weightExponent, Builder::weightExponent)
            .integer("maxAudience", b -> b.settings.limit, Builder::maxAudience)
            .flag("predictRatings", b -> b.settings.predictRatings, Builder::predictRatings)
            .choice("centering", Centering.class, b -> b.settings.centering, Builder::centering);

    private final KnnSettings settings;

    /** Makes the algorithm with its default options. */
    public UserKnn() {
        this(builder());
    }

    private UserKnn(Builder builder) {
        settings = builder.settings.copy();
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder(KnnSettings.ofUsers());
    }

    /**
     * Starts setting options from those that predict ratings well: {@code predictRatings}, similarity {@link
     * Similarity#PEARSON}, 1000 neighbors, shrinkage 50, no amplification.
     */
    public static Builder forRatings() {
        return builder()
                .predictRatings(true)
                .similarity(Similarity.PEARSON)
                .neighbors(1000)
                .shrinkage(50)
                .amplification(1);
    }

    /** Sets options. */
    public static final class Builder {
        private final KnnSettings settings;

        private Builder(KnnSettings settings) {
            this.settings = settings;
        }

        /** Sets how users are compared; default {@link Similarity#COSINE}. */
        public Builder similarity(Similarity similarity) {
            settings.similarity = similarity;
            return this;
        }

        /** Sets what an interaction weighs in a comparison of likes; default {@link Weighting#TFIDF}. Not used for ratings. */
        public Builder weighting(Weighting weighting) {
            settings.weighting = weighting;
            return this;
        }

        /** Sets how many similar users vote; 1 to 1,000,000, default 200. */
        public Builder neighbors(int neighbors) {
            settings.neighbors(neighbors);
            return this;
        }

        /**
         * Sets how strongly a similarity with little evidence is drawn to 0: it is multiplied with {@code n / (n + shrinkage)} for n
         * common items; 0 to 1e9, default 0.
         */
        public Builder shrinkage(double shrinkage) {
            settings.shrinkage(shrinkage);
            return this;
        }

        /**
         * Sets up to how many common items a similarity is scaled down: by {@code min(n, significance) / significance} for n
         * common items (Herlocker et al. 1999); 0 to 1e9, default 0: never.
         */
        public Builder significance(int significance) {
            settings.significance(significance);
            return this;
        }

        /**
         * Sets whose history a cosine divides by: {@code x'y / (|x|^(2 - 2a) |y|^(2 a))}, y being the neighbor (F. Aiolli, RecSys
         * 2013); 0 to 1, default 0.5: both alike. Less favours neighbors with long histories. Not used by other similarities.
         */
        public Builder asymmetry(double asymmetry) {
            settings.asymmetry(asymmetry);
            return this;
        }

        /** Sets the power to which similarities are taken (Breese et al., UAI 1998); 0.1 to 10, default 1.5. */
        public Builder amplification(double amplification) {
            settings.amplification(amplification);
            return this;
        }

        /** Sets how much a popular item's score is reduced; 0 to 2, default 0.25. Not used for ratings. */
        public Builder popularityPenalty(double penalty) {
            settings.popularityPenalty(penalty);
            return this;
        }

        /**
         * Sets the power to which the weights of implicit feedback, such as play counts, are taken; 0 to 8. The default 0
         * counts each interaction as 1. Not used for explicit feedback.
         */
        public Builder weightExponent(double exponent) {
            settings.weightExponent(exponent);
            return this;
        }

        /**
         * Sets how many users of one item are compared because of it, at least 1, default 2000; of more a random part. Bounds
         * the time that an item which everybody has can cost.
         */
        public Builder maxAudience(int users) {
            settings.limit("maxAudience", users);
            return this;
        }

        /** Sets whether scores are ratings, if the feedback is explicit; default false. Lists are better without. */
        public Builder predictRatings(boolean predict) {
            settings.predictRatings = predict;
            return this;
        }

        /** Sets what ratings are deviations from; default {@link Centering#BASELINE}. Used for ratings only. */
        public Builder centering(Centering centering) {
            settings.centering = centering;
            return this;
        }

        /** Returns the algorithm. */
        public UserKnn build() {
            return new UserKnn(this);
        }
    }

    @Override
    public Map<String, String> options() {
        return OPTIONS.print(new Builder(settings));
    }

    @Override
    public Algorithm with(Map<String, String> options) {
        return OPTIONS.apply(options, new Builder(settings.copy())).build();
    }

    @Override
    public Model train(TrainingData data, Training training) {
        if (settings.predicts(data)) {
            Interactions ratings = data.interactions();
            float middle = (data.minRating() + data.maxRating()) / 2;
            Baseline baseline = settings.centering == Centering.BASELINE
                    ? Baseline.ofBoth(ratings, middle)
                    : Baseline.ofUsers(ratings, middle);
            Baseline reference = settings.reference(ratings, baseline, Baseline.ofItems(ratings, middle));
            Interactions vectors = reference.deviations(ratings);
            return new UserRatingModel(
                    name(),
                    withoutTimes(ratings),
                    baseline,
                    reference,
                    UserNeighbors.of(vectors, settings, true, training));
        }
        Interactions positives = data.positives();
        boolean binary = data.feedback() == Feedback.EXPLICIT;
        TermWeights terms = terms(positives, binary);
        UserNeighbors neighbors = UserNeighbors.of(terms.of(positives), settings, false, training);
        return likes(positives, terms, neighbors, data.positiveFrom(), binary);
    }

    /** A copy that shares the arrays, so that neither times nor the transposed view stay in memory with the model. */
    private static Interactions withoutTimes(Interactions matrix) {
        return Interactions.of(matrix.columns(), matrix.offsets(), matrix.columnIndices(), matrix.weights(), null);
    }

    private double exponent(boolean binary) {
        return binary ? 0 : settings.weightExponent;
    }

    private TermWeights terms(Interactions positives, boolean binary) {
        return new TermWeights(positives, settings.weighting, exponent(binary), 0);
    }

    private Model likes(
            Interactions positives, TermWeights terms, UserNeighbors neighbors, float positiveFrom, boolean binary) {
        float[] scale = new float[positives.columns()];
        Interactions audiences = positives.transpose();
        for (int item = 0; item < scale.length; item++) {
            int audience = Math.max(1, audiences.length(item));
            scale[item] = (float) StrictMath.pow(audience, -settings.popularityPenalty);
        }
        float[] votes = new float[positives.size()];
        for (int p = 0; p < votes.length; p++) {
            votes[p] = TermWeights.strength(positives.weight(p), exponent(binary)) * scale[positives.column(p)];
        }
        return new UserKnnModel(
                name(),
                withoutTimes(positives),
                Interactions.of(positives.columns(), positives.offsets(), positives.columnIndices(), votes, null),
                terms,
                neighbors,
                positiveFrom,
                binary);
    }

    @Override
    public Model restore(ModelState state) {
        Interactions stored = state.matrix("neighbors");
        if (state.has("baseline")) {
            Interactions ratings = state.matrix("ratings");
            Baseline reference = Baseline.restore(state.child("reference"), ratings);
            return new UserRatingModel(
                    name(),
                    ratings,
                    Baseline.restore(state.child("baseline"), ratings),
                    reference,
                    UserNeighbors.restore(reference.deviations(ratings), settings, true, stored));
        }
        Interactions positives = state.matrix("positives");
        boolean binary = Boolean.parseBoolean(state.text("binary"));
        TermWeights terms = terms(positives, binary);
        return likes(
                positives,
                terms,
                UserNeighbors.restore(terms.of(positives), settings, false, stored),
                Float.parseFloat(state.text("positiveFrom")),
                binary);
    }
}
