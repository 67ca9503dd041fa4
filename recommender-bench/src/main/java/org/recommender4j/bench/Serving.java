package org.recommender4j.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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
import org.recommender4j.Algorithm;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;
import org.recommender4j.data.LightGcn;
import org.recommender4j.data.Profile;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.ItemScores;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.TopN;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Top 10 of a user by a factor model as it is learned, where lengths and directions of the vectors are uneven: a full scan,
 * the exact search that ends early, the quantised one, and a batch. Microseconds per user; what was seen is left out.
 *
 * <pre>{@code
 * java -jar recommender-bench/target/benchmarks.jar Serving -jvmArgsAppend "--add-modules jdk.incubator.vector"
 * java -jar recommender-bench/target/benchmarks.jar Serving -p source=FILE -p items=0 -p dimensions=64
 * }</pre>
 *
 * <p>The second line learns the vectors from a file in the layout of LightGCN, such as the training part of gowalla. {@code synthetic} ones have
 * logarithmically normal lengths and a spectrum that falls with the square root, {@code even} ones neither: there no search
 * can end early.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Serving {
    private static final int USERS = 256;
    private static final int TOP = 10;

    @Param({"synthetic"})
    String source = "synthetic";

    @Param({"10000", "100000", "1000000"})
    int items;

    @Param({"32", "64", "128"})
    int dimensions;

    private Interactions seen = Interactions.empty(0, 0);
    private Model exact = new ItemScores("nothing", "", new float[0]);
    private Model quantized = exact;
    private Panels panels = Panels.zeros(0, 1);
    private float[] users = {};
    private final List<Profile> profiles = new ArrayList<>();
    private int next;

    /** Learns or draws the vectors. */
    @Setup
    public void setUp() {
        Algorithm algorithm = Algorithm.named("ImplicitAls").with(Map.of("factors", String.valueOf(dimensions)));
        ModelState state;
        if (source.equals("synthetic") || source.equals("even")) {
            seen = drawHistories(items == 0 ? 1 : items);
            ModelState little = algorithm
                    .with(Map.of("iterations", "1"))
                    .train(TrainingData.implicit(seen), Training.defaults())
                    .state();
            state = replaced(little, draw(1, USERS, false), draw(2, items, source.equals("synthetic")));
        } else {
            seen = LightGcn.read(Path.of(source)).interactions();
            state = algorithm
                    .train(TrainingData.implicit(seen), Training.defaults())
                    .state();
        }
        exact = algorithm.restore(state);
        ModelState other = new ModelState();
        state.tensors().forEach(other::put);
        state.texts().forEach((name, text) -> other.put(name, name.equals("retrieval") ? "QUANTIZED" : text));
        quantized = algorithm.restore(other);
        users = state.floats("users");
        panels = Panels.of(state.floats("items"), exact.items(), dimensions);
        int step = Math.max(1, seen.rows() / USERS);
        for (int k = 0; k < USERS; k++) {
            profiles.add(Profile.ofUser(k * step, seen, true));
        }
    }

    private static Interactions drawHistories(int items) {
        SplittableRandom random = new SplittableRandom(3);
        InteractionsBuilder builder = Interactions.builder();
        for (int user = 0; user < USERS; user++) {
            for (int k = 0; k < 30; k++) {
                builder.add(user, random.nextInt(items), 1f);
            }
        }
        builder.add(0, items - 1, 1f);
        return builder.build(DuplicatePolicy.LAST);
    }

    private float[] draw(long seed, int rows, boolean uneven) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] matrix = new float[Math.multiplyExact(rows, dimensions)];
        for (int row = 0; row < rows; row++) {
            double length = uneven ? Math.exp(0.7 * normal(random)) : 1;
            for (int k = 0; k < dimensions; k++) {
                double spectrum = source.equals("even") ? 1 : 1 / Math.sqrt(1 + k);
                matrix[row * dimensions + k] = (float) (length * spectrum * normal(random));
            }
        }
        return matrix;
    }

    /** The sum of twelve uniform numbers is near enough to a normal one. */
    private static double normal(SplittableRandom random) {
        double sum = -6;
        for (int k = 0; k < 12; k++) {
            sum += random.nextDouble();
        }
        return sum;
    }

    private ModelState replaced(ModelState learned, float[] userRows, float[] itemRows) {
        ModelState state = new ModelState();
        learned.texts().forEach(state::put);
        learned.tensors().forEach((name, tensor) -> {
            switch (name) {
                case "users" -> state.put(name, userRows, USERS, dimensions);
                case "items" -> state.put(name, itemRows, items, dimensions);
                default -> state.put(name, tensor);
            }
        });
        return state;
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
