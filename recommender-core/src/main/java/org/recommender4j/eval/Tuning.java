package org.recommender4j.eval;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Interactions;
import org.recommender4j.eval.TuningResult.Trial;
import org.recommender4j.internal.util.Json;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;

/**
 * Looks for good options of an algorithm: draws settings at random and keeps the one that is best on a validation part.
 *
 * <pre>{@code
 * Split tuning = split.validation(train -> Split.perUser(train, 0.1, 7));
 * TuningResult result = Tuning.builder(
 *         ImplicitAls.withDefaults(),
 *         SearchSpace.builder().logInteger("factors", 16, 128).logUniform("regularization", 1e-4, 1).build(),
 *         Evaluation.builder(TrainingData.implicit(tuning.train()), tuning.test()).metrics(Metric.ndcg(10)).build(),
 *         "ndcg@10")
 *     .trials(40)
 *     .log(Path.of("als.jsonl"))
 *     .build()
 *     .run();
 * Algorithm tuned = result.best();
 * }</pre>
 *
 * <p>The evaluation must be one on a validation part: figures of the test part are worth nothing once options were chosen by
 * them. Trial 0 is the algorithm as it was given, so that the result is never worse than that on the validation part. The
 * settings depend on the space and the seed alone. With a log, a tuning that was stopped goes on where it was.
 *
 * <p>Random search: J. Bergstra, Y. Bengio. Random Search for Hyper-Parameter Optimization. JMLR 13, 2012. Successive halving
 * ({@link Builder#halving}): K. Jamieson, A. Talwalkar. Non-stochastic Best Arm Identification and Hyperparameter Optimization.
 * AISTATS 2016. Trials run one after the other, each on all threads. Immutable; a run may not share its log with another.
 */
public final class Tuning {
    private final Builder of;
    private final int rungs;

    private Tuning(Builder builder) {
        of = builder;
        int count = 1;
        for (long resource = builder.minResource; resource * builder.eta <= builder.maxResource; count++) {
            resource *= builder.eta;
        }
        rungs = builder.resource == null ? 1 : count;
    }

    /**
     * Starts describing a tuning.
     *
     * @param metric the name of one of the evaluation's metrics; large is good unless {@link Builder#minimize} is called
     * @throws IllegalArgumentException if the evaluation has no such metric, or the algorithm no such options
     */
    public static Builder builder(Algorithm algorithm, SearchSpace space, Evaluation evaluation, String metric) {
        if (!evaluation.metricNames().contains(metric)) {
            throw new IllegalArgumentException(
                    "the evaluation has no metric '" + metric + "', only " + evaluation.metricNames());
        }
        for (String option : space.describe().keySet()) {
            checkOption(algorithm, option);
        }
        return new Builder(algorithm, space, evaluation, metric);
    }

    private static void checkOption(Algorithm algorithm, String option) {
        if (!algorithm.options().containsKey(option)) {
            throw new IllegalArgumentException(algorithm.name() + " has no option '" + option + "', only "
                    + algorithm.options().keySet());
        }
    }

    /** Collects how to search. Not thread-safe. */
    public static final class Builder {
        private final Algorithm algorithm;
        private final SearchSpace space;
        private final Evaluation evaluation;
        private final String metric;
        private int trials = 30;
        private long seed = 42;
        private boolean minimize;
        private Training training = Training.defaults();
        private @Nullable Duration budget;
        private @Nullable Path log;
        private Consumer<Trial> listener = trial -> {};
        private @Nullable String resource;
        private int minResource = 1;
        private int maxResource = 1;
        private int eta = 3;

        private Builder(Algorithm algorithm, SearchSpace space, Evaluation evaluation, String metric) {
            this.algorithm = algorithm;
            this.space = space;
            this.evaluation = evaluation;
            this.metric = metric;
        }

        /** Sets how many settings to try, the given one included; from 1 to 1,000,000, default 30. */
        public Builder trials(int trials) {
            this.trials = Options.inRange("trials", trials, 1, 1_000_000);
            return this;
        }

        /** Sets the seed of the settings; default 42. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** Says that small values of the metric are good, as for errors. */
        public Builder minimize() {
            minimize = true;
            return this;
        }

        /** Sets how the trials train; its ticker measures the time. Default {@link Training#defaults()}. */
        public Builder training(Training training) {
            this.training = training;
            return this;
        }

        /** Sets after which time no further trial is begun; the first one always runs. Default none. */
        public Builder timeBudget(Duration budget) {
            this.budget = budget;
            return this;
        }

        /** Sets a file of JSON lines that keeps the finished trials; made if it is not there. Default none. */
        public Builder log(Path file) {
            log = file;
            return this;
        }

        /** Sets who is told of each finished trial; default nobody. */
        public Builder listener(Consumer<Trial> listener) {
            this.listener = listener;
            return this;
        }

        /**
         * Spends little on bad settings: all are tried with little of a resource, the best {@code 1 / eta} of them with {@code
         * eta} times as much, and so on until the most. With 27 settings and iterations from 1 to 9 by 3 these are 27 trials of 1
         * iteration, 9 of 3 and 3 of 9.
         *
         * @param option a whole number of which more takes longer, usually {@code iterations}; not one of the space
         * @param min at least 1
         * @param max at least {@code min}
         * @param eta at least 2
         */
        public Builder halving(String option, int min, int max, int eta) {
            checkOption(algorithm, option);
            if (space.describe().containsKey(option)) {
                throw new IllegalArgumentException("option '" + option + "' is in the space and can't be the resource");
            }
            minResource = Options.inRange("min", min, 1, Integer.MAX_VALUE);
            maxResource = Options.inRange("max", max, min, Integer.MAX_VALUE);
            this.eta = Options.inRange("eta", eta, 2, Integer.MAX_VALUE);
            resource = option;
            return this;
        }

