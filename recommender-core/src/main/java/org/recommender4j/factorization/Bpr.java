package org.recommender4j.factorization;

import java.util.Map;
import java.util.Objects;
import org.recommender4j.Algorithm;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Matrix factorization of implicit feedback that learns the order of items: Bayesian personalized ranking (BPR), or WARP.
 *
 * <p>A step takes a positive interaction of a user and one of several random other items, and moves the vectors of the user and of both items
 * such that the difference of the two scores grows: for BPR by the gradient of {@code log(1 / (1 + exp(-difference)))}; for WARP ({@link
 * Loss#WARP}) other items are drawn until one comes closer than 1 to the positive one, and the step is the larger the fewer
 * draws that took. An iteration takes a step for each positive interaction. The step size falls linearly to a tenth.
 *
 * <p>The weights of interactions are not used. Users who were not trained on, and histories that grew, are folded in by such
 * steps with the items fixed; explanations add up what the steps for each item of the history contribute, and leave out the
 * bias of the explained item.
 *
 * <p>An iteration takes O(interactions d {@link Builder#negatives}), for WARP less. Memory while
 * training: {@code 8 (users + items) d} bytes, 8 bytes per interaction, and the interactions with their transposed view.
 *
 * <ul>
 *   <li>S. Rendle, C. Freudenthaler, Z. Gantner, L. Schmidt-Thieme, BPR: Bayesian Personalized Ranking from Implicit Feedback,
 *       UAI 2009.
 *   <li>W. Zhang, T. Chen, J. Wang, Y. Yu, Optimizing Top-N Collaborative Filtering via Dynamic Negative Item Sampling, SIGIR
 *       2013.
 *   <li>J. Weston, S. Bengio, N. Usunier, WSABIE: Scaling Up to Large Vocabulary Image Annotation, IJCAI 2011.
 *   <li>R. Gemulla, E. Nijkamp, P. Haas, Y. Sismanis, Large-Scale Matrix Factorization with Distributed Stochastic Gradient
 *       Descent, KDD 2011, for the parts that run in parallel.
 * </ul>
 *
 * @since 0.1
 */
public final class Bpr implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("Bpr")
            .choice("loss", Loss.class, b -> b.loss, Builder::loss)
            .integer("factors", b -> b.factors, Builder::factors)
            .integer("iterations", b -> b.iterations, Builder::iterations)
            .number("learningRate", b -> b.learningRate, Builder::learningRate)
            .number("regularization", b -> b.regularization, Builder::regularization)
            .flag("biases", b -> b.biases, Builder::biases)
            .integer("negatives", b -> b.negatives, Builder::negatives)
            .number("maxNorm", b -> b.maxNorm, Builder::maxNorm)
            .number("initScale", b -> b.initScale, Builder::initScale)
            .choice("retrieval", Retrieval.class, b -> b.retrieval, Builder::retrieval)
            .longInteger("seed", b -> b.seed, Builder::seed);

    private static final double LAST_RATE = 0.1;
    private static final int MAX_NEGATIVES = 16;

    private final Builder settings;

    /** What a step makes larger. */
    public enum Loss {
        /** The probability that the order of two items is right. */
        BPR,
        /**
         * The precision at the top: weighted approximate-rank pairwise loss. The other defaults suit BPR; for WARP a good start is
         * a {@code learningRate} of 0.02, 100 {@code negatives}, a {@code maxNorm} of 1.6 and a {@code regularization} of 0.
         */
        WARP
    }

    /** Makes the algorithm with its default options. */
    public Bpr() {
        this(builder());
    }

    private Bpr(Builder builder) {
        settings = OPTIONS.copy(builder, new Builder());
    }

    /** Returns the algorithm with its default options. */
    public static Bpr withDefaults() {
        return new Bpr();
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets options. */
    public static final class Builder {
        private Loss loss = Loss.BPR;
        private int factors = 64;
        private int iterations = 60;
        private double learningRate = 0.1;
        private double regularization = 0.03;
        private boolean biases = false;
        private int negatives = 0;
        private double maxNorm = 2;
        private double initScale = 0.1;
        private Retrieval retrieval = Retrieval.EXACT;
        private long seed = 1;

        private Builder() {}

        /** Sets what a step makes larger; default {@link Loss#BPR}. */
        public Builder loss(Loss loss) {
            this.loss = loss;
            return this;
        }

        /** Sets the length of the vectors; 1 to 4096, default 64. */
        public Builder factors(int factors) {
            this.factors = Options.inRange("factors", factors, 1, 4096);
            return this;
        }

        /** Sets how often there is a step for each interaction; at least 1, default 60. */
        public Builder iterations(int iterations) {
            this.iterations = Options.inRange("iterations", iterations, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Sets the size of the first steps; 1e-9 to 10, default 0.1. */
        public Builder learningRate(double rate) {
            learningRate = Options.inRange("learningRate", rate, 1e-9, BprOptions.MAX_RATE);
            return this;
        }

        /** Sets how strongly each step shortens the vectors; 0 to 1, default 0.03. */
        public Builder regularization(double regularization) {
            this.regularization = Options.inRange("regularization", regularization, 0, 1);
            return this;
        }

        /** Sets whether each item has a bias, which makes popular items score higher for everybody; default false. */
        public Builder biases(boolean biases) {
            this.biases = biases;
            return this;
        }

        /**
         * Sets how many other items a step draws at most; 0 to 100000. BPR takes the one with the highest score, which is known
         * as dynamic negative sampling, or as plain BPR when there is only 1; WARP draws until one comes close. The default 0
         * is 16 for WARP; for BPR it is a thousandth of the number of items, at least 1 and at most 16, since in a small
         * catalogue the best of many draws is often an item that the user would like too.
         */
        public Builder negatives(int negatives) {
            this.negatives = Options.inRange("negatives", negatives, 0, BprOptions.MAX_NEGATIVES);
            return this;
        }

        /** Sets the largest length of a vector with WARP, whose steps do not fade; 0.01 to 1000, default 2. */
        public Builder maxNorm(double length) {
            maxNorm = Options.inRange("maxNorm", length, 0.01, BprOptions.MAX_NORM);
            return this;
        }

        /** Sets the length of the random vectors at the start, on average; 1e-6 to 1e3, default 0.1. */
        public Builder initScale(double scale) {
            initScale = Options.inRange("initScale", scale, 1e-6, 1e3);
            return this;
        }

        /** Sets how the trained model finds the best items; default {@link Retrieval#EXACT}. */
        public Builder retrieval(Retrieval retrieval) {
            this.retrieval = Objects.requireNonNull(retrieval, "retrieval");
            return this;
        }

        /** Sets the seed of the random start and of the draws; default 1. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** Returns the algorithm. */
        public Bpr build() {
            return new Bpr(this);
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
        int dimensions = settings.factors + (settings.biases ? 1 : 0);
        ImplicitAls.checkSize(name(), data.positives(), dimensions, BprTrainer.stride(settings.factors));
        BprOptions options = new BprOptions(
                settings.loss == Loss.WARP,
                (float) settings.learningRate,
                (float) settings.regularization,
                negatives(data.items()),
                (float) settings.maxNorm,
                settings.seed);
        BprTrainer trainer = new BprTrainer(
                data.positives(), settings.factors, settings.biases, settings.initScale, options, training);
        for (int iteration = 1; iteration <= settings.iterations; iteration++) {
            double done = (iteration - 1.0) / settings.iterations;
            double rate = settings.learningRate * (1 - (1 - LAST_RATE) * done);
            double loss;
            try {
                loss = trainer.iterate(iteration, rate);
            } catch (ArithmeticException e) {
                throw new IllegalStateException(
                        name() + " diverges in iteration " + iteration + ": " + e.getMessage()
                                + "; use a smaller learningRate",
                        e);
            }
            training.report(name(), iteration, settings.iterations, loss, start);
        }
        FactorModel model = new FactorModel(
                name(),
                trainer.userRows(),
                Panels.of(data.items(), trainer.dimensions(), trainer::itemRow),
                settings.factors,
                new BprFoldIn(options, settings.factors),
                data.positiveFrom(),
                true);
        return model.with(settings.retrieval, training);
    }

    private int negatives(int items) {
        if (settings.negatives > 0) {
            return settings.negatives;
        }
        return settings.loss == Loss.WARP ? MAX_NEGATIVES : Math.max(1, Math.min(MAX_NEGATIVES, items / 1000));
    }

    @Override
    public Model restore(ModelState state) {
        return FactorModel.restore(name(), state, BprFoldIn::restore);
    }
}
