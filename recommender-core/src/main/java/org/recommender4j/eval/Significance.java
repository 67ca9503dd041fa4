package org.recommender4j.eval;

import java.util.Arrays;
import java.util.Comparator;

/** Tests of whether differences are more than chance. */
final class Significance {
    private Significance() {}

    /** The two-sided p-value of the t-test of a mean of 0; NaN values are left out, less than two are NaN. */
    static double tTest(double[] differences) {
        int n = defined(differences);
        double mean = Evaluation.mean(differences);
        double squares = 0;
        for (double difference : differences) {
            squares += Double.isNaN(difference) ? 0 : (difference - mean) * (difference - mean);
        }
        if (n < 2) {
            return Double.NaN;
        }
        double error = Math.sqrt(squares / (n - 1) / n);
        return error == 0 && mean == 0 ? 1 : StudentT.twoSided(mean / error, n - 1);
    }

    static int defined(double[] values) {
        return (int) Arrays.stream(values).filter(value -> !Double.isNaN(value)).count();
    }

    /** The p-values after Holm's correction, in the given order; undefined ones stay so and don't count. */
    static double[] holm(double[] pValues) {
        Integer[] order = new Integer[pValues.length];
        Arrays.setAll(order, k -> k);
        Arrays.sort(order, Comparator.comparingDouble(k -> pValues[k]));
        double[] result = new double[pValues.length];
        int remaining = defined(pValues);
        double largest = 0;
        for (int k : order) {
            largest = Math.max(largest, Math.min(1, pValues[k] * Math.max(1, remaining--)));
            result[k] = Double.isNaN(pValues[k]) ? Double.NaN : largest;
        }
        return result;
    }
}
