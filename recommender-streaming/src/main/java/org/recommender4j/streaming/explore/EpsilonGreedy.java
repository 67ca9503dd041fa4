package org.recommender4j.streaming.explore;

import java.util.List;
import java.util.SplittableRandom;
import org.recommender4j.Recommendation;

/**
 * Keeps the order of the candidates, but fills each position with some probability by any of them. The simplest way to try
 * things, and the one whose log is easiest to evaluate with: every candidate has a known chance. Learns nothing itself; the
 * recommender behind it does.
 *
 * @since 0.1
 */
public final class EpsilonGreedy<I> extends AbstractExplorer<I> {
    private static final double[] NO_FEATURES = {};

    /**
     * Makes an explorer.
     *
     * @param epsilon probability that a position is filled at random, 0 to 1
     * @param seed of the random choices
     */
    public EpsilonGreedy(double epsilon, long seed) {
        super(Arguments.probability("epsilon", epsilon), seed);
    }

    @Override
    Round begin(List<Recommendation<I>> candidates, double[] context, SplittableRandom random) {
        double[] values = new double[candidates.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = -k;
        }
        return new Round() {
            @Override
            public void probabilities(boolean[] left, double[] out) {
                putOnBest(values, left, out);
            }

            @Override
            public double[] features(int candidate) {
                return NO_FEATURES;
            }
        };
    }

    @Override
    void update(Impression<I> impression, double reward) {}
}
