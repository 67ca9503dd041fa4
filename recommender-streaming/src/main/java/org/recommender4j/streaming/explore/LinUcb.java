package org.recommender4j.streaming.explore;

import java.util.List;
import java.util.SplittableRandom;
import org.recommender4j.Recommendation;

/**
 * Shows what may be best by a linear model of features: the expected reward plus a multiple of its uncertainty. Learns over
 * items and situations at once, so that new items are judged by their features.
 *
 * <p>The choice itself is not random, so its log would say nothing of other choices; the part {@code epsilon} of them therefore goes
 * to anything. A choice costs O(candidates x dimensions^2), learning O(dimensions^2); memory 8 dimensions^2 bytes.
 *
 * <p>Source: L. Li, W. Chu, J. Langford, R. E. Schapire: A Contextual-Bandit Approach to Personalized News Article
 * Recommendation, WWW 2010; with one set of weights for all items.
 *
 * @since 0.1
 */
public final class LinUcb<I> extends AbstractExplorer<I> {
    /** Describes an item in a situation. */
    @FunctionalInterface
    public interface FeatureFunction<I> {
        /** Returns a new array of as many finite numbers as there are dimensions. */
        double[] features(Recommendation<I> candidate, double[] context);
    }

    private final int dimensions;
    private final FeatureFunction<I> function;
    private final double alpha;
    /** The inverse of the ridge matrix, kept by rank-one corrections; and the sum of rewarded features. */
    private final double[][] inverse;

    private final double[] rewarded;

    /**
     * Makes an explorer.
     *
     * @param dimensions the number of features, 1 to 1000
     * @param function gives the features
     * @param alpha how much the uncertainty counts, at least 0; for example 0.5
     * @param epsilon part of the choices that goes to anything, 0 to 1; for example 0.05
     * @param seed of the random choices
     */
    public LinUcb(int dimensions, FeatureFunction<I> function, double alpha, double epsilon, long seed) {
        super(Arguments.probability("epsilon", epsilon), seed);
        if (dimensions < 1 || dimensions > 1000) {
            throw new IllegalArgumentException("dimensions must be from 1 to 1000, but is " + dimensions);
        }
        if (!(alpha >= 0 && alpha < Double.MAX_VALUE)) {
            throw new IllegalArgumentException("alpha must be at least 0, but is " + alpha);
        }
        this.dimensions = dimensions;
        this.function = function;
        this.alpha = alpha;
        inverse = new double[dimensions][dimensions];
        for (int k = 0; k < dimensions; k++) {
            inverse[k][k] = 1.0;
        }
        rewarded = new double[dimensions];
    }

    @Override
    Round begin(List<Recommendation<I>> candidates, double[] context, SplittableRandom random) {
        double[][] features = new double[candidates.size()][];
        double[] values = new double[features.length];
        for (int k = 0; k < features.length; k++) {
            features[k] = checked(function.features(candidates.get(k), context));
            double[] spread = times(features[k]);
            double uncertainty = Math.sqrt(Math.max(0, dot(spread, features[k])));
            values[k] = dot(spread, rewarded) + alpha * uncertainty;
        }
        return new Round() {
            @Override
            public void probabilities(boolean[] left, double[] out) {
                putOnBest(values, left, out);
            }

            @Override
            public double[] features(int candidate) {
                return features[candidate];
            }
        };
    }

    private double[] checked(double[] features) {
        if (features.length != dimensions) {
            throw new IllegalArgumentException(features.length + " features instead of " + dimensions);
        }
        for (double feature : features) {
            if (!Double.isFinite(feature)) {
                throw new IllegalArgumentException("a feature is " + feature);
            }
        }
        return features;
    }

    @Override
    void update(Impression<I> impression, double reward) {
        double[] x = checked(impression.features());
        double[] spread = times(x);
        double scale = 1 + dot(spread, x);
        for (int a = 0; a < dimensions; a++) {
            for (int b = 0; b < dimensions; b++) {
                inverse[a][b] -= spread[a] * spread[b] / scale;
            }
            rewarded[a] += reward * x[a];
        }
    }

    /** Returns the reward that is expected for features. */
    public synchronized double expectedReward(double[] features) {
        return dot(times(checked(features)), rewarded);
    }

    private double[] times(double[] x) {
        double[] result = new double[dimensions];
        for (int k = 0; k < dimensions; k++) {
            result[k] = dot(inverse[k], x);
        }
        return result;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
