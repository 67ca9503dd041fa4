package org.recommender4j.streaming;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Dataset;
import org.recommender4j.model.Training;
import org.recommender4j.streaming.analytics.Analytics;
import org.recommender4j.streaming.journal.Fsync;
import org.recommender4j.streaming.online.OnlineAlgorithm;

/** Sets the options of a {@link LiveRecommender} and starts it. Can be used again. Not thread-safe. */
public final class LiveBuilder {
    private final LiveOptions options = new LiveOptions();

    LiveBuilder() {}

    private static void require(boolean condition, String name, Object value) {
        if (!condition) {
            throw new IllegalArgumentException(name + " can't be " + value);
        }
    }

    private static long millis(String name, Duration value) {
        require(!value.isNegative() && !value.isZero(), name, value);
        try {
            return Math.max(1, value.toMillis());
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE / 2;
        }
    }

    /** Defines a kind of event, or another weight for one, see {@link org.recommender4j.data.EventKinds#with}. */
    public LiveBuilder kind(String name, double weight) {
        options.kinds = options.kinds.with(name, weight);
        return this;
    }

    /** Sets after what time the weight of an event in a history counts half; by default never. For implicit feedback. */
    public LiveBuilder historyHalfLife(Duration halfLife) {
        options.historyHalfLife = millis("historyHalfLife", halfLife);
        return this;
    }

    /** Sets after what time a user's interest counts half for popularity and trends; default 7 days. */
    public LiveBuilder popularityHalfLife(Duration halfLife) {
        options.popularityHalfLife = millis("popularityHalfLife", halfLife);
        return this;
    }

    /** Sets how long a user must be idle for a new session to begin; default 30 minutes. A session id of an event decides first. */
    public LiveBuilder sessionGap(Duration gap) {
        options.sessionGap = millis("sessionGap", gap);
        return this;
    }

    /**
     * Sets the share of the current session in a score, the rest being that of the whole history; 0 to 1, default 0: the session
     * counts as part of the history only.
     */
    public LiveBuilder sessionWeight(double weight) {
        require(weight >= 0 && weight <= 1, "sessionWeight", weight);
        options.sessionWeight = weight;
        return this;
    }

    /** Sets how far in the future the time of an event may lie; default a day. */
    public LiveBuilder maxFuture(Duration future) {
        options.maxFuture = millis("maxFuture", future);
        return this;
    }

    /**
     * Sets how many event ids are remembered to ignore a repeated event; default 100,000. Of an id a keyed hash is
     * kept, about 100 bytes; a folder holds the hashes with their key, so that whoever has it can try an id, but read
     * none.
     */
    public LiveBuilder rememberedIds(int count) {
        require(count >= 0, "rememberedIds", count);
        options.rememberedIds = count;
        return this;
    }

    /** Sets how many events can wait, and what becomes of those beyond; default 10,000 and {@link OverflowPolicy#BLOCK}. */
    public LiveBuilder queue(int capacity, OverflowPolicy overflow) {
        require(capacity >= 1, "capacity", capacity);
        options.queueCapacity = capacity;
        options.overflow = Objects.requireNonNull(overflow);
        return this;
    }

    /** Sets how many waiting events are applied at once; default 256. */
    public LiveBuilder batch(int size) {
        require(size >= 1, "batch", size);
        options.batch = size;
        return this;
    }

    /**
     * Sets who is told of events of the queue, of a batch or of a subscription that can't be applied, and of those of the queue that could
     * not be made safe; default nobody, they are counted. Called in the thread that applies events, which waits, and never
     * under a lock: it may call the recommender, but for {@code offer} into a full queue of {@link OverflowPolicy#BLOCK}, which throws. What
     * it throws is a failure, see {@link #failures}.
     */
    public LiveBuilder deadLetters(Consumer<? super DeadLetter> callback) {
        options.deadLetters = Objects.requireNonNull(callback);
        return this;
    }

