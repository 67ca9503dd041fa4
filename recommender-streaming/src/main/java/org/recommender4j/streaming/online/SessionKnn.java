package org.recommender4j.streaming.online;

import java.util.Map;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;

/**
 * What came next in earlier sessions like the current one. Needs no user: a history of a few clicks is enough.
 *
 * <p>The current session is the newest stretch of the history without a gap of {@code sessionGapMinutes}, at most its last
 * {@code sessionItems}; a history without times is one session. Of the {@code sessionsPerItem} newest sessions with any of its items, the
 * {@code neighbors} most similar ones vote. The similarity is the sum over the common items of {@code e^(-(newer clicks) /
 * positionDecay)}, over the square roots of both lengths, times {@code 2^(-age / recencyHalfLifeDays)}; the vote for an item is
 * the similarity times {@code e^(-distance / neighborDecay)}, the distance counted in that session from the newest common item,
 * times {@code log(1 + sessions / sessions with the item)^rarity}.
 *
 * <p>An event costs O(sessionsPerItem) and is visible at once. A request takes O(sessionItems x sessionsPerItem + neighbors x
 * session length). Memory: 4 bytes per click and 4 per place in the lists of newest sessions, plus about 100 a session.
 *
 * <p>Sources: B. Kersbergen, O. Sprangers, S. Schelter: Serenade, SIGMOD 2022 (VMIS-kNN: the index of the newest sessions per
 * item); D. Garg, P. Gupta, P. Malhotra, L. Vig, G. Shroff: Sequence and Time Aware Neighborhood for Session-based
 * Recommendations, SIGIR 2019 (STAN: the three decays). Different: the index grows with every click.
 *
 * @since 0.1
 */
