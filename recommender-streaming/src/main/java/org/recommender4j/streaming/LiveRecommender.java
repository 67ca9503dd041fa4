package org.recommender4j.streaming;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.recommender4j.AbstractRecommender;
import org.recommender4j.Algorithm;
import org.recommender4j.Recommendations;
import org.recommender4j.Request;
import org.recommender4j.View;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.Features;
import org.recommender4j.data.FeaturesBuilder;
import org.recommender4j.data.Interactions;
import org.recommender4j.factorization.FactorModel;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.TopN;
import org.recommender4j.model.TrainingData;

/**
 * A recommender that learns from events while it serves.
 *
 * <pre>{@code
 * LiveRecommender<String, String> live = LiveRecommender.start(data, new ImplicitAls());
 * long version = live.ingest(Event.view("42", "2571"));
 * live.recommend(Request.<String, String>forUser("42").limit(10).atLeast(version));   // already reflects the view
 * }</pre>
 *
 * <p><b>What an event changes, at once:</b> the history of its user and what the user has seen; the user's vector, if the model
 * has factors; popularity and trends; the signals. Users and items that nobody knew join. <b>From time to time</b> {@link
 * #refreshItems} gives items new vectors, and {@link #refit} trains the model anew on all that is known, in the background
 * if the builder says so.
 *
 * <p><b>Guarantees.</b> Readers take no lock, and see each history, vector and model as it was at one moment, never a part of a
 * change. Events are applied one at a time, in the order of their versions. Whoever called {@link #ingest} finds the event in
 * all calls that begin after it returned; others ask with {@link Request#atLeast}. Repeated events with the same id count
 * once. Events that come late count by their time.
 *
 * <p>An event costs O(history of the user), and for a factor model a fold-in in the thread that brings it, outside of the lock.
 * Memory beside the model: 20 bytes per interaction and about 150 per user. Thread-safe.
 *
 * @param <U> type of user ids
 * @param <I> type of item ids
 * @since 0.1
 */
public final class LiveRecommender<U, I> extends AbstractRecommender<U, I> implements AutoCloseable {
    private final Algorithm algorithm;
    private final LiveOptions options;
    private final LiveState<U, I> state;
    private final Counters counters = new Counters();
    private final Writer<U, I> writer;
    private final LiveThreads threads;
    private final EventQueue<U, I> queue;
    private final Refitter<U, I> refitter;
    private final Refresher<U, I> refresher;
    private final List<Future<?>> schedule = new ArrayList<>();

    private LiveRecommender(Dataset<U, I> data, Algorithm algorithm, Model model, LiveOptions options) {
        this.algorithm = algorithm;
        this.options = options;
        state = new LiveState<>(data, options);
        int[] rows = IntStream.range(0, state.userCount).toArray();
        Generation first = new Generation(1, model, 0, rows, new BitSet(), options.sessionWeight);
        writer = new Writer<>(state, first, counters, EventLog.none(), 0);
        threads = new LiveThreads(options.scheduler);
        queue = new EventQueue<>(writer, options, counters, threads::get);
        refitter = new Refitter<>(state, writer, algorithm, counters);
        refresher = new Refresher<>(state, writer);
    }

    static <U, I> LiveRecommender<U, I> start(Dataset<U, I> data, Algorithm algorithm, LiveOptions options) {
        Model model = algorithm.train(TrainingData.of(data), options.training);
        LiveRecommender<U, I> live = new LiveRecommender<>(data, algorithm, model, options);
        live.schedule();
        return live;
    }

    /** Trains a model and starts to serve, with the default options. */
    public static <U, I> LiveRecommender<U, I> start(Dataset<U, I> data, Algorithm algorithm) {
        return builder().start(data, algorithm);
    }

    /** Starts setting options. */
    public static LiveBuilder builder() {
        return new LiveBuilder();
    }

    private void schedule() {
        if (options.refitEvery > 0) {
            every(options.refitEvery, this::refit);
        }
        if (options.refreshEvery > 0) {
            every(options.refreshEvery, this::refreshItems);
        }
        if (options.refitAfterEvents > 0) {
            writer.whenApplied(options.refitAfterEvents, this::refitSoon);
        }
    }

    private void refitSoon() {
        try {
            threads.get().execute(this::refit);
        } catch (IllegalStateException | RejectedExecutionException e) {
            // Closed: there is nobody to serve with a new model.
            counters.failures.increment();
        }
    }

    private void every(long millis, Runnable action) {
        ScheduledExecutorService scheduler = threads.get();
        schedule.add(scheduler.scheduleWithFixedDelay(
                () -> {
                    try {
                        action.run();
                    } catch (RuntimeException e) {
                        counters.failures.increment();
                    }
                },
                millis,
                millis,
                TimeUnit.MILLISECONDS));
    }

