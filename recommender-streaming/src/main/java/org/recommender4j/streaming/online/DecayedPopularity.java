package org.recommender4j.streaming.online;

import java.util.Map;
import java.util.function.IntFunction;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;

/**
 * What is liked of late, the same for everybody: the sum of an item's event weights, each of which halves with every
 * half-life. The baseline for streams, and what to show to those of whom nothing is known.
 *
 * <p>An event costs O(1) and 16 bytes, which are kept per user so that {@link OnlineModel#forget} is exact up to rounding.
 *
 * @since 0.1
 */
public final class DecayedPopularity implements OnlineAlgorithm {
    private static final Options<Builder> OPTIONS =
            Options.<Builder>of("DecayedPopularity").number("halfLifeDays", b -> b.halfLifeDays, Builder::halfLifeDays);

    private final double halfLifeDays;

    /** Makes the algorithm with its default options. */
    public DecayedPopularity() {
        this(builder());
    }

    private DecayedPopularity(Builder builder) {
        halfLifeDays = builder.halfLifeDays;
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets options. */
    public static final class Builder {
        private double halfLifeDays = 7;

        private Builder() {}

        /** Sets after how many days an event counts half; more than 0, infinity for never; default 7. */
        public Builder halfLifeDays(double days) {
            halfLifeDays = Options.inRange("halfLifeDays", days, Double.MIN_NORMAL, Double.POSITIVE_INFINITY);
            return this;
        }

        /** Returns the algorithm. */
        public DecayedPopularity build() {
            return new DecayedPopularity(this);
        }
    }

    @Override
    public Map<String, String> options() {
        return OPTIONS.print(builder().halfLifeDays(halfLifeDays));
    }

    @Override
    public DecayedPopularity with(Map<String, String> options) {
        return OPTIONS.apply(options, builder().halfLifeDays(halfLifeDays)).build();
    }

    @Override
    public PopularityModel start() {
        return start(item -> new int[0]);
    }

    /**
     * Returns an empty model that counts categories too.
     *
     * @param categories the categories of an item, each at least 0; asked with every event, must answer the same for an
     *     item while events of it are remembered
     */
    public PopularityModel start(IntFunction<int[]> categories) {
        return new PopularityModel(halfLifeDays, categories);
    }

    @Override
    public PopularityModel restore(ModelState state) {
        return PopularityModel.restore(halfLifeDays, state);
    }
}