public final class SessionKnn implements OnlineAlgorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("SessionKnn")
            .integer("neighbors", b -> b.neighbors, Builder::neighbors)
            .integer("sessionsPerItem", b -> b.sessionsPerItem, Builder::sessionsPerItem)
            .integer("sessionItems", b -> b.sessionItems, Builder::sessionItems)
            .integer("maxSessions", b -> b.maxSessions, Builder::maxSessions)
            .number("sessionGapMinutes", b -> b.sessionGapMinutes, Builder::sessionGapMinutes)
            .number("positionDecay", b -> b.positionDecay, Builder::positionDecay)
            .number("neighborDecay", b -> b.neighborDecay, Builder::neighborDecay)
            .number("recencyHalfLifeDays", b -> b.recencyHalfLifeDays, Builder::recencyHalfLifeDays)
            .number("rarity", b -> b.rarity, Builder::rarity)
            .number("backward", b -> b.backward, Builder::backward)
            .number("repeat", b -> b.repeat, Builder::repeat);

    final int neighbors;
    final int sessionsPerItem;
    final int sessionItems;
    final int maxSessions;
    final double sessionGapMinutes;
    final double positionDecay;
    final double neighborDecay;
    final double recencyHalfLifeDays;
    final double rarity;
    final double backward;
    final double repeat;

    /** Makes the algorithm with its default options. */
    public SessionKnn() {
        this(builder());
    }

    private SessionKnn(Builder builder) {
        neighbors = builder.neighbors;
        sessionsPerItem = builder.sessionsPerItem;
        sessionItems = builder.sessionItems;
        maxSessions = builder.maxSessions;
        sessionGapMinutes = builder.sessionGapMinutes;
        positionDecay = builder.positionDecay;
        neighborDecay = builder.neighborDecay;
        recencyHalfLifeDays = builder.recencyHalfLifeDays;
        rarity = builder.rarity;
        backward = builder.backward;
        repeat = builder.repeat;
    }

    /** Starts setting options. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets options. */
    public static final class Builder {
        private int neighbors = 200;
        private int sessionsPerItem = 1000;
        private int sessionItems = 20;
        private int maxSessions = 1_000_000;
        private double sessionGapMinutes = 30;
        private double positionDecay = 3;
        private double neighborDecay = 4;
        private double recencyHalfLifeDays = Double.POSITIVE_INFINITY;
        private double rarity = 1;
        private double backward = 1;
        private double repeat = 0;

        private Builder() {}

        /** Sets how many similar sessions vote, 1 to 100,000; default 200. */
        public Builder neighbors(int sessions) {
            neighbors = Options.inRange("neighbors", sessions, 1, 100_000);
            return this;
        }

        /** Sets how many of the newest sessions are found by an item, 1 to 100,000; default 1000. */
        public Builder sessionsPerItem(int sessions) {
            sessionsPerItem = Options.inRange("sessionsPerItem", sessions, 1, 100_000);
            return this;
        }

        /** Sets how many of the newest items of the current session count, 1 to 1000; default 20. */
        public Builder sessionItems(int items) {
            sessionItems = Options.inRange("sessionItems", items, 1, 1000);
            return this;
        }

        /** Sets how many sessions are remembered, the newest ones, 1 to 10^9; default 1,000,000. */
        public Builder maxSessions(int sessions) {
            maxSessions = Options.inRange("maxSessions", sessions, 1, 1_000_000_000);
            return this;
        }

        /** Sets after how many minutes without an event a new session begins; more than 0, infinity for never; default 30. */
        public Builder sessionGapMinutes(double minutes) {
            sessionGapMinutes =
                    Options.inRange("sessionGapMinutes", minutes, Double.MIN_NORMAL, Double.POSITIVE_INFINITY);
            return this;
        }

        /** Sets within how many newer clicks an item of the current session counts a factor e less; default 3. */
        public Builder positionDecay(double clicks) {
            positionDecay = Options.inRange("positionDecay", clicks, Double.MIN_NORMAL, Double.POSITIVE_INFINITY);
            return this;
        }

        /** Sets within how many clicks from the common item the items of another session count a factor e less; default 4. */
        public Builder neighborDecay(double clicks) {
            neighborDecay = Options.inRange("neighborDecay", clicks, Double.MIN_NORMAL, Double.POSITIVE_INFINITY);
            return this;
        }

        /** Sets after how many days a session counts half; more than 0, default infinity. */
        public Builder recencyHalfLifeDays(double days) {
            recencyHalfLifeDays =
                    Options.inRange("recencyHalfLifeDays", days, Double.MIN_NORMAL, Double.POSITIVE_INFINITY);
            return this;
        }

        /** Sets how much items that are in few sessions are preferred, 0 to 3, 0 not at all; default 1. */
        public Builder rarity(double exponent) {
            rarity = Options.inRange("rarity", exponent, 0, 3);
            return this;
        }

        /** Sets what an item counts that came before the common one instead of after it, 0 to 1; default 1: the same. */
        public Builder backward(double factor) {
            backward = Options.inRange("backward", factor, 0, 1);
            return this;
        }

        /** Sets what the common item itself counts, as something that may come again, 0 to 1; default 0. */
        public Builder repeat(double factor) {
            repeat = Options.inRange("repeat", factor, 0, 1);
            return this;
        }

        /** Returns the algorithm. */
        public SessionKnn build() {
            return new SessionKnn(this);
        }
    }

    private Builder toBuilder() {
        return builder()
                .neighbors(neighbors)
                .sessionsPerItem(sessionsPerItem)
                .sessionItems(sessionItems)
                .maxSessions(maxSessions)
                .sessionGapMinutes(sessionGapMinutes)
                .positionDecay(positionDecay)
                .neighborDecay(neighborDecay)
                .recencyHalfLifeDays(recencyHalfLifeDays)
                .rarity(rarity)
                .backward(backward)
                .repeat(repeat);
    }

    @Override
    public Map<String, String> options() {
        return OPTIONS.print(toBuilder());
    }

    @Override
    public SessionKnn with(Map<String, String> options) {
        return OPTIONS.apply(options, toBuilder()).build();
    }

    @Override
    public OnlineModel start() {
        return new SessionModel(this);
    }

    @Override
    public OnlineModel restore(ModelState state) {
        return SessionModel.restore(this, state);
    }
}
