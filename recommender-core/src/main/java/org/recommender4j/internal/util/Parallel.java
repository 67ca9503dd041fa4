package org.recommender4j.internal.util;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs blocks of work on several threads. Which thread takes which block is open, so a body must write only to what its
 * block owns; then the result does not depend on the number of threads.
 */
public final class Parallel {
    /** Does the work of one block of indices. */
    @FunctionalInterface
    public interface Body<S> {
        /** Handles the indices from (inclusive) to (exclusive) of a block, with the scratch memory of the running thread. */
        void run(int block, int from, int to, S scratch);
    }

    /** Makes the scratch memory of a thread. */
    @FunctionalInterface
    public interface Scratch<S> {
        /** Returns new scratch memory. */
        S create();
    }

    private Parallel() {}

    /** Returns the number of blocks of a loop. */
    public static int blocks(int n, int blockSize) {
        return (int) ((n + (long) blockSize - 1) / blockSize);
    }

    /**
     * Calls the body for each block of the indices 0 to {@code n}, on at most {@code threads} threads: the calling one and
     * tasks given to the executor. Works too when the executor rejects them or never runs them: then the calling thread
     * does more, or all. No body runs on after this has returned or thrown, and a task that starts later does nothing.
     *
     * <p>The first exception of a body is thrown after all running blocks have ended; blocks that were not begun are left
     * out. So are they when the calling thread is interrupted; whether a thread of the executor is makes no difference.
     *
     * @throws CancellationException if the calling thread was interrupted, which it then still is
     */
    public static <S> void forBlocks(
            int n, int blockSize, int threads, Executor executor, Scratch<S> scratch, Body<S> body) {
        int blocks = blocks(n, blockSize);
        if (blocks == 0) {
            return;
        }
        // The tasks may be through with all blocks before this thread gets one.
        checkInterrupt();
        Loop<S> loop = new Loop<>(n, blockSize, blocks, scratch, body);
        Helper helper = new Helper(loop);
        try {
            for (int t = 1; t < Math.min(threads, blocks); t++) {
                executor.execute(helper);
            }
        } catch (RejectedExecutionException e) {
            // It is full or was shut down, and nobody waits for its threads: the caller's does their part.
        } catch (RuntimeException | Error e) {
            loop.fail(e);
        }
        loop.run();
        loop.awaitRunning();
        helper.loop = null;
        loop.rethrow();
    }

    /**
     * Ends the work of a calling thread that was interrupted.
     *
     * @throws CancellationException if it was, which it then still is
     */
    public static void checkInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the thread was interrupted before the work was done");
        }
    }

    /** Calls the body for each block without scratch memory. */
    public static void forBlocks(int n, int blockSize, int threads, Executor executor, Body<Object> body) {
        forBlocks(n, blockSize, threads, executor, () -> Parallel.class, body);
    }

    /** What an executor gets. It may keep it for long, so the memory of the loop must not hang on it once that has ended. */
    private static final class Helper implements Runnable {
        private volatile @Nullable Loop<?> loop;

        Helper(Loop<?> loop) {
            this.loop = loop;
        }

        @Override
        public void run() {
            Loop<?> work = loop;
            if (work != null) {
                work.run();
            }
        }
    }

    private static final class Loop<S> {
        private final Thread owner = Thread.currentThread();
        private final int n;
        private final int blockSize;
        private final int blocks;
        private final Scratch<S> scratch;
        private final Body<S> body;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private int running;
        private boolean closed;

        Loop(int n, int blockSize, int blocks, Scratch<S> scratch, Body<S> body) {
            this.n = n;
            this.blockSize = blockSize;
            this.blocks = blocks;
            this.scratch = scratch;
            this.body = body;
        }

        void run() {
            synchronized (this) {
                // A task that starts after the loop has ended must not touch anything of the caller's.
                if (closed) {
                    return;
                }
                running++;
            }
            try {
                int block = next.getAndIncrement();
                if (block < blocks) {
                    S memory = scratch.create();
                    for (; block < blocks && failure.get() == null; block = next.getAndIncrement()) {
                        if (Thread.currentThread() == owner) {
                            checkInterrupt();
                        }
                        int from = block * blockSize;
                        body.run(block, from, (int) Math.min(n, from + (long) blockSize), memory);
                    }
                }
            } catch (RuntimeException | Error e) {
                fail(e);
            } finally {
                synchronized (this) {
                    running--;
                    notifyAll();
                }
            }
        }

        void fail(Throwable e) {
            failure.compareAndSet(null, e);
        }

        synchronized void awaitRunning() {
            closed = true;
            boolean interrupted = false;
            while (running > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    // The helpers use the caller's memory, so leaving before they are done is not an option; but they
                    // need not begin another block.
                    interrupted = true;
                    fail(new CancellationException("the thread was interrupted before the work was done"));
                }
            }
            if (interrupted) {
                owner.interrupt();
            }
        }

        void rethrow() {
            Throwable thrown = failure.get();
            if (thrown instanceof Error error) {
                throw error;
            } else if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }
}
