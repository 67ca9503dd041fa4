package org.recommender4j.streaming;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Refits, refreshes and releases in the background, one after the other: of the threads of a scheduler they take one at a time, however
 * many are due. What one of them throws is counted and told, and the schedule goes on.
 */
final class Background {
    private final LiveThreads threads;
    private final Afterwards afterwards;
    private final Queue<Task> waiting = new ArrayDeque<>();
    private final List<Future<?>> schedule = new ArrayList<>();
    private boolean running;

    Background(LiveThreads threads, Afterwards afterwards) {
        this.threads = threads;
        this.afterwards = afterwards;
    }

    /** Something to do, which waits or runs at most once at a time. */
    static final class Task {
        private final String name;
        private final Runnable action;
        private boolean pending;

        Task(String name, Runnable action) {
            this.name = name;
            this.action = action;
        }
    }

    /** Does something soon, unless it waits or runs already. */
    void soon(Task task) {
        if (!enter(task)) {
            return;
        }
        try {
            threads.background().execute(this::work);
        } catch (IllegalStateException | RejectedExecutionException e) {
            // Closed: there is nobody to serve with a new model. Or a scheduler that refuses, of which its owner is
            // told.
            synchronized (this) {
                running = false;
                waiting.forEach(one -> one.pending = false);
                waiting.clear();
            }
            afterwards.failed(task.name, e);
        }
    }

    /** Does something from time to time. */
    void every(long millis, Task task) {
        every(millis, millis, task);
    }

    /** Does something from time to time, for the first time after some other time. */
    void every(long first, long millis, Task task) {
        ScheduledExecutorService scheduler = threads.background();
        schedule.add(scheduler.scheduleWithFixedDelay(
                () -> {
                    if (enter(task)) {
                        work();
                    }
                },
                first,
                millis,
                TimeUnit.MILLISECONDS));
    }

    /** Returns whether the caller is the one to work. */
    private synchronized boolean enter(Task task) {
        if (task.pending) {
            return false;
        }
        task.pending = true;
        waiting.add(task);
        boolean first = !running;
        running = true;
        return first;
    }

    private synchronized boolean isIdle() {
        running = !waiting.isEmpty();
        return !running;
    }

    private synchronized Task next() {
        return waiting.remove();
    }

    private synchronized void leave(Task task) {
        task.pending = false;
    }

    private void work() {
        while (!isIdle()) {
            Task task = next();
            try {
                task.action.run();
            } catch (RuntimeException | Error e) {
                // An error, too, must not end the schedule without a word.
                afterwards.failed(task.name, e);
            } finally {
                leave(task);
            }
            afterwards.run();
        }
    }

    /** Begins nothing more from time to time. */
    void close() {
        schedule.forEach(task -> task.cancel(false));
    }
}