    @Override
    protected View<U, I> view(long version) {
        writer.await(version);
        return new LiveView<>(state, writer.generation());
    }

    /**
     * Applies an event. When this returns, every call that begins sees it.
     *
     * @return the version that contains the event; of now for an event whose id was seen before
     * @throws IllegalArgumentException if the event makes no sense: its kind is unknown, it is too far in the future, an id is
     *     empty, a rating is off the scale
     */
    public long ingest(Event<U, I> event) {
        return writer.ingest(event);
    }

    /**
     * Applies events in their order. Those that make no sense go to the dead letters and do not stop the others.
     *
     * @return the version that contains all of them
     */
    public long ingestAll(Collection<? extends Event<U, I>> events) {
        List<Writer.Queued<U, I>> batch = new ArrayList<>(events.size());
        for (Event<U, I> event : events) {
            batch.add(new Writer.Queued<>(event, options.ticker.getAsLong(), null));
        }
        writer.applyAll(batch);
        return writer.applied();
    }

    /**
     * Puts an event into the queue; it is applied soon, in a thread in the background. An event that makes no sense goes to the
     * dead letters.
     *
     * @return false if the queue is full and the event was dropped
     * @throws java.util.concurrent.RejectedExecutionException if the queue is full and the policy is to fail
     * @throws IllegalStateException if the recommender is closed
     */
    public boolean offer(Event<U, I> event) {
        return queue.offer(event);
    }

    /**
     * Puts an event into the queue, as {@link #offer} does, and tells when it is applied.
     *
     * @return completes with the version that contains the event, or fails with the reason why there is none
     */
    public CompletableFuture<Long> submit(Event<U, I> event) {
        return queue.submit(event);
    }

    /**
     * Returns a subscriber for one publisher. Events are applied in the publisher's thread, and it asks for as many at a time as the
     * batch of the builder; bad ones go to the dead letters.
     */
    public Flow.Subscriber<Event<U, I>> subscriber() {
        return subscriber(new CompletableFuture<>());
    }

    /** Returns a subscriber for one publisher that also tells when the publisher is done, or has failed. */
    public Flow.Subscriber<Event<U, I>> subscriber(CompletableFuture<Void> done) {
        return new EventSubscriber<>(writer, options, done);
    }

    /** Returns the version of the last event that readers see; 0 before the first. */
    public long version() {
        return writer.applied();
    }

    @Override
    public Recommendations<I> recommend(Request<? extends U, ? super I> request) {
        long start = options.ticker.getAsLong();
        Recommendations<I> result = super.recommend(request);
        long nanos = Math.max(0, options.ticker.getAsLong() - start);
        counters.recommend.recordValue(nanos);
        if (nanos >= options.slowNanos) {
            Trace.SlowRecommend trace = new Trace.SlowRecommend();
            trace.nanos = nanos;
            trace.limit = request.limit();
            trace.commit();
        }
        return result;
    }

    /** {@inheritDoc} An audience of fewer people than the builder's {@code minGroup} is empty. */
    @Override
    public Recommendations<U> audience(I item, int n) {
        while (true) {
            try {
                Recommendations<U> people = super.audience(item, n);
                return people.size() < options.minGroup ? super.audience(item, 0) : people;
            } catch (NoSuchElementException e) {
                // Somebody was forgotten while the list was made; the next list is without.
                Thread.onSpinWait();
            }
        }
    }

    /** Returns what people like of late, at most {@code n} items; see the builder's {@code popularityHalfLife}. */
    public List<Trend<I>> trends(int n) {
        return trends(n, Eligibility.all(state.itemCount));
    }

    /** Returns what people like of late among the items with a value of a category field. */
    public List<Trend<I>> trends(int n, String field, String value) {
        Features features = state.itemFeatures.get();
        int items = state.itemCount;
        int column = features.categoryFields().contains(field)
                ? features.values(field).indexOf(value)
                : -1;
        if (column < 0) {
            return List.of();
        }
        Interactions byValue = features.categories(field).transpose();
        return trends(n, Eligibility.builder(items).only(byValue.row(column)).build());
    }

    private List<Trend<I>> trends(int n, Eligibility eligible) {
        TopN top = new TopN(n, eligible);
        int least = Math.max(1, options.minGroup);
        top.search(
                (from, to, scores) -> {
                    state.popularity.scorer().score(from, to, scores);
                    for (int item = from; item < to; item++) {
                        if (state.popularity.people(item) < least) {
                            scores[item - from] = Float.NEGATIVE_INFINITY;
                        }
                    }
                },
                eligible.items());
        List<Trend<I>> result = new ArrayList<>();
        int[] items = top.items();
        float[] scores = top.scores();
        for (int k = 0; k < items.length; k++) {
            result.add(new Trend<>(state.items.key(items[k]), scores[k], state.popularity.people(items[k])));
        }
        return result;
    }

