package org.recommender4j.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.recommender4j.Recommendations;
import org.recommender4j.Recommender;

/**
 * The whole path of a request, from an id to ids, on the recommender of {@link ColdStart}: 100,000 items, 64 factors. {@code
 * -prof gc} shows what a request allocates.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Recommend {
    private final Recommender<String, String> recommender = ColdStart.recommender();
    private final String[] users = new String[ColdStart.USERS];
    private int next;

    /** Makes the ids. */
    @Setup
    public void setUp() {
        for (int user = 0; user < users.length; user++) {
            users[user] = "user" + user;
        }
    }

    /** Ten items for one user after the other. */
    @Benchmark
    public Recommendations<String> recommend() {
        next = (next + 1) % users.length;
        return recommender.recommend(users[next], 10);
    }
}
