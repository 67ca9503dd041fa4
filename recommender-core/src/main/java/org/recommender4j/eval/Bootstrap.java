package org.recommender4j.eval;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.recommender4j.internal.util.Parallel;

/**
 * Means of resampled users (B. Efron, R. Tibshirani. An Introduction to the Bootstrap. 1993).
 *
 * <p>A resample is drawn once, as how often each user is in it, and serves all columns; so a column's means are the same alone
 * and among others, and differences are paired. The streams of random numbers belong to the resamples, so the means don't
 * depend on the number of threads either.
 */
final class Bootstrap {
    private final int resamples;
    private final long seed;

    Bootstrap(int resamples, long seed) {
        this.resamples = resamples;
        this.seed = seed;
    }

    /**
     * Returns the means of all resamples, for each column in ascending order. NaN values are left out; a resample that has no
     * other ones is left out, too.
     *
     * @param columns of the same length
     */
    double[][] means(double[][] columns, int threads, Executor executor) {
        double[][] result = new double[columns.length][resamples];
        int users = columns.length == 0 ? 0 : columns[0].length;
        boolean[] whole = new boolean[columns.length];
        for (int c = 0; c < columns.length; c++) {
            whole[c] = Arrays.stream(columns[c]).noneMatch(Double::isNaN);
        }
        SplittableRandom root = new SplittableRandom(seed);
        SplittableRandom[] streams = new SplittableRandom[resamples];
        Arrays.setAll(streams, r -> root.split());
        Parallel.forBlocks(resamples, 1, threads, executor, () -> new int[users], (r, from, to, counts) -> {
            Arrays.fill(counts, 0);
            for (int k = 0; k < users; k++) {
                counts[streams[r].nextInt(users)]++;
            }
            for (int c = 0; c < columns.length; c++) {
                result[c][r] = whole[c] ? mean(columns[c], counts) : meanOfDefined(columns[c], counts);
            }
        });
        for (int c = 0; c < columns.length; c++) {
            Arrays.sort(result[c]);
            int defined = resamples;
            while (defined > 0 && Double.isNaN(result[c][defined - 1])) {
                defined--;
            }
            result[c] = Arrays.copyOf(result[c], defined);
        }
        return result;
    }

    private static double mean(double[] values, int[] counts) {
        double sum = 0;
        for (int k = 0; k < values.length; k++) {
            sum += counts[k] * values[k];
        }
        return sum / values.length;
    }

    private static double meanOfDefined(double[] values, int[] counts) {
        double sum = 0;
        long users = 0;
        for (int k = 0; k < values.length; k++) {
            if (!Double.isNaN(values[k])) {
                sum += counts[k] * values[k];
                users += counts[k];
            }
        }
        return sum / users;
    }

    /** The value below which a share of an ascending array lies, interpolated; NaN if it is empty. */
    static double quantile(double[] ascending, double share) {
        if (ascending.length == 0) {
            return Double.NaN;
        }
        double place = share * (ascending.length - 1);
        int low = (int) place;
        int high = Math.min(low + 1, ascending.length - 1);
        return ascending[low] + (place - low) * (ascending[high] - ascending[low]);
    }

    /** The two-sided probability of 0 among resampled differences; never 0, as no number of resamples can show that. */
    static double pValue(double[] ascending) {
        long notAbove = Arrays.stream(ascending).filter(d -> d <= 0).count();
        long notBelow = Arrays.stream(ascending).filter(d -> d >= 0).count();
        return ascending.length == 0
                ? Double.NaN
                : Math.min(1, 2.0 * (1 + Math.min(notAbove, notBelow)) / (ascending.length + 1.0));
    }
}