    /**
     * Sets who is told of exceptions that no call throws, since what they belong to is done already, or done in the background: of a
     * {@linkplain #signal signal} or a {@linkplain #member member} that learns an event, of callbacks, of refits and item refreshes by
     * schedule, of the disk while the queue is emptied. Default nobody; {@link Metrics#failures()} counts them. Called like {@link #deadLetters},
     * in any of the threads that write; what it throws is counted too.
     */
    public LiveBuilder failures(Consumer<? super LiveFailure> callback) {
        options.failures = Objects.requireNonNull(callback);
        return this;
    }

    /** Adds something that learns with each event. A signal belongs to one recommender. */
    public LiveBuilder signal(LiveSignal signal) {
        options.add(signal);
        return this;
    }

    /**
     * Keeps what reports on users, items and categories need, see {@link LiveRecommender#analytics}. An event then costs a hash map
     * access per category of the item more; memory about 150 bytes per pair of user and item and 100 per pair of user and category. By
     * default nothing is kept.
     *
     * @param field the category field of the items by which to report, for example "genre"; one that no item has is fine
     * @param settings changes what is not as by default; without a change, groups of less than 5 users, or of this builder's {@code
     *     minGroup} if that is more, are not told of
     */
    public LiveBuilder analytics(String field, Consumer<Analytics.Builder> settings) {
        require(!field.isEmpty(), "field", "empty");
        options.analytics = new LiveOptions.Reports(field, Objects.requireNonNull(settings));
        return this;
    }

    /**
     * Adds a model that learns from each event and has a say in each list: the scores of the trained model, which has weight 1, and
     * of the members are each divided by the best for the user, and the weighted mean counts. So what happened a moment ago, with items that the
     * trained model does not know yet, can be recommended.
     *
     * <p>An exception in its {@code update} is a failure, see {@link #failures}: the event counts and the member goes without it. One
     * whose training throws when a folder is opened starts with nothing.
     *
     * @param algorithm such as {@link org.recommender4j.streaming.online.IncrementalItemKnn}
     * @param weight more than 0
     */
    public LiveBuilder member(OnlineAlgorithm algorithm, double weight) {
        require(weight > 0 && weight < Float.MAX_VALUE, "weight", weight);
        options.members = Stream.concat(options.members.stream(), Stream.of(new LiveOptions.Member(algorithm, weight)))
                .toList();
        return this;
    }

    /**
     * Lets {@link #open} go on without members that the folder was made with; by default that is refused, so that none is left out by
     * mistake. Members with other options or weights, and more of them, need no permission: they learn from the histories.
     */
    public LiveBuilder replaceMembers() {
        options.replaceMembers = true;
        return this;
    }

    /** Sets where the time comes from; default the system's clock. */
    public LiveBuilder clock(InstantSource clock) {
        options.clock = Objects.requireNonNull(clock);
        return this;
    }

    /** Sets where elapsed nanoseconds for the metrics come from; default {@link System#nanoTime}. */
    public LiveBuilder ticker(LongSupplier ticker) {
        options.ticker = Objects.requireNonNull(ticker);
        return this;
    }

    /** Sets on how many threads the models are trained, and where. */
    public LiveBuilder training(Training training) {
        options.training = Objects.requireNonNull(training);
        return this;
    }

    /**
     * Sets the threads for the queue, refits and refreshes. The queue takes one while events wait; refits and refreshes run one after the
     * other and take one between them. So with two threads no event waits for a training. By default the recommender makes a daemon thread
     * for each of the two purposes when it is needed first, and ends it when it is closed.
     */
    public LiveBuilder scheduler(ScheduledExecutorService scheduler) {
        options.scheduler = Objects.requireNonNull(scheduler);
        return this;
    }

    /** Sets how often the model is trained anew in the background; by default never. */
    public LiveBuilder refitEvery(Duration period) {
        options.refitEvery = millis("refitEvery", period);
        return this;
    }

