package org.recommender4j.internal.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
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
}
