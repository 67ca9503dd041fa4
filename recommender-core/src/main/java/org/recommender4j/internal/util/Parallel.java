package org.recommender4j.internal.util;

import java.util.concurrent.Executor;
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
     * tasks given to the executor. Works too when the executor never runs them. The first exception of a body is thrown after
     * all running blocks have ended; blocks that were not begun are left out.
     */
    public static <S> void forBlocks(
            int n, int blockSize, int threads, Executor executor, Scratch<S> scratch, Body<S> body) {
        int blocks = blocks(n, blockSize);
        if (blocks == 0) {
            return;
        }
        Loop<S> loop = new Loop<>(n, blockSize, blocks, scratch, body);
        for (int t = 1; t < Math.min(threads, blocks); t++) {
            executor.execute(loop);
        }
        loop.run();
        loop.awaitRunning();
        loop.rethrow();
    }

    /** Calls the body for each block without scratch memory. */
    public static void forBlocks(int n, int blockSize, int threads, Executor executor, Body<Object> body) {
        forBlocks(n, blockSize, threads, executor, () -> Parallel.class, body);
    }

    private static final class Loop<S> implements Runnable {
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

        @Override
        public void run() {
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
                        int from = block * blockSize;
                        body.run(block, from, (int) Math.min(n, from + (long) blockSize), memory);
                    }
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                synchronized (this) {
                    running--;
                    notifyAll();
                }
            }
        }

        synchronized void awaitRunning() {
            closed = true;
            boolean interrupted = false;
            while (running > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    // The helpers use the caller's memory, so leaving before they are done is not an option.
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
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
