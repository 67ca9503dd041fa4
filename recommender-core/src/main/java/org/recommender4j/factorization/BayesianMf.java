package org.recommender4j.factorization;

import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.recommender4j.Algorithm;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Matrix factorization of ratings with biases in which many models are averaged instead of one being chosen: Bayesian
 * probabilistic matrix factorization. It needs no regularization, for how much vectors differ is learned along.
 *
 * <p>Biases and vectors of {@link BiasedMf} come from normal distributions whose means and covariances are unknown too. A sweep of Gibbs
 * sampling draws, one after the other, these, all items, all users and the noise of the ratings, each from its distribution given
 * all the rest. After some sweeps ({@link Builder#burnIn}) every other one is kept ({@link Builder#draws}), and a
 * prediction is the mean over those kept. What is kept of a draw are the items; a user's vectors are the expected ones given
 * those, for the users of the training as for new ones.
 *
 * <p>The terms for pairs without a rating and for the drift of biases are those of {@link BiasedMf} and {@link SvdPlusPlus}; the drift
 * is not drawn but fitted in each sweep, and averaged.
 *
 * <p>A sweep takes as long as an iteration of {@code BiasedMf}. The model is larger by the number of draws: {@code 4 draws (d +
 * 1)} bytes per user and item, 1248 with the defaults, and so are the times to score and to fold in; for lists over many items use {@code BiasedMf}.
 *
 * <ul>
 *   <li>R. Salakhutdinov, A. Mnih, Bayesian Probabilistic Matrix Factorization using Markov Chain Monte Carlo, ICML 2008.
 *   <li>H. Steck, Training and Testing of Recommender Systems on Data Missing Not at Random, KDD 2010.
 *   <li>Y. Koren, Collaborative Filtering with Temporal Dynamics, KDD 2009.
 * </ul>
 *
 * @since 0.1
 */
public final class BayesianMf implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("BayesianMf")
            .integer("factors", b -> b.factors, Builder::factors)
            .integer("burnIn", b -> b.burnIn, Builder::burnIn)
            .integer("draws", b -> b.draws, Builder::draws)
            .number("unobservedWeight", b -> b.unobservedWeight, Builder::unobservedWeight)
            .number("unobservedValue", b -> b.unobservedValue, Builder::unobservedValue)
            .integer("timeSpans", b -> b.timeSpans, Builder::timeSpans)
            .number("driftRegularization", b -> b.driftRegularization, Builder::driftRegularization)
            .number("initScale", b -> b.initScale, Builder::initScale)
            .longInteger("seed", b -> b.seed, Builder::seed);

    private static final int THINNING = 2;
    private static final double FIRST_PRECISION = 5;

    private final Builder settings;

    /** Makes the algorithm with its default options. */
    public BayesianMf() {
        this(builder());
    }

    private BayesianMf(Builder builder) {
        settings = OPTIONS.copy(builder, new Builder());
    }

    /** Returns the algorithm with its default options. */
    public static BayesianMf withDefaults() {
        return new BayesianMf();
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets options. */
    public static final class Builder extends RatingBuilder<Builder> {
        private int burnIn = 16;
        private int draws = 24;
        private int timeSpans = 50;
        private double driftRegularization = 20;

        private Builder() {
            super(12);
        }

        @Override
        Builder self() {
            return this;
        }

        /** Sets the number of sweeps before the first draw is kept; 0 to 1,000,000, default 16. */
        public Builder burnIn(int sweeps) {
            burnIn = Options.inRange("burnIn", sweeps, 0, 1_000_000);
            return this;
        }

        /** Sets how many draws are kept, one for two sweeps; 1 to 4096, default 24. */
        public Builder draws(int draws) {
            this.draws = Options.inRange("draws", draws, 1, 4096);
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
        public BayesianMf build() {
            return new BayesianMf(this);
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
        RatingData.checkSize(name(), data, settings.factors, settings.draws, settings.timeSpans);
        Sampler sampler = new Sampler(RatingData.of(data, settings.seed), training);
        long start = training.start();
        int sweeps = settings.burnIn + THINNING * settings.draws;
        for (int sweep = 1; sweep <= sweeps; sweep++) {
            double loss;
            try {
                loss = sampler.sweep(sweep);
            } catch (ArithmeticException e) {
                throw new IllegalStateException(name() + " diverges in sweep " + sweep + ": " + e.getMessage(), e);
            }
            if (sweep > settings.burnIn && (sweep - settings.burnIn) % THINNING == 0) {
                sampler.keep((sweep - settings.burnIn) / THINNING - 1);
            }
            training.report(name(), sweep, sweeps, loss, start);
        }
        return sampler.model();
    }

    /** The state of the chain. */
    private final class Sampler {
        private final RatingData data;
        private final Training training;
        private final RatingSide users;
        private final RatingSide items;
        private final RowPrior.Unobserved unobserved;
        private final @Nullable Drift drift;
        private final int[] positions;
        private final float[] none;
        private double noisePrecision;

        private final RowPrior[] priors;
        private final float[] means;
        private final float[] itemRows;
        private final @Nullable Drift meanDrift;

        Sampler(RatingData data, Training training) {
            this.data = data;
            this.training = training;
            int d = settings.factors;
            int n = d + 1;
            users = data.users(d);
            items = data.items(d);
            users.initialize(settings.seed, settings.initScale);
            unobserved = RowPrior.Unobserved.of(data, settings.unobservedWeight, settings.unobservedValue);
            noisePrecision = 1.5 / (data.deviation * data.deviation);
            boolean drifts = settings.timeSpans > 1 && data.ratings.hasTimes();
            drift = drifts ? Drift.of(data.ratings, settings.timeSpans) : null;
            meanDrift = drifts ? Drift.of(data.ratings, settings.timeSpans) : null;
            positions = drifts ? data.userPositions() : new int[0];
            none = new float[n];
            priors = new RowPrior[settings.draws];
            means = new float[settings.draws * n];
            itemRows = new float[items.count * settings.draws * n];
        }

        /** Draws everything once, and returns the sum of squared errors. */
        double sweep(int sweep) {
            SplittableRandom random = new SplittableRandom(RatingSide.mix(settings.seed, sweep));
            draw(items, users, sweep == 1, random);
            draw(users, items, sweep == 1, random);
            if (drift != null) {
                drift.fit(data.ratings, data, users, items, positions, settings.driftRegularization);
            }
            double loss = users.squaredError(items);
            if (!(loss < Double.POSITIVE_INFINITY)) {
                throw new ArithmeticException("a vector overflows");
            }
            double unit = data.deviation * data.deviation;
            noisePrecision = Normals.gamma(random, 1 + data.ratings.size() / 2.0) / (unit + loss / 2);
            return loss;
        }

        private void draw(RatingSide side, RatingSide other, boolean first, SplittableRandom random) {
            RowPrior prior = RowPrior.of(precision(side, first, random), none, 0, other, unobserved, training);
            side.solve(other, prior, new RatingSide.Draw(random.nextLong(), 1 / Math.sqrt(noisePrecision)), training);
        }

        /** Draws the distribution that the rows of a side come from, in units of the noise. */
        private float[] precision(RatingSide side, boolean first, SplittableRandom random) {
            int n = none.length;
            float[] result = new float[n * n];
            if (first) {
                for (int k = 0; k < n; k++) {
                    result[k * n + k] = (float) FIRST_PRECISION;
                }
                return result;
            }
            double[][] drawn = NormalWishart.draw(side, random, training);
            for (int r = 0; r < n; r++) {
                for (int c = 0; c < n; c++) {
                    result[r * n + c] = (float) (drawn[r][c] / noisePrecision);
                }
            }
            return result;
        }

        void keep(int draw) {
            int n = none.length;
            SplittableRandom random = new SplittableRandom(RatingSide.mix(~settings.seed, draw));
            float[] precision = precision(users, false, random);
            priors[draw] = RowPrior.of(precision, none, 0, items, unobserved, training);
            if (users.count > 0) {
                System.arraycopy(users.means, 0, means, draw * n, n);
            }
            for (int item = 0; item < items.count; item++) {
                System.arraycopy(items.vectors, item * items.stride, itemRows, (item * settings.draws + draw) * n, n);
            }
            if (drift != null && meanDrift != null) {
                for (int k = 0; k < drift.items.length; k++) {
                    meanDrift.items[k] += drift.items[k] / settings.draws;
                }
                for (int k = 0; k < drift.users.length; k++) {
                    meanDrift.users[k] += drift.users[k] / settings.draws;
                }
            }
        }

        RatingModel model() {
            RatingFoldIn foldIn =
                    new RatingFoldIn(settings.factors, settings.draws, RowPrior.join(priors), means, null);
            return RatingModel.of(name(), data, foldIn, meanDrift, itemRows, training);
        }
    }

    @Override
    public Model restore(ModelState state) {
        return RatingModel.restore(name(), state);
    }
}
