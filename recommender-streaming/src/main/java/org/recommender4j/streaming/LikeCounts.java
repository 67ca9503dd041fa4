package org.recommender4j.streaming;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.recommender4j.model.Scorer;

/**
 * How many people like each item of late: the sum over the users who like it of {@code 2^(-age / halfLife)}, where the
 * age is that of the user's last event with the item. A user counts at most once per item, so nobody lifts an item
 * alone, and what a user contributes follows from the history.
 *
 * <p>Forward decay (Cormode et al., ICDE 2009): a contribution is stored as {@code 2^((time - landmark) / halfLife)},
 * so that time passing changes nothing that is stored; the landmark moves before numbers overflow. One thread writes;
 * any thread reads without a lock. Memory: 12 bytes per item.
 */
final class LikeCounts {
    private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(double[].class);
    private static final double MAX_EXPONENT = 500;
    /** Orders items that nobody liked of late by how many ever did. */
    private static final double EVER = 1e-6;

    private final double halfLife;
    private volatile Numbers numbers;
    private volatile long now;
    /** Later times are those of a clock that was wrong, and count as this one. */
    private final long limit;
    /** Contributions of later times, how often: found when a state is read, hardly ever. */
    private final Map<Late, Integer> late = new HashMap<>();

    private boolean reading;

    private record Late(int item, long time) {}

    private record Numbers(long landmark, double[] values, int[] people) {}

    /**
     * Makes counts of zero, for reading a state until {@link #read}.
     *
     * @param halfLife in milliseconds, may be infinite
     * @param limit times of the state beyond it are those of a clock that was far ahead: they count as if they were at the limit,
     *     so that they neither keep all others down nor stay on top
     */
    LikeCounts(double halfLife, long landmark, long limit) {
        this.halfLife = halfLife;
        this.limit = limit;
        long start = Math.min(landmark, limit);
        numbers = new Numbers(start, new double[16], new int[16]);
        now = start;
        reading = true;
    }

    /** Takes all times as they are from now on; the caller has checked them. */
    void read() {
        reading = false;
    }

    private double exponent(long time, long landmark) {
        return (time - landmark) / halfLife;
    }

    /** Makes room for an item. */
    void grow(int items) {
        Numbers old = numbers;
        if (items > old.values.length) {
            int length = (int) Math.min(Integer.MAX_VALUE - 8, items + (long) (items >> 1));
            numbers = new Numbers(old.landmark, Arrays.copyOf(old.values, length), Arrays.copyOf(old.people, length));
        }
    }

    /** Counts one more user of an item. */
    void add(int item, long time) {
        if (reading && time > limit) {
            late.merge(new Late(item, time), 1, Integer::sum);
            change(item, limit, 1);
        } else {
            change(item, time, 1);
        }
    }

    /** Lets the time of an event pass, whatever it was. */
    void advance(long time) {
        long passed = reading ? Math.min(time, limit) : time;
        if (passed > now) {
            now = passed;
        }
    }

    /** Takes off what {@link #add} counted. */
    void remove(int item, long time) {
        if (!late.isEmpty() && late.computeIfPresent(new Late(item, time), (key, n) -> n - 1) != null) {
            late.remove(new Late(item, time), 0);
            change(item, limit, -1);
        } else {
            change(item, time, -1);
        }
    }

    private void change(int item, long time, int sign) {
        Numbers current = numbers;
        double exponent = exponent(time, current.landmark);
        if (exponent > MAX_EXPONENT) {
            current = moveTo(time, current);
            exponent = 0;
        }
        int people = Math.max(0, current.people[item] + sign);
        current.people[item] = people;
        double value = current.values[item] + sign * Math.pow(2, exponent);
        VALUE.setOpaque(current.values, item, people == 0 ? 0 : Math.max(0, value));
    }

    private Numbers moveTo(long landmark, Numbers old) {
        double factor = Math.pow(2, -exponent(landmark, old.landmark));
        double[] values = new double[old.values.length];
        for (int item = 0; item < values.length; item++) {
            values[item] = old.values[item] * factor;
        }
        Numbers moved = new Numbers(landmark, values, old.people);
        numbers = moved;
        return moved;
    }

    /** Returns the time of the latest event. */
    long now() {
        return now;
    }

    /** Returns the time as of which contributions are stored. */
    long landmark() {
        return numbers.landmark;
    }

    /** Returns how many users like an item, whenever it was. */
    int people(int item) {
        int[] people = numbers.people;
        return item < people.length ? people[item] : 0;
    }

    /**
     * Returns the counts as of the latest event, for the items that there were at this call; unscored where less than
     * so many people, or than one, like an item.
     */
    Scorer scorer(int least) {
        Numbers current = numbers;
        double factor = Math.pow(2, -exponent(now, current.landmark));
        return (from, to, scores) -> {
            for (int item = from; item < to; item++) {
                int people = item < current.people.length ? current.people[item] : 0;
                scores[item - from] = people < least
                        ? Scorer.UNSCORED
                        : (float) ((double) VALUE.getOpaque(current.values, item) * factor + EVER * people);
            }
        };
    }
}
