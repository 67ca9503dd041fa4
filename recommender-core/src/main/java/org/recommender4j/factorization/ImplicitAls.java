package org.recommender4j.factorization;

import java.util.Map;
import java.util.Objects;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.internal.util.Footprint;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Matrix factorization of implicit feedback by alternating least squares (iALS): the first choice for clicks, purchases and
 * plays.
 *
 * <p>Finds a vector {@code x} of length d ({@link Builder#factors}) for each user and {@code y} for each item such that
 *
 * <pre>
 *   sum over observed (u, i) of w(u,i) (1 - x(u)'y(i))^2  +  a sum over all (u, i) of (x(u)'y(i))^2
 *     +  r ( sum over u of (w(u) + a |items|)^e |x(u)|^2  +  sum over i of (w(i) + a |users|)^e |y(i)|^2 )
 * </pre>
 *
 * is small, where w(u,i) is the weight of a positive interaction (1 without weights, and for explicit feedback), w(u) and w(i) are the
 * sums over a user's and an item's interactions, a is {@link Builder#unobservedWeight}, r is {@link Builder#regularization} and
 * e is {@link Builder#regularizationExponent}. This is the objective of Rendle et al. (2022). A confidence of {@code 1 + alpha
 * w} for observed and 1 for other pairs with a fixed regularization, as in Hu et al. (2008) and many libraries, is the same
 * up to a factor with {@code unobservedWeight = 1 / alpha}, {@code regularization / alpha} and an exponent of 0. Since a weight counts
 * as that many interactions, raw play counts should be damped first, for example by a logarithm; a weight above 1e15
 * counts as 1e15.
 *
 * <p>A row with a short history of m is solved exactly, in O(m^2 d). One with a long history too up to 127 factors, in O(m d^2 +
 * d^3), and from there on a block of b numbers at a time, starting from the last iteration, in O(m d b + d b^2): see {@link
 * Builder#blockSize}. The users of the last iteration are always solved exactly. Users who were not trained on, and histories that
 * grew, are folded in by the same solution. Explanations are exact (Hu et al., section 5).
 *
 * <p>Memory while training: {@code 4 (users + items) d} bytes for the factors, as much for the items once more at the end,
 * {@code 64 d^2} bytes for sums and {@code 8 d^2} per thread, and the positive interactions with their transposed view; d is
 * rounded up to a multiple of 32. The model keeps {@code 4 (users + items) d} bytes.
 *
 * <ul>
 *   <li>Y. Hu, Y. Koren, C. Volinsky, Collaborative Filtering for Implicit Feedback Datasets, ICDM 2008.
 *   <li>S. Rendle, W. Krichene, L. Zhang, Y. Koren, Revisiting the Performance of iALS on Item Recommendation Benchmarks,
 *       RecSys 2022.
 *   <li>S. Rendle, W. Krichene, L. Zhang, Y. Koren, iALS++: Speeding up Matrix Factorization with Subspace Optimization, 2021.
 * </ul>
 *
 * @since 0.1
 */
public final class ImplicitAls implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("ImplicitAls")
            .integer("factors", b -> b.factors, Builder::factors)
            .integer("blockSize", b -> b.blockSize, Builder::blockSize)
            .integer("iterations", b -> b.iterations, Builder::iterations)
            .number("unobservedWeight", b -> b.unobservedWeight, Builder::unobservedWeight)
            .number("regularization", b -> b.regularization, Builder::regularization)
            .number("regularizationExponent", b -> b.regularizationExponent, Builder::regularizationExponent)
            .number("initScale", b -> b.initScale, Builder::initScale)
            .choice("retrieval", Retrieval.class, b -> b.retrieval, Builder::retrieval)
            .longInteger("seed", b -> b.seed, Builder::seed);

    private static final double UNOBSERVED_PER_OBSERVED = 20;
    private static final int FACTORS_FOR_BLOCKS = 128;
    private static final int BLOCK = 64;

    private final Builder settings;

    /** Makes the algorithm with its default options. */
    public ImplicitAls() {
        this(builder());
    }

    private ImplicitAls(Builder builder) {
        settings = OPTIONS.copy(builder, new Builder());
    }

    /** Returns the algorithm with its default options. */
    public static ImplicitAls withDefaults() {
        return new ImplicitAls();
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets options. */
    public static final class Builder {
        private int factors = 64;
        private int blockSize = 0;
        private int iterations = 16;
        private double unobservedWeight = 0;
        private double regularization = 0.004;
        private double regularizationExponent = 1;
        private double initScale = 0.1;
        private Retrieval retrieval = Retrieval.EXACT;
        private long seed = 1;

        private Builder() {}

        /** Sets the length of the vectors; 1 to 4096, default 64. */
        public Builder factors(int factors) {
            this.factors = Options.inRange("factors", factors, 1, 4096);
            return this;
        }

        /**
         * Sets how many numbers of a vector are solved at a time, 1 to 4096, where a history is longer than that and than 80;
         * shorter ones are always solved exactly. Fewer are faster, and may need more iterations for the same result. The default 0
         * means 64 from 128 factors on; below that, as for any value of at least {@link #factors}, all solutions are exact.
         */
        public Builder blockSize(int blockSize) {
            this.blockSize = Options.inRange("blockSize", blockSize, 0, 4096);
            return this;
        }

        /** Sets how often all items and then all users are solved; at least 1, default 16. */
        public Builder iterations(int iterations) {
            this.iterations = Options.inRange("iterations", iterations, 1, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets the weight of each pair of a user and an item in the term that pulls its score to 0, where an observed
         * interaction weighs 1; at most 1e9. The default 0 takes it from the data such that all pairs together weigh 20 times
         * what the observed interactions do, but at most 1: near the best in trials from 6,000 to 41,000 items. A larger
         * weight favours popular items, a smaller one rare items.
         */
        public Builder unobservedWeight(double weight) {
            unobservedWeight = Options.inRange("unobservedWeight", weight, 0, 1e9);
            return this;
        }

        /** Sets how strongly long vectors are punished; 0 to 1e9, default 0.004. */
        public Builder regularization(double regularization) {
            this.regularization = Options.inRange("regularization", regularization, 0, 1e9);
            return this;
        }

        /**
         * Sets how the regularization grows with the length of a history: 0 is the same for all, 1 in proportion; 0 to 2,
         * default 1.
         */
        public Builder regularizationExponent(double exponent) {
            regularizationExponent = Options.inRange("regularizationExponent", exponent, 0, 2);
            return this;
        }

        /** Sets the length of the users' random vectors at the start, on average; 1e-6 to 1e6, default 0.1. */
        public Builder initScale(double scale) {
            initScale = Options.inRange("initScale", scale, 1e-6, 1e6);
            return this;
        }

        /** Sets how the trained model finds the best items; default {@link Retrieval#EXACT}. */
        public Builder retrieval(Retrieval retrieval) {
            this.retrieval = Objects.requireNonNull(retrieval, "retrieval");
            return this;
        }

        /** Sets the seed of the random start; default 1. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** Returns the algorithm. */
        public ImplicitAls build() {
            return new ImplicitAls(this);
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
        Interactions positives = data.positives();
        checkSize(name(), positives, settings.factors, Kernels.stride(settings.factors));
        AlsOptions objective =
                new AlsOptions(unobservedWeight(positives), settings.regularization, settings.regularizationExponent);
        AlsTrainer trainer = new AlsTrainer(positives, settings.factors, blockSize(), objective, training);
        trainer.initialize(settings.seed, settings.initScale / Math.sqrt(settings.factors));
        for (int iteration = 1; iteration <= settings.iterations; iteration++) {
            try {
                trainer.iterate(iteration == 1, iteration == settings.iterations);
            } catch (ArithmeticException e) {
                throw new IllegalStateException(
                        name() + " diverges in iteration " + iteration + ": " + e.getMessage()
                                + "; use a larger regularization, a smaller initScale or smaller weights",
                        e);
            }
            double loss = training.isObserved() ? trainer.loss() : Double.NaN;
            training.report(name(), iteration, settings.iterations, loss, start);
        }
        int d = settings.factors;
        Panels items = Panels.of(
                data.items(), d, (item, out) -> System.arraycopy(trainer.items(), item * trainer.stride(), out, 0, d));
        FoldIn foldIn = new AlsFoldIn(objective, trainer.spectrum(), data.items());
        FactorModel model = new FactorModel(
                name(),
                compact(trainer.users(), data.users(), d, trainer.stride()),
                items,
                d,
                foldIn,
                data.positiveFrom(),
                data.feedback() == Feedback.EXPLICIT);
        return model.with(settings.retrieval, training);
    }

    /** Refuses vectors that do not fit, before there are any: those of the training at a stride, and those of the model. */
    static void checkSize(String name, Interactions positives, int dimensions, int stride) {
        new Footprint(name, "a smaller factors")
                .matrix(positives.rows(), positives.columns(), positives.size(), positives.hasWeights())
                .array("users", positives.rows(), stride, Float.BYTES)
                .array("items", positives.columns(), stride, Float.BYTES)
                .array("items", positives.columns(), dimensions, Float.BYTES)
                .array("users", positives.rows(), stride == dimensions ? 0 : dimensions, Float.BYTES)
                .check();
    }

    Retrieval retrieval() {
        return settings.retrieval;
    }

    /** Returns the same with another way to find items. */
    ImplicitAls with(Retrieval retrieval) {
        return OPTIONS.copy(settings, new Builder()).retrieval(retrieval).build();
    }

    private int blockSize() {
        int automatic = settings.factors < FACTORS_FOR_BLOCKS ? settings.factors : BLOCK;
        return settings.blockSize == 0 ? automatic : settings.blockSize;
    }

    private double unobservedWeight(Interactions positives) {
        if (settings.unobservedWeight > 0) {
            return settings.unobservedWeight;
        }
        double observed = 0;
        for (int user = 0; user < positives.rows(); user++) {
            observed += AlsTrainer.confidence(positives, user);
        }
        double pairs = (double) positives.rows() * positives.columns();
        return observed == 0 ? 1 : Math.min(1, UNOBSERVED_PER_OBSERVED * observed / pairs);
    }

    private static float[] compact(float[] padded, int rows, int d, int stride) {
        if (stride == d) {
            return padded;
        }
        float[] result = new float[rows * d];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(padded, row * stride, result, row * d, d);
        }
        return result;
    }

    @Override
    public Model restore(ModelState state) {
        return FactorModel.restore(name(), state, AlsFoldIn::restore);
    }
}
