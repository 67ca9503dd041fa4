package org.recommender4j.eval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.recommender4j.Algorithm;
import org.recommender4j.Recommender;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;

/**
 * Prequential evaluation: goes through the events in the order of time, and for each first asks for recommendations to its user,
 * then looks whether its item is among them, and then lets the recommender learn it. So everything is measured on what was the
 * future at that moment, as in operation.
 *
 * <pre>{@code
 * Replay<String, String> replay = Replay.builder(data).build();
 * ReplayResult popular = replay.run(new Popularity(), 1_000);           // refitted after every 1,000 events
 *
 * SomeRecommender<String, String> mine = SomeRecommender.start(replay.warmUp());
 * ReplayResult learning = replay.run("mine", () -> mine, event -> mine.ingest(event.user(), event.item(), event.epochMillis()));
 * }</pre>
 *
 * <p>The first events ({@linkplain Builder#warmUp a fifth}) are for the recommender to begin with. The next ({@linkplain
 * Builder#tuning a tenth}) are measured apart, to choose options by. The rest is the test. Events below {@link
 * Dataset#positiveFrom()} are learned, but nobody has to foresee them. At the same time the user, then the item of the smaller
 * index comes first. A pair of user and item is one event, as it is in the data set; the catalogue and the users' ids are known
 * from the beginning, but nothing about them.
 *
 * <p>J. Vinagre, A. Jorge, J. Gama. Evaluation of Recommender Systems in Streaming Environments. RecSys workshop REDD, 2014.
 *
 * <p>Memory: 4 bytes per event. Immutable; runs of different recommenders may go on at the same time.
 *
 * @param <U> the class of user ids
 * @param <I> the class of item ids
 */
public final class Replay<U, I> {
    private final Dataset<U, I> data;
    private final int[] order;
    private final int[] userOf;
    private final int warmUpEnd;
    private final int tuningEnd;
    private final int length;
    private final int window;
    private final Training training;

    private Replay(Builder<U, I> builder) {
        data = builder.data;
        Interactions all = data.interactions();
        order = byTime(all);
        userOf = new int[all.size()];
        for (int user = 0; user < all.rows(); user++) {
            Arrays.fill(userOf, all.begin(user), all.end(user), user);
        }
        warmUpEnd = (int) Math.round(builder.warmUp * order.length);
        tuningEnd = (int) Math.round(Math.min(1, builder.warmUp + builder.tuning) * order.length);
        length = builder.length;
        window = builder.window > 0 ? builder.window : Math.max(1, (order.length - warmUpEnd + 39) / 40);
        training = builder.training;
    }

    private static int[] byTime(Interactions data) {
        Integer[] positions = new Integer[data.size()];
        Arrays.setAll(positions, p -> p);
        Arrays.sort(positions, (a, b) -> Long.compare(data.time(a), data.time(b)));
        return Arrays.stream(positions).mapToInt(p -> p).toArray();
    }

    /**
     * Starts describing a replay.
     *
     * @param <U> the class of user ids
     * @param <I> the class of item ids
     * @throws IllegalArgumentException if the data has no times
     */
    public static <U, I> Builder<U, I> builder(Dataset<U, I> data) {
        if (!data.interactions().hasTimes()) {
            throw new IllegalArgumentException(data + " has no times to replay by");
        }
        return new Builder<>(data);
    }

    /**
     * Collects how to replay. Not thread-safe.
     *
     * @param <U> the class of user ids
     * @param <I> the class of item ids
     */
    public static final class Builder<U, I> {
        private final Dataset<U, I> data;
        private double warmUp = 0.2;
        private double tuning = 0.1;
        private int length = 10;
        private int window;
        private Training training = Training.defaults();

        private Builder(Dataset<U, I> data) {
            this.data = data;
        }

        /** Sets the share of the events to begin with, from 0 to 1; default 0.2. */
        public Builder<U, I> warmUp(double share) {
            warmUp = Options.inRange("warmUp", share, 0, 1);
            return this;
        }

        /** Sets the share of the events to choose options by, from 0 to 1; default 0.1. */
        public Builder<U, I> tuning(double share) {
            tuning = Options.inRange("tuning", share, 0, 1);
            return this;
        }

