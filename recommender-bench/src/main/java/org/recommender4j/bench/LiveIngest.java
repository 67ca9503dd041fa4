package org.recommender4j.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.recommender4j.Algorithm;
import org.recommender4j.Recommendations;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.factorization.ImplicitAls;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.Event;
import org.recommender4j.streaming.LiveRecommender;

/** An event of a live recommender with 64 factors, or with counters only, and a list while nobody writes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
@State(Scope.Benchmark)
public class LiveIngest {
    private static final int USERS = 20_000;
    private static final int ITEMS = 20_000;
    private static final int HISTORY = 20;

    /** What is kept up to date. */
    @Param({"factors", "counters"})
    public String what = "factors";

    private final AtomicLong seeds = new AtomicLong();
    private LiveRecommender<Integer, Integer> live =
            LiveRecommender.start(Dataset.<Integer, Integer>builder().add(0, 0).build(), new Popularity());

    /** Makes a recommender whose histories have not grown yet. */
    @Setup(Level.Iteration)
    public void start() {
        SplittableRandom random = new SplittableRandom(1);
        DatasetBuilder<Integer, Integer> data = Dataset.builder();
        for (int item = 0; item < ITEMS; item++) {
            data.addItem(item);
        }
        for (int user = 0; user < USERS; user++) {
            for (int k = random.nextInt(2 * HISTORY); k >= 0; k--) {
                data.add(user, item(random));
            }
        }
        Algorithm algorithm = what.equals("factors")
                ? ImplicitAls.builder().factors(64).iterations(2).build()
                : new Popularity();
        live = LiveRecommender.start(data.build(), algorithm);
    }

    /** Ends it. */
    @TearDown(Level.Iteration)
    public void stop() {
        live.close();
    }

    private static int item(SplittableRandom random) {
        double x = random.nextDouble();
        return (int) (ITEMS * x * x * x);
    }

    /** Random numbers of a thread. */
    @State(Scope.Thread)
    public static class Source {
        private SplittableRandom random = new SplittableRandom();

        /** Gives each thread numbers of its own. */
        @Setup
        public void seed(LiveIngest benchmark) {
            random = new SplittableRandom(benchmark.seeds.incrementAndGet());
        }
    }

    /** Applies an event in one thread. */
    @Benchmark
    public long ingest(Source source) {
        return live.ingest(Event.view(source.random.nextInt(USERS), item(source.random)));
    }

    /** Applies an event in each of two threads. */
    @Benchmark
    @Threads(2)
    public long ingestOfTwo(Source source) {
        return live.ingest(Event.view(source.random.nextInt(USERS), item(source.random)));
    }

    /** Lists ten items. */
    @Benchmark
    public Recommendations<Integer> recommend(Source source) {
        return live.recommend(source.random.nextInt(USERS), 10);
    }
}
