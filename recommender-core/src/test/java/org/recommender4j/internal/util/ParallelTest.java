package org.recommender4j.internal.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelTest {
    @ParameterizedTest
    @CsvSource({"0,3,4", "1,3,4", "10,3,1", "10,3,2", "1000,7,8", "64,64,8", "65,64,64"})
    void handlesEachIndexOnce(int n, int blockSize, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            AtomicIntegerArray seen = new AtomicIntegerArray(n);
            Parallel.forBlocks(n, blockSize, threads, pool, (block, from, to, scratch) -> {
                assertThat(from).isEqualTo(block * blockSize);
                for (int i = from; i < to; i++) {
                    seen.incrementAndGet(i);
                }
            });
            for (int i = 0; i < n; i++) {
                assertThat(seen.get(i)).isEqualTo(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void worksWithAnExecutorThatNeverRunsAnything() {
        int[] done = new int[100];
        List<Runnable> ignored = new ArrayList<>();
        Parallel.forBlocks(100, 9, 8, ignored::add, (block, from, to, scratch) -> Arrays.fill(done, from, to, 1));
        assertThat(done).containsOnly(1);
        ignored.forEach(Runnable::run);
        assertThat(ignored).isNotEmpty();
    }

    @Test
    void aTaskThatComesLateTouchesNothing() {
        AtomicInteger calls = new AtomicInteger();
        List<Runnable> late = new ArrayList<>();
        Parallel.forBlocks(10, 1, 3, late::add, (block, from, to, scratch) -> calls.incrementAndGet());
        late.forEach(Runnable::run);
        assertThat(calls).hasValue(10);
    }

    @Test
    void throwsWhatABodyThrew() {
        assertThatThrownBy(() -> Parallel.forBlocks(100, 1, 4, Runnable::run, (block, from, to, scratch) -> {
                    if (block == 50) {
                        throw new IllegalStateException("block 50");
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("block 50");
    }

    @Test
    void eachThreadHasItsOwnScratchMemory() {
        AtomicInteger made = new AtomicInteger();
        Parallel.forBlocks(
                10,
                1,
                1,
                Runnable::run,
                made::incrementAndGet,
                (block, from, to, scratch) -> assertThat(scratch).isEqualTo(1));
        assertThat(made).hasValue(1);
    }

    @Test
    void theCallerDoesTheWorkOfRejectedTasks() {
        AtomicIntegerArray seen = new AtomicIntegerArray(100);
        AtomicInteger offered = new AtomicInteger();
        List<Runnable> queue = new ArrayList<>();
        Executor bounded = task -> {
            if (offered.incrementAndGet() > 2) {
                throw new RejectedExecutionException("the queue is full");
            }
            queue.add(task);
        };
        Parallel.forBlocks(100, 1, 8, bounded, (block, from, to, scratch) -> seen.incrementAndGet(block));
        assertThat(IntStream.range(0, 100).map(seen::get)).containsOnly(1);
        assertThat(offered).hasValue(3);
        queue.forEach(Runnable::run);
        assertThat(IntStream.range(0, 100).map(seen::get)).containsOnly(1);
    }

    @Test
    void aFullPoolTakesPartAsFarAsItCan() throws InterruptedException {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));
        CountDownLatch busy = new CountDownLatch(1);
        pool.execute(() -> await(busy));
        AtomicInteger calls = new AtomicInteger();
        Parallel.forBlocks(50, 1, 6, pool, (block, from, to, scratch) -> calls.incrementAndGet());
        assertThat(calls).hasValue(50);
        busy.countDown();
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(calls).hasValue(50);
    }

    @Test
    void aPoolThatWasShutDownIsNoReasonToFail() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        pool.shutdownNow();
        AtomicInteger calls = new AtomicInteger();
        Parallel.forBlocks(50, 1, 6, pool, (block, from, to, scratch) -> calls.incrementAndGet());
        assertThat(calls).hasValue(50);
    }

    @Test
    void nothingRunsOnAfterTheExecutorFailed() {
        List<Runnable> late = new ArrayList<>();
        AtomicInteger calls = new AtomicInteger();
        Executor broken = task -> {
            if (late.size() == 2) {
                throw new IllegalStateException("no more threads");
            }
            late.add(task);
        };
        assertThatThrownBy(() ->
                        Parallel.forBlocks(50, 1, 6, broken, (block, from, to, scratch) -> calls.incrementAndGet()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no more threads");
        int before = calls.get();
        late.forEach(Runnable::run);
        assertThat(calls).hasValue(before);
    }

    @Test
    void anInterruptedCallerStopsAndStaysInterrupted() {
        List<Integer> blocks = new ArrayList<>();
        try {
            assertThatThrownBy(() -> Parallel.forBlocks(100, 1, 1, Runnable::run, (block, from, to, scratch) -> {
                        blocks.add(block);
                        if (block == 3) {
                            Thread.currentThread().interrupt();
                        }
                    }))
                    .isInstanceOf(CancellationException.class);
            assertThat(blocks).containsExactly(0, 1, 2, 3);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void anInterruptedCallerDoesNotBeginThoughOthersWould() {
        AtomicInteger calls = new AtomicInteger();
        Executor faster = task -> {
            Thread thread = new Thread(task);
            thread.start();
            while (thread.isAlive()) {
                Thread.onSpinWait();
            }
        };
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() ->
                            Parallel.forBlocks(9, 1, 2, faster, (block, from, to, scratch) -> calls.incrementAndGet()))
                    .isInstanceOf(CancellationException.class);
            assertThat(calls).hasValue(0);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void anInterruptWhileTheHelpersWorkEndsThemAfterTheirBlock() {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        Thread caller = Thread.currentThread();
        AtomicInteger helped = new AtomicInteger();
        CountDownLatch helping = new CountDownLatch(1);
        try {
            assertThatThrownBy(() -> Parallel.forBlocks(1000, 1, 2, pool, (block, from, to, scratch) -> {
                        if (Thread.currentThread() == caller) {
                            await(helping);
                            return;
                        }
                        helped.incrementAndGet();
                        caller.interrupt();
                        helping.countDown();
                        while (caller.getState() != Thread.State.WAITING) {
                            Thread.onSpinWait();
                        }
                    }))
                    .isInstanceOf(CancellationException.class);
            assertThat(helped).hasValue(1);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
            pool.shutdownNow();
        }
    }

    @Test
    void anInterruptedThreadOfThePoolIsNoReasonToStop() {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        Thread caller = Thread.currentThread();
        AtomicInteger calls = new AtomicInteger();
        try {
            Parallel.forBlocks(1000, 1, 2, pool, (block, from, to, scratch) -> {
                calls.incrementAndGet();
                if (Thread.currentThread() != caller) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(calls).hasValue(1000);
            assertThat(caller.isInterrupted()).isFalse();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aTaskThatWasNeverBegunDoesNotKeepTheMemoryOfTheLoop() {
        List<Runnable> queue = new ArrayList<>();
        WeakReference<float[]> memory = run(queue);
        for (int k = 0; k < 50 && memory.get() != null; k++) {
            System.gc();
        }
        assertThat(memory.get()).isNull();
        assertThat(queue).isNotEmpty();
    }

    private static void await(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    private static WeakReference<float[]> run(List<Runnable> queue) {
        float[] large = new float[1000];
        Parallel.forBlocks(100, 9, 8, queue::add, (block, from, to, scratch) -> large[from] = 1);
        return new WeakReference<>(large);
    }
}
