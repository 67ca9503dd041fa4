package org.recommender4j.model;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.LongSupplier;
import org.recommender4j.internal.util.Parallel;

/**
 * How a training runs: on how many threads, where, and who is told of its progress. None of this changes the trained model.
 *
 * <p>To stop a training, interrupt the thread that trains, or throw an exception from the listener. An interrupted training throws a {@link
 * CancellationException} within moments, and the thread stays interrupted.
 *
 * <p>Immutable; thread-safe if the listener is.
 */
public final class Training {
    private static final Training DEFAULTS = new Training(
            Runtime.getRuntime().availableProcessors(), ForkJoinPool.commonPool(), progress -> {}, System::nanoTime);

    private final int threads;
    private final Executor executor;
    private final Listener listener;
    private final LongSupplier nanoTime;

    private Training(int threads, Executor executor, Listener listener, LongSupplier nanoTime) {
        this.threads = threads;
        this.executor = executor;
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    /** Is told of the progress of a training, in the thread that trains, which waits for it. */
    @FunctionalInterface
    public interface Listener {
        /** Called after each iteration. What it throws ends the training. */
        void iterationDone(Progress progress);
    }

    /**
     * Where a training is after an iteration.
     *
     * @param algorithm name of the algorithm
     * @param iteration 1 for the first
     * @param iterations how many there will be
     * @param loss the training objective after this iteration, or NaN when the algorithm has none
     * @param elapsed since the training began
     */
    public record Progress(String algorithm, int iteration, int iterations, double loss, Duration elapsed) {}

    /** Returns the defaults: as many threads as processors, of the common pool; nobody is told. */
    public static Training defaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy with another number of threads.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Training withThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, but is " + threads);
        }
        return new Training(threads, executor, listener, nanoTime);
    }

    /**
     * Returns a copy that runs on a pool of the caller's; the calling thread takes part. It does the work of tasks that the
     * pool rejects, or is too busy to begin. No task does anything after the training has ended.
     */
    public Training withExecutor(Executor executor) {
        return new Training(threads, executor, listener, nanoTime);
    }

    /** Returns a copy with a listener. */
    public Training withListener(Listener listener) {
        return new Training(threads, executor, listener, nanoTime);
    }

    /** Returns a copy with another source of elapsed nanoseconds, for tests. */
    public Training withTicker(LongSupplier nanoTime) {
        return new Training(threads, executor, listener, nanoTime);
    }

    /** Returns the number of threads to use, the calling one included. */
    public int threads() {
        return threads;
    }

    /** Returns where the other threads come from. */
    public Executor executor() {
        return executor;
    }

    /** Returns whether reporting the loss is worth computing it: false when nobody listens. */
    public boolean isObserved() {
        return listener != DEFAULTS.listener;
    }

    /** Returns the nanoseconds of the ticker, for {@link #report}. */
    public long start() {
        return nanoTime.getAsLong();
    }

    /**
     * Tells the listener that an iteration is done, and ends the training if nobody wants it any more.
     *
     * @throws CancellationException if the calling thread was interrupted, which it then still is
     */
    public void report(String algorithm, int iteration, int iterations, double loss, long startNanos) {
        listener.iterationDone(new Progress(
                algorithm, iteration, iterations, loss, Duration.ofNanos(nanoTime.getAsLong() - startNanos)));
        Parallel.checkInterrupt();
    }
}
