package org.recommender4j.neighborhood;

import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.Options;
import org.recommender4j.model.TrainingData;

/** The options that {@link ItemKnn} and {@link UserKnn} share, each checked when it is set. */
final class KnnSettings {
    private static final int MAX_NEIGHBORS = 1_000_000;

    Similarity similarity = Similarity.COSINE;
    Weighting weighting = Weighting.TFIDF;
    int neighbors = 200;
    double shrinkage;
    int significance;
    double asymmetry = 0.5;
    double amplification = 1;
    double weightExponent;
    double popularityPenalty;
    int limit = 2000;
    boolean predictRatings;
    Centering centering = Centering.BASELINE;

    /** Returns the defaults of {@link ItemKnn}. */
    static KnnSettings ofItems() {
        KnnSettings settings = new KnnSettings();
        settings.shrinkage = 2;
        settings.asymmetry = 0.6;
        return settings;
    }

    /** Returns the defaults of {@link UserKnn}. */
    static KnnSettings ofUsers() {
        KnnSettings settings = new KnnSettings();
        settings.amplification = 1.5;
        settings.popularityPenalty = 0.25;
        return settings;
    }

    KnnSettings copy() {
        KnnSettings copy = new KnnSettings();
        copy.similarity = similarity;
        copy.weighting = weighting;
        copy.neighbors = neighbors;
        copy.shrinkage = shrinkage;
        copy.significance = significance;
        copy.asymmetry = asymmetry;
        copy.amplification = amplification;
        copy.weightExponent = weightExponent;
        copy.popularityPenalty = popularityPenalty;
        copy.limit = limit;
        copy.predictRatings = predictRatings;
        copy.centering = centering;
        return copy;
    }

    void neighbors(int neighbors) {
        this.neighbors = Options.inRange("neighbors", neighbors, 1, MAX_NEIGHBORS);
    }

    void shrinkage(double shrinkage) {
        this.shrinkage = Options.inRange("shrinkage", shrinkage, 0, 1e9);
    }

    void significance(int significance) {
        this.significance = Options.inRange("significance", significance, 0, 1_000_000_000);
    }

    void asymmetry(double asymmetry) {
        this.asymmetry = Options.inRange("asymmetry", asymmetry, 0, 1);
    }

    void amplification(double amplification) {
        this.amplification = Options.inRange("amplification", amplification, 0.1, 10);
    }

    void weightExponent(double exponent) {
        weightExponent = Options.inRange("weightExponent", exponent, 0, 8);
    }

    void popularityPenalty(double penalty) {
        popularityPenalty = Options.inRange("popularityPenalty", penalty, 0, 2);
    }

    void limit(String name, int limit) {
        this.limit = Options.inRange(name, limit, 1, Integer.MAX_VALUE);
    }

    /** Tells whether to predict ratings. */
    boolean predicts(TrainingData data) {
        boolean ratings = predictRatings && data.feedback() == Feedback.EXPLICIT;
        if (!ratings && similarity == Similarity.ADJUSTED_COSINE) {
            throw new IllegalArgumentException(
                    "similarity adjusted_cosine compares ratings: it needs explicit feedback and predictRatings");
        }
        return ratings;
    }

    /**
     * Returns how vectors are compared: the one looked at is that of the item to score or of the user to answer, the other
     * that of an item of the history or of a neighbor.
     */
    Measure measure(boolean ratings) {
        boolean deviations = ratings && (similarity == Similarity.PEARSON || similarity == Similarity.ADJUSTED_COSINE);
        boolean conditional = similarity == Similarity.CONDITIONAL_PROBABILITY;
        return new Measure(
                similarity,
                deviations,
                conditional ? 0 : 1 - asymmetry,
                conditional ? 1 : asymmetry,
                shrinkage,
                significance);
    }

    /** Returns what the values to compare deviate from. */
    Baseline reference(Interactions ratings, Baseline predictions, Baseline otherSide) {
        return switch (similarity) {
            case PEARSON -> predictions;
            case ADJUSTED_COSINE -> otherSide;
            default -> Baseline.zero(ratings.rows(), ratings.columns());
        };
    }
}
