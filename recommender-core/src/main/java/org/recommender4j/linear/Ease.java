package org.recommender4j.linear;

import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.util.Footprint;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * The embarrassingly shallow autoencoder (EASE): a ridge regression of each item on all other items, in closed form. Hard to
 * beat on dense data with up to some ten thousand items, with a single option that matters.
 *
 * <p>With X the users x items matrix that is 1 where a user likes an item, it finds the matrix B with a diagonal of zeros
 * that makes {@code |X - X B|^2 + r |B|^2} least, r being {@link Builder#regularization}: with {@code P = (X'X + r I)^-1},
 * B[i][j] is {@code -P[i][j] / P[j][j]}. The score of an item is the sum of B[i][item] over the items i that the user likes;
 * the strengths of interactions do not count.
 *
 * <p>Training takes {@code items^3} multiply-adds, in float with pivots in double: some seconds for 10,000 items with
 * vector instructions. While training and in the model it takes {@code 4 items^2} bytes, once more while it is saved;
 * {@link Builder#maxMemoryMb} refuses larger catalogues before anything is allocated. A list costs {@code history x
 * items} additions.
 *
 * <p>H. Steck, Embarrassingly Shallow Autoencoders for Sparse Data, WWW 2019.
 *
 * @since 0.1
 */
public final class Ease implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("Ease")
            .number("regularization", b -> b.regularization, Builder::regularization)
            .integer("maxMemoryMb", b -> b.maxMemoryMb, Builder::maxMemoryMb);

    private final Builder settings;

    /** Makes the algorithm with its default options. */
    public Ease() {
        this(builder());
    }

    private Ease(Builder builder) {
        settings = OPTIONS.copy(builder, new Builder());
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets options. */
    public static final class Builder {
        private double regularization = 200;
        private int maxMemoryMb = 2048;

        private Builder() {}

        /**
         * Sets how strongly large weights are punished, in users: the larger, the more users an item needs to be trusted;
         * 1e-6 to 1e12, default 200. Much smaller than a ten-millionth of the most popular item's users is lost in float.
         */
        public Builder regularization(double regularization) {
            this.regularization = Options.inRange("regularization", regularization, 1e-6, 1e12);
            return this;
        }

        /**
         * Sets the largest matrix that a training may allocate, in units of 1,000,000 bytes; 1 to 9000, default 2048, which is enough for 22,600
         * items. A bound of its own and not of the machine, so that a program behaves the same everywhere; the heap
         * must be larger.
         */
        public Builder maxMemoryMb(int megabytes) {
            maxMemoryMb = Options.inRange("maxMemoryMb", megabytes, 1, 9000);
            return this;
        }

        /** Returns the algorithm. */
        public Ease build() {
            return new Ease(this);
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

    /** {@inheritDoc} The message says how much memory is needed when there are too many items. */
    @Override
    public Model train(TrainingData data, Training training) {
        long start = training.start();
        Interactions users = data.positives();
        EaseSolver solver = new EaseSolver(users, training);
        long megabytes = solver.bytes() / 1_000_000;
        if (solver.items() > EaseSolver.MOST || megabytes > settings.maxMemoryMb) {
            throw new IllegalStateException("Ease needs " + megabytes + " MB for the matrix of " + solver.items()
                    + " items, but maxMemoryMb is " + settings.maxMemoryMb + " and no matrix can have more than "
                    + EaseSolver.MOST + " items; GraphFilter is made for large catalogues");
        }
        new Footprint(name(), "GraphFilter").bytes((double) solver.bytes()).check();
        float[] weights;
        try {
            weights = solver.solve((float) settings.regularization);
        } catch (ArithmeticException e) {
            throw new IllegalStateException(
                    "Ease has no solution: " + e.getMessage() + "; use a larger regularization", e);
        }
        training.report(name(), 1, 1, Double.NaN, start);
        return new DenseItemModel(name(), data.items(), solver.itemOf(), solver.stride(), weights, data.positiveFrom());
    }

    @Override
    public Model restore(ModelState state) {
        return DenseItemModel.restore(name(), state);
    }
}