    /**
     * Lets the model be trained anew in the background when people take other items than they did when it took over. The items of each
     * {@code window} interactions with a positive weight are compared with those of the first window that the model served (but see {@link #driftSinceTraining}): 0 says that both
     * come from the same distribution, 1 that they have nothing in common; chance and the number of items do not count. While a refit by
     * the recommender itself waits or runs, it starts no other; a model that the gate held back is tried again after the next window. By default it is not looked at.
     *
     * @param window at least 100; some thousands are needed to see a change of a few percent
     * @param threshold more than 0 and below 1, for example 0.1
     */
    public LiveBuilder refitOnDrift(int window, double threshold) {
        require(window >= 100, "window", window);
        require(threshold > 0 && threshold < 1, "threshold", threshold);
        options.driftWindow = window;
        options.driftThreshold = threshold;
        return this;
    }

    /**
     * Sets whether {@link #refitOnDrift} compares also the first events that a model serves, with what it was trained on: the latest
     * interactions of the data, or of the histories that were opened, as many as a window; and after a refit those of the last full
     * window before it. So drift is noticed from the first window on. Default false, since the first window then trains the model anew
     * for nothing where events are of another kind than the data, say views after purchases. Without effect on data of less
     * than a window; where interactions have no time a random sample of them is taken.
     */
    public LiveBuilder driftSinceTraining(boolean compare) {
        options.driftSinceTraining = compare;
        return this;
    }

    /** Sets after how many events the model is trained anew in the background; 0, the default, for never. */
    public LiveBuilder refitAfterEvents(long events) {
        require(events >= 0, "refitAfterEvents", events);
        options.refitAfterEvents = events;
        return this;
    }

    /** Sets how often the vectors of items are solved anew in the background; by default never. */
    public LiveBuilder refreshItemsEvery(Duration period) {
        options.refreshEvery = millis("refreshItemsEvery", period);
        return this;
    }

    /**
     * Sets the gate of a refit: the latest {@code events} interactions are kept out of the training and predicted by the old model
     * as it was trained and by the new; the new one is taken if its recall@10 is at least {@code 1 - tolerance} of the old one's. Default 1000 and 0.1;
     * 0 events for no gate. Fewer than 20 predictable interactions make no gate either. Where most interactions
     * come from the lists of the old model they favour it, since people take what they are shown; give the new one more tolerance then.
     */
    public LiveBuilder gate(int events, double tolerance) {
        require(events >= 0, "events", events);
        require(tolerance >= 0 && tolerance <= 1, "tolerance", tolerance);
        options.gateEvents = events;
        options.gateTolerance = tolerance;
        return this;
    }

    /** Sets how long a call waits for a version that is not there yet, see {@code Request.atLeast}; default a second. */
    public LiveBuilder versionTimeout(Duration timeout) {
        options.versionTimeout = millis("versionTimeout", timeout);
        return this;
    }

    /** Sets from what duration on a {@code recommend} is reported to the flight recorder; default 10 ms. */
    public LiveBuilder slowRecommend(Duration threshold) {
        require(!threshold.isNegative(), "slowRecommend", threshold);
        options.slowNanos = threshold.toNanos();
        return this;
    }

    /**
     * Sets how many people a statement must be about (k-anonymity); default 1. An audience of fewer is empty, and does
     * not leave out those who have the item while they are fewer; an item that fewer like is no trend, and has score 0
     * where popularity fills a list; items that fewer have in common are not similar for that. This helps against a
     * look at one answer. It is no help against who can make accounts, for the others in a group may all be theirs, nor
     * against who compares answers from before and after an event: {@link #noise} is.
     */
    public LiveBuilder minGroup(int people) {
        require(people >= 1, "minGroup", people);
        options.minGroup = people;
        return this;
    }

    /**
     * Lets popularity be released from time to time with noise, so that trends and the lists for somebody unknown say
     * next to nothing of one person; {@link Noise} says what is promised and what is not. By default counts are told as
     * they are, at once. A folder whose counts are released so can't be opened without; {@link Noise#none} says that
     * they shall be told as they are from now on.
     */
    public LiveBuilder noise(Noise noise) {
        options.noise = Objects.requireNonNull(noise);
        return this;
    }

    /** Sets how safe an event is when {@code ingest} returns, for a recommender with a folder; default {@link Fsync#GROUP}. */
    public LiveBuilder fsync(Fsync policy) {
        options.fsync = Objects.requireNonNull(policy);
        return this;
    }

