package org.recommender4j.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import org.recommender4j.Recommender;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.factorization.ImplicitAls;
import org.recommender4j.internal.kernel.Kernels;

/**
 * How long a fresh process takes to its first recommendation, and how much slower the first call is than a later one.
 *
 * <pre>{@code
 * java -cp recommender-bench/target/benchmarks.jar org.recommender4j.bench.ColdStart make FILE
 * java -cp recommender-bench/target/benchmarks.jar org.recommender4j.bench.ColdStart FILE
 * }</pre>
 *
 * <p>The first line saves a recommender of 100,000 items and 2,000 users with 64 factors; the second loads it and asks for
 * one user after the other, and prints a line of JSON. Times are milliseconds, {@code cpu} those of the calling thread's processor time; {@code start_to_first} begins with the start of
 * the virtual machine and ends with the first list.
 */
public final class ColdStart {
    static final int USERS = 2_000;
    private static final int ITEMS_PER_USER = 50;
    private static final int CALLS = 1_000;
    private static final int TENTH = 9;

    private ColdStart() {}

    /** Runs the command. */
    public static void main(String[] args) {
        if (args.length == 2 && args[0].equals("make")) {
            recommender().save(Path.of(args[1]));
        } else if (args.length == 1) {
            System.out.println(measure(Path.of(args[0])));
        } else {
            System.err.println("usage: ColdStart [make] FILE");
            System.exit(2);
        }
    }

    /** Fits a recommender to invented data. */
    static Recommender<String, String> recommender() {
        DatasetBuilder<String, String> data = Dataset.builder();
        for (int k = 0; k < USERS * ITEMS_PER_USER; k++) {
            data.add("user" + k / ITEMS_PER_USER, "item" + k);
            data.add("user" + k / ITEMS_PER_USER, "item" + k * 7L % 1_000);
        }
        return ImplicitAls.builder().factors(64).iterations(3).build().fit(data.build());
    }

    private static JsonLine measure(Path file) {
        long begin = System.nanoTime();
        Recommender<String, String> recommender = Recommender.load(file, String.class, String.class);
        long loaded = System.nanoTime();
        long firstAt = 0;
        double[] millis = new double[CALLS];
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] cpu = new double[CALLS];
        int entries = 0;
        for (int call = 0; call < CALLS; call++) {
            long cpuStart = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            entries += recommender.recommend("user" + call, 10).size();
            millis[call] = (System.nanoTime() - start) / 1e6;
            cpu[call] = (threads.getCurrentThreadCpuTime() - cpuStart) / 1e6;
            if (call == 0) {
                firstAt = System.currentTimeMillis();
            }
        }
        return new JsonLine()
                .put(
                        "start_to_first",
                        firstAt - ManagementFactory.getRuntimeMXBean().getStartTime())
                .put("load", (loaded - begin) / 1e6, 1)
                .put("call_1", millis[0], 2)
                .put("call_1_cpu", cpu[0], 2)
                .put("call_2", millis[1], 2)
                .put("call_10", millis[TENTH], 2)
                .put("call_10_cpu", cpu[TENTH], 2)
                .put("call_100", millis[99], 2)
                .put("call_1000", millis[CALLS - 1], 3)
                .put("entries", entries)
                .put("kernels", Kernels.description())
                .put("jdk", System.getProperty("java.version"));
    }
}
