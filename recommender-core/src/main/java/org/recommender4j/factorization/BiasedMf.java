package org.recommender4j.factorization;

import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Matrix factorization of ratings with biases: predicts what a user would rate an item.
 *
 * <p>Finds biases {@code b} and vectors {@code p(u)} and {@code q(i)} of length d ({@link Builder factors}) such that, with the mean
 * rating {@code m}, the sum over all ratings of
 *
 * <pre>
 *   (r(u,i) - m - b(u) - b(i) - p(u)'q(i))^2
 * </pre>
 *
 * plus {@code n^e (l s |p|^2 + c b^2)} for each user and each item of n ratings is small, where s is the standard deviation of the
 * ratings (so that the options fit any scale), l is {@link Builder regularization}, c is {@link Builder biasRegularization} and e is {@link Builder regularizationExponent}. A further term of
 * weight {@link Builder unobservedWeight} draws {@code p(u)'q(i)} of all pairs of a user and an item to {@link
 * Builder unobservedValue}: people rate what they expect to like, so that a missing rating says something. It makes the predictions
 * better, and the lists far better.
 *
 * <p>Two ways to find them ({@link Builder#solver}): alternating least squares, which solves every row exactly, and stochastic
 * gradient descent, which ignores the further term while it runs. Either ends with an exact solution of all users, so that
 * the history that a user was trained on gives the same vector when it is folded in.
 *
 * <p>For implicit feedback each positive interaction is a rating of 1, and as many random unseen items per user are ratings of
 * 0; {@link ImplicitAls} is made for such data, and this is not.
 *
 * <p>An iteration takes O(ratings d^2 + (users + items) d^3) with least squares and O(ratings d) with gradient descent. Memory
 * while training: {@code 8 (users + items) d} bytes, d + 1 rounded up to a multiple of 32, and the ratings with their transposed
 * view, 8 bytes each; gradient descent takes 12 bytes per rating more.
 *
 * <ul>
 *   <li>Y. Koren, R. Bell, C. Volinsky, Matrix Factorization Techniques for Recommender Systems, IEEE Computer 42(8), 2009.
 *   <li>H. Steck, Training and Testing of Recommender Systems on Data Missing Not at Random, KDD 2010, for the pairs without
 *       a rating.
 *   <li>Y. Zhou, D. Wilkinson, R. Schreiber, R. Pan, Large-Scale Parallel Collaborative Filtering for the Netflix Prize, AAIM
 *       2008, for the regularization by length.
 * </ul>
 *
 * @since 0.1
 */
public final class BiasedMf implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("BiasedMf")
            .choice("solver", Solver.class, b -> b.solver, Builder::solver)
            .integer("factors", b -> b.factors, Builder::factors)
            .integer("iterations", b -> b.iterations, Builder::iterations)
            .number("regularization", b -> b.regularization, Builder::regularization)
            .number("biasRegularization", b -> b.biasRegularization, Builder::biasRegularization)
            .number("regularizationExponent", b -> b.regularizationExponent, Builder::regularizationExponent)
            .number("unobservedWeight", b -> b.unobservedWeight, Builder::unobservedWeight)
            .number("unobservedValue", b -> b.unobservedValue, Builder::unobservedValue)
            .number("learningRate", b -> b.learningRate, Builder::learningRate)
            .number("initScale", b -> b.initScale, Builder::initScale)
            .longInteger("seed", b -> b.seed, Builder::seed);

    private final Builder settings;

    /** How the vectors are found. */
    public enum Solver {
        /** Alternating least squares. */
        ALS,
        /** Stochastic gradient descent. */
        SGD
    }

    /** Makes the algorithm with its default options. */
    public BiasedMf() {
        this(builder());
    }

    private BiasedMf(Builder builder) {
        settings = OPTIONS.copy(builder, new Builder());
    }

    /** Returns the algorithm with its default options. */
    public static BiasedMf withDefaults() {
        return new BiasedMf();
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets options. */
    public static final class Builder extends RegularizedBuilder<Builder> {
        private Solver solver = Solver.ALS;
        private double learningRate = 0.01;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** Sets how the vectors are found; default {@link Solver#ALS}. */
        public Builder solver(Solver solver) {
            this.solver = solver;
            return this;
        }

        /** Sets the step of gradient descent; 1e-9 to 1, default 0.01. */
        public Builder learningRate(double rate) {
            learningRate = Options.inRange("learningRate", rate, 1e-9, 1);
            return this;
        }

        /** Returns the algorithm. */
        public BiasedMf build() {
            return new BiasedMf(this);
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
        RatingData.checkSize(name(), data, d, 1, 1);
        RatingData ratings = RatingData.of(data, settings.seed);
        RatingSide users = ratings.users(d);
        RatingSide items = ratings.items(d);
        users.initialize(settings.seed, settings.initScale);
        RatingAls als = settings.als(ratings, users, items, training);
        RatingSgd sgd = null;
        if (settings.solver == Solver.SGD) {
            items.initialize(~settings.seed, settings.initScale);
            sgd = new RatingSgd(
                    ratings.ratings,
                    users,
                    items,
                    settings.regularization * ratings.deviation,
                    settings.biasRegularization,
                    settings.regularizationExponent,
                    settings.seed,
                    training);
        }
        for (int iteration = 1; iteration <= settings.iterations; iteration++) {
            double loss = Double.NaN;
            try {
                if (sgd != null) {
                    sgd.iterate(iteration, settings.learningRate);
                } else {
                    als.iterate();
                }
                if (training.isObserved() || sgd != null) {
                    loss = users.squaredError(items);
                }
                if (sgd != null && !(loss < Double.POSITIVE_INFINITY)) {
                    throw new ArithmeticException("a vector overflows");
                }
            } catch (ArithmeticException e) {
                throw new IllegalStateException(
                        name() + " diverges in iteration " + iteration + ": " + e.getMessage()
                                + "; use a larger regularization or a smaller learningRate",
                        e);
            }
            training.report(name(), iteration, settings.iterations, loss, start);
        }
        RatingFoldIn foldIn = new RatingFoldIn(d, 1, als.prior(items), new float[d + 1], null);
        return RatingModel.of(name(), ratings, foldIn, null, items.compact(items.vectors), training);
    }

    @Override
    public Model restore(ModelState state) {
        return RatingModel.restore(name(), state);
    }
}
