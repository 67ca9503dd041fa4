package org.recommender4j.streaming;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Features;
import org.recommender4j.internal.util.Utf8;

/**
 * Applies events, one at a time, in whatever thread brings them. An event is visible to all readers when the lock is given back;
 * the vector of its user is made after that, in the same thread, or by the first reader who needs it.
 */
final class Writer<U, I> {
    private final LiveState<U, I> state;
    private final LiveOptions options;
    private final Counters counters;
    private final EventLog log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private EventIds eventIds;
    private int waiting;
    /** Written under the lock, whose release makes it visible. */
    private final AtomicLong applied;

    private volatile Generation generation;
    private long period;
    private long sincePeriod;
    private Runnable periodic = () -> {};
    private @Nullable Throwable unfinished;

    Writer(LiveState<U, I> state, Generation first, Counters counters, EventLog log, long version) {
        this.state = state;
        this.counters = counters;
        this.log = log;
        options = state.options;
        applied = new AtomicLong(version);
        generation = first;
        eventIds = new EventIds(options.rememberedIds);
    }

    /** Returns the version of the last event that all readers see. */
    long applied() {
        return applied.get();
    }

    Generation generation() {
        return generation;
    }

    /** Replaces the generation; only inside of {@link #exclusively}. */
    void swap(Generation next) {
        generation = next;
    }

    /** Sets what is done after each so many events, once the lock is given back. */
    void whenApplied(long events, Runnable action) {
        exclusively(() -> {
            period = events;
            periodic = action;
            return this;
        });
    }

