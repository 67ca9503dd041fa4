package org.recommender4j.streaming;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads in the background: those that were given, or own ones that are made when they are needed first. The queue has its own,
 * so that it never waits for a training.
 */
final class LiveThreads implements AutoCloseable {
    private final @Nullable ScheduledExecutorService given;
    private final Set<Thread> mine = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledExecutorService queue;
    private @Nullable ScheduledExecutorService background;
    private boolean closed;

    LiveThreads(@Nullable ScheduledExecutorService given) {
        this.given = given;
    }

    /** Returns where the events of the queue are applied. */
    synchronized Executor queue() {
        if (given != null) {
            return given;
        }
        ScheduledExecutorService own = queue;
        if (own == null) {
            own = start("recommender4j-queue");
            queue = own;
        }
        return own;
    }

    /** Returns where models are trained. */
    synchronized ScheduledExecutorService background() {
        if (given != null) {
            return given;
        }
        ScheduledExecutorService own = background;
        if (own == null) {
            own = start("recommender4j-refit");
            background = own;
        }
        return own;
    }

    private ScheduledExecutorService start(String name) {
        if (closed) {
            throw new IllegalStateException("the recommender is closed");
        }
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            mine.add(thread);
            return thread;
        });
    }

    /** Ends own threads, and waits for what they do, unless it is they who ask. */
    @Override
    public void close() {
        ExecutorService first;
        ExecutorService second;
        synchronized (this) {
            closed = true;
            first = queue;
            second = background;
        }
        end(first);
        end(second);
    }

    private void end(@Nullable ExecutorService threads) {
        if (threads == null) {
            return;
        }
        threads.shutdown();
        if (mine.contains(Thread.currentThread())) {
            return;
        }
        // Interrupted or not: what they do must have its end before the folder is another one's.
        boolean interrupted = false;
        boolean done = false;
        while (!done) {
            try {
                if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    threads.shutdownNow();
                }
                done = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
