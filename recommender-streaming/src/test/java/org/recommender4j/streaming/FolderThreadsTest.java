package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recommender4j.streaming.journal.Fsync;

/**
 * 64 threads and a folder, with refits and refreshes that fire by their schedules; then a recount, of the recommender, of what a
 * process that died would have left, and of the folder once closed.
 */
@Timeout(180)
class FolderThreadsTest {
    private static final int THREADS = 64;
    private static final int EVENTS = Integer.getInteger("recommender4j.threadEvents", 1500);

    @TempDir
    Path temporary;

    private final FolderLedger ledger = new FolderLedger();

    private List<Thread> begin(LiveRecommender<String, String> live, AtomicBoolean stop) {
        SplittableRandom random = new SplittableRandom(5);
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            FolderWork work = new FolderWork(live, "t" + thread, random.split(), ledger);
            threads.add(new Thread(() -> work.run(stop::get)));
        }
        threads.forEach(Thread::start);
        return threads;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void waitForEvents(int count) throws InterruptedException {
        while (ledger.events() < count) {
            Thread.sleep(1);
        }
    }

    private static LiveRecommender<String, String> open(Path folder) {
        return FolderWork.options(Fsync.NONE).open(folder, String.class, String.class);
    }

    @ParameterizedTest
    @EnumSource(Fsync.class)
    void aRecountOfWhat64ThreadsDidIsRight(Fsync fsync) throws InterruptedException {
        Path folder = temporary.resolve("live");
        AtomicBoolean stop = new AtomicBoolean();
        Path died = temporary.resolve("died");
        try (LiveRecommender<String, String> live = FolderChild.begin(folder, FolderChild.scheduled(fsync))) {
            List<Thread> threads = begin(live, stop);
            waitForEvents(EVENTS);
            while (live.metrics().refits() < 2) {
                Thread.sleep(1);
            }
            stop.set(true);
            join(threads);
            assertThat(live.metrics().failures()).isZero();
            ledger.check(live, "at the end");
            assertThat(live.version()).isGreaterThanOrEqualTo(ledger.events() + ledger.forgotten());
        }
        try (LiveRecommender<String, String> opened = open(folder)) {
            ledger.check(opened, "opened");
            for (int k = 0; k < 20; k++) {
                opened.ingest(Event.view("u0-0", "i0-" + k % 12));
            }
            ForgetCrashTest.copy(folder, died);
        }
        try (LiveRecommender<String, String> opened = open(died)) {
            assertThat(opened.export("u0-0").orElseThrow().history()).hasSizeGreaterThanOrEqualTo(12);
        }
    }

    @Test
    void whatIsAcknowledgedWhileItClosesIsThere() throws InterruptedException {
        Path folder = temporary.resolve("live");
        for (int round = 1; round <= 5; round++) {
            LiveRecommender<String, String> live = FolderChild.begin(folder, FolderChild.scheduled(Fsync.GROUP));
            FolderLedger heard = new FolderLedger();
            List<Thread> threads = new ArrayList<>();
            SplittableRandom random = new SplittableRandom(round);
            for (int thread = 0; thread < THREADS; thread++) {
                FolderWork work = new FolderWork(live, "c" + round + "-" + thread, random.split(), line -> {
                    heard.told(line);
                    ledger.told(line);
                });
                threads.add(new Thread(() -> work.run(() -> false)));
            }
            threads.forEach(Thread::start);
            while (heard.events() < 100) {
                Thread.sleep(1);
            }
            live.close();
            join(threads);
            try (LiveRecommender<String, String> opened = open(folder)) {
                ledger.check(opened, "closed " + round);
            }
        }
    }

    /** The disk refuses a step of a snapshot; whatever was being done then, the folder is free afterwards and holds all. */
    @Test
    void aDiskThatRefusesAtCloseLeavesAFolderThatOpens() throws IOException {
        Path folder = temporary.resolve("live");
        for (int stop = 1; stop < 10; stop++) {
            AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
            LiveBuilder options = FolderWork.options(Fsync.GROUP).folderStep(() -> {
                if (left.decrementAndGet() == 0) {
                    throw new UncheckedIOException(new IOException("no disk"));
                }
            });
            LiveRecommender<String, String> live = FolderChild.begin(folder, options);
            FolderWork work = new FolderWork(live, "d" + stop, new SplittableRandom(stop), ledger);
            AtomicInteger steps = new AtomicInteger(30);
            work.run(() -> steps.decrementAndGet() < 0);
            left.set(stop);
            boolean refused = false;
            try {
                live.close();
            } catch (UncheckedIOException e) {
                assertThat(e).hasStackTraceContaining("no disk");
                refused = true;
            }
            left.set(Integer.MAX_VALUE);
            assertThatThrownBy(() -> live.ingest(Event.view("u0-0", "i0-0")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            live.close();
            try (LiveRecommender<String, String> opened = open(folder)) {
                ledger.check(opened, "after a refusal at step " + stop);
            }
            if (!refused) {
                assertThat(stop).isGreaterThan(2);
                try (Stream<Path> files = Files.list(folder)) {
                    assertThat(files.filter(file -> file.toString().endsWith(".tmp")))
                            .isEmpty();
                }
                return;
            }
        }
        throw new AssertionError("it never ended");
    }

    /** Threads go on while steps of snapshots and of forgetting fail now and then. */
    @Test
    void aDiskThatRefusesNowAndThenLosesNothing() throws InterruptedException {
        Path folder = temporary.resolve("live");
        AtomicBoolean refuses = new AtomicBoolean();
        AtomicInteger step = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        LiveBuilder options = FolderChild.scheduled(Fsync.NONE).folderStep(() -> {
            if (refuses.get() && step.incrementAndGet() % 5 == 0) {
                refused.incrementAndGet();
                throw new UncheckedIOException(new IOException("no disk"));
            }
        });
        LiveRecommender<String, String> live = FolderChild.begin(folder, options);
        refuses.set(true);
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> threads = begin(live, stop);
        waitForEvents(300);
        while (refused.get() < 3) {
            Thread.sleep(1);
        }
        stop.set(true);
        join(threads);
        refuses.set(false);
        live.close();
        try (LiveRecommender<String, String> opened = open(folder)) {
            ledger.check(opened, "opened");
        }
    }
}
