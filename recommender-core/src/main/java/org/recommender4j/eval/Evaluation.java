package org.recommender4j.eval;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Split;
import org.recommender4j.model.Model;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Measures models on a test part: for each user with something to find there, ranks all items except for those of the user's
 * training part, and compares; for rating metrics, predicts each test rating.
 *
 * <pre>{@code
 * Evaluation evaluation = Evaluation.builder(data, Split.perUser(data.interactions(), 0.2, 42))
 *     .metrics(Metric.recall(20), Metric.ndcg(20))
 *     .build();
 * EvaluationResult result = evaluation.run(new ImplicitAls());
 * result.mean("ndcg@20");
 * }</pre>
 *
 * <p>Rankings: a test interaction is something to find if its weight is at least {@link TrainingData#positiveFrom()}. Equal
 * scores rank the smaller item index first. A list that a model leaves short stays short; test items that the model never saw
 * are misses. Ratings: predictions are clipped to the scale; where the model has none, the mean training rating is taken and
 * counted.
 *
 * <p>The result does not depend on the number of threads. Memory: 8 bytes per user and metric, and 4 per item and cutoff of
 * the {@linkplain CatalogueMetric catalogue metrics}. Immutable; thread-safe.
 */
public final class Evaluation {
    private final TrainingData train;
    private final Interactions test;
    private final Interactions relevant;
    private final List<Metric> metrics;
    private final int @Nullable [] candidates;
    private final int threads;
    private final Executor executor;

    private Evaluation(Builder builder) {
        train = builder.train;
        test = builder.test;
        relevant = test.atLeast(train.positiveFrom(), false);
        metrics = List.copyOf(builder.metrics.values());
        candidates = builder.candidates;
        threads = builder.threads;
        executor = builder.executor;
    }

    /**
     * Starts describing an evaluation of what is trained on one part of a data set and tested on the other.
     *
     * @param data what was split; gives the features, the kind of feedback and the scale of ratings
     * @param split of {@code data.interactions()}
     * @throws IllegalArgumentException if the split has another shape than the data
     */
    public static Builder builder(Dataset<?, ?> data, Split split) {
        Interactions whole = data.interactions();
        if (split.train().rows() != whole.rows() || split.train().columns() != whole.columns()) {
            throw new IllegalArgumentException("the split is of other data: its training part is " + split.train()
                    + ", but the data are " + whole);
        }
        return builder(TrainingData.of(data.withInteractions(split.train())), split.test());
    }

    /**
     * Starts describing an evaluation.
     *
     * @param train what the models are trained on; its interactions are left out of the lists
     * @param test what is to be found, in the same indices; users and items beyond those of the training part are new
     * @throws IllegalArgumentException if the test part has less users or items than the training part, or a pair is in
     *     both
     */
    public static Builder builder(TrainingData train, Interactions test) {
        if (test.rows() < train.users() || test.columns() < train.items()) {
            throw new IllegalArgumentException(
                    "the test part must have all rows and columns of " + train.interactions() + ", but is " + test);
        }
        Split.requireDisjoint(train.interactions(), test);
        return new Builder(train, test);
    }

    /** Collects what to measure and how. Not thread-safe. */
    public static final class Builder {
        private final TrainingData train;
        private final Interactions test;
        private final Map<String, Metric> metrics = new LinkedHashMap<>();
        private int @Nullable [] candidates;
        private int threads = Runtime.getRuntime().availableProcessors();
        private Executor executor = ForkJoinPool.commonPool();

        private Builder(TrainingData train, Interactions test) {
            this.train = train;
            this.test = test;
        }

        /**
         * Adds metrics.
         *
         * @throws IllegalArgumentException if there is one of the same name already, or a rating metric without explicit
         *     feedback
         */
        public Builder metrics(Metric... added) {
            for (Metric metric : added) {
                if (metric instanceof RatingMetric && train.feedback() != Feedback.EXPLICIT) {
                    throw new IllegalArgumentException(metric.name() + " needs ratings, but the feedback is implicit");
                }
                if (metrics.putIfAbsent(metric.name(), metric) != null) {
                    throw new IllegalArgumentException("there is a metric '" + metric.name() + "' already");
                }
            }
            return this;
        }

        /**
         * Adds metrics that show a model from all sides: the usual ones of accuracy at k, coverage, concentration, novelty,
         * serendipity and popularity bias, diversity and calibration for each category field of the items that has at most 200 values, recall by popularity
         * of the items, and recall at other lengths from 1 to 50.
         *
         * @throws IllegalArgumentException if one of them was added before
         */
        public Builder standardMetrics(int k) {
            return metrics(StandardMetrics.of(k, train).toArray(new Metric[0]));
        }

        /** Ranks only these items, for example the new ones of a cold-start split; default all. In any order; copied. */
        public Builder candidates(int... items) {
            candidates = items.clone();
            return this;
        }

        /** Sets the number of threads, at least 1; default the number of processors. */
        public Builder threads(int threads) {
            this.threads = Options.inRange("threads", threads, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Sets where the threads beside the calling one come from; default the common pool. */
        public Builder executor(Executor executor) {
            this.executor = executor;
            return this;
        }

        /**
         * Returns the evaluation.
         *
         * @throws IllegalStateException without a metric
         */
        public Evaluation build() {
            if (metrics.isEmpty()) {
                throw new IllegalStateException("an evaluation needs a metric");
            }
            return new Evaluation(this);
        }
    }

    /** Trains and measures several algorithms by their names, with the defaults of {@link Comparison#builder}. */
    public Comparison compare(Collection<? extends Algorithm> algorithms) {
        Comparison.Builder builder = Comparison.builder(this);
        algorithms.forEach(builder::add);
        return builder.run();
    }

    /** Returns what the models are trained on. */
    public TrainingData train() {
        return train;
    }

    /** Returns what is to be found. */
    public Interactions test() {
        return test;
    }

    Metric metric(String name) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    int threads() {
        return threads;
    }

    Executor executor() {
        return executor;
    }

    /** Returns the names of the metrics in the order in which they were given. */
    public List<String> metricNames() {
        return metrics.stream().map(Metric::name).toList();
    }

    /** Trains an algorithm on the training part and measures it. */
    public EvaluationResult run(Algorithm algorithm) {
        return run(algorithm.train(train, Training.defaults()));
    }

    /**
     * Measures a model that was trained on the training part.
     *
     * @throws IllegalArgumentException if the model knows more items than the data has
     */
    public EvaluationResult run(Model model) {
        if (model.items() > test.columns()) {
            throw new IllegalArgumentException(model.name() + " was trained on " + model.items()
                    + " items, but the test part has only " + test.columns());
        }
        List<UserMetric> user = ofKind(UserMetric.class);
        List<CatalogueMetric> catalogue = ofKind(CatalogueMetric.class);
        List<RatingMetric> rating = ofKind(RatingMetric.class);
        Map<String, double[]> values = new LinkedHashMap<>();
        Map<Integer, int[]> exposures = new LinkedHashMap<>();
        Map<String, Double> found = new LinkedHashMap<>();
        int users = 0;
        int unanswered = 0;
        if (!user.isEmpty() || !catalogue.isEmpty()) {
            ListRun run = new ListRun(model, train, relevant, candidates, user, catalogue);
            run.run(threads, executor);
            users = run.users();
            unanswered = run.unanswered();
            for (int m = 0; m < user.size(); m++) {
                values.put(user.get(m).name(), run.values(m));
                found.put(user.get(m).name(), mean(run.values(m)));
            }
            for (CatalogueMetric metric : catalogue) {
                int[] exposure = exposures.computeIfAbsent(metric.cutoff(), run::exposure);
                found.put(metric.name(), metric.of(exposure));
            }
        }
        int ratings = 0;
        int missing = 0;
        if (!rating.isEmpty()) {
            RatingRun run = new RatingRun(model, train, test, rating);
            run.run(threads, executor);
            ratings = test.size();
            missing = run.missing();
            for (int m = 0; m < rating.size(); m++) {
                values.put(rating.get(m).name(), run.meanLosses(m));
                found.put(rating.get(m).name(), rating.get(m).of(run.meanLoss(m)));
            }
        }
        Map<String, Double> means = new LinkedHashMap<>();
        metrics.forEach(metric -> means.put(metric.name(), found.getOrDefault(metric.name(), Double.NaN)));
        return new EvaluationResult(model.name(), users, unanswered, ratings, missing, means, values, exposures);
    }

    private <T extends Metric> List<T> ofKind(Class<T> kind) {
        return metrics.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The mean of those values that are defined; NaN if none is. */
    static double mean(double[] values) {
        double sum = 0;
        int count = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }
}
