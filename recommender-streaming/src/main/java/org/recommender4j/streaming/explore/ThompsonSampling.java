package org.recommender4j.streaming.explore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.recommender4j.Recommendation;

/**
 * Shows an item as often as it is probably the best one, by what is known of its clicks: Thompson sampling with a Beta
 * distribution per item. Good for small sets of items that get many impressions each: a front page, a banner.
 *
 * <p>The probability of being best has no simple form. So a number of samples is drawn from all distributions, the share of those
 * in which an item wins is taken as its probability, and the choice is drawn from these shares: the noted propensity is
 * exact. The part {@code epsilon} of the choices goes to anything, so that no propensity is 0.
 *
 * <p>A choice costs O(samples x candidates). Memory: an entry per item that was learned of.
 *
 * <p>Source: O. Chapelle, L. Li: An Empirical Evaluation of Thompson Sampling, NIPS 2011.
 *
 * @since 0.1
 */
public final class ThompsonSampling<I> extends AbstractExplorer<I> {
    private static final int SAMPLES = 64;
    private static final double[] NO_FEATURES = {};

    private final double priorClicks;
    private final double priorMisses;
    private final Map<I, double[]> counts = new HashMap<>();

    /**
     * Makes an explorer.
     *
     * @param priorClicks what a new item counts as having been clicked, more than 0; for example 1
     * @param priorMisses what a new item counts as having been shown without a click, more than 0; for example 20
     * @param epsilon part of the choices that goes to anything, 0 to 1; for example 0.02
     * @param seed of the random choices
     */
    public ThompsonSampling(double priorClicks, double priorMisses, double epsilon, long seed) {
        super(Arguments.probability("epsilon", epsilon), seed);
        this.priorClicks = Arguments.positive("priorClicks", priorClicks);
        this.priorMisses = Arguments.positive("priorMisses", priorMisses);
    }

    @Override
    Round begin(List<Recommendation<I>> candidates, double[] context, SplittableRandom random) {
        int size = candidates.size();
        double[][] samples = new double[SAMPLES][size];
        for (int k = 0; k < size; k++) {
            double[] count = counts.getOrDefault(candidates.get(k).item(), NO_FEATURES);
            double clicks = priorClicks + (count.length == 0 ? 0 : count[0]);
            double misses = priorMisses + (count.length == 0 ? 0 : count[1]);
            for (int s = 0; s < SAMPLES; s++) {
                samples[s][k] = beta(clicks, misses, random);
            }
        }
        double[] winner = new double[size];
        return new Round() {
            @Override
            public void probabilities(boolean[] left, double[] out) {
                java.util.Arrays.fill(out, 0.0);
                for (double[] sample : samples) {
                    putOnBest(sample, left, winner);
                    for (int k = 0; k < size; k++) {
                        out[k] += winner[k] / SAMPLES;
                    }
                }
            }

            @Override
            public double[] features(int candidate) {
                return NO_FEATURES;
            }
        };
    }

    @Override
    void update(Impression<I> impression, double reward) {
        double[] count = counts.computeIfAbsent(impression.item(), item -> new double[2]);
        count[0] += reward;
        count[1] += 1 - reward;
    }

    /** Returns the expected reward of an item by what is known. */
    public synchronized double expectedReward(I item) {
        double[] count = counts.getOrDefault(item, new double[2]);
        return (priorClicks + count[0]) / (priorClicks + priorMisses + count[0] + count[1]);
    }

    static double beta(double a, double b, SplittableRandom random) {
        double x = gamma(a, random);
        double y = gamma(b, random);
        return x + y > 0 ? x / (x + y) : 0.5;
    }

    /** G. Marsaglia, W. W. Tsang: A Simple Method for Generating Gamma Variables, TOMS 2000. */
    private static double gamma(double shape, SplittableRandom random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = gaussian(random);
            double v = 1 + c * x;
            if (v > 0) {
                v = v * v * v;
                double u = 1 - random.nextDouble();
                if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                    return d * v;
                }
            }
        }
    }

    private static double gaussian(SplittableRandom random) {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
