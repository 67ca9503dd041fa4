package org.recommender4j.streaming.online;

import java.util.Map;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;

/**
 * "Who liked this liked that", kept up to date with every event: an item scores by its similarity to the newest items of the
 * history.
 *
 * <p>The similarity of items p and q is {@code c(p, q) / (n(p)^(1 - asymmetry) n(q)^asymmetry)}, where {@code n} sums the weights of an
 * item's users and {@code c} the smaller of the two weights over the users of both, each halved with every half-life.
 *
 * <p>An event pairs its item with the {@code historySize} items that its user liked before, and costs O(historySize x neighbors).
 * Memory: about 40 bytes per pair of items that occurred together, 12 per neighbor and 24 to 40 per event.
 *
 * <p>Source: Y. Huang, B. Cui, W. Zhang, J. Jiang, Y. Xu: TencentRec: Real-time Stream Recommendation in Practice, SIGMOD 2015:
 * co-ratings, incremental counts, and pruning in real time by the Hoeffding bound. Different: decay instead of a sliding
 * window, and the asymmetric cosine of F. Aiolli, RecSys 2013.
 *
 * @since 0.1
 */
public final class IncrementalItemKnn implements OnlineAlgorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("IncrementalItemKnn")
            .integer("neighbors", b -> b.neighbors, Builder::neighbors)
            .integer("historySize", b -> b.historySize, Builder::historySize)
            .integer("recentItems", b -> b.recentItems, Builder::recentItems)
            .number("recencyHalfLife", b -> b.recencyHalfLife, Builder::recencyHalfLife)
            .number("halfLifeDays", b -> b.halfLifeDays, Builder::halfLifeDays)
            .number("asymmetry", b -> b.asymmetry, Builder::asymmetry)
            .number("shrinkage", b -> b.shrinkage, Builder::shrinkage)
            .number("pruning", b -> b.pruning, Builder::pruning);

    final int neighbors;
    final int historySize;
    final int recentItems;
    final double recencyHalfLife;
    final double halfLifeDays;
    final double asymmetry;
    final double shrinkage;
    final double pruning;

    /** Makes the algorithm with its default options. */
    public IncrementalItemKnn() {
        this(builder());
    }

    private IncrementalItemKnn(Builder builder) {
        neighbors = builder.neighbors;
        historySize = builder.historySize;
        recentItems = builder.recentItems;
        recencyHalfLife = builder.recencyHalfLife;
        halfLifeDays = builder.halfLifeDays;
        asymmetry = builder.asymmetry;
        shrinkage = builder.shrinkage;
        pruning = builder.pruning;
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets options. */
    public static final class Builder {
        private int neighbors = 200;
        private int historySize = 10;
        private int recentItems = 50;
        private double recencyHalfLife = 3;
        private double halfLifeDays = Double.POSITIVE_INFINITY;
        private double asymmetry = 0.5;
        private double shrinkage = 10;
        private double pruning = 0;

        private Builder() {}

        /** Sets how many similar items are kept per item, 1 to 10,000; default 200. */
        public Builder neighbors(int count) {
            neighbors = Options.inRange("neighbors", count, 1, 10_000);
            return this;
        }

        /** Sets with how many earlier items of the user an event's item is paired, 1 to 10,000; default 10. */
        public Builder historySize(int items) {
            historySize = Options.inRange("historySize", items, 1, 10_000);
            return this;
        }

        /** Sets how many of the newest items of a history count in a recommendation, 1 to 10,000; default 50. */
        public Builder recentItems(int items) {
            recentItems = Options.inRange("recentItems", items, 1, 10_000);
            return this;
        }

        /** Sets after how many newer items an item of the history counts half; more than 0, default 3. */
        public Builder recencyHalfLife(double items) {
            recencyHalfLife = Options.inRange("recencyHalfLife", items, Double.MIN_NORMAL, Double.POSITIVE_INFINITY);
            return this;
        }

        /** Sets after how many days what occurred together counts half; more than 0, default infinity. */
        public Builder halfLifeDays(double days) {
            halfLifeDays = Options.inRange("halfLifeDays", days, Double.MIN_NORMAL, Double.POSITIVE_INFINITY);
            return this;
        }

        /** Sets how much the popularity of a recommended item is held against it, 0 to 1; default 0.5, the cosine. */
        public Builder asymmetry(double exponent) {
            asymmetry = Options.inRange("asymmetry", exponent, 0, 1);
            return this;
        }

        /** Sets what is added to the number of users of each item, so that rare ones don't look similar; at least 0, default 10. */
        public Builder shrinkage(double users) {
            shrinkage = Options.inRange("shrinkage", users, 0, 1e9);
            return this;
        }

        /**
         * Sets with which probability a pair may be given up that belongs among the neighbors: pairs that are less similar than
         * all neighbors of both by more than the Hoeffding bound are never counted again, which saves time and memory. 0 to 0.5;
         * default 0: no pair is given up.
         */
        public Builder pruning(double probability) {
            pruning = Options.inRange("pruning", probability, 0, 0.5);
            return this;
        }

        /** Returns the algorithm. */
        public IncrementalItemKnn build() {
            return new IncrementalItemKnn(this);
        }
    }

    private Builder toBuilder() {
        return builder()
                .neighbors(neighbors)
                .historySize(historySize)
                .recentItems(recentItems)
                .recencyHalfLife(recencyHalfLife)
                .halfLifeDays(halfLifeDays)
                .asymmetry(asymmetry)
                .shrinkage(shrinkage)
                .pruning(pruning);
    }

    @Override
    public Map<String, String> options() {
        return OPTIONS.print(toBuilder());
    }

    @Override
    public IncrementalItemKnn with(Map<String, String> options) {
        return OPTIONS.apply(options, toBuilder()).build();
    }

    @Override
    public OnlineModel start() {
        return new ItemKnnModel(this);
    }

    @Override
    public OnlineModel restore(ModelState state) {
        return ItemKnnModel.restore(this, state);
    }
}
