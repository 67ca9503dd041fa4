package org.recommender4j.eval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.internal.util.Figures;
import org.recommender4j.internal.util.TextTable;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;

/**
 * Several algorithms on one split, measured alike: values with intervals, paired tests of the differences, segments of users,
 * times and sizes.
 *
 * <pre>{@code
 * Comparison comparison = evaluation.compare(Algorithm.all());
 * comparison.interval("ImplicitAls", "ndcg@10");
 * comparison.differences("ndcg@10", "Popularity");
 * }</pre>
 *
 * <p>The algorithms run one after the other, each on all threads, so that none disturbs another's times; the first ones include
 * the warm-up of the virtual machine. An algorithm that refuses the data is left out and {@linkplain #failures() named}.
 *
 * <p>Intervals are of 95 %, from the percentiles of resampled means over users (B. Efron, R. Tibshirani. An Introduction to the
 * Bootstrap. 1993); they say how much depends on which users were tested, not on the split or on the seed of an algorithm. All
 * but the times is the same for any number of threads. Memory: that of the {@linkplain EvaluationResult results}. Immutable;
 * thread-safe.
 */
public final class Comparison {
    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;
    static final Interval UNDEFINED = new Interval(Double.NaN, Double.NaN);
    /** Small p-values that survive a correction need more resamples than intervals do. */
    private static final int RESAMPLES_OF_TESTS = 10;

    private final Evaluation evaluation;
    private final Map<String, Entry> entries;
    private final Map<String, String> failures;
    private final Bootstrap bootstrap;
    private final Bootstrap testing;
    private final int[] users;

    Comparison(
            Evaluation evaluation, Map<String, Entry> entries, Map<String, String> failures, int resamples, long seed) {
        this.evaluation = evaluation;
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
        bootstrap = new Bootstrap(resamples, seed);
        testing = new Bootstrap(RESAMPLES_OF_TESTS * resamples, seed);
        users = usersWithValues(evaluation, entries);
    }

    /** The users of whom any algorithm has any value: those to resample. */
    private static int[] usersWithValues(Evaluation evaluation, Map<String, Entry> entries) {
        BitSet found = new BitSet();
        for (Entry entry : entries.values()) {
            for (String metric : evaluation.metricNames()) {
                if (entry.result().hasValues(metric)) {
                    double[] values = entry.result().values(metric);
                    for (int user = 0; user < values.length; user++) {
                        if (!Double.isNaN(values[user])) {
                            found.set(user);
                        }
                    }
                }
            }
        }
        return found.stream().toArray();
    }

    /** Starts describing a comparison by the metrics of an evaluation. */
    public static Builder builder(Evaluation evaluation) {
        return new Builder(evaluation);
    }

    /** Collects what to compare and how. Not thread-safe. */
    public static final class Builder {
        final Evaluation evaluation;
        final Map<String, Algorithm> algorithms = new LinkedHashMap<>();
        Training training = Training.defaults();
        Listener listener = progress -> {};
        boolean curves;
        int resamples = 1000;
        long seed = 42;

        private Builder(Evaluation evaluation) {
            this.evaluation = evaluation;
        }

        /** Adds an algorithm under its name, with a number behind it from the second one of a name on. */
        public Builder add(Algorithm algorithm) {
            String name = algorithm.name();
            for (int number = 2; algorithms.containsKey(name); number++) {
                name = algorithm.name() + " " + number;
            }
            return add(name, algorithm);
        }

        /**
         * Adds an algorithm under a name of the caller's.
         *
         * @throws IllegalArgumentException if the name is taken
         */
        public Builder add(String name, Algorithm algorithm) {
            if (algorithms.putIfAbsent(name, algorithm) != null) {
                throw new IllegalArgumentException("there is an algorithm '" + name + "' already");
            }
            return this;
        }

        /** Sets how the algorithms train; its listener is not called. Default {@link Training#defaults()}. */
        public Builder training(Training training) {
            this.training = training;
            return this;
        }

        /** Sets who is told of the progress; default nobody. */
        public Builder listener(Listener listener) {
            this.listener = listener;
            return this;
        }

        /**
         * Sets whether the training objective after each iteration is kept, and each iteration told to the listener; default
         * false, because computing the objective takes time that the fit times then include.
         */
        public Builder curves(boolean curves) {
            this.curves = curves;
            return this;
        }

        /** Sets the number of resamples for intervals, of which tests take ten times as many; from 100 to 100,000, default 1000. */
        public Builder resamples(int resamples) {
            this.resamples = Options.inRange("resamples", resamples, 100, 100_000);
            return this;
        }

