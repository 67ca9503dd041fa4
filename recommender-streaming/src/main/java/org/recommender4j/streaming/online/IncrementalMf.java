package org.recommender4j.streaming.online;

import java.util.Map;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Matrix factorization of implicit feedback that learns from each event: the user's factors and then the item's are solved
 * anew, coordinate by coordinate, against all their events and all pairs without one.
 *
 * <p>Minimizes {@code sum over events of w (r - p q)^2 + unobservedWeight * sum over all other pairs of (p q)^2 + regularization
 * (|P|^2 + |Q|^2)}, where r is 1 (0 for a dislike) and w the weight of the event. The pairs without an event cost nothing: their part is a
 * matrix of factors x factors, which every changed row corrects.
 *
 * <p>An event costs O(factors x (factors + newest events of the user and of the item)); {@code historySize} bounds those.
 * Training on a data set takes that for each event, and then {@code iterations} passes over all events of all users and items. An
 * explanation takes O(history x factors) a step, of at most {@code factors} steps. Forgetting a user solves each item of the
 * user anew against all its users. Memory: 4 bytes per factor of each user and item, and 40 to 80 bytes per event.
 *
 * <p>Source: X. He, H. Zhang, M.-Y. Kan, T.-S. Chua: Fast Matrix Factorization for Online Recommendation with Implicit Feedback,
 * SIGIR 2016 (eALS). Different: pairs without an event all weigh the same, since an item's popularity changes all the time.
 *
 * @since 0.1
 */
public final class IncrementalMf implements OnlineAlgorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("IncrementalMf")
            .integer("factors", b -> b.factors, Builder::factors)
            .integer("iterations", b -> b.iterations, Builder::iterations)
            .integer("historySize", b -> b.historySize, Builder::historySize)
            .number("regularization", b -> b.regularization, Builder::regularization)
            .number("unobservedWeight", b -> b.unobservedWeight, Builder::unobservedWeight)
            .number("newWeight", b -> b.newWeight, Builder::newWeight)
            .longInteger("seed", b -> b.seed, Builder::seed);

    final int factors;
    final int iterations;
    final int historySize;
    final double regularization;
    final double unobservedWeight;
    final double newWeight;
    final long seed;

    /** Makes the algorithm with its default options. */
    public IncrementalMf() {
        this(builder());
    }

    private IncrementalMf(Builder builder) {
        factors = builder.factors;
        iterations = builder.iterations;
        historySize = builder.historySize;
        regularization = builder.regularization;
        unobservedWeight = builder.unobservedWeight;
        newWeight = builder.newWeight;
        seed = builder.seed;
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets options. */
    public static final class Builder {
        private int factors = 32;
        private int iterations = 10;
        private int historySize = 200;
        private double regularization = 3;
        private double unobservedWeight = 0.03;
        private double newWeight = 1;
        private long seed = 42;

        private Builder() {}

        /** Sets the number of factors, 1 to 1024; default 32. */
        public Builder factors(int count) {
            factors = Options.inRange("factors", count, 1, 1024);
            return this;
        }

        /** Sets the number of passes when training on a data set, 0 to 1000; default 10. */
        public Builder iterations(int count) {
            iterations = Options.inRange("iterations", count, 0, 1000);
            return this;
        }

        /** Sets how many of the newest events of the user, and of the item, an event looks at, 1 to 100,000; default 200. */
        public Builder historySize(int events) {
            historySize = Options.inRange("historySize", events, 1, 100_000);
            return this;
        }

        /** Sets how strongly the factors are held near zero, more than 0; default 3. */
        public Builder regularization(double strength) {
            regularization = Options.inRange("regularization", strength, Float.MIN_NORMAL, 1e9);
            return this;
        }

        /** Sets what a pair without an event weighs, at least 0; default 0.03. */
        public Builder unobservedWeight(double weight) {
            unobservedWeight = Options.inRange("unobservedWeight", weight, 0, 1e6);
            return this;
        }

        /** Sets how much more an event weighs while it is the newest of its user or item, at least 1; default 1: no more. */
        public Builder newWeight(double factor) {
            newWeight = Options.inRange("newWeight", factor, 1, 1e6);
            return this;
        }

        /** Sets the seed of the first factors of items; default 42. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Returns the algorithm. */
        public IncrementalMf build() {
            return new IncrementalMf(this);
        }
    }

    private Builder toBuilder() {
        return builder()
                .factors(factors)
                .iterations(iterations)
                .historySize(historySize)
                .regularization(regularization)
                .unobservedWeight(unobservedWeight)
                .newWeight(newWeight)
                .seed(seed);
    }

    @Override
    public Map<String, String> options() {
        return OPTIONS.print(toBuilder());
    }

    @Override
    public IncrementalMf with(Map<String, String> options) {
        return OPTIONS.apply(options, toBuilder()).build();
    }

    @Override
    public OnlineModel start() {
        return new MfModel(this);
    }

    @Override
    public OnlineModel train(TrainingData data, Training training) {
        long start = training.start();
        MfModel model = new MfModel(this);
        Replay.of(data.positives()).into(model);
        for (int iteration = 1; iteration <= iterations; iteration++) {
            model.sweep();
            training.report(name(), iteration, iterations, Double.NaN, start);
        }
        return model;
    }

    @Override
    public OnlineModel restore(ModelState state) {
        return MfModel.restore(this, state);
    }
}
