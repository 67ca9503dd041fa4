package org.recommender4j.linear;

import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.util.Footprint;
import org.recommender4j.model.ItemItemModel;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * A filter of the item graph, in closed form: two steps over the graph from each liked item, plus an ideal low-pass filter
 * that keeps the graph's broad groups. The first choice for large, sparse catalogues of implicit feedback; nothing is learned
 * by gradients.
 *
 * <p>With R the users x items matrix that is 1 where a user likes an item, D(U) and D(I) the diagonal matrices of how many
 * items each user and users each item has, and {@code N = D(U)^-a R D(I)^-b} the normalised graph, the score of an item is the
 * sum of its column of W over the items that the user likes:
 *
 * <pre>
 *   W = D(I)^-t (N'N) D(I)^t  +  w m D(I)^-(b+t) (V V') D(I)^(b+s)
 * </pre>
 *
 * where the columns of V are an orthonormal basis of the space of N's {@link Builder#factors} largest right singular
 * vectors, found by randomized subspace iteration, and m is the mean of the squares of these singular values; a is {@link
 * Builder#userExponent}, b {@link Builder#itemExponent}, t {@link Builder#popularity}, s {@link Builder#lowPassPopularity}
 * and w {@link Builder#lowPassWeight}. With a = b = 0.5 and t = s = 0 this is GF-CF (Shen et al. 2021, there with the weight w m = 0.3 and 256 factors); without the
 * low-pass part it is a random walk of the kind of RP3beta. Of each row of W the {@link Builder#neighbors} largest numbers are
 * kept. The strengths of interactions do not count.
 *
 * <p>Since the model is an {@link ItemItemModel}, new users, longer histories and sessions need no training, and
 * explanations are exact.
 *
 * <p>With k factors, training takes O(iterations (interactions k + items k^2 + k^3) + items^2 k); the last term is most of it:
 * {@code items^2 k} multiply-adds. Memory while training: {@code 8 k items + 4 k users} bytes at most at a time, {@code 80 k^2}
 * bytes, {@code 256 items} bytes per thread, and the model's {@code 8 neighbors items}. A list costs {@code history x neighbors} additions.
 *
 * <ul>
 *   <li>Y. Shen, Y. Wu, Y. Zhang, C. Shan, J. Zhang, K. B. Letaief, D. Li, How Powerful is Graph Convolution for
 *       Recommendation?, CIKM 2021.
 *   <li>F. Christoffel, B. Paudel, C. Newell, A. Bernstein, Blockbusters and Wallflowers: Accurate, Diverse, and Scalable
 *       Recommendations with Random Walks, RecSys 2015.
 *   <li>N. Halko, P.-G. Martinsson, J. A. Tropp, Finding Structure with Randomness, SIAM Review 53(2), 2011.
 * </ul>
 *
 * @since 0.1
 */
public final class GraphFilter implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("GraphFilter")
            .integer("factors", b -> b.factors, Builder::factors)
            .integer("iterations", b -> b.iterations, Builder::iterations)
            .integer("neighbors", b -> b.neighbors, Builder::neighbors)
            .number("lowPassWeight", b -> b.lowPassWeight, Builder::lowPassWeight)
            .number("userExponent", b -> b.userExponent, Builder::userExponent)
            .number("itemExponent", b -> b.itemExponent, Builder::itemExponent)
            .number("popularity", b -> b.popularity, Builder::popularity)
            .number("lowPassPopularity", b -> b.lowPassPopularity, Builder::lowPassPopularity)
            .longInteger("seed", b -> b.seed, Builder::seed);

    /** With factors of 0, a direction for so many users or items, whichever are fewer. */
    private static final int PER_FACTOR = 10;

    private static final int MOST = 1024;

    private final Builder settings;

    /** Makes the algorithm with its default options. */
    public GraphFilter() {
        this(builder());
    }

    private GraphFilter(Builder builder) {
        settings = OPTIONS.copy(builder, new Builder());
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets options. */
    public static final class Builder {
        private int factors = 0;
        private int iterations = 4;
        private int neighbors = 400;
        private double lowPassWeight = 2.4;
        private double userExponent = 0.3;
        private double itemExponent = 0.45;
        private double popularity = 0.15;
        private double lowPassPopularity = -0.05;
        private long seed = 1;

        private Builder() {}

        /**
         * Sets the dimension of the low-pass space, at most 8192; never more than there are users or items. More find finer
         * groups, fewer only broad ones. The default 0 takes one for every 10 users or items, whichever are fewer, up to 1024. The
         * time of the training grows in proportion.
         */
        public Builder factors(int factors) {
            this.factors = Options.inRange("factors", factors, 0, 8192);
            return this;
        }

        /** Sets how often the space is sharpened; 1 to 1000, default 4. */
        public Builder iterations(int iterations) {
            this.iterations = Options.inRange("iterations", iterations, 1, 1000);
            return this;
        }

        /** Sets how many entries of each row of W are kept at most; 1 to 1,000,000, default 400. */
        public Builder neighbors(int neighbors) {
            this.neighbors = Options.inRange("neighbors", neighbors, 1, 1_000_000);
            return this;
        }

        /** Sets the weight of the low-pass part beside the two steps; 0 for none, to 1e6, default 2.4. */
        public Builder lowPassWeight(double weight) {
            lowPassWeight = Options.inRange("lowPassWeight", weight, 0, 1e6);
            return this;
        }

        /** Sets how much long histories are damped, from 0 for not at all to 2; default 0.3. */
        public Builder userExponent(double exponent) {
            userExponent = Options.inRange("userExponent", exponent, 0, 2);
            return this;
        }

        /** Sets how much popular items are damped, from 0 for not at all to 2; default 0.45. */
        public Builder itemExponent(double exponent) {
            itemExponent = Options.inRange("itemExponent", exponent, 0, 2);
            return this;
        }

        /**
         * Sets how much an item's number of users adds to the steps towards it and takes off the steps from it: a larger
         * exponent recommends more popular items; -2 to 2, default 0.15.
         */
        public Builder popularity(double exponent) {
            popularity = Options.inRange("popularity", exponent, -2, 2);
            return this;
        }

        /**
         * Sets the same for the low-pass part, where it only counts towards an item; -2 to 2, default -0.05.
         */
        public Builder lowPassPopularity(double exponent) {
            lowPassPopularity = Options.inRange("lowPassPopularity", exponent, -2, 2);
            return this;
        }

        /** Sets the seed of the random start; default 1. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** Returns the algorithm. */
        public GraphFilter build() {
            return new GraphFilter(this);
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
        Interactions byUser = data.positives();
        Interactions byItem = byUser.transpose();
        float[] userScale = Degrees.powers(byUser, -settings.userExponent);
        float[] itemScale = Degrees.powers(byItem, -settings.itemExponent);
        int k = settings.lowPassWeight == 0 ? 0 : factors(data.users(), data.items());
        checkSize(byUser, byItem, k);
        FilterRows rows = new FilterRows(
                byUser,
                Degrees.powers(byUser, -2 * settings.userExponent),
                Degrees.powers(byItem, -settings.itemExponent - settings.popularity),
                Degrees.powers(byItem, -settings.itemExponent + settings.popularity),
                training);
        if (k > 0) {
            Subspace space =
                    Subspace.of(byUser, userScale, itemScale, k, settings.iterations, settings.seed, training, name());
            rows.lowPass(
                    space.basis(),
                    k,
                    (float) (settings.lowPassWeight * space.meanSquare()),
                    Degrees.powers(byItem, -settings.itemExponent - settings.popularity),
                    Degrees.powers(byItem, settings.itemExponent + settings.lowPassPopularity));
        }
        Interactions weights = rows.best(settings.neighbors);
        return new ItemItemModel(name(), weights, data.positiveFrom(), 0);
    }

    private void checkSize(Interactions byUser, Interactions byItem, int k) {
        int stride = Kernels.stride(k);
        new Footprint(name(), "a smaller factors")
                .matrix(byUser.rows(), byUser.columns(), byUser.size(), byUser.hasWeights())
                .array("users", byUser.rows(), stride, Float.BYTES)
                .array("items", byUser.columns(), stride, Float.BYTES)
                .bytes(8.0 * stride * stride)
                .check();
        // Nearly every number of the low-pass part is not zero, and about half are positive; without it only items that
        // share a user
        // have one.
        long most = 0;
        for (int item = 0; item < byItem.rows(); item++) {
            long others = k > 0 && byItem.length(item) > 0 ? byItem.rows() / 4 : 0;
            for (int p = byItem.begin(item); k == 0 && p < byItem.end(item); p++) {
                others = Math.max(others, byUser.length(byItem.column(p)) - 1);
            }
            most += Math.min(settings.neighbors, others);
        }
        new Footprint(name(), "a smaller neighbors")
                .array(FilterRows.ROW, most, 1, 4 * Integer.BYTES)
                .check();
    }

    private int factors(int users, int items) {
        int most = Math.min(users, items);
        return Math.min(most, settings.factors > 0 ? settings.factors : Math.min(MOST, most / PER_FACTOR + 1));
    }

    @Override
    public Model restore(ModelState state) {
        return ItemItemModel.restore(name(), state);
    }
}