    /**
     * Sets whether the journal keeps events that are in a snapshot, and older snapshots stay, for {@link #openAsOf}; default false: the
     * journal is cut with each snapshot.
     */
    public LiveBuilder keepJournal(boolean keep) {
        options.keepJournal = keep;
        return this;
    }

    /**
     * Sets whether {@link #open} goes on with what it can read if acknowledged events are lost, because files of the folder are broken or
     * missing, instead of refusing; default false. {@link LiveRecommender#recovery} tells what is lost, a snapshot is written, and
     * versions go on behind the next multiple of 2^40, so that none of the lost ones is given again. Make a copy of the folder first. A
     * snapshot that can't be read itself is not salvaged.
     */
    public LiveBuilder salvage(boolean giveUp) {
        options.salvage = giveUp;
        return this;
    }

    /** Sets what is called before each step that changes the files of a folder; for tests. */
    LiveBuilder folderStep(Runnable step) {
        options.folderStep = step;
        return this;
    }

    /**
     * Trains a model and starts to serve with a folder: each event is in the journal there before {@code ingest} returns, and after
     * a crash {@link #open} has them all. Ids must be of type String, Long, Integer or UUID.
     *
     * @param folder made if it does not exist; must hold no recommender yet
     * @throws IllegalStateException if the folder holds one, or is in use
     * @throws java.io.UncheckedIOException if the disk refuses
     */
    public <U, I> LiveRecommender<U, I> create(Path folder, Dataset<U, I> data, Algorithm algorithm) {
        return Startup.create(folder, data, algorithm, options.copy());
    }

    /**
     * Goes on with the recommender of a folder: reads the newest snapshot and applies what the journal has beyond. If the process
     * ended while somebody was being forgotten, that is finished first. The options of
     * this builder hold, for all that happens from now on; algorithm and data come from the folder. Each event of the journal has the
     * weight that it had when it came, whatever {@link #kind} says now.
     *
     * @param users type of the user ids, for example {@code String.class}
     * @param items type of the item ids
     * @throws IllegalStateException if there is none, or the folder is in use, or it was made with a {@link #member} that this builder
     *     lacks (but see {@link #replaceMembers}), or snapshot and journal do not belong together, see {@link #salvage}
     * @throws org.recommender4j.io.ModelFormatException if the snapshot is broken, or of other ids
     * @throws org.recommender4j.streaming.journal.JournalFormatException if acknowledged records of the journal are broken or missing,
     *     see {@link #salvage}, or if there is a record that can't be applied; nothing is left out or cut then
     * @throws java.io.UncheckedIOException if the disk refuses
     */
    public <U, I> LiveRecommender<U, I> open(Path folder, Class<U> users, Class<I> items) {
        return Startup.open(folder, users, items, options.copy());
    }

    /**
     * Shows what a recommender with {@link #keepJournal} knew at a version: reads the newest snapshot of then and applies the journal up to
     * that version. The result lives in memory and can go another way; the folder stays as it is, but for an
     * unfinished record at the end of the journal, which is cut as by {@link #open}. A refit between the snapshot and the version
     * is not repeated, so the model may be an older one. Parameters and exceptions as with {@link #open}, and
     *
     * @param version as {@code ingest} and {@code version()} gave it
     * @throws IllegalArgumentException if the version is not reached yet
     * @throws IllegalStateException if the snapshots or the records of then are gone, because the journal was not kept or because
     *     somebody was forgotten since; if forgetting somebody was not finished, which {@link #open} does; or if the folder is
     *     in use
     */
    public <U, I> LiveRecommender<U, I> openAsOf(Path folder, Class<U> users, Class<I> items, long version) {
        require(version >= 0, "version", version);
        return Startup.openAsOf(folder, users, items, version, options.copy());
    }

    /**
     * Trains a model and starts to serve. The data set is copied.
     *
     * @param algorithm also for later refits
     */
    public <U, I> LiveRecommender<U, I> start(Dataset<U, I> data, Algorithm algorithm) {
        return Startup.inMemory(data, algorithm, options.copy());
    }
}
