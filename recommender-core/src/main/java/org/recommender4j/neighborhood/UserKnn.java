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
 * <p>The score of an item is the sum over the user's {@link Builder neighbors} most similar users who like it of their similarity,
 * divided by the item's popularity to the power of {@link Builder#popularityPenalty}. With {@link Builder predictRatings}, for
 * explicit feedback, the score is a rating:
 *
 * <pre>
 *   b(u,i) + sum over neighbors v of s(u,v) (r(v,i) - b(v,i)) / (0.5 + sum over neighbors v of s(u,v))
 * </pre>
 *
 * where the neighbors are those who rated i, and b is what {@link Builder centering} says; not clipped to the scale.
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
    private static final Options<Builder> OPTIONS = KnnBuilder.<Builder>table("UserKnn")
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

    private UserKnn(Builder given) {
        settings = OPTIONS.copy(given, builder()).settings;
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
    public static final class Builder extends KnnBuilder<Builder> {
        private Builder(KnnSettings settings) {
            super(settings);
        }

        @Override
        Builder self() {
            return this;
        }

        /** Sets how much a popular item's score is reduced; 0 to 2, default 0.25. Not used for ratings. */
        public Builder popularityPenalty(double penalty) {
            settings.popularityPenalty = Options.inRange("popularityPenalty", penalty, 0, 2);
            return this;
        }

        /**
         * Sets how many users of one item are compared because of it, at least 1, default 2000; of more a random part. Bounds
         * the time that an item which everybody has can cost.
         */
        public Builder maxAudience(int users) {
            settings.limit = Options.inRange("maxAudience", users, 1, Integer.MAX_VALUE);
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
        return OPTIONS.apply(options, OPTIONS.copy(new Builder(settings), builder()))
                .build();
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
            state.checkItems(ratings.columns());
            Baseline reference = Baseline.restore(state.child("reference"), ratings);
            return new UserRatingModel(
                    name(),
                    ratings,
                    Baseline.restore(state.child("baseline"), ratings),
                    reference,
                    UserNeighbors.restore(reference.deviations(ratings), settings, true, stored));
        }
        Interactions positives = state.matrix("positives");
        state.checkItems(positives.columns());
        boolean binary = state.flag("binary");
        TermWeights terms = terms(positives, binary);
        return likes(
                positives,
                terms,
                UserNeighbors.restore(terms.of(positives), settings, false, stored),
                state.threshold("positiveFrom"),
                binary);
    }
}
