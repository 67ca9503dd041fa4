package org.recommender4j.streaming;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.recommender4j.data.Profile;

/**
 * Compares what people take now with what they took when the model was new, or right before: the items of two windows of equally many
 * interactions, by their triangular discrimination, sum of (p - q)^2 / (p + q) over items, halved so that it goes from 0 for equal
 * shares to 1 for nothing in common (F. Topsoe, Some inequalities for information divergence and related measures of
 * discrimination, IEEE Transactions on Information Theory 2000). Two samples of one distribution differ by chance too; what is
 * expected of that, the degrees of freedom of the chi-squared statistic, is subtracted, so that the estimate does not grow with
 * the number of items. Called by one thread at a time; memory for the items of two windows.
 */
final class DriftTrigger implements LiveSignal {
    private final int window;
    private final double threshold;
    private final Runnable action;
    private final LongSupplier serving;
    private final boolean sinceTraining;
    private long generation;
    private Map<Integer, Integer> reference;
    private Map<Integer, Integer> last = Map.of();
    private Map<Integer, Integer> current = new HashMap<>();
    private int count;

    /**
     * Makes a trigger.
     *
     * @param serving the number of the generation that serves; a new one starts with a new reference
     * @param trained a window of what the first one was trained on, to compare also the first events of each with what came
     *     before; empty to compare with those events
     */
    DriftTrigger(int window, double threshold, LongSupplier serving, Map<Integer, Integer> trained, Runnable action) {
        this.window = window;
        reference = trained;
        sinceTraining = !trained.isEmpty();
        this.threshold = threshold;
        this.serving = serving;
        this.action = action;
        generation = serving.getAsLong();
    }

    @Override
    public void apply(int user, int item, float weight, long time, Supplier<Profile> before, Event<?, ?> event) {
        if (weight <= 0) {
            return;
        }
        long now = serving.getAsLong();
        if (now != generation) {
            generation = now;
            if (!sinceTraining) {
                reference = Map.of();
                current = new HashMap<>();
                count = 0;
            } else if (!last.isEmpty()) {
                reference = last;
            }
        }
        current.merge(item, 1, Integer::sum);
        if (++count < window) {
            return;
        }
        if (reference.isEmpty()) {
            reference = current;
        } else if (distance(reference, current, window) > threshold) {
            action.run();
        }
        last = current;
        current = new HashMap<>();
        count = 0;
    }

    @Override
    public Optional<String> forget(Profile history) {
        return Optional.empty();
    }

    /** Returns the estimated distance of the distributions behind two samples of equal size, at most 1; about 0 for the same. */
    static double distance(Map<Integer, Integer> a, Map<Integer, Integer> b, int size) {
        double chiSquared = 0;
        int items = a.size();
        for (Map.Entry<Integer, Integer> entry : a.entrySet()) {
            double x = entry.getValue();
            double y = b.getOrDefault(entry.getKey(), 0);
            chiSquared += (x - y) * (x - y) / (x + y);
        }
        for (Map.Entry<Integer, Integer> entry : b.entrySet()) {
            if (!a.containsKey(entry.getKey())) {
                chiSquared += entry.getValue();
                items++;
            }
        }
        return (chiSquared - (items - 1)) / (2.0 * size);
    }
}
