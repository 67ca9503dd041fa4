package org.recommender4j.streaming.online;

import org.recommender4j.model.Options;
import org.recommender4j.model.Scorer;

/**
 * Sums of weights by key (an item, a category) in which what is old counts less: a weight halves with every half-life. Adding
 * is O(1); nothing is ever rescanned, except once in 256 half-lives. Memory: 8 bytes a key.
 *
 * <p>One thread at a time adds; any number reads, without locks.
 */
public final class DecayedCounts {
    private volatile Generation generation;
    private volatile int keys;
    private volatile long newest;

    private record Generation(Decay decay, Numbers sums) {}

    /**
     * Makes empty counts.
     *
     * @param halfLifeDays after how many days a weight counts half; more than 0, infinity for never
     */
    public DecayedCounts(double halfLifeDays) {
        Options.inRange("halfLifeDays", halfLifeDays, Double.MIN_NORMAL, Double.POSITIVE_INFINITY);
        generation = new Generation(Decay.ofDays(halfLifeDays), new Numbers());
    }

    /**
     * Adds a weight to the sum of a key.
     *
     * @param key at least 0
     * @param weight finite; negative to take back
     * @param time when, in milliseconds since the epoch; may be in the past of what was added before
     */
    public void add(int key, double weight, long time) {
        Check.index("key", key);
        Generation current = generation;
        if (current.decay.isWorn(time)) {
            Decay fresh = current.decay.withLandmark(time);
            current = new Generation(fresh, current.sums.scaled(keys, current.decay.factorTo(fresh)));
            generation = current;
        }
        current.sums.add(key, weight * current.decay.weight(time));
        if (time > newest) {
            newest = time;
        }
        if (key >= keys) {
            keys = key + 1;
        }
    }

    /** Sets the sum of a key to exactly 0. */
    void clear(int key) {
        generation.sums.set(key, 0.0);
    }

    /** Returns one more than the largest key that was added to. */
    public int keys() {
        return keys;
    }

    /** Returns the newest time that was added, 0 at first. */
    public long newest() {
        return newest;
    }

    /** Returns the sum of a key as it is worth at the newest time that was added; 0 for a key that never was. */
    public double value(int key) {
        return valueAt(key, newest);
    }

    /** Returns the sum of a key as it is worth at a time. */
    public double valueAt(int key, long time) {
        Generation current = generation;
        double sum = current.sums.get(key);
        return sum == 0.0 ? 0.0 : sum / current.decay.weight(time);
    }

    /** Returns the sums of all keys as they are worth at the newest time. */
    public float[] values() {
        float[] result = new float[keys];
        scorer().score(0, result.length, result);
        return result;
    }

    /** Returns the sums as scores, as they are worth at the newest time of now. */
    Scorer scorer() {
        Generation current = generation;
        double now = current.decay.weight(newest);
        return (from, to, scores) -> {
            for (int key = from; key < to; key++) {
                scores[key - from] = ScoreMap.finite(current.sums.get(key) / now);
            }
        };
    }
}
