package org.recommender4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.ItemScores;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.TopN;

/**
 * Top 10 of a user by a factor model as it is learned, where lengths and directions of the vectors are uneven: a full scan,
 * the exact search that ends early, the quantised and the approximate one, and a batch. Microseconds per user; what was seen is left out.
 *
 * <pre>{@code
 * java -jar recommender-bench/target/benchmarks.jar Serving -jvmArgsAppend "--add-modules jdk.incubator.vector"
 * java -jar recommender-bench/target/benchmarks.jar Serving -p source=FILE -p items=0 -p dimensions=64
 * }</pre>
 *
 * <p>The second line learns the vectors from a file; for the sources see {@link Factors#of}. With {@code even} ones no search can
 * end early. {@link Approximate} tells what the searches that are not exact find.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Serving {
    private static final int USERS = Factors.USERS;
    private static final int TOP = 10;

    @Param({"synthetic"})
    String source = "synthetic";

    @Param({"10000", "100000", "1000000"})
    int items;

    @Param({"32", "64", "128"})
    int dimensions;

    private Model exact = new ItemScores("nothing", "", new float[0]);
    private Model quantized = exact;
    private Model approximate = exact;
    private Panels panels = Panels.zeros(0, 1);
    private float[] users = {};
    private final List<Profile> profiles = new ArrayList<>();
    private int next;

    /** Learns or draws the vectors. */
    @Setup
    public void setUp() {
        Factors factors = Factors.of(source, items, dimensions);
        ModelState state = factors.state();
        Interactions seen = factors.seen();
        exact = factors.model("EXACT");
        quantized = factors.model("QUANTIZED");
        approximate = factors.model("APPROXIMATE");
        users = state.floats("users");
        panels = Panels.of(state.floats("items"), exact.items(), dimensions);
        int step = Math.max(1, seen.rows() / USERS);
        for (int k = 0; k < USERS; k++) {
            profiles.add(Profile.ofUser(k * step, seen, true));
        }
    }

    private Profile next() {
        next = (next + 1) % USERS;
        return profiles.get(next);
    }

    private TopN top(Profile profile) {
        return new TopN(TOP, Eligibility.allExcept(exact.items(), profile.items()));
    }

    /** Every item is scored: the kernel that the library had without bounds. */
    @Benchmark
    public int[] fullScan() {
        Profile profile = next();
        TopN top = top(profile);
        float[] vector = new float[dimensions];
        System.arraycopy(users, profile.user() * dimensions, vector, 0, dimensions);
        float[] scores = new float[Panels.WIDTH];
        int end = panels.panelCount();
        for (int panel = 0; (panel = panels.scan(vector, 0, panel, end, top.threshold(), scores)) < end; panel++) {
            int count = Math.min(Panels.WIDTH, panels.size() - panel * Panels.WIDTH);
            for (int lane = 0; lane < count; lane++) {
                top.offer(panel * Panels.WIDTH + lane, scores[lane]);
            }
        }
        return top.items();
    }

    /** The same list, by a search that ends early. */
    @Benchmark
    public int[] exact() {
        Profile profile = next();
        TopN top = top(profile);
        exact.topN(profile, top);
        return top.items();
    }

    /** Nearly the same list, by rounded vectors. */
    @Benchmark
    public int[] quantized() {
        Profile profile = next();
        TopN top = top(profile);
        quantized.topN(profile, top);
        return top.items();
    }

    /** Most of the same list, from the clusters that are likely to hold it. */
    @Benchmark
    public int[] approximate() {
        Profile profile = next();
        TopN top = top(profile);
        approximate.topN(profile, top);
        return top.items();
    }

    /** The same lists for 256 users at once, per user. */
    @Benchmark
    @OperationsPerInvocation(USERS)
    public List<TopN> batch() {
        List<TopN> tops = new ArrayList<>(USERS);
        for (Profile profile : profiles) {
            tops.add(top(profile));
        }
        exact.topN(profiles, tops);
        return tops;
    }
}