    /** Runs something while no event is applied. */
    <T> T exclusively(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** An event that was checked. */
    private record Checked<U, I>(Event<U, I> event, Effect effect, long time, EventIds.@Nullable Key id) {}

    private Checked<U, I> check(Event<U, I> event) {
        long now = Math.max(0, options.clock.millis());
        if (event.hasTime() && event.epochMillis() - now > options.maxFuture) {
            throw new IllegalArgumentException("the time " + event.time() + " is too far in the future");
        }
        checkId("user", event.user());
        checkId("item", event.item());
        Effect effect = Effect.of(event, options.kinds, state.scale);
        return new Checked<>(event, effect, event.hasTime() ? event.epochMillis() : now, eventIds.key(event));
    }

    /** Asks for the hash code as well, so that an id that throws does it before anything is written. */
    private static void checkId(String what, Object id) {
        if (id.hashCode() == 0 && id.equals("")) {
            throw new IllegalArgumentException("empty " + what + " id");
        }
        if (id instanceof String text) {
            Utf8.require(what + " id", text);
        }
    }

    /**
     * Applies an event and returns its version, or the version of now if its id was seen before.
     *
     * @throws IllegalArgumentException if the event makes no sense
     */
    long ingest(Event<U, I> event) {
        long start = options.ticker.getAsLong();
        Trace.Ingest trace = new Trace.Ingest();
        trace.begin();
        int user;
        long version;
        try {
            Checked<U, I> checked = check(event);
            lock.lock();
            try {
                user = apply(checked);
                version = applied.get();
            } finally {
                lock.unlock();
            }
        } catch (IllegalArgumentException e) {
            counters.rejected.increment();
            throw e;
        } finally {
            state.afterwards.run();
        }
        // A repeated event, too: the first one may not be safe yet.
        log.await(version);
        fold(user);
        counters.ingested(options.ticker.getAsLong() - start);
        if (trace.shouldCommit()) {
            trace.events = 1;
            trace.version = version;
            trace.commit();
        }
        return version;
    }

    /**
     * Applies a checked event under the lock; returns the user, or -1 if it is a repeated one.
     *
     * @throws IllegalArgumentException if the log can't hold such an event; nothing has changed
     * @throws RuntimeException if the log takes no more; nothing has changed either
     */
    private int apply(Checked<U, I> checked) {
        requireWhole();
        if (eventIds.contains(checked.id)) {
            counters.duplicates.increment();
            return -1;
        }
        long version = log.append(applied.get(), checked.event, checked.effect, checked.time);
        int user = finish(() -> {
            int index = state.apply(checked.event, checked.effect, checked.time, version);
            // Not before, so that an event that failed can come again.
            eventIds.add(checked.id);
            return index;
        });
        publish(version);
        counters.applied.setRelease(counters.applied.getPlain() + 1);
        if (period > 0 && ++sincePeriod >= period) {
            sincePeriod = 0;
            state.afterwards.add(periodic);
        }
        return user;
    }

    /**
     * Makes a change that is in the log. If that fails, which takes an error of the machine or of this library, the memory is no
     * longer what the log says: then nothing more is taken, above all no snapshot, and opening the folder again makes it whole.
     */
    private <T> T finish(Supplier<T> change) {
        try {
            return change.get();
        } catch (RuntimeException | Error e) {
            unfinished = e;
            requireWhole();
            throw e;
        }
    }

    /**
     * Checks that every change that is in the log is in the memory too; under the lock.
     *
     * @throws IllegalStateException if not
     */
    void requireWhole() {
        Throwable cause = unfinished;
        if (cause != null) {
            throw new IllegalStateException(
                    "a change was written but could not be applied (" + cause
                            + "), so nothing more is taken; a folder is whole again when it is opened again",
                    cause);
        }
    }

    /** Lets readers see what is up to a version; under the lock. */
    private void publish(long version) {
        applied.setRelease(version);
        if (waiting > 0) {
            advanced.signalAll();
        }
    }

    /**
     * Applies events in their order; bad ones go to the dead letters. All that is not settled when this throws may be lost.
     *
     * @throws RuntimeException what the log threw: the events up to there were applied, the others were not
     */
    void applyAll(List<Queued<U, I>> batch) {
        int size = batch.size();
        List<@Nullable Checked<U, I>> checked = new ArrayList<>(size);
        @Nullable String[] refused = new @Nullable String[size];
        for (int k = 0; k < size; k++) {
            try {
                checked.add(check(batch.get(k).event));
            } catch (RuntimeException e) {
                checked.add(null);
                refused[k] = String.valueOf(e.getMessage());
            }
        }
        Trace.Ingest trace = new Trace.Ingest();
        trace.begin();
        int[] users = new int[size];
        long[] versions = new long[size];
        Arrays.fill(versions, -1);
        int n = 0;
        RuntimeException failure = null;
        long last;
        lock.lock();
        try {
            for (int k = 0; k < size && failure == null; k++) {
                Checked<U, I> event = checked.get(k);
                if (event == null) {
                    continue;
                }
                try {
                    int user = apply(event);
                    versions[k] = applied.get();
                    if (user >= 0) {
                        users[n++] = user;
                    }
                } catch (IllegalArgumentException e) {
                    refused[k] = String.valueOf(e.getMessage());
                } catch (RuntimeException e) {
                    failure = e;
                }
            }
            last = applied.get();
        } finally {
            lock.unlock();
        }
        for (int k = 0; k < size; k++) {
            String reason = refused[k];
            if (reason != null) {
                reject(batch.get(k), reason);
            }
        }
        state.afterwards.run();
        try {
            log.await(last);
        } catch (RuntimeException e) {
            if (failure != null) {
                e.addSuppressed(failure);
            }
            throw e;
        }
        foldAll(Arrays.copyOf(users, n));
        long end = options.ticker.getAsLong();
        for (int k = 0; k < size; k++) {
            if (versions[k] >= 0) {
                counters.ingested(end - batch.get(k).queuedAt);
                batch.get(k).complete(versions[k]);
            }
        }
        if (trace.shouldCommit()) {
            trace.events = n;
            trace.version = last;
            trace.commit();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void foldAll(int[] users) {
        Arrays.sort(users);
        for (int k = 0; k < users.length; k++) {
            if (k == 0 || users[k] != users[k - 1]) {
                fold(users[k]);
            }
        }
    }

    /** Makes the vector of a user, or of nobody for -1. The event counts already, so a failure is told and not thrown. */
    private void fold(int user) {
        if (user < 0) {
            return;
        }
        try {
            UserState history = state.history(user);
            boolean session =
                    options.sessionWeight > 0 && history.inSession(options.clock.millis(), options.sessionGap);
            generation.fold(user, history, session);
        } catch (RuntimeException e) {
            state.afterwards.failed("fold-in", e);
            state.afterwards.run();
        }
    }

    /** Says something of an item and returns the version that contains it. */
    long describe(I item, ItemFact fact) {
        checkId("item", item);
        fact.apply(Features.builder(), 0);
        long version = exclusively(() -> {
            requireWhole();
            state.itemFeatures.check(fact);
            long next = log.append(applied.get(), item, fact);
            finish(() -> {
                state.describe(item, fact);
                return this;
            });
            publish(next);
            return next;
        });
        log.await(version);
        return version;
    }

    /** Removes a user, under the lock, and returns what was in the history. */
    UserState forget(int index, U user, List<String> residue, long recovered) {
        requireWhole();
        long version = recovered > 0 ? recovered : log.appendForget(applied.get(), user);
        UserState removed = finish(() -> state.forget(index, user, residue));
        publish(version);
        return removed;
    }

    /**
     * Applies an event that was read from the journal; it is not written again. Nothing about it is judged by the options or the clock
     * of now: it was taken when it came.
     *
     * @throws IllegalArgumentException if its effect is none that the data allow
     */
    void recover(long version, Event<U, I> event, Effect effect) {
        effect.check(state.scale);
        eventIds.add(eventIds.key(event));
        state.apply(event, effect, event.epochMillis(), version);
        applied.set(version);
    }

    /** Says something of an item that was read from the journal. */
    void recover(long version, I item, ItemFact fact) {
        state.describe(item, fact);
        applied.set(version);
    }

    /** Notes that everything up to a version was recovered. */
    void recovered(long version) {
        applied.set(Math.max(applied.get(), version));
    }

    /** Sets what is kept of the ids of events, before there are any others. */
    void remember(EventIds ids) {
        eventIds = ids;
    }

    /** Returns what is kept of the ids of events; to be used under the lock. */
    EventIds eventIds() {
        return eventIds;
    }

    /** Counts an event that can't be applied, and tells of it. */
    private void reject(Queued<U, I> queued, String reason) {
        counters.rejected.increment();
        state.afterwards.tell(queued.event, reason);
        queued.fail(new IllegalArgumentException(reason));
    }

    /**
     * Waits until a version is applied.
     *
     * @throws IllegalStateException if it does not come in time
     */
    void await(long version) {
        if (version <= applied.get()) {
            return;
        }
        long left = TimeUnit.MILLISECONDS.toNanos(options.versionTimeout);
        lock.lock();
        try {
            waiting++;
            while (applied.get() < version && left > 0) {
                left = advanced.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting--;
            lock.unlock();
        }
        if (applied.get() < version) {
            throw new IllegalStateException(
                    "version " + version + " is asked for, but there are events only up to " + applied.get());
        }
    }
}
