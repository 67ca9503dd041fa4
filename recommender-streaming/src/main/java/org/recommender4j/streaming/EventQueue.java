package org.recommender4j.streaming;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events that wait to be applied. A thread is used only while there are some: whoever puts the first one in asks for it.
 */
final class EventQueue<U, I> {
    private final ArrayBlockingQueue<Queued<U, I>> queue;
    private final Writer<U, I> writer;
    private final LiveOptions options;
    private final Counters counters;
    private final Supplier<? extends Executor> executor;
    private final Afterwards afterwards;
    private final AtomicBoolean running = new AtomicBoolean();
    /** The thread that applies events now, whose callbacks must not wait for itself. */
    private volatile @Nullable Thread draining;

    private volatile boolean closed;

    EventQueue(
            Writer<U, I> writer,
            LiveOptions options,
            Counters counters,
            Afterwards afterwards,
            Supplier<? extends Executor> executor) {
        this.afterwards = afterwards;
        queue = new ArrayBlockingQueue<>(options.queueCapacity);
        this.writer = writer;
        this.options = options;
        this.counters = counters;
        this.executor = executor;
    }

    private Queued<U, I> queued(Event<U, I> event, @Nullable CompletableFuture<Long> done) {
        return new Queued<>(Objects.requireNonNull(event, "event"), options.ticker.getAsLong(), done);
    }

    boolean offer(Event<U, I> event) {
        return put(queued(event, null));
    }

    CompletableFuture<Long> submit(Event<U, I> event) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        Queued<U, I> queued = queued(event, done);
        if (!put(queued)) {
            queued.fail(new RejectedExecutionException("the queue is full"));
        }
        return done;
    }

    private boolean put(Queued<U, I> queued) {
        checkOpen();
        if (!queue.offer(queued)) {
            switch (options.overflow) {
                case BLOCK -> waitForRoom(queued);
                case FAIL ->
                    throw new RejectedExecutionException(
                            "the queue is full: " + options.queueCapacity + " events wait");
                case DROP -> {
                    counters.dropped.increment();
                    afterwards.tell(queued.event, "the queue is full");
                    afterwards.run();
                    return false;
                }
            }
        }
        try {
            checkOpen();
            start();
        } catch (IllegalStateException | RejectedExecutionException e) {
            // Unless somebody was faster and applies it: then it was taken.
            if (queue.remove(queued)) {
                throw e;
            }
        }
        return true;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the recommender is closed");
        }
    }

    private void waitForRoom(Queued<U, I> queued) {
        if (draining == Thread.currentThread()) {
            throw new RejectedExecutionException(
                    "the queue is full, and this thread, which empties it, can't wait for room");
        }
        try {
            queue.put(queued);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("interrupted while waiting for room in the queue", e);
        }
    }

    private void start() {
        if (running.compareAndSet(false, true)) {
            try {
                executor.get().execute(this::run);
            } catch (RuntimeException | Error e) {
                running.set(false);
                throw e;
            }
        }
    }

    private void run() {
        do {
            try {
                drain();
            } finally {
                running.set(false);
            }
        } while (!queue.isEmpty() && running.compareAndSet(false, true));
    }

    /** One thread at a time, so that events are applied in their order, and whoever closes waits for the last one. */
    private synchronized void drain() {
        Thread before = draining;
        draining = Thread.currentThread();
        List<Queued<U, I>> batch = new ArrayList<>();
        while (queue.drainTo(batch, options.batch) > 0) {
            try {
                writer.applyAll(batch);
            } catch (RuntimeException | Error e) {
                // The journal could not make them safe: whoever waits is told, and the next batch is tried.
                afterwards.failed("queue", e);
                batch.forEach(queued -> lose(queued, e));
            }
            afterwards.run();
            batch.clear();
        }
        draining = before;
    }

    private void lose(Queued<U, I> queued, Throwable cause) {
        if (!queued.isSettled() && !queued.fail(cause)) {
            afterwards.tell(queued.event, "not safe: " + cause.getMessage());
        }
    }

    int size() {
        return queue.size();
    }

    /** Returns for how long the oldest event has waited. */
    long lagNanos() {
        Queued<U, I> oldest = queue.peek();
        return oldest == null ? 0 : Math.max(0, options.ticker.getAsLong() - oldest.queuedAt);
    }

    /** Takes no more events, and applies in this thread those that wait. */
    void close() {
        closed = true;
        drain();
    }
}