        /** Sets the seed of the resamples; default 42. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Trains and measures all algorithms in the order in which they were added.
         *
         * @throws IllegalStateException without an algorithm
         * @throws java.util.concurrent.CancellationException if the thread was interrupted, which it then still is
         */
        public Comparison run() {
            if (algorithms.isEmpty()) {
                throw new IllegalStateException("a comparison needs an algorithm");
            }
            return new ComparisonRun(this).run();
        }
    }

    /** Is told of the progress of a comparison, in the thread that runs it, which waits for it. */
    @FunctionalInterface
    public interface Listener {
        /** Called when an algorithm begins a stage, and after each iteration if training curves are kept. */
        void progress(Progress progress);
    }

    /** What an algorithm is at. */
    public enum Stage {
        /** It trains. */
        FITTING,
        /** Its lists are made and measured. */
        RECOMMENDING,
        /** It has been measured. */
        DONE,
        /** It refused the data. */
        FAILED
    }

    /**
     * Where a comparison is.
     *
     * @param name the algorithm's name
     * @param number 1 for the first algorithm
     * @param total how many algorithms there are
     * @param stage what it is at
     * @param iteration the last iteration of the training that is done, 0 if none is or nobody knows
     * @param iterations how many there will be, 0 if nobody knows
     */
    public record Progress(String name, int number, int total, Stage stage, int iteration, int iterations) {}

    /**
     * What was found about one algorithm.
     *
     * @param name under which it was added
     * @param options all its options
     * @param result what was measured
     * @param fitTime how long the training took
     * @param recommendTime how long it took to make and to measure the lists of all tested users
     * @param modelBytes the size of the model's state: all its numbers, without what the process needs beside them
     * @param curve the training's iterations, empty unless training curves are kept
     */
    public record Entry(
            String name,
            Map<String, String> options,
            EvaluationResult result,
            Duration fitTime,
            Duration recommendTime,
            long modelBytes,
            List<Training.Progress> curve) {
        /** Returns how many users' lists were made and measured per second, on all threads. */
        public double usersPerSecond() {
            return result.users() / (recommendTime.toNanos() / 1e9);
        }
    }

    /** An interval that a value lies in; both ends are NaN when it is undefined. */
    public record Interval(double low, double high) {
        /** Tells whether there is none. */
        public boolean isUndefined() {
            return Double.isNaN(low);
        }
    }

    /**
     * By how much an algorithm is better or worse than another, over the users for whom both have a value. The p-values are
     * two-sided: how likely a difference at least as large would be if there were none. Those of Holm are corrected for the
     * number of differences that were asked for together (S. Holm. A Simple Sequentially Rejective Multiple Test Procedure. 1979).
     *
     * @param first name of one algorithm
     * @param second name of the other
     * @param users number of users compared
     * @param mean of the first one's value minus the second one's
     * @param interval of that mean
     * @param tTest p-value of the paired t-test (Student 1908)
     * @param bootstrap p-value of the paired bootstrap; never below 2 / (10 resamples + 1)
     * @param tTestHolm corrected
     * @param bootstrapHolm corrected
     */
    public record Difference(
            String first,
            String second,
            int users,
            double mean,
            Interval interval,
            double tTest,
            double bootstrap,
            double tTestHolm,
            double bootstrapHolm) {}

    /** Returns what was measured with. */
    public Evaluation evaluation() {
        return evaluation;
    }