        /** Sets the length of the lists, from 1 to 1,048,576; default 10. */
        public Builder<U, I> length(int length) {
            this.length = Options.inRange("length", length, 1, Metric.MAX_CUTOFF);
            return this;
        }

        /** Sets the number of events of a window, at least 1; default a fortieth of those that are measured. */
        public Builder<U, I> window(int events) {
            window = Options.inRange("window", events, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Sets how algorithms are refitted; default {@link Training#defaults()}. */
        public Builder<U, I> training(Training training) {
            this.training = training;
            return this;
        }

        /** Returns the replay. */
        public Replay<U, I> build() {
            return new Replay<>(this);
        }
    }

    /**
     * What happened.
     *
     * @param user who
     * @param item with what
     * @param weight how strongly; the rating for explicit feedback
     * @param epochMillis when, in milliseconds since the epoch
     * @param <U> the class of user ids
     * @param <I> the class of item ids
     */
    public record Event<U, I>(U user, I item, double weight, long epochMillis) {}

    /** Returns the data that a recommender may know before the first event: the interactions of the warm-up. */
    public Dataset<U, I> warmUp() {
        return until(warmUpEnd);
    }

    /** Returns the number of events after the warm-up. */
    public int events() {
        return order.length - warmUpEnd;
    }

    private Dataset<U, I> until(int end) {
        BitSet past = new BitSet(order.length);
        for (int k = 0; k < end; k++) {
            past.set(order[k]);
        }
        return data.withInteractions(data.interactions().only(past));
    }

    /**
     * Replays the events to a recommender that learns.
     *
     * @param name what to call it
     * @param recommender gives the recommender to ask, before each event; it must know the warm-up already
     * @param learn is told of each event after it was asked for; what it learns must show in the next answer
     */
    public ReplayResult run(
            String name, Supplier<? extends Recommender<U, I>> recommender, Consumer<? super Event<U, I>> learn) {
        Interactions all = data.interactions();
        BitSet known = new BitSet();
        for (int k = 0; k < warmUpEnd; k++) {
            known.set(userOf[order[k]]);
        }
        ReplayResult.Counter tuning = new ReplayResult.Counter(length);
        ReplayResult.Counter test = new ReplayResult.Counter(length);
        ReplayResult.Counter current = new ReplayResult.Counter(length);
        List<ReplayResult.Part> windows = new ArrayList<>();
        for (int k = warmUpEnd; k < order.length; k++) {
            int p = order[k];
            U user = data.users().key(userOf[p]);
            I item = data.items().key(all.column(p));
            if (all.weight(p) >= data.positiveFrom()) {
                int place = recommender.get().recommend(user, length).items().indexOf(item);
                Instant time = Instant.ofEpochMilli(all.time(p));
                for (ReplayResult.Counter counter : List.of(k < tuningEnd ? tuning : test, current)) {
                    counter.add(place, !known.get(userOf[p]), time);
                }
            }
            known.set(userOf[p]);
            learn.accept(new Event<>(user, item, all.weight(p), all.time(p)));
            if ((k + 1 - warmUpEnd) % window == 0 || k + 1 == order.length) {
                windows.add(current.part());
                current = new ReplayResult.Counter(length);
            }
        }
        return new ReplayResult(name, length, tuning.part(), test.part(), List.copyOf(windows));
    }

    /**
     * Replays the events to an algorithm that is fitted to the warm-up, and again to all so far after every so many events: what a
     * nightly training would do.
     *
     * @param every at least 1; the fits take most of the time
     */
    public ReplayResult run(Algorithm algorithm, int every) {
        Options.inRange("every", every, 1, Integer.MAX_VALUE);
        Refitted refitted = new Refitted(algorithm, every);
        return run(algorithm.name(), () -> refitted.current, refitted::learn);
    }

    /** The newest fit of an algorithm. */
    private final class Refitted {
        private final Algorithm algorithm;
        private final int every;
        private int learned;
        private Recommender<U, I> current;

        Refitted(Algorithm algorithm, int every) {
            this.algorithm = algorithm;
            this.every = every;
            current = algorithm.fit(warmUp(), training);
        }

        void learn(Event<U, I> event) {
            learned++;
            if (learned % every == 0) {
                current = algorithm.fit(until(warmUpEnd + learned), training);
            }
        }
    }
}
