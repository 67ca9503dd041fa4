package org.recommender4j.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.factorization.ImplicitAls;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.Event;
import org.recommender4j.streaming.LiveRecommender;
import org.recommender4j.streaming.Metrics;

/**
 * How many events a second a live recommender bears, how soon they are visible, and what they cost those who read. Made-up
 * users and items with Zipf-like popularity; each line of output is one phase. Usage: {@code LiveThroughput [users=20000]
 * [items=20000] [history=20] [factors=64] [seconds=10] [threads=2]}; many seconds make it a soak.
 */
public final class LiveThroughput {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final int users;
    private final int items;
    private final int history;
    private final int factors;
    private final int seconds;
    private final int threads;

    private LiveThroughput(Map<String, Integer> options) {
        users = Objects.requireNonNull(options.get("users"));
        items = Objects.requireNonNull(options.get("items"));
        history = Objects.requireNonNull(options.get("history"));
        factors = Objects.requireNonNull(options.get("factors"));
        seconds = Objects.requireNonNull(options.get("seconds"));
        threads = Objects.requireNonNull(options.get("threads"));
    }

    /** Runs all phases; exits with 2 if the command line is wrong. */
    public static void main(String[] arguments) throws InterruptedException {
        Map<String, Integer> options = new LinkedHashMap<>(
                Map.of("users", 20_000, "items", 20_000, "history", 20, "factors", 64, "seconds", 10, "threads", 2));
        try {
            parse(options, arguments);
        } catch (UsageException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        new LiveThroughput(options).run();
    }

    private static void parse(Map<String, Integer> options, String... arguments) {
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            if (pair.length < 2 || !options.containsKey(pair[0]) || !pair[1].matches("[1-9][0-9]{0,8}")) {
                throw new UsageException("expected one of " + options.keySet() + " =NUMBER, but got " + argument);
            }
            options.put(pair[0], Integer.parseInt(pair[1]));
        }
    }

    private void run() throws InterruptedException {
        Dataset<Integer, Integer> data = data();
        Algorithm als = ImplicitAls.builder().factors(factors).iterations(3).build();
        print("data", Map.of("dataset", data.toString()));
        try (LiveRecommender<Integer, Integer> live = LiveRecommender.start(data, als)) {
            write("warm-up", live, threads, 3, false);
            read("read, nobody writes (warm-up)", live, 0, 3);
        }
        for (int count = 1; count <= threads; count++) {
            try (LiveRecommender<Integer, Integer> live = LiveRecommender.start(data, als)) {
                write("fold-in, " + count + " threads", live, count, seconds, false);
            }
        }
        try (LiveRecommender<Integer, Integer> live = LiveRecommender.start(data, als)) {
            write("fold-in, " + threads + " threads into the queue", live, threads, seconds, true);
        }
        try (LiveRecommender<Integer, Integer> live = LiveRecommender.start(data, new Popularity())) {
            write("counters only, 1 thread", live, 1, seconds, false);
        }
        try (LiveRecommender<Integer, Integer> live = LiveRecommender.start(data, als)) {
            read("read, nobody writes", live, 0, seconds);
            read("read, 10,000 events a second", live, 10_000, seconds);
            read("read, full write load", live, Integer.MAX_VALUE, seconds);
            read("read, nobody writes again", live, 0, seconds);
        }
    }

    private Dataset<Integer, Integer> data() {
        SplittableRandom random = new SplittableRandom(1);
        DatasetBuilder<Integer, Integer> builder = Dataset.builder();
        for (int item = 0; item < items; item++) {
            builder.addItem(item);
        }
        for (int user = 0; user < users; user++) {
            int length = 1 + random.nextInt(2 * history - 1);
            for (int k = 0; k < length; k++) {
                builder.add(user, item(random));
            }
        }
        return builder.build();
    }

    private int item(SplittableRandom random) {
        double x = random.nextDouble();
        return (int) (items * x * x * x);
    }

    private Event<Integer, Integer> event(SplittableRandom random) {
        return Event.view(random.nextInt(users), item(random));
    }

    private void write(String phase, LiveRecommender<Integer, Integer> live, int count, int time, boolean queued)
            throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        LongAdder cpu = new LongAdder();
        LongAdder events = new LongAdder();
        List<Thread> writers = new ArrayList<>();
        long start = System.nanoTime();
        for (int k = 0; k < count; k++) {
            SplittableRandom random = new SplittableRandom(100 + k);
            writers.add(thread(() -> {
                long before = CLOCK.getCurrentThreadCpuTime();
                while (!done.get()) {
                    if (queued) {
                        live.offer(event(random));
                    } else {
                        live.ingest(event(random));
                    }
                    events.increment();
                }
                cpu.add(CLOCK.getCurrentThreadCpuTime() - before);
            }));
        }
        Thread.sleep(time * 1000L);
        double elapsed = (System.nanoTime() - start) * 1e-9;
        Metrics metrics = live.metrics();
        done.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("events_per_second", Math.round(metrics.events() / elapsed));
        // What a thread needs by itself, whatever else the machine does.
        line.put("cpu_us_per_event", String.format(Locale.ROOT, "%.2f", cpu.sum() / 1e3 / events.sum()));
        line.put("visible_us", micros(metrics.ingest()));
        print(phase, line);
    }

    private void read(String phase, LiveRecommender<Integer, Integer> live, int eventsPerSecond, int time)
            throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        LongAdder written = new LongAdder();
        Thread writer = thread(() -> {
            SplittableRandom random = new SplittableRandom(5);
            long start = System.nanoTime();
            while (!done.get() && eventsPerSecond > 0) {
                live.ingest(event(random));
                written.increment();
                if (eventsPerSecond < Integer.MAX_VALUE) {
                    long due = start + (long) (written.sum() * 1e9 / eventsPerSecond);
                    while (System.nanoTime() < due && !done.get()) {
                        Thread.onSpinWait();
                    }
                }
            }
        });
        SplittableRandom random = new SplittableRandom(7);
        long[] nanos = new long[1 << 20];
        int reads = 0;
        long end = System.nanoTime() + time * 1_000_000_000L;
        long before = System.nanoTime();
        while (before < end && reads < nanos.length) {
            live.recommend(random.nextInt(users), 10);
            long now = System.nanoTime();
            nanos[reads++] = now - before;
            before = now;
        }
        done.set(true);
        writer.join();
        long[] sorted = Arrays.copyOf(nanos, reads);
        Arrays.sort(sorted);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("reads_per_second", reads / time);
        line.put("p50_us", sorted[reads / 2] / 1000);
        line.put("p99_us", sorted[(int) (reads * 0.99)] / 1000);
        line.put("p999_us", sorted[(int) (reads * 0.999)] / 1000);
        line.put("events_per_second", written.sum() / time);
        print(phase, line);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    private static String micros(Metrics.Latency latency) {
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p99 %.1f, p99.9 %.1f, max %.0f",
                latency.p50() / 1e3,
                latency.p99() / 1e3,
                latency.p999() / 1e3,
                latency.max() / 1e3);
    }

    private static void print(String phase, Map<String, ?> values) {
        StringBuilder line = new StringBuilder(phase);
        values.forEach((key, value) -> line.append("; ").append(key).append(' ').append(value));
        System.out.println(line);
    }
}
