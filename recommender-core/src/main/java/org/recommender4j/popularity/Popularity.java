package org.recommender4j.popularity;

import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.ItemScores;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Recommends what most people like, the same to everybody: the baseline that every other algorithm has to beat, and the usual
 * fallback for users of whom nothing is known.
 *
 * <p>The score of an item is the sum over its positive interactions of {@code 2^(-age / halfLife)}, where the age is counted
 * back from the newest interaction of the data; without a half-life, or for data without times, the number of interactions.
 * Training takes one pass over the interactions, the model 4 bytes per item.
 *
 * @since 0.1
 */
public final class Popularity implements Algorithm {
    private static final double MILLIS_PER_DAY = 86_400_000.0;
    private static final Options<Builder> OPTIONS =
            Options.<Builder>of("Popularity").number("halfLifeDays", b -> b.halfLifeDays, Builder::halfLifeDays);

    private final double halfLifeDays;

    /** Makes the algorithm with its default options. */
    public Popularity() {
        this(builder());
    }

    private Popularity(Builder builder) {
        halfLifeDays = builder.halfLifeDays;
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets options. */
    public static final class Builder {
        private double halfLifeDays = Double.POSITIVE_INFINITY;

        private Builder() {}

        /** Sets after how many days an interaction counts half; more than 0, default infinity: every interaction counts 1. */
        public Builder halfLifeDays(double days) {
            halfLifeDays = Options.inRange("halfLifeDays", days, Double.MIN_NORMAL, Double.POSITIVE_INFINITY);
            return this;
        }

        /** Returns the algorithm. */
        public Popularity build() {
            return new Popularity(this);
        }
    }

    @Override
    public Map<String, String> options() {
        return OPTIONS.print(builder().halfLifeDays(halfLifeDays));
    }

    @Override
    public Algorithm with(Map<String, String> options) {
        return OPTIONS.apply(options, builder().halfLifeDays(halfLifeDays)).build();
    }

    @Override
    public Model train(TrainingData data, Training training) {
        Interactions positives = data.positives();
        if (Double.isInfinite(halfLifeDays) || !positives.hasTimes()) {
            return ItemScores.ofCounts(positives);
        }
        long newest = 0;
        for (int p = 0; p < positives.size(); p++) {
            newest = Math.max(newest, positives.time(p));
        }
        double[] sums = new double[positives.columns()];
        for (int p = 0; p < positives.size(); p++) {
            double ageDays = (newest - positives.time(p)) / MILLIS_PER_DAY;
            sums[positives.column(p)] += StrictMath.pow(2.0, -ageDays / halfLifeDays);
        }
        float[] scores = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            scores[i] = (float) sums[i];
        }
        return new ItemScores(name(), "recent interactions", scores);
    }

    @Override
    public Model restore(ModelState state) {
        return ItemScores.restore(name(), state);
    }
}