    /** Declares an item, which may have no events yet; it can be recommended from now on. */
    public void addItem(I item) {
        writer.exclusively(() -> state.declare(item));
    }

    /**
     * Describes an item, known or new, in terms of {@link FeaturesBuilder}: {@code live.describe(item, (to, row) ->
     * to.category("genre", row, "Drama"))}. Rules of requests and trends per category hold at once; a model that was trained on
     * features learns of it with the next refit. The first reader after a change pays O(all features).
     */
    public void describe(I item, FeatureSetter setter) {
        int row = writer.exclusively(() -> state.declare(item));
        state.itemFeatures.change(row, to -> setter.set(to, row));
    }

    /** Sets features of one row. */
    @FunctionalInterface
    public interface FeatureSetter {
        /** Sets features of {@code row} and of no other. */
        void set(FeaturesBuilder to, int row);
    }

    /** Adds values to a category field of an item, see {@link #describe}. */
    public void itemCategories(I item, String field, String... values) {
        describe(item, (to, row) -> to.categories(field, row, Arrays.asList(values)));
    }

    /**
     * Trains the model anew on all that is known and lets it take over, unless the gate of the builder holds it back. Events go on
     * being applied meanwhile, and are in the new model when it takes over. Takes as long as a training, in the calling thread.
     */
    public RefitReport refit() {
        return refitter.refit();
    }

    /**
     * Solves the vectors of the items anew that had events since the last time, with the vectors of their users; a new item gets
     * one. Takes O(events x d^2) and copies the vectors of all items. Does nothing unless the model can do so.
     *
     * @return how many items have a new vector
     */
    public int refreshItems() {
        return refresher.refresh();
    }

    /**
     * Removes all that is known of a user: id, history, vectors, and the part in counts. If the same id comes back it is a new user.
     * Takes O(users).
     */
    public Forgotten<I> forget(U user) {
        return writer.exclusively(() -> {
            int index = state.users.indexOf(user);
            if (index < 0) {
                return new Forgotten<I>(false, List.of(), false, 0, List.of());
            }
            Generation generation = writer.generation();
            boolean trained = generation.row(index) >= 0;
            List<String> residue = new ArrayList<>();
            UserState removed = state.forget(index, user, residue);
            boolean vector = generation.forget(index);
            if (trained && removed.size() > 0) {
                residue.add(
                        0,
                        vector
                                ? "what the history changed in the rest of the model"
                                : generation.model.name() + " keeps the history that it was trained on");
            }
            return new Forgotten<>(true, entries(removed), vector, 0, List.copyOf(residue));
        });
    }

    /** Returns all that is known of a user, or empty if nothing is. */
    public Optional<UserExport<U, I>> export(U user) {
        int index = state.users.indexOf(user);
        if (index < 0 || index >= state.userCount) {
            return Optional.empty();
        }
        UserState history = state.history(index);
        List<Float> vector = new ArrayList<>();
        Generation generation = writer.generation();
        if (generation.model instanceof FactorModel factors) {
            for (float value : generation.vector(factors, index, history, false)) {
                vector.add(value);
            }
        }
        return Optional.of(new UserExport<>(user, entries(history), List.copyOf(vector)));
    }

    private List<HistoryEntry<I>> entries(UserState history) {
        return IntStream.range(0, history.size())
                .mapToObj(k -> new HistoryEntry<>(
                        state.items.key(history.items[k]), history.weights[k], Instant.ofEpochMilli(history.times[k])))
                .sorted(Comparator.comparing(HistoryEntry::time))
                .toList();
    }

    /** Returns how it is doing. */
    public Metrics metrics() {
        return new Metrics(
                writer.applied(),
                counters.applied.sum(),
                queue.size(),
                TimeUnit.NANOSECONDS.toMillis(queue.lagNanos()),
                counters.dropped.sum(),
                counters.rejected.sum(),
                counters.duplicates.sum(),
                counters.failures.sum() + state.failures,
                state.userCount,
                state.itemCount,
                writer.generation().number,
                counters.refits.sum(),
                counters.rollbacks.sum(),
                Counters.latency(counters.ingest),
                Counters.latency(counters.recommend));
    }

    @Override
    public void save(Path file) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Applies the events that wait, and ends the threads in the background that are its own. It can still be asked. */
    @Override
    public void close() {
        schedule.forEach(task -> task.cancel(false));
        queue.close();
        threads.close();
    }

    @Override
    public String toString() {
        return "LiveRecommender[" + algorithm.name() + algorithm.options() + ", " + state.userCount + " users, "
                + state.itemCount + " items, version " + writer.applied() + "]";
    }
}
