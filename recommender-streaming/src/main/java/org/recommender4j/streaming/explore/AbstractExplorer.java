package org.recommender4j.streaming.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.recommender4j.Recommendation;

/**
 * Draws each position from the probabilities that a subclass gives for what is left. So the probability that is noted is the
 * very one of the draw, whatever it was computed from.
 */
abstract class AbstractExplorer<I> implements Explorer<I> {
    private final double epsilon;
    private final SplittableRandom random;

    AbstractExplorer(double epsilon, long seed) {
        this.epsilon = epsilon;
        random = new SplittableRandom(seed);
    }

    /** What is known of the candidates of one call. */
    interface Round {
        /** Writes to {@code out} how likely each of the candidates left is the best choice; the sum is 1, others get 0. */
        void probabilities(boolean[] left, double[] out);

        /** Returns what to note of a candidate. */
        double[] features(int candidate);
    }

    abstract Round begin(List<Recommendation<I>> candidates, double[] context, SplittableRandom random);

    abstract void update(Impression<I> impression, double reward);

    @Override
    public synchronized List<Impression<I>> choose(List<Recommendation<I>> candidates, int n, double[] context) {
        if (n < 0) {
            throw new IllegalArgumentException("n must not be negative, but is " + n);
        }
        int size = candidates.size();
        boolean[] left = new boolean[size];
        Arrays.fill(left, true);
        double[] probabilities = new double[size];
        Round round = begin(candidates, context, random);
        List<Impression<I>> shown = new ArrayList<>();
        for (int position = 0; position < Math.min(n, size); position++) {
            fill(round, left, size - position, probabilities);
            int chosen = draw(probabilities, left);
            left[chosen] = false;
            shown.add(new Impression<>(
                    candidates.get(chosen).item(),
                    position,
                    Math.min(1.0, probabilities[chosen]),
                    round.features(chosen)));
        }
        return List.copyOf(shown);
    }

    private void fill(Round round, boolean[] left, int count, double[] probabilities) {
        round.probabilities(left, probabilities);
        for (int k = 0; k < left.length; k++) {
            probabilities[k] = left[k] ? (1 - epsilon) * probabilities[k] + epsilon / count : 0.0;
        }
    }

    private int draw(double[] probabilities, boolean[] left) {
        double at = random.nextDouble();
        int last = -1;
        for (int k = 0; k < probabilities.length; k++) {
            if (left[k] && probabilities[k] > 0) {
                last = k;
                at -= probabilities[k];
                if (at < 0) {
                    return k;
                }
            }
        }
        return last;
    }

    @Override
    public synchronized void learn(Impression<I> impression, double reward) {
        if (!(reward >= 0 && reward <= 1)) {
            throw new IllegalArgumentException("reward must be from 0 to 1, but is " + reward);
        }
        update(impression, reward);
    }

    @Override
    public synchronized double[] probabilities(List<Recommendation<I>> candidates, double[] context) {
        double[] result = new double[candidates.size()];
        boolean[] left = new boolean[result.length];
        Arrays.fill(left, true);
        if (result.length > 0) {
            // A stream of its own, so that looking changes nothing.
            fill(begin(candidates, context, new SplittableRandom(result.length)), left, result.length, result);
        }
        return result;
    }

    /** Gives all probability to the largest value of those left, the first of equals. */
    static void putOnBest(double[] values, boolean[] left, double[] out) {
        int best = -1;
        for (int k = 0; k < values.length; k++) {
            out[k] = 0.0;
            if (left[k] && (best < 0 || values[k] > values[best])) {
                best = k;
            }
        }
        if (best >= 0) {
            out[best] = 1.0;
        }
    }
}
