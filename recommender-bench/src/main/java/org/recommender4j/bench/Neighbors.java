package org.recommender4j.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;
import org.recommender4j.Algorithm;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;
import org.recommender4j.data.LightGcn;
import org.recommender4j.model.Model;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * All-pairs similarity: a whole training of a neighborhood model, from the interactions, with their transposed view made, to the kept
 * neighbors. Seconds per training.
 *
 * <pre>{@code
 * java -jar recommender-bench/target/benchmarks.jar Neighbors
 * java -jar recommender-bench/target/benchmarks.jar Neighbors -p data=path/to/gowalla -p threads=2
 * }</pre>
 *
 * <p>The data are {@code made}, 30,000 users with 27 of 41,000 items each, of a popularity like that of gowalla; or a folder
 * with a {@code train.txt} of the LightGCN layout.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class Neighbors {
    private static final int USERS = 30_000;
    private static final int ITEMS = 41_000;

    /** Where the interactions come from. */
    @Param("made")
    String data = "";

    /** How many threads train. */
    @Param({"1", "2"})
    int threads;

    /** How many neighbors are kept. */
    @Param("50")
    int neighbors;

    private TrainingData training = TrainingData.implicit(Interactions.empty(0, 0));
    private ForkJoinPool pool = new ForkJoinPool(1);

    /** Reads or makes the interactions. */
    @Setup(Level.Trial)
    public void setUp() {
        Interactions interactions = data.equals("made") ? made() : read(Path.of(data));
        interactions.transpose();
        training = TrainingData.implicit(interactions);
        pool = new ForkJoinPool(threads);
    }

    /** Ends the threads. */
    @TearDown(Level.Trial)
    public void tearDown() {
        pool.shutdown();
    }

    private static Interactions read(Path folder) {
        return LightGcn.read(QualityData.find(folder, "train.txt"), QualityData.find(folder, "test.txt"))
                .train()
                .interactions();
    }

    private static Interactions made() {
        SplittableRandom random = new SplittableRandom(1);
        InteractionsBuilder builder = Interactions.builder();
        for (int user = 0; user < USERS; user++) {
            int length = (int) (10 + 17 * -Math.log(1 - random.nextDouble()));
            for (int k = 0; k < length; k++) {
                builder.add(user, (int) (ITEMS * Math.pow(random.nextDouble(), 2)), 1f);
            }
        }
        return builder.build(USERS, ITEMS, DuplicatePolicy.LAST);
    }

    private Model train(String algorithm, String... options) {
        Algorithm configured = Algorithm.named(algorithm).with(Map.of("neighbors", String.valueOf(neighbors)));
        for (int k = 0; k < options.length; k += 2) {
            configured = configured.with(Map.of(options[k], options[k + 1]));
        }
        return configured.train(
                training, Training.defaults().withThreads(threads).withExecutor(pool));
    }

    /** Cosine of items. */
    @Benchmark
    public Model itemCosine() {
        return train("ItemKnn", "weighting", "none", "shrinkage", "0", "asymmetry", "0.5", "amplification", "1");
    }

    /** Items by the default options. */
    @Benchmark
    public Model itemDefault() {
        return train("ItemKnn");
    }

    /** Cosine of users. */
    @Benchmark
    public Model userCosine() {
        return train("UserKnn", "weighting", "none", "shrinkage", "0", "asymmetry", "0.5", "amplification", "1");
    }

    /** The graph walk. */
    @Benchmark
    public Model rp3beta() {
        return train("Rp3Beta");
    }
}
