package org.recommender4j.neighborhood;

import org.recommender4j.model.Options;

/**
 * The setters that {@link ItemKnn} and {@link UserKnn} share.
 *
 * @param <B> the builder itself
 */
abstract class KnnBuilder<B extends KnnBuilder<B>> {
    final KnnSettings settings;

    KnnBuilder(KnnSettings settings) {
        this.settings = settings;
    }

    /** Starts a table of options with those that come first. */
    static <B extends KnnBuilder<B>> Options<B> table(String name) {
        return Options.<B>of(name)
                .choice("similarity", Similarity.class, b -> b.settings.similarity, KnnBuilder::similarity)
                .choice("weighting", Weighting.class, b -> b.settings.weighting, KnnBuilder::weighting)
                .integer("neighbors", b -> b.settings.neighbors, KnnBuilder::neighbors)
                .number("shrinkage", b -> b.settings.shrinkage, KnnBuilder::shrinkage)
                .integer("significance", b -> b.settings.significance, KnnBuilder::significance)
                .number("asymmetry", b -> b.settings.asymmetry, KnnBuilder::asymmetry)
                .number("amplification", b -> b.settings.amplification, KnnBuilder::amplification);
    }

    /** Returns this, as the type that it is. */
    abstract B self();

    /** Sets how items, or users, are compared; default {@link Similarity#COSINE}. */
    public B similarity(Similarity similarity) {
        settings.similarity = similarity;
        return self();
    }

    /** Sets what an interaction weighs in a comparison of likes; default {@link Weighting#TFIDF}. Not used for ratings. */
    public B weighting(Weighting weighting) {
        settings.weighting = weighting;
        return self();
    }

    /**
     * Sets how many similar items each item keeps, or with {@code UserKnn} how many similar users vote; 1 to 1,000,000,
     * default 200.
     */
    public B neighbors(int neighbors) {
        settings.neighbors = Options.inRange("neighbors", neighbors, 1, 1_000_000);
        return self();
    }

    /**
     * Sets how strongly a similarity with little evidence is drawn to 0: it is multiplied with {@code n / (n + shrinkage)} for n
     * common users, or items; 0 to 1e9, default 2 for {@code ItemKnn} and 0 for {@code UserKnn}.
     */
    public B shrinkage(double shrinkage) {
        settings.shrinkage = Options.inRange("shrinkage", shrinkage, 0, 1e9);
        return self();
    }

    /**
     * Sets up to how many common users, or items, a similarity is scaled down: by {@code min(n, significance) / significance}
     * for n of them (Herlocker et al., SIGIR 1999); 0 to 1e9, default 0: never.
     */
    public B significance(int significance) {
        settings.significance = Options.inRange("significance", significance, 0, 1_000_000_000);
        return self();
    }

    /**
     * Sets whose length a cosine divides by: {@code x'y / (|x|^(2 - 2a) |y|^(2 a))}, y being the item of the history, or the
     * neighbor of a user (F. Aiolli, RecSys 2013); 0 to 1, default 0.6 for {@code ItemKnn} and 0.5 for {@code UserKnn}, which
     * is the plain cosine. More favours popular items, less favours neighbors with long histories. Not used by other
     * similarities.
     */
    public B asymmetry(double asymmetry) {
        settings.asymmetry = Options.inRange("asymmetry", asymmetry, 0, 1);
        return self();
    }

    /**
     * Sets the power to which similarities are taken (Breese et al., UAI 1998); 0.1 to 10, default 1 for {@code ItemKnn} and 1.5
     * for {@code UserKnn}.
     */
    public B amplification(double amplification) {
        settings.amplification = Options.inRange("amplification", amplification, 0.1, 10);
        return self();
    }

    /**
     * Sets the power to which the weights of implicit feedback, such as play counts, are taken; 0 to 8. The default 0
     * counts each interaction as 1. Not used for explicit feedback.
     */
    public B weightExponent(double exponent) {
        settings.weightExponent = Options.inRange("weightExponent", exponent, 0, 8);
        return self();
    }

    /** Sets whether scores are ratings, if the feedback is explicit; default false. Lists are better without. */
    public B predictRatings(boolean predict) {
        settings.predictRatings = predict;
        return self();
    }

    /** Sets what ratings are deviations from; default {@link Centering#BASELINE}. Used for ratings only. */
    public B centering(Centering centering) {
        settings.centering = centering;
        return self();
    }
}
