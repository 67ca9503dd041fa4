package org.recommender4j.factorization;

import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * SVD++: {@link BiasedMf} in which it also matters what a user has rated, whatever the ratings; with {@link Builder#timeSpans},
 * biases that drift in time.
 *
 * <p>A user's bias and vector are drawn to the sum, over the n items that the user rated, of what each item says of those who rate
 * it, divided by the root of n, instead of to 0:
 *
 * <pre>
 *   m + b(u) + b(i) + q(i)' (p(u) + sum over rated j of y(j) / root(n))
 * </pre>
 *
 * <p>Where Koren follows the gradient, this alternates between exact steps: all items, all users, and then the vectors
 * y of the items as a ridge regression of the users' vectors on their histories, by a few steps of conjugate gradients. There is
 * no learning rate, and the result does not depend on the number of threads.
 *
 * <p>With {@code timeSpans} of 2 and more the time of the data is cut into that many spans with as many ratings each, and each user's
 * and each item's bias may differ from span to span. A request is answered as of the newest time of the user's history; an
 * evaluation asks as of the time of each test rating.
 *
 * <p>An iteration takes as long as one of {@code BiasedMf} and O(ratings d) more. Memory while training: {@code 4 (3 users + 6 items) d} bytes,
 * d + 1 rounded up to a multiple of 32, and the ratings twice.
 *
 * <ul>
 *   <li>Y. Koren, Factorization Meets the Neighborhood: a Multifaceted Collaborative Filtering Model, KDD 2008.
 *   <li>Y. Koren, Collaborative Filtering with Temporal Dynamics, KDD 2009, section 3.1, for the drift.
 *   <li>H. Steck, Training and Testing of Recommender Systems on Data Missing Not at Random, KDD 2010, for the pairs without
 *       a rating.
 * </ul>
 *
 * @since 0.1
 */
public final class SvdPlusPlus implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("SvdPlusPlus")
            .integer("factors", b -> b.factors, Builder::factors)
            .integer("iterations", b -> b.iterations, Builder::iterations)
            .number("regularization", b -> b.regularization, Builder::regularization)
            .number("biasRegularization", b -> b.biasRegularization, Builder::biasRegularization)
            .number("regularizationExponent", b -> b.regularizationExponent, Builder::regularizationExponent)
            .number("unobservedWeight", b -> b.unobservedWeight, Builder::unobservedWeight)
            .number("unobservedValue", b -> b.unobservedValue, Builder::unobservedValue)
            .number("implicitRegularization", b -> b.implicitRegularization, Builder::implicitRegularization)
            .integer("timeSpans", b -> b.timeSpans, Builder::timeSpans)
            .number("driftRegularization", b -> b.driftRegularization, Builder::driftRegularization)
            .number("initScale", b -> b.initScale, Builder::initScale)
            .longInteger("seed", b -> b.seed, Builder::seed);

    private static final int STEPS = 3;

    private final Builder settings;

    /** Makes the algorithm with its default options. */
    public SvdPlusPlus() {
        this(builder());
    }

    private SvdPlusPlus(Builder builder) {
        settings = OPTIONS.copy(builder, new Builder());
    }

    /** Returns the algorithm with its default options. */
    public static SvdPlusPlus withDefaults() {
        return new SvdPlusPlus();
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets options. */
    public static final class Builder extends RegularizedBuilder<Builder> {
        private double implicitRegularization = 1000;
        private int timeSpans = 50;
        private double driftRegularization = 20;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets how strongly the vectors of what users have rated are punished, relative to what is left of a user with one
         * rating; 1e-3 to 1e9, default 1000.
         */
        public Builder implicitRegularization(double regularization) {
            implicitRegularization = Options.inRange("implicitRegularization", regularization, 1e-3, 1e9);
            return this;
        }

        /** Sets the number of spans of time in which biases may differ; 0 to 10000, default 50; without times there are none. */
        public Builder timeSpans(int spans) {
            timeSpans = Options.inRange("timeSpans", spans, 0, 10_000);
            return this;
        }

        /** Sets how many ratings in a span it takes to move its bias halfway; 0.01 to 1e9, default 20. */
        public Builder driftRegularization(double ratings) {
            driftRegularization = Options.inRange("driftRegularization", ratings, 0.01, 1e9);
            return this;
        }

        /** Returns the algorithm. */
        public SvdPlusPlus build() {
            return new SvdPlusPlus(this);
        }
    }

    @Override
    public Map<String, String> options() {
        return OPTIONS.print(settings);
    }

    @Override
    public Algorithm with(Map<String, String> options) {
        return OPTIONS.apply(options, OPTIONS.copy(settings, new Builder())).build();
    }

    @Override
    public Model train(TrainingData data, Training training) {
        long start = training.start();
        int d = settings.factors;
        RatingData.checkSize(name(), data, d, 1, settings.timeSpans);
        RatingData ratings = RatingData.of(data, settings.seed);
        RatingSide users = ratings.users(d);
        RatingSide items = ratings.items(d);
        users.initialize(settings.seed, settings.initScale);
        RatingAls als = settings.als(ratings, users, items, training);
        HistoryRegression histories = new HistoryRegression(
                users, items, settings.regularizationExponent, settings.implicitRegularization, training);
        Drift drift = settings.timeSpans > 1 && ratings.ratings.hasTimes()
                ? Drift.of(ratings.ratings, settings.timeSpans)
                : null;
        int[] positions = drift == null ? new int[0] : ratings.userPositions();
        for (int iteration = 1; iteration <= settings.iterations; iteration++) {
            try {
                als.iterate();
                histories.solve(STEPS);
            } catch (ArithmeticException e) {
                throw new IllegalStateException(
                        name() + " diverges in iteration " + iteration + ": " + e.getMessage()
                                + "; use a larger regularization",
                        e);
            }
            if (drift != null) {
                drift.fit(ratings.ratings, ratings, users, items, positions, settings.driftRegularization);
            }
            double loss = training.isObserved() ? users.squaredError(items) : Double.NaN;
            training.report(name(), iteration, settings.iterations, loss, start);
        }
        RatingFoldIn foldIn =
                new RatingFoldIn(d, 1, als.prior(items), new float[d + 1], items.compact(histories.solution()));
        return RatingModel.of(name(), ratings, foldIn, drift, items.compact(items.vectors), training);
    }

    @Override
    public Model restore(ModelState state) {
        return RatingModel.restore(name(), state);
    }
}
