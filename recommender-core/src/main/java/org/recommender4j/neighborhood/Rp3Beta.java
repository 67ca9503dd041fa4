package org.recommender4j.neighborhood;

import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.ItemItemModel;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Recommends where a random walk from the user's items leads in three steps, item to user to item, with popular goals
 * taken back: small, fast, and hard to beat on sparse implicit feedback.
 *
 * <p>An item j of the history adds to the score of an item i
 *
 * <pre>
 *   sum over users u with both of n(u)^(-userAlpha)  /  (n(j)^alpha n(i)^beta)  *  n(i,j) / (n(i,j) + shrinkage)
 * </pre>
 *
 * where n(u) is the number of a user's items, n(i) that of an item's users and n(i, j) that of common ones; each item i keeps the
 * {@link Builder#neighbors} largest, or each j, see {@link Builder#keepGoals}. The walk of the papers is {@code userAlpha = alpha, shrinkage = 0}; two exponents and the shrinkage are
 * additions that pay. With weights, sums of {@link Builder#weightExponent powers} of the weights take the place of counts in the numerator.
 *
 * <p>Cost as for {@link ItemKnn}: training O(sum over users of n(u)^2), a history longer than {@link Builder#maxHistory}
 * counting as {@code n(u) maxHistory}; the model 8 bytes per neighbor. New users and sessions are answered like known ones;
 * explanations are exact.
 *
 * <ul>
 *   <li>C. Cooper, S. H. Lee, T. Radzik, Y. Siantos, Random Walks in Recommender Systems: Exact Computation and Simulations, WWW
 *       Companion 2014 (P3alpha).
 *   <li>B. Paudel, F. Christoffel, C. Newell, A. Bernstein, Updatable, Accurate, Diverse, and Scalable Recommendations for
 *       Interactive Applications, TiiS 7(1), 2017 (RP3beta).
 * </ul>
 *
 * @since 0.1
 */
public final class Rp3Beta implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("Rp3Beta")
            .number("alpha", b -> b.alpha, Builder::alpha)
            .number("userAlpha", b -> b.userAlpha, Builder::userAlpha)
            .number("beta", b -> b.beta, Builder::beta)
            .integer("neighbors", b -> b.neighbors, Builder::neighbors)
            .number("shrinkage", b -> b.shrinkage, Builder::shrinkage)
            .number("weightExponent", b -> b.weightExponent, Builder::weightExponent)
            .flag("keepGoals", b -> b.keepGoals, Builder::keepGoals)
            .integer("maxHistory", b -> b.maxHistory, Builder::maxHistory);

    private final Builder settings;

    /** Makes the algorithm with its default options. */
    public Rp3Beta() {
        this(builder());
    }

    private Rp3Beta(Builder builder) {
        settings = OPTIONS.copy(builder, new Builder());
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets options. */
    public static final class Builder {
        private double alpha = 0.7;
        private double userAlpha = 0.6;
        private double beta = 0.3;
        private int neighbors = 400;
        private double shrinkage = 1;
        private double weightExponent;
        private boolean keepGoals;
        private int maxHistory = 2000;

        private Builder() {}

        /** Sets how little a popular item of the history counts; 0 to 2, default 0.7. */
        public Builder alpha(double alpha) {
            this.alpha = Options.inRange("alpha", alpha, 0, 2);
            return this;
        }

        /** Sets how little a user with a long history counts; 0 to 2, default 0.6. */
        public Builder userAlpha(double alpha) {
            userAlpha = Options.inRange("userAlpha", alpha, 0, 2);
            return this;
        }

        /** Sets how much the score of a popular item is reduced; 0 to 2, default 0.3. */
        public Builder beta(double beta) {
            this.beta = Options.inRange("beta", beta, 0, 2);
            return this;
        }

        /** Sets of how many items at most each item gets a score; 1 to 1,000,000, default 400; see {@link #keepGoals}. */
        public Builder neighbors(int neighbors) {
            this.neighbors = Options.inRange("neighbors", neighbors, 1, 1_000_000);
            return this;
        }

        /** Sets how strongly a pair with few common users is drawn to 0; 0 to 1e9, default 1. */
        public Builder shrinkage(double shrinkage) {
            this.shrinkage = Options.inRange("shrinkage", shrinkage, 0, 1e9);
            return this;
        }

        /**
         * Sets the power to which the weights of implicit feedback, such as play counts, are taken; 0 to 8. The default 0
         * counts each interaction as 1. Not used for explicit feedback.
         */
        public Builder weightExponent(double exponent) {
            weightExponent = Options.inRange("weightExponent", exponent, 0, 8);
            return this;
        }

        /**
         * Sets which entries are kept: for each item of the history the {@link #neighbors} best goals, as most implementations
         * do, or with the default false for each goal the best items of a history.
         */
        public Builder keepGoals(boolean keepGoals) {
            this.keepGoals = keepGoals;
            return this;
        }

        /** Sets how many interactions of one user are combined with each other, as in {@link ItemKnn}; at least 1, default 2000. */
        public Builder maxHistory(int interactions) {
            maxHistory = Options.inRange("maxHistory", interactions, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Returns the algorithm. */
        public Rp3Beta build() {
            return new Rp3Beta(this);
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
        double exponent = data.feedback() == Feedback.EXPLICIT ? 0 : settings.weightExponent;
        Interactions users = data.positives().transpose();
        // Each of the two entries that a step meets brings half of the user's exponent.
        Interactions vectors = new TermWeights(users, Weighting.NONE, exponent, settings.userAlpha / 2).of(users);
        Measure measure = new Measure(
                Similarity.CONDITIONAL_PROBABILITY,
                false,
                settings.keepGoals ? settings.alpha : settings.beta,
                settings.keepGoals ? settings.beta : settings.alpha,
                settings.shrinkage,
                0);
        Comparison comparison = new Comparison(vectors, measure, settings.maxHistory);
        Interactions goals = Neighborhoods.of(vectors, comparison, settings.neighbors, 1, training);
        return new ItemItemModel(name(), settings.keepGoals ? goals.transpose() : goals, data.positiveFrom(), exponent);
    }

    @Override
    public Model restore(ModelState state) {
        return ItemItemModel.restore(name(), state);
    }
}
