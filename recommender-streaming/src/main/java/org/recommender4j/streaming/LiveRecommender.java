package org.recommender4j.streaming;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.recommender4j.AbstractRecommender;
import org.recommender4j.Algorithm;
import org.recommender4j.Recommendations;
import org.recommender4j.Request;
import org.recommender4j.View;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.IdMap;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.ModelState;
import org.recommender4j.streaming.journal.Journal;
import org.recommender4j.streaming.journal.Recovery;

/**
 * A recommender that learns from events while it serves.
 *
 * <pre>{@code
 * LiveRecommender<String, String> live = LiveRecommender.start(data, new ImplicitAls());
 * long version = live.ingest(Event.view("42", "2571"));
 * live.recommend("42", request -> request.limit(10).atLeast(version));   // already reflects the view
 * }</pre>
 *
 * <p><b>What an event changes, at once:</b> the history of its user and what the user has seen; the user's vector, if the model
 * has factors; popularity and trends; the signals. Users and items that nobody knew join. <b>From time to time</b> {@link
 * #refreshItems} gives items new vectors, and {@link #refit} trains the model anew on all that is known, in the background
 * if the builder says so.
 *
 * <p><b>Guarantees.</b> Readers never wait for an event, and see each history, vector and model as it was at one
 * moment, never a part of a change. Two things take a lock: whoever needs the features of items first after one was
 * described builds them anew, while others who need them wait, and events too if one more item is described; and a
 * report of {@link #analytics}, for which events wait. What a call says of one user belongs together; counts, and the
 * histories of several users, may be of different moments of the call. Events are applied one at a time, in the order
 * of their versions. Whoever called {@link #ingest} finds the event in all calls that begin after it returned; others
 * ask with {@link Request#atLeast}. Repeated events with the same id count once, as long as the builder's {@code
 * rememberedIds} reach back, also across a restart. Events that come late count by their time.
 *
 * <p><b>Failures.</b> An event is checked, written to the journal, and then applied; so what a call threw for has
 * changed nothing that a reader sees, but for one case: if the disk refuses to make safe what it took before, the event
 * is seen already and may be lost by a crash. Nothing is acknowledged before it is as safe as {@link LiveBuilder#fsync}
 * says. Own signals and members that throw do not stop an event, see {@link LiveBuilder#failures}.
 *
 * <p>An event costs O(sqrt(history of the user)) on average, and for a factor model a fold-in in the thread that brings it, outside
 * of the lock. Memory beside the model: 20 bytes per interaction and about 150 per user, up to 450 for a while after events of
 * a short history. Thread-safe.
 *
 * <p><b>Interrupts.</b> Calls that read or write files complete whether or not the thread is interrupted, and leave its status as
 * it is. Only those that wait for somebody else end early: for a version that is not there yet, or for room in the queue.
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
    private final Afterwards afterwards;
    private final Background background;
    private final Background.Task refits = new Background.Task("refit", this::refit);
    private final UserData<U, I> userData;
    private final Trends<I> trends;
    private final EventLog log;
    private final @Nullable LiveFolder folder;
    private final Archive<U, I> archive;
    private final AtomicBoolean closed = new AtomicBoolean();

    LiveRecommender(Startup.Parts<U, I> parts) {
        algorithm = parts.algorithm();
        state = parts.state();
        folder = parts.folder();
        log = parts.log();
        options = state.options;
        state.learn(parts.generation().model);
        state.startMembers(parts.opened());
        writer = new Writer<>(state, parts.generation(), counters, log, parts.version());
        afterwards = state.afterwards;
        threads = new LiveThreads(options.scheduler);
        background = new Background(threads, afterwards);
        queue = new EventQueue<>(writer, options, counters, afterwards, threads::queue);
        refitter = new Refitter<>(state, writer, algorithm, counters);
        refresher = new Refresher<>(state, writer);
        archive = new Archive<>(state, writer, algorithm, folder);
        userData = new UserData<>(state, writer, refitter, refresher);
        trends = new Trends<>(state);
    }

    /**
     * Applies what the journal has beyond the snapshot, up to a version.
     *
     * @throws org.recommender4j.streaming.journal.JournalFormatException if there is a record that can't be applied:
     *     none is left out
     */
    void recover(Journal journal, long through, RecordCodec<U, I> codec, EventIds eventIds) {
        writer.remember(eventIds);
        boolean wishes = new JournalReplay<>(writer, userData, codec).run(journal, through);
        writer.recovered(Math.min(through, journal.lastVersion()));
        if (folder != null && (wishes || folder.isForgetting())) {
            archive.finishForgetting();
        } else if (folder != null && folder.isSalvaged()) {
            archive.snapshot();
        }
        if (state.released != null && state.released.isUnpublished()) {
            snapshot();
        }
        state.recovered();
        afterwards.run();
    }

    /**
     * Goes on with the recommender of a folder, with the default options, see {@link LiveBuilder#open}.
     *
     * @param users type of the user ids, for example {@code String.class}
     * @param items type of the item ids
     */
    public static <U, I> LiveRecommender<U, I> open(Path folder, Class<U> users, Class<I> items) {
        return builder().open(folder, users, items);
    }

    /** Returns what opening the folder found in the journal, such as an event that was cut off; empty without a folder. */
    public Optional<Recovery> recovery() {
        return folder == null ? Optional.empty() : Optional.of(folder.journal.recovery());
    }

    /**
     * Writes a snapshot into the folder, so that the next {@link #open} begins there; does nothing without a folder. Done also by a
     * refit that is taken, by {@link #forget}, and by {@link #close}. Writers wait for a copy of references, or for the model
     * if it learns by the event.
     *
     * @throws IllegalStateException if the recommender is closed: the folder may be another one's by then
     */
    public void snapshot() {
        if (closed.get() || !archive.snapshot()) {
            throw new IllegalStateException("the recommender is closed");
        }
    }

    static ModelState fileOf(View<?, ?> view, Algorithm algorithm, Interactions histories) {
        return state(view, algorithm, histories);
    }

    static ModelState fileOf(View<?, ?> view, Algorithm algorithm, Interactions histories, int[] rows, int[] changed) {
        return state(view, algorithm, histories, rows, changed);
    }

    static ModelState stateOf(IdMap<?> ids, int count, String what) {
        return writeIds(ids, count, what);
    }

    static <K> IdMap<K> idsOf(ModelState state, Class<K> type, String what) {
        return readIds(state, type, what);
    }

    /** Trains a model and starts to serve, with the default options. */
    public static <U, I> LiveRecommender<U, I> start(Dataset<U, I> data, Algorithm algorithm) {
        return builder().start(data, algorithm);
    }

    /** Starts setting options. */
    public static LiveBuilder builder() {
        return new LiveBuilder();
    }

    /** Begins what is done from time to time. */
    void schedule() {
        new Schedule(options, background, refits).begin(state, writer, this::refreshItems, this::release);
    }

    @Override
    protected View<U, I> view(long version) {
        writer.await(version);
        return new LiveView<>(state, writer.generation());
    }

    /**
     * Applies an event. When this returns, every call that begins sees it, and it is as safe as {@link
     * LiveBuilder#fsync} says.
     *
     * @return the version that contains the event; of now for an event whose id was seen before
     * @throws IllegalArgumentException if the event makes no sense: its kind is unknown, it is too far in the future, an id is
     *     empty, a rating is off the scale, it is too long for the journal
     * @throws IllegalStateException if the recommender has a folder and is closed, or could not write to it before
     * @throws java.io.UncheckedIOException if the disk refuses
     */
    public long ingest(Event<U, I> event) {
        return writer.ingest(event);
    }

    /**
     * Applies events in their order. Those that make no sense go to the dead letters and do not stop the others. If this throws, a part
     * of the events may have been applied: try again, with the same ids.
     *
     * @return the version that contains all of them, which are then as safe as {@link LiveBuilder#fsync} says
     * @throws NullPointerException if one of them is null; then nothing was done
     * @throws IllegalStateException if the recommender has a folder and is closed, or could not write to it before
     * @throws java.io.UncheckedIOException if the disk refuses
     */
    public long ingestAll(Collection<? extends Event<U, I>> events) {
        long start = options.ticker.getAsLong();
        List<Queued<U, I>> batch = new ArrayList<>(events.size());
        for (Event<U, I> event : events) {
            batch.add(new Queued<>(Objects.requireNonNull(event, "event"), start, null));
        }
        writer.applyAll(batch);
        return writer.applied();
    }

    /**
     * Puts an event into the queue; it is applied soon, in a thread in the background. An event that makes no sense goes to the
     * dead letters.
     *
     * @return false if the queue is full and the event was dropped; true says that it waits, not that it is safe: see
     *     {@link #submit}
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
     * batch of the builder; bad ones go to the dead letters. If events can't be applied at all, because the disk
     * refuses or the recommender with its folder is closed, it cancels the subscription.
     */
    public Flow.Subscriber<Event<U, I>> subscriber() {
        return subscriber(new CompletableFuture<>());
    }

    /**
     * Returns a subscriber for one publisher that also tells when the publisher is done, or has failed.
     *
     * @param done completes when the publisher has, with all events applied; exceptionally with the publisher's
     *     failure, or with the reason for which the subscriber cancelled
     */
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
        counters.recommended(nanos);
        if (nanos >= options.slowNanos) {
            Trace.SlowRecommend trace = new Trace.SlowRecommend();
            trace.nanos = nanos;
            trace.limit = request.limit();
            trace.commit();
        }
        return result;
    }

    /**
     * {@inheritDoc} An audience of fewer people than the builder's {@code minGroup} is empty, and one of an item that
     * fewer have leaves nobody out. It names people and says indirectly who has the item: for who may see the events.
     *
     * @throws IllegalStateException if there is {@link Noise} and it does not allow {@link Noise#exactReports}
     */
    @Override
    public Recommendations<U> audience(I item, int n) {
        requireExactReports();
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

    private void requireExactReports() {
        if (state.hidesCounts() && !Objects.requireNonNull(options.noise).exactReports) {
            throw new IllegalStateException(
                    "audiences and analytics are exact, whatever noise there is on counts: for who may see the"
                            + " events, set Noise.exactReports(true)");
        }
    }

    /**
     * Returns what people like of late, at most {@code n} items; see the builder's {@code popularityHalfLife}. With
     * {@link Noise} the list is that of the last release.
     */
    public List<Trend<I>> trends(int n) {
        return trends.of(n);
    }

    /** Returns what people like of late among the items with a value of a category field; nothing if no item has it. */
    public List<Trend<I>> trends(int n, String field, String value) {
        return trends.of(n, field, value);
    }

    /**
     * Declares an item, which may have no events yet; it can be recommended from now on.
     *
     * @return the version that contains it; so in all methods that describe an item
     */
    public long addItem(I item) {
        return writer.describe(item, new ItemFact.Exists());
    }

    /**
     * Adds values to a category field of an item, known or new. Rules of requests and trends per category hold at once; a model
     * that was trained on features learns of it with the next refit. The first reader after a change pays O(all features).
     */
    public long itemCategories(I item, String field, String... values) {
        return writer.describe(item, new ItemFact.Categories(field, List.of(values)));
    }

    /** Sets a number of an item, such as a price, see {@link #itemCategories}. */
    public long itemNumber(I item, String field, double value) {
        return writer.describe(item, new ItemFact.Numeric(field, value));
    }

    /** Sets a text of an item, such as a title, see {@link #itemCategories}. */
    public long itemText(I item, String field, String value) {
        return writer.describe(item, new ItemFact.Text(field, value));
    }

    /** Sets a vector of an item, such as an embedding, which is copied; see {@link #itemCategories}. */
    public long itemVector(I item, String field, float[] value) {
        return writer.describe(item, new ItemFact.Vector(field, value.clone()));
    }

    /**
     * Trains the model anew on all that is known and lets it take over, unless the gate of the builder holds it back. Events go on
     * being applied meanwhile, and are in the new model when it takes over. Takes as long as a training, in the calling thread.
     * If it fails with an {@link IllegalStateException}, the report says so, and the model before goes on serving.
     *
     * @throws CancellationException if the thread was interrupted, which it then still is; the model before goes on serving
     */
    public RefitReport refit() {
        RefitReport report = refitter.refit();
        if (report.taken() && !closed.get()) {
            archive.snapshot();
        }
        return report;
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
     * Releases what people came to like since the last release, with {@link Noise}. Done in the background as often as
     * that says; each time costs its epsilon. With a folder the release is written as a snapshot before anybody sees
     * it. Takes O(items + people who liked something since) and the snapshot; events wait for the counting, but not for
     * the noise.
     *
     * @return what all releases told of a person, at most
     * @throws IllegalStateException if there is no noise, or the recommender is closed or shows the past
     */
    public PrivacyBudget release() {
        if (closed.get()) {
            throw new IllegalStateException("the recommender is closed");
        }
        return archive.release();
    }

    /** Returns what the releases so far told of a person, at most; empty unless there is {@link Noise}. */
    public Optional<PrivacyBudget> privacyBudget() {
        return state.hidesCounts() ? Optional.ofNullable(state.released).map(ReleasedCounts::budget) : Optional.empty();
    }

    /**
     * Removes what is known of a user: id, history, vectors, the part in counts, and records of the journal. What
     * models have learned from the history stays in them until the next refit, and {@link Forgotten#residue} says so.
     * If the same id comes back it is a new user.
     *
     * <p>Ids of users, and their vectors in a factor model, are copied: that takes O(users x factors). Add the number
     * of users of each item of the history, and what members and signals take; events wait meanwhile. With a folder
     * there is the time to write a snapshot and to read the journal, while events go on. If the process ends meanwhile,
     * after the wish got into the journal, {@link #open} does the rest.
     */
    public Forgotten<I> forget(U user) {
        try {
            return archive.forget(user, userData);
        } finally {
            afterwards.run();
        }
    }

    /** Returns the history of a user, and what the model makes of it; empty for somebody unknown. */
    public Optional<UserExport<U, I>> export(U user) {
        return userData.export(user);
    }

    /**
     * Returns reports on users, items and categories; empty unless the builder's {@code analytics} asked to keep what they need.
     *
     * @throws IllegalStateException if there is {@link Noise} and it does not allow {@link Noise#exactReports}
     */
    public Optional<LiveAnalytics<U, I>> analytics() {
        requireExactReports();
        return Optional.ofNullable(state.analytics).map(feed -> new LiveAnalytics<>(state, feed));
    }

    /** Returns the number of users without those who were forgotten, whose indices remain. */
    private int users() {
        return Math.max(0, state.userCount - state.users.holes().length);
    }

    /** Returns how it is doing. */
    public Metrics metrics() {
        return new Metrics(
                writer.applied(),
                counters.applied.get(),
                queue.size(),
                TimeUnit.NANOSECONDS.toMillis(queue.lagNanos()),
                counters.dropped.sum(),
                counters.rejected.sum(),
                counters.duplicates.sum(),
                afterwards.failures(),
                users(),
                state.itemCount,
                writer.generation().number,
                counters.refits.sum(),
                counters.rollbacks.sum(),
                counters.ingestLatency(),
                counters.recommendLatency());
    }

    /**
     * {@inheritDoc} The file holds what is known now and learns no more; loaded, it gives the same lists, scores and
     * similar items as this one at the moment of the call, with what was folded in. Nothing is trained for it.
     * Popularity is that of now and fades no more; a session counts as part of the history; the builder's options, such
     * as {@code minGroup}, hold for this recommender alone. The model is that of now: what {@link Forgotten#residue}
     * names is in the file too. Writers wait as for {@link #snapshot}.
     *
     * @throws IllegalStateException if there are members: a file can't keep them
     */
    @Override
    public void save(Path file) {
        archive.save(file);
    }

    /**
     * Applies the events that wait, writes a snapshot if there is a folder, and ends the threads in the background that are its
     * own. It can still be asked, but takes no more events with a folder. Others can open the folder then, also if this fails: what was
     * acknowledged is in the journal.
     *
     * @throws java.io.UncheckedIOException if the disk refuses
     */
    @Override
    public void close() {
        // Whatever fails, others can open the folder after this.
        try (log) {
            background.close();
            queue.close();
            threads.close();
            closed.set(true);
            archive.close();
        }
    }

    @Override
    public String toString() {
        return "LiveRecommender[" + algorithm.name() + algorithm.options() + ", " + users() + " users, "
                + state.itemCount + " items, version " + writer.applied() + "]";
    }
}
