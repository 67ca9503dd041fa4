package org.recommender4j.eval;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** A metric of all users' lists together: which items they show, and how often. Immutable; thread-safe. */
public final class CatalogueMetric implements Metric {
    private final String name;
    private final int cutoff;
    private final ToDoubleFunction<int[]> formula;

    CatalogueMetric(String name, int cutoff, ToDoubleFunction<int[]> formula) {
        this.name = name;
        this.cutoff = cutoff;
        this.formula = formula;
    }

    @Override
    public String name() {
        return name;
    }

    /** Returns how many places of each list count. */
    public int cutoff() {
        return cutoff;
    }

    /**
     * Returns the value, or NaN if it is undefined.
     *
     * @param exposure for each item of the catalogue, how many lists show it; only read
     */
    public double of(int[] exposure) {
        return formula.applyAsDouble(exposure);
    }

    static double coverageOf(int[] exposure) {
        int shown = 0;
        for (int count : exposure) {
            shown += count > 0 ? 1 : 0;
        }
        return exposure.length == 0 ? Double.NaN : (double) shown / exposure.length;
    }

    static double giniOf(int[] exposure) {
        int[] ascending = exposure.clone();
        Arrays.sort(ascending);
        int n = ascending.length;
        double weighted = 0;
        double total = 0;
        for (int i = 0; i < n; i++) {
            weighted += (2.0 * (i + 1) - n - 1) * ascending[i];
            total += ascending[i];
        }
        return total == 0 ? Double.NaN : weighted / (n * total);
    }
}
