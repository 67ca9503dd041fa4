package org.recommender4j.bench;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * A ticker that remembers when it was asked. A training asks at its start and after each iteration, so the distances are the
 * iterations' times; and unlike with a listener, it does not compute the loss for it.
 */
final class IterationTimes implements LongSupplier {
    private long[] ticks = new long[64];
    private int size;

    @Override
    public synchronized long getAsLong() {
        long now = System.nanoTime();
        if (size == ticks.length) {
            ticks = Arrays.copyOf(ticks, 2 * size);
        }
        ticks[size++] = now;
        return now;
    }

    synchronized int iterations() {
        return Math.max(0, size - 1);
    }

    /** The median, which leaves out the start of the virtual machine; NaN if there was no iteration. */
    synchronized double medianSeconds() {
        long[] distances = new long[iterations()];
        for (int k = 0; k < distances.length; k++) {
            distances[k] = ticks[k + 1] - ticks[k];
        }
        Arrays.sort(distances);
        int n = distances.length;
        return n == 0 ? Double.NaN : (distances[(n - 1) / 2] + distances[n / 2]) / 2e9;
    }
}
