package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.recommender4j.Request;

/** 64 threads at once; what they see is checked against what can be, not against a time. */
class ConcurrencyTest {
    private static final int THREADS = 64;
    private static final int ROUNDS = 40;

    /** A task of one of the threads. */
    private interface Task {
        void run(int thread) throws Exception;
    }

    private static void inParallel(Task task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch start = new CountDownLatch(THREADS);
            List<Future<?>> results = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                results.add(pool.submit(() -> {
                    start.countDown();
                    start.await();
                    task.run(number);
                    return null;
                }));
            }
            for (Future<?> result : results) {
                result.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void noUpdateIsLostAndEachThreadReadsItsWrites() throws Exception {
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            Set<Long> versions = ConcurrentHashMap.newKeySet();
            inParallel(thread -> {
                String own = "own " + thread;
                long last = 0;
                for (int k = 0; k < ROUNDS; k++) {
                    String item = "item " + thread + " " + k;
                    long version = live.ingest(Event.view(own, item));
                    assertThat(version).isGreaterThan(last);
                    versions.add(version);
                    versions.add(live.ingest(Event.view("shared", "i0-" + k % 12)));
                    last = version;
                    Request<String, String> request = Request.<String, String>forUser(own)
                            .atLeast(version)
                            .limit(3);
                    assertThat(live.recommend(request.only(List.of(item))))
                            .as("seen")
                            .isEmpty();
                    assertThat(live.export(own).orElseThrow().history()).hasSize(k + 1);
                    if (k % 16 == thread % 16) {
                        live.refreshItems();
                    }
                }
            });
            assertThat(versions).hasSize(2 * THREADS * ROUNDS);
            assertThat(live.version()).isEqualTo(2L * THREADS * ROUNDS);
            assertThat(live.export("shared").orElseThrow().history().stream()
                            .mapToDouble(HistoryEntry::weight)
                            .sum())
                    .isEqualTo(THREADS * ROUNDS);
            assertThat(live.metrics().items()).isEqualTo(36 + THREADS * ROUNDS);
            assertThat(live.metrics().users()).isEqualTo(60 + THREADS + 1);
            assertThat(live.trends(1).get(0).people()).isPositive();
        }
    }

    /**
     * One thread adds 1 to the weights of ten items, one after the other, again and again; 63 read. At each moment the weights
     * do not ascend, and the last is at most 1 less than the first; the score of an item is one that the model gives such a
     * history. A reader that saw half of a change would see something else.
     */
    @Test
    void noReaderSeesHalfOfAChange() throws Exception {
        int perItem = 60;
        int events = 10 * perItem;
        Set<Float> possible = new HashSet<>();
        try (LiveRecommender<String, String> alone = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            for (int k = 0; k < events; k++) {
                alone.ingest(Event.view("x", "i0-" + k % 10));
                alone.score("x", "i0-11").ifPresent(score -> possible.add((float) score));
            }
        }
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger read = new AtomicInteger();
            inParallel(thread -> {
                if (thread == 0) {
                    for (int k = 0; k < events; k++) {
                        live.ingest(Event.view("x", "i0-" + k % 10));
                        if (k % 50 == 0) {
                            LockSupport.parkNanos(1);
                        }
                    }
                    done.set(true);
                    return;
                }
                do {
                    live.export("x").ifPresent(user -> {
                        double[] weights = weights(user);
                        for (int k = 1; k < weights.length; k++) {
                            assertThat(weights[k]).isLessThanOrEqualTo(weights[k - 1]);
                        }
                        assertThat(weights[weights.length - 1]).isGreaterThanOrEqualTo(weights[0] - 1);
                    });
                    live.score("x", "i0-11")
                            .ifPresent(score -> assertThat(possible).contains((float) score));
                    read.incrementAndGet();
                } while (!done.get());
            });
            assertThat(read.get()).isGreaterThanOrEqualTo(THREADS - 1);
            assertThat(weights(live.export("x").orElseThrow())).containsOnly(perItem);
        }
    }

    private static double[] weights(UserExport<String, String> user) {
        double[] weights = new double[10];
        for (HistoryEntry<String> entry : user.history()) {
            weights[Integer.parseInt(entry.item().substring(3))] = entry.weight();
        }
        return weights;
    }

    @Test
    void everythingAtOnceStaysConsistent() throws Exception {
        LiveBuilder options = LiveData.live().sessionWeight(0.3);
        try (LiveRecommender<String, String> live = options.start(LiveData.groups(), LiveData.als())) {
            inParallel(thread -> {
                for (int k = 0; k < 25; k++) {
                    String user = "u" + k % 3 + "-" + thread % 20;
                    switch (thread % 8) {
                        case 0 -> live.forget(user);
                        case 1 -> live.itemCategories("new " + thread + k, "group", "g" + k % 5);
                        case 2 -> {
                            if (k % 10 == 0) {
                                live.refit();
                            } else {
                                live.refreshItems();
                            }
                        }
                        case 3, 4 ->
                            live.submit(Event.view(user, "i" + k % 3 + "-" + k % 12))
                                    .get();
                        case 5 -> live.audience("i" + k % 3 + "-1", 50);
                        default -> {
                            live.recommend(Request.<String, String>forUser(user).maxPerCategory("group", 2));
                            live.similarItems("i" + k % 3 + "-1", 5);
                            live.trends(5);
                            live.explain(user, "i0-1");
                        }
                    }
                }
            });
            Set<String> known = new HashSet<>();
            for (int user : IntStream.range(0, 60).toArray()) {
                String id = "u" + user / 20 + "-" + user % 20;
                if (live.export(id).isPresent()) {
                    known.add(id);
                }
            }
            assertThat(live.audience("new 10", 1000).items()).containsAll(known);
            assertThat(live.metrics().failures()).isZero();
        }
    }
}
