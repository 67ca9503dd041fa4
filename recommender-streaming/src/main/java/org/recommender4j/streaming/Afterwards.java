package org.recommender4j.streaming;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Failures, and what else has to wait until the writer's lock is given back: a callback under the lock could wait for somebody
 * who waits for the lock. Thread-safe.
 */
final class Afterwards {
    private final LiveOptions options;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final LongAdder failures = new LongAdder();

    Afterwards(LiveOptions options) {
        this.options = options;
    }

    /** Notes something to do. */
    void add(Runnable task) {
        tasks.add(task);
    }

    /** Counts a failure, and notes to tell of it. */
    void failed(String part, Throwable cause) {
        failures.increment();
        tasks.add(() -> options.failures.accept(new LiveFailure(part, cause)));
    }

    /** Returns how many failures there were. */
    long failures() {
        return failures.sum();
    }

    /** Does what was noted, in this thread, which must hold no lock. */
    void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // Whoever is told of failures has failed: there is nobody left to tell.
                failures.increment();
            }
        }
    }

    /** Tells of an event that was not applied; in a thread that holds no lock. */
    void tell(Event<?, ?> event, String reason) {
        try {
            options.deadLetters.accept(new DeadLetter(event, reason));
        } catch (RuntimeException | Error e) {
            failed("dead letters", e);
        }
    }
}
