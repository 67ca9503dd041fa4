package org.recommender4j.neighborhood;

import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.TrainingData;

/** The options that {@link ItemKnn} and {@link UserKnn} share, and what follows from them. */
final class KnnSettings {
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