    /** Returns the results in the order of the algorithms. */
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /**
     * Returns the result of one algorithm.
     *
     * @throws IllegalArgumentException if there is none of this name; so in all methods that take one
     */
    public Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("there is no result of '" + name + "', only of " + entries.keySet());
        }
        return entry;
    }

    /** Returns the algorithms that refused the data, with what they said. */
    public Map<String, String> failures() {
        return failures;
    }

    /** Returns a metric's mean over all users; NaN if undefined. */
    public double mean(String name, String metric) {
        return entry(name).result().mean(metric);
    }

    /** Returns a metric's mean over the users of a segment; NaN if it is undefined for all of them. */
    public double mean(String name, String metric, Segment segment) {
        return Evaluation.mean(column(name, metric, segment));
    }

    /** Returns the interval of a metric's mean; undefined for a metric without users' values, or of ratings. */
    public Interval interval(String name, String metric) {
        return intervals(metric, List.of(name)).getOrDefault(name, UNDEFINED);
    }

    /** Returns the intervals of all algorithms, which takes little more time than one. */
    public Map<String, Interval> intervals(String metric) {
        return intervals(metric, List.copyOf(entries.keySet()));
    }

    private Map<String, Interval> intervals(String metric, List<String> names) {
        names.forEach(name -> mean(name, metric));
        Map<String, Interval> result = new LinkedHashMap<>();
        if (!(evaluation.metric(metric) instanceof UserMetric)) {
            names.forEach(name -> result.put(name, UNDEFINED));
            return result;
        }
        double[][] columns = new double[names.size()][];
        Arrays.setAll(columns, c -> column(names.get(c), metric));
        double[][] means = bootstrap.means(columns, evaluation.threads(), evaluation.executor());
        for (int c = 0; c < columns.length; c++) {
            result.put(names.get(c), interval(means[c]));
        }
        return result;
    }

    /** Returns the interval of a metric's mean over the users of a segment. */
    public Interval interval(String name, String metric, Segment segment) {
        double[][] columns = {column(name, metric, segment)};
        return interval(bootstrap.means(columns, evaluation.threads(), evaluation.executor())[0]);
    }

    private static Interval interval(double[] ascending) {
        return new Interval(Bootstrap.quantile(ascending, LOW), Bootstrap.quantile(ascending, HIGH));
    }

    /**
     * Compares each of the other algorithms with one of them.
     *
     * @param metric one with users' values; for a rating metric the users' mean losses are compared
     * @param baseline the second of each pair
     * @throws IllegalArgumentException if the metric has no users' values
     */
    public List<Difference> differences(String metric, String baseline) {
        entry(baseline);
        List<String[]> pairs = new ArrayList<>();
        for (String name : entries.keySet()) {
            if (!name.equals(baseline)) {
                pairs.add(new String[] {name, baseline});
            }
        }
        return compare(metric, pairs);
    }

    /** Compares each algorithm with each other. */
    public List<Difference> differences(String metric) {
        List<String> names = List.copyOf(entries.keySet());
        List<String[]> pairs = new ArrayList<>();
        for (int a = 0; a < names.size(); a++) {
            for (int b = a + 1; b < names.size(); b++) {
                pairs.add(new String[] {names.get(a), names.get(b)});
            }
        }
        return compare(metric, pairs);
    }

    private List<Difference> compare(String metric, List<String[]> pairs) {
        double[][] columns = new double[pairs.size()][];
        double[] tTests = new double[columns.length];
        double[] bootstraps = new double[columns.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = column(pairs.get(c)[0], metric);
            double[] second = column(pairs.get(c)[1], metric);
            for (int k = 0; k < second.length; k++) {
                columns[c][k] -= second[k];
            }
            tTests[c] = Significance.tTest(columns[c]);
        }
        double[][] means = testing.means(columns, evaluation.threads(), evaluation.executor());
        Arrays.setAll(bootstraps, c -> Bootstrap.pValue(means[c]));
        double[] tTestsHolm = Significance.holm(tTests);
        double[] bootstrapsHolm = Significance.holm(bootstraps);
        List<Difference> result = new ArrayList<>();
        for (int c = 0; c < columns.length; c++) {
            result.add(new Difference(
                    pairs.get(c)[0],
                    pairs.get(c)[1],
                    Significance.defined(columns[c]),
                    Evaluation.mean(columns[c]),
                    interval(means[c]),
                    tTests[c],
                    bootstraps[c],
                    tTestsHolm[c],
                    bootstrapsHolm[c]));
        }
        return result;
    }

    /** The values of the users to resample, as a new array. */
    private double[] column(String name, String metric) {
        double[] values = entry(name).result().values(metric);
        double[] result = new double[users.length];
        Arrays.setAll(result, k -> values[users[k]]);
        return result;
    }

    private double[] column(String name, String metric, Segment segment) {
        double[] values = entry(name).result().values(metric);
        return Arrays.stream(users)
                .filter(segment::contains)
                .mapToDouble(user -> values[user])
                .toArray();
    }

    /** Returns a table for logs: a line per algorithm, a column per metric, and the time of the training. */
    @Override
    public String toString() {
        List<String> header = new ArrayList<>(List.of("algorithm"));
        header.addAll(evaluation.metricNames());
        header.add("fit");
        TextTable table = new TextTable(header);
        for (Entry entry : entries.values()) {
            List<String> cells = new ArrayList<>(List.of(entry.name()));
            evaluation
                    .metricNames()
                    .forEach(metric -> cells.add(Figures.value(entry.result().mean(metric))));
            cells.add(Figures.time(entry.fitTime()));
            table.row(cells);
        }
        StringBuilder text = new StringBuilder(table.toString());
        failures.forEach((name, reason) ->
                text.append('\n').append(name).append(" failed: ").append(reason));
        return text.toString();
    }
}
