package org.recommender4j.streaming;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The threads in the background: those that were given, or own ones that are made when they are needed first. */
final class LiveThreads implements AutoCloseable {
    private static final int COUNT = 2;

    private final @Nullable ScheduledExecutorService given;
    private @Nullable ScheduledExecutorService own;
    private boolean closed;

    LiveThreads(@Nullable ScheduledExecutorService given) {
        this.given = given;
    }

    synchronized ScheduledExecutorService get() {
        if (given != null) {
            return given;
        }
        if (own == null) {
            if (closed) {
                throw new IllegalStateException("the recommender is closed");
            }
            // One for the queue and one for refits.
            own = Executors.newScheduledThreadPool(COUNT, task -> {
                Thread thread = new Thread(task, "recommender4j-live");
                thread.setDaemon(true);
                return thread;
            });
        }
        return own;
    }

    /** Ends own threads, and waits for what they do. */
    @Override
    public void close() {
        ScheduledExecutorService threads;
        synchronized (this) {
            closed = true;
            threads = own;
        }
        if (threads != null) {
            threads.shutdown();
            try {
                if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    threads.shutdownNow();
                }
            } catch (InterruptedException e) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
    }
}
