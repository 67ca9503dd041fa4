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
 * <p>Each item keeps its {@link Builder#neighbors} most similar items. The score of an item is the sum of its similarities to the
 * neighbors that are in the history. With {@link Builder#predictRatings}, for explicit feedback, the score is a rating:
 *
 * <pre>
 *   b(u,i) + sum over neighbors j of s(i,j) (r(u,j) - b(u,j)) / (0.5 + sum over neighbors j of s(i,j))
 * </pre>
 *
 * where the neighbors are those that the user rated, and b is what {@link Builder#centering} says; not clipped to the scale.
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
    private static final Options<Builder> OPTIONS = Options.<Builder>of("ItemKnn")
            .choice("similarity", Similarity.class, b -> b.settings.similarity, Builder::similarity)
            .choice("weighting", Weighting.class, b -> b.settings.weighting, Builder::weighting)
            .integer("neighbors", b -> b.settings.neighbors, Builder::neighbors)
            .number("shrinkage", b -> b.settings.shrinkage, Builder::shrinkage)
            .integer("significance", b -> b.settings.significance, Builder::significance)
            .number("asymmetry", b -> b.settings.asymmetry, Builder::asymmetry)
            .number("amplification", b -> b.settings.amplification, Builder::amplification)
            .number("weightExponent", b -> b.settings.weightExponent, Builder::weightExponent)
            .integer("maxHistory", b -> b.settings.limit, Builder::maxHistory)
            .flag("predictRatings", b -> b.settings.predictRatings, Builder::predictRatings)
            .choice("centering", Centering.class, b -> b.settings.centering, Builder::centering);

    private final KnnSettings settings;

    /** Makes the algorithm with its default options. */
    public ItemKnn() {
        this(builder());
    }

    private ItemKnn(Builder builder) {
        settings = builder.settings.copy();
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
    public static final class Builder {
        private final KnnSettings settings;

        private Builder(KnnSettings settings) {
            this.settings = settings;
        }

        /** Sets how items are compared; default {@link Similarity#COSINE}. */
        public Builder similarity(Similarity similarity) {
            settings.similarity = similarity;
            return this;
        }

        /** Sets what an interaction weighs in a comparison of likes; default {@link Weighting#TFIDF}. Not used for ratings. */
        public Builder weighting(Weighting weighting) {
            settings.weighting = weighting;
            return this;
        }

        /** Sets how many similar items each item keeps; 1 to 1,000,000, default 200. */
        public Builder neighbors(int neighbors) {
            settings.neighbors(neighbors);
            return this;
        }

        /**
         * Sets how strongly a similarity with little evidence is drawn to 0: it is multiplied with {@code n / (n + shrinkage)} for n
         * common users; 0 to 1e9, default 2.
         */
        public Builder shrinkage(double shrinkage) {
            settings.shrinkage(shrinkage);
            return this;
        }

        /**
         * Sets up to how many common users a similarity is scaled down: by {@code min(n, significance) / significance} for n
         * common users (Herlocker et al., SIGIR 1999); 0 to 1e9, default 0: never.
         */
        public Builder significance(int significance) {
            settings.significance(significance);
            return this;
        }

        /**
         * Sets whose popularity a cosine divides by: {@code x'y / (|x|^(2 - 2a) |y|^(2 a))}, y being the item of the history
         * (F. Aiolli, RecSys 2013); 0 to 1, default 0.6; 0.5 is the plain cosine, more favours popular items. Not used by other similarities.
         */
        public Builder asymmetry(double asymmetry) {
            settings.asymmetry(asymmetry);
            return this;
        }

        /** Sets the power to which similarities are taken (Breese et al., UAI 1998); 0.1 to 10, default 1. */
        public Builder amplification(double amplification) {
            settings.amplification(amplification);
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
         * Sets how many interactions of one user are compared with each other, at least 1, default 2000; of a longer history that is a
         * random part. Bounds the time that a crawler in the data can cost.
         */
        public Builder maxHistory(int interactions) {
            settings.limit("maxHistory", interactions);
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
        return OPTIONS.apply(options, new Builder(settings.copy())).build();
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
