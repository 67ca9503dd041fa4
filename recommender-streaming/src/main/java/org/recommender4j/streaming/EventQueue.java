package org.recommender4j.streaming;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.recommender4j.streaming.Writer.Queued;

/**
 * Events that wait to be applied. A thread is used only while there are some: whoever puts the first one in asks for it.
 */
final class EventQueue<U, I> {
    private final ArrayBlockingQueue<Queued<U, I>> queue;
    private final Writer<U, I> writer;
    private final LiveOptions options;
    private final Counters counters;
    private final Supplier<? extends Executor> executor;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean closed;

    EventQueue(Writer<U, I> writer, LiveOptions options, Counters counters, Supplier<? extends Executor> executor) {
        queue = new ArrayBlockingQueue<>(options.queueCapacity);
        this.writer = writer;
        this.options = options;
        this.counters = counters;
        this.executor = executor;
    }

    boolean offer(Event<U, I> event) {
        return put(new Queued<>(event, options.ticker.getAsLong(), null));
    }

    CompletableFuture<Long> submit(Event<U, I> event) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        Queued<U, I> queued = new Queued<>(event, options.ticker.getAsLong(), done);
        if (!put(queued)) {
            queued.fail(new RejectedExecutionException("the queue is full"));
        }
        return done;
    }

    private boolean put(Queued<U, I> queued) {
        if (closed) {
            throw new IllegalStateException("the recommender is closed");
        }
        if (!queue.offer(queued)) {
            switch (options.overflow) {
                case BLOCK -> waitForRoom(queued);
                case FAIL ->
                    throw new RejectedExecutionException(
                            "the queue is full: " + options.queueCapacity + " events wait");
                case DROP -> {
                    counters.dropped.increment();
                    writer.tell(queued.event(), "the queue is full");
                    return false;
                }
            }
        }
        start();
        return true;
    }

    private void waitForRoom(Queued<U, I> queued) {
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
            } catch (RejectedExecutionException e) {
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
        List<Queued<U, I>> batch = new ArrayList<>();
        while (queue.drainTo(batch, options.batch) > 0) {
            try {
                writer.applyAll(batch);
            } catch (RuntimeException e) {
                // The journal could not make them safe: whoever waits is told, and the next batch is tried.
                counters.failures.increment();
                batch.forEach(queued -> queued.fail(e));
            } finally {
                batch.clear();
            }
        }
    }

    int size() {
        return queue.size();
    }

    /** Returns for how long the oldest event has waited. */
    long lagNanos() {
        Queued<U, I> oldest = queue.peek();
        return oldest == null ? 0 : Math.max(0, options.ticker.getAsLong() - oldest.queuedAt());
    }

    /** Takes no more events, and applies in this thread those that wait. */
    void close() {
        closed = true;
        drain();
    }
}