        /** Returns the tuning. */
        public Tuning build() {
            return new Tuning(copy());
        }

        private Builder copy() {
            Builder copy = new Builder(algorithm, space, evaluation, metric);
            copy.trials = trials;
            copy.seed = seed;
            copy.minimize = minimize;
            copy.training = training;
            copy.budget = budget;
            copy.log = log;
            copy.listener = listener;
            copy.resource = resource;
            copy.minResource = minResource;
            copy.maxResource = maxResource;
            copy.eta = eta;
            return copy;
        }
    }

    /**
     * Runs the trials that are not in the log.
     *
     * @throws IllegalStateException if no trial has a value
     * @throws IllegalArgumentException if the log is of another tuning
     * @throws CancellationException if the thread was interrupted, which it then still is; the log has the trials up to then
     */
    public TuningResult run() {
        TrialLog log = of.log == null ? TrialLog.none() : TrialLog.open(of.log, describe());
        List<Map<String, String>> settings = settings();
        int[] candidates = new int[settings.size()];
        Arrays.setAll(candidates, k -> k);
        List<Trial> trials = new ArrayList<>();
        List<Trial> highest = List.of();
        long start = of.training.start();
        boolean complete = true;
        for (int rung = 0; rung < rungs && complete; rung++) {
            List<Trial> here = new ArrayList<>();
            for (int number : candidates) {
                Map<String, String> options = new LinkedHashMap<>(settings.get(number));
                if (of.resource != null) {
                    options.put(of.resource, Integer.toString(resourceAt(rung)));
                }
                Optional<Trial> known = log.find(number, rung, options);
                if (known.isEmpty() && !trials.isEmpty() && isTimeUp(start)) {
                    complete = false;
                    break;
                }
                Trial trial = known.isPresent() ? known.get() : measure(number, rung, options);
                if (known.isEmpty()) {
                    log.add(trial);
                }
                here.add(trial);
                trials.add(trial);
                of.listener.accept(trial);
            }
            List<Trial> ranked = here.stream()
                    .filter(trial -> !Double.isNaN(trial.value()))
                    .sorted(byValue())
                    .toList();
            if (!ranked.isEmpty()) {
                highest = ranked;
            }
            candidates = ranked.stream()
                    .limit((here.size() + of.eta - 1L) / of.eta)
                    .mapToInt(Trial::number)
                    .toArray();
        }
        if (highest.isEmpty()) {
            throw new IllegalStateException("no trial of " + of.algorithm.name() + " has a value of '" + of.metric
                    + "'; the first: " + trials.get(0).failure().orElse("undefined"));
        }
        Trial best = highest.get(0);
        return new TuningResult(of.algorithm.with(best.options()), best, List.copyOf(trials), complete);
    }

    private Comparator<Trial> byValue() {
        Comparator<Trial> ascending = Comparator.comparingDouble(Trial::value);
        return (of.minimize ? ascending : ascending.reversed()).thenComparingInt(Trial::number);
    }

    private boolean isTimeUp(long start) {
        return of.budget != null && of.training.start() - start >= of.budget.toNanos();
    }

    private List<Map<String, String>> settings() {
        List<Map<String, String>> result = new ArrayList<>();
        Map<String, String> given = new LinkedHashMap<>();
        for (String option : of.space.describe().keySet()) {
            given.put(option, of.algorithm.options().getOrDefault(option, ""));
        }
        result.add(given);
        SplittableRandom root = new SplittableRandom(of.seed);
        while (result.size() < of.trials) {
            result.add(of.space.draw(root.split()));
        }
        return result;
    }

    /** The most at the highest rung, and below so much less that each step is about eta. */
    private int resourceAt(int rung) {
        double amount = of.maxResource;
        for (int k = rung + 1; k < rungs; k++) {
            amount /= of.eta;
        }
        return Math.max(of.minResource, (int) Math.round(amount));
    }

    private Trial measure(int number, int rung, Map<String, String> options) {
        long start = of.training.start();
        double value = Double.NaN;
        Optional<String> failure = Optional.empty();
        try {
            Algorithm algorithm = of.algorithm.with(options);
            value = of.evaluation
                    .run(algorithm.train(of.evaluation.train(), of.training))
                    .mean(of.metric);
        } catch (CancellationException e) {
            throw e;
        } catch (IllegalArgumentException | IllegalStateException e) {
            failure = Optional.of(String.valueOf(e.getMessage()));
        }
        Duration time = Duration.ofNanos(of.training.start() - start);
        return new Trial(number, rung, options, value, time, failure);
    }

    /** One line that two tunings share only if they try the same settings on the same data. */
    private String describe() {
        Json json = new Json()
                .open("")
                .put("tuning", of.algorithm.name())
                .put("metric", of.metric)
                .put("minimize", of.minimize)
                .put("seed", of.seed)
                .put("space", of.space.describe())
                .put("given", of.algorithm.options())
                .put("train", digest(of.evaluation.train().interactions()))
                .put("validation", digest(of.evaluation.test()));
        if (of.resource != null) {
            json.put("resource", of.resource + " " + of.minResource + " to " + of.maxResource + " by " + of.eta);
        }
        return json.close().toString();
    }

    private static String digest(Interactions data) {
        int hash = 31 * Arrays.hashCode(data.offsets()) + Arrays.hashCode(data.columnIndices());
        return data + " #" + Integer.toHexString(31 * hash + Arrays.hashCode(data.weights()));
    }
}
