package org.recommender4j.streaming;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Features;

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
    private final Map<String, Boolean> recentIds;
    private int waiting;
    /** Written under the lock, whose release makes it visible. */
    private final AtomicLong applied;

    private volatile Generation generation;
    private long period;
    private long sincePeriod;
    private Runnable periodic = () -> {};

    Writer(LiveState<U, I> state, Generation first, Counters counters, EventLog log, long version) {
        this.state = state;
        this.counters = counters;
        this.log = log;
        options = state.options;
        applied = new AtomicLong(version);
        generation = first;
        recentIds = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > options.rememberedIds;
            }
        };
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

    /** Sets what is done after each so many events, under the lock. */
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
    private record Checked<U, I>(Event<U, I> event, Effect effect, long time) {}

    private Checked<U, I> check(Event<U, I> event) {
        long now = Math.max(0, options.clock.millis());
        if (event.hasTime() && event.epochMillis() - now > options.maxFuture) {
            throw new IllegalArgumentException("the time " + event.time() + " is too far in the future");
        }
        return check(event, event.hasTime() ? event.epochMillis() : now);
    }

    private Checked<U, I> check(Event<U, I> event, long time) {
        checkId("user", event.user());
        checkId("item", event.item());
        return new Checked<>(event, Effect.of(event, options.kinds, state.scale), time);
    }

    private static void checkId(String what, Object id) {
        if (id instanceof String text && text.isEmpty()) {
            throw new IllegalArgumentException("empty " + what + " id");
        }
    }

    /**
     * Applies an event and returns its version, or the version of now if its id was seen before.
     *
     * @throws IllegalArgumentException if the event makes no sense
     */
    long ingest(Event<U, I> event) {
        long start = options.ticker.getAsLong();
        Checked<U, I> checked;
        try {
            checked = check(event);
        } catch (IllegalArgumentException e) {
            counters.rejected.increment();
            throw e;
        }
        Trace.Ingest trace = new Trace.Ingest();
        trace.begin();
        int user;
        long version;
        lock.lock();
        try {
            user = apply(checked);
            version = applied.get();
        } finally {
            lock.unlock();
        }
        if (user >= 0) {
            log.await(version);
            fold(user);
        }
        counters.ingested(options.ticker.getAsLong() - start);
        if (trace.shouldCommit()) {
            trace.events = 1;
            trace.version = version;
            trace.commit();
        }
        return version;
    }

    /** Applies a checked event under the lock; returns the user, or -1 if it is a repeated one. */
    private int apply(Checked<U, I> checked) {
        String id = options.rememberedIds > 0 ? checked.event.idOrNull() : null;
        if (id != null && recentIds.containsKey(id)) {
            counters.duplicates.increment();
            return -1;
        }
        long version = log.append(applied.get(), checked.event, checked.time);
        int user = state.apply(checked.event, checked.effect, checked.time, version);
        if (id != null) {
            // Not before, so that an event that failed can come again.
            recentIds.put(id, Boolean.TRUE);
        }
        applied.setRelease(version);
        counters.applied.setRelease(counters.applied.getPlain() + 1);
        if (waiting > 0) {
            advanced.signalAll();
        }
        if (period > 0 && ++sincePeriod >= period) {
            sincePeriod = 0;
            periodic.run();
        }
        return user;
    }

    private int applyOrReject(Checked<U, I> event, Queued<U, I> queued) {
        try {
            return apply(event);
        } catch (RuntimeException e) {
            reject(queued, String.valueOf(e.getMessage()));
            return -1;
        }
    }

    /** Applies what waited in the queue; bad events go to the dead letters. */
    void applyAll(List<Queued<U, I>> batch) {
        List<Checked<U, I>> checked = new ArrayList<>(batch.size());
        for (Queued<U, I> queued : batch) {
            try {
                checked.add(check(queued.event()));
            } catch (RuntimeException e) {
                checked.add(null);
                reject(queued, String.valueOf(e.getMessage()));
            }
        }
        Trace.Ingest trace = new Trace.Ingest();
        trace.begin();
        int[] users = new int[batch.size()];
        long[] versions = new long[batch.size()];
        int n = 0;
        lock.lock();
        try {
            for (int k = 0; k < batch.size(); k++) {
                Checked<U, I> event = checked.get(k);
                if (event != null) {
                    int user = applyOrReject(event, batch.get(k));
                    versions[k] = applied.get();
                    if (user >= 0) {
                        users[n++] = user;
                    }
                }
            }
        } finally {
            lock.unlock();
        }
        long last = applied.get();
        log.await(last);
        Arrays.sort(users, 0, n);
        for (int k = 0; k < n; k++) {
            if (k == 0 || users[k] != users[k - 1]) {
                fold(users[k]);
            }
        }
        long end = options.ticker.getAsLong();
        for (int k = 0; k < batch.size(); k++) {
            if (checked.get(k) != null) {
                counters.ingested(end - batch.get(k).queuedAt());
                batch.get(k).complete(versions[k]);
            }
        }
        if (trace.shouldCommit()) {
            trace.events = n;
            trace.version = last;
            trace.commit();
        }
    }

    private void fold(int user) {
        UserState history = state.history(user);
        boolean session = options.sessionWeight > 0 && history.inSession(options.clock.millis(), options.sessionGap);
        generation.fold(user, history, session);
    }

    /** Says something of an item and returns the version that contains it. */
    long describe(I item, ItemFact fact) {
        checkId("item", item);
        fact.apply(Features.builder(), 0);
        long version = exclusively(() -> {
            state.describe(item, fact);
            long next = log.append(applied.get(), item, fact);
            applied.set(next);
            return next;
        });
        log.await(version);
        return version;
    }

    /** Removes a user, under the lock, and returns what was in the history. */
    UserState forget(int index, U user, List<String> residue, long recovered) {
        long version = recovered > 0 ? recovered : log.appendForget(applied.get(), user);
        UserState removed = state.forget(index, user, residue);
        applied.set(version);
        return removed;
    }

    /** Applies an event that was read from the journal; it is not written again. */
    void recover(long version, Event<U, I> event) {
        try {
            // Its time was good when it came, whatever the clock says by now.
            Checked<U, I> checked = check(event, event.epochMillis());
            String id = event.idOrNull();
            if (id != null && options.rememberedIds > 0) {
                recentIds.put(id, Boolean.TRUE);
            }
            state.apply(event, checked.effect, checked.time, version);
        } catch (IllegalArgumentException e) {
            counters.rejected.increment();
            tell(event, String.valueOf(e.getMessage()));
        }
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

    /** Returns the remembered event ids, oldest first; under the lock. */
    List<String> recentIds() {
        return List.copyOf(recentIds.keySet());
    }

    /** Remembers event ids. */
    void remember(List<String> ids) {
        ids.forEach(id -> recentIds.put(id, Boolean.TRUE));
    }

    /** Counts an event that can't be applied, and tells of it. */
    void reject(Queued<U, I> queued, String reason) {
        counters.rejected.increment();
        tell(queued.event(), reason);
        queued.fail(new IllegalArgumentException(reason));
    }

    void tell(Event<U, I> event, String reason) {
        try {
            options.deadLetters.accept(new DeadLetter(event, reason));
        } catch (RuntimeException e) {
            counters.failures.increment();
        }
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

    /** An event on its way, with who waits for it. */
    record Queued<U, I>(
            Event<U, I> event, long queuedAt, @Nullable CompletableFuture<Long> done) {
        void complete(long version) {
            if (done != null) {
                done.complete(version);
            }
        }

        void fail(Exception reason) {
            if (done != null) {
                done.completeExceptionally(reason);
            }
        }
    }
}
