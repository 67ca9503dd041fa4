package org.recommender4j.neighborhood;

import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.ItemItemModel;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Recommends items that are similar to those of the history, by who liked both ("people who liked this also liked"): fast to
 * train, exact explanations, new users and sessions at no cost.
 *
 * <p>Each item keeps its {@link Builder neighbors} most similar items. The score of an item is the sum of its similarities to the
 * neighbors that are in the history. With {@link Builder predictRatings}, for explicit feedback, the score is a rating:
 *
 * <pre>
 *   b(u,i) + sum over neighbors j of s(i,j) (r(u,j) - b(u,j)) / (0.5 + sum over neighbors j of s(i,j))
 * </pre>
 *
 * where the neighbors are those that the user rated, and b is what {@link Builder centering} says; not clipped to the scale.
 *
 * <p>Training compares all pairs of items that have a user in common: time O(sum over users of n(u)^2) for histories of
 * length n(u), a longer one than {@link Builder#maxHistory} counting as {@code n(u) maxHistory}; without a similarity for each
 * pair in memory: 8 bytes per neighbor, twice for a moment, 8 to 24 per interaction and 8 to 20 per item and thread. The
 * model: 8 bytes per neighbor. A list costs the neighbors of the history's items and a pass over the items.
 *
 * <ul>
 *   <li>B. Sarwar, G. Karypis, J. Konstan, J. Riedl, Item-Based Collaborative Filtering Recommendation Algorithms, WWW 2001.
 *   <li>M. Deshpande, G. Karypis, Item-Based Top-N Recommendation Algorithms, TOIS 22(1), 2004.
 *   <li>Y. Koren, Factor in the Neighbors: Scalable and Accurate Collaborative Filtering, TKDD 4(1), 2010.
 * </ul>
 *
 * @since 0.1
 */
public final class ItemKnn implements Algorithm {
    private static final Options<Builder> OPTIONS = KnnBuilder.<Builder>table("ItemKnn")
            .number("weightExponent", b -> b.settings.weightExponent, Builder::weightExponent)
            .integer("maxHistory", b -> b.settings.limit, Builder::maxHistory)
            .flag("predictRatings", b -> b.settings.predictRatings, Builder::predictRatings)
            .choice("centering", Centering.class, b -> b.settings.centering, Builder::centering);

    private final KnnSettings settings;

    /** Makes the algorithm with its default options. */
    public ItemKnn() {
        this(builder());
    }

    private ItemKnn(Builder given) {
        settings = OPTIONS.copy(given, builder()).settings;
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder(KnnSettings.ofItems());
    }

    /**
     * Starts setting options from those that predict ratings well: {@code predictRatings}, similarity {@link
     * Similarity#ADJUSTED_COSINE}, 400 neighbors, shrinkage 50.
     */
    public static Builder forRatings() {
        return builder()
                .predictRatings(true)
                .similarity(Similarity.ADJUSTED_COSINE)
                .neighbors(400)
                .shrinkage(50)
                .asymmetry(0.5);
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

        /**
         * Sets how many interactions of one user are compared with each other, at least 1, default 2000; of a longer history that is a
         * random part. Bounds the time that a crawler in the data can cost.
         */
        public Builder maxHistory(int interactions) {
            settings.limit = Options.inRange("maxHistory", interactions, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Returns the algorithm. */
        public ItemKnn build() {
            return new ItemKnn(this);
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
            return trainRatings(data, training);
        }
        double exponent = data.feedback() == Feedback.EXPLICIT ? 0 : settings.weightExponent;
        Interactions users = data.positives().transpose();
        Interactions vectors = new TermWeights(users, settings.weighting, exponent, 0).of(users);
        return new ItemItemModel(name(), neighbors(vectors, false, training), data.positiveFrom(), exponent);
    }

    private Model trainRatings(TrainingData data, Training training) {
        Interactions ratings = data.interactions();
        float middle = (data.minRating() + data.maxRating()) / 2;
        Baseline baseline = settings.centering == Centering.BASELINE
                ? Baseline.ofBoth(ratings, middle)
                : Baseline.ofItems(ratings, middle);
        Baseline reference = settings.reference(ratings, baseline, Baseline.ofUsers(ratings, middle));
        Interactions vectors = reference.deviations(ratings).transpose();
        return new ItemRatingModel(name(), baseline, neighbors(vectors, true, training));
    }

    /** Returns the similarities with a row per neighbor, which holds the items that have it as one. */
    private Interactions neighbors(Interactions vectors, boolean ratings, Training training) {
        Comparison comparison = new Comparison(vectors, settings.measure(ratings), settings.limit);
        return Neighborhoods.of(vectors, comparison, settings.neighbors, settings.amplification, training);
    }

    @Override
    public Model restore(ModelState state) {
        return state.has("baseline") ? ItemRatingModel.restore(name(), state) : ItemItemModel.restore(name(), state);
    }
}
