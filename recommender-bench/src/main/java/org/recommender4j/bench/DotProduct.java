package org.recommender4j.bench;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.util.VectorUtil;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
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
import org.recommender4j.data.Profile;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.ItemScores;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.TopN;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * The hot path of serving: one user against all items, top 10. The library's own way, a factor model that is asked for a list,
 * stands beside a plain loop, EJML's matrix-vector product, and a loop over Lucene's dot product; all four select with the
 * same {@link TopN}. The vectors are random, and another user asks each time.
 *
 * <pre>{@code
 * java -jar recommender-bench/target/benchmarks.jar DotProduct
 * java -jar recommender-bench/target/benchmarks.jar DotProduct -jvmArgsAppend "--add-modules jdk.incubator.vector"
 * }</pre>
 *
 * <p>The second line lets the library use vector instructions. 1 M items with 128 dimensions need 2 GB of heap; choose with
 * {@code -p items=100000 -p dimensions=64}. Microseconds per list; items per second are items divided by that.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DotProduct {
    private static final int USERS = 256;
    private static final int TOP = 10;

    /** The size of the problem, and the users, one of whom asks at a time. */
    @State(Scope.Thread)
    public static class Size {
        @Param({"10000", "100000", "1000000"})
        int items;

        @Param({"32", "64", "128"})
        int dimensions;

        private float[][] users = {};
        private int next;

        /** Draws the users. */
        @Setup
        public void setUp() {
            users = new float[USERS][];
            SplittableRandom random = new SplittableRandom(1);
            for (int user = 0; user < USERS; user++) {
                users[user] = vector(random, dimensions);
            }
        }

        int next() {
            next = (next + 1) % USERS;
            return next;
        }

        float[] user() {
            return users[next()];
        }

        TopN top() {
            return new TopN(TOP, Eligibility.all(items));
        }
    }

    /** One array, item after item. */
    @State(Scope.Benchmark)
    public static class Rows {
        private float[] rows = {};

        /** Draws the items. */
        @Setup
        public void setUp(Size size) {
            rows = matrix(2, size.items, size.dimensions);
        }
    }

    /** An array for each item, which is what Lucene's method takes. */
    @State(Scope.Benchmark)
    public static class Vectors {
        private float[][] vectors = {};

        /** Draws the items. */
        @Setup
        public void setUp(Size size) {
            SplittableRandom random = new SplittableRandom(2);
            vectors = new float[size.items][];
            for (int item = 0; item < size.items; item++) {
                vectors[item] = vector(random, size.dimensions);
            }
        }
    }

    /** A factor model of the library. */
    @State(Scope.Benchmark)
    public static class Trained {
        private Profile[] profiles = {};
        private Model model = new ItemScores("nothing", "", new float[0]);

        /** Trains on next to nothing, and puts random vectors in the place of the learned ones. */
        @Setup
        public void setUp(Size size) {
            Algorithm algorithm = Algorithm.named("ImplicitAls")
                    .with(Map.of("factors", String.valueOf(size.dimensions), "iterations", "1"));
            InteractionsBuilder few = Interactions.builder();
            for (int user = 0; user < USERS; user++) {
                few.add(user, user % 64, 1f);
            }
            Interactions interactions = few.build(DuplicatePolicy.FAIL);
            ModelState learned = algorithm
                    .train(TrainingData.implicit(interactions), Training.defaults())
                    .state();
            ModelState state = new ModelState();
            learned.texts().forEach(state::put);
            learned.tensors().forEach((name, tensor) -> {
                switch (name) {
                    case "users" -> state.put(name, matrix(1, USERS, size.dimensions), USERS, size.dimensions);
                    case "items" ->
                        state.put(name, matrix(2, size.items, size.dimensions), size.items, size.dimensions);
                    default -> state.put(name, tensor);
                }
            });
            model = algorithm.restore(state);
            profiles = new Profile[USERS];
            for (int user = 0; user < USERS; user++) {
                profiles[user] = Profile.ofUser(user, interactions, true);
            }
        }
    }

    /** The way of the library: {@link Model#topN}. */
    @Benchmark
    public int[] library(Size size, Trained items) {
        TopN top = size.top();
        items.model.topN(items.profiles[size.next()], top);
        return top.items();
    }

    /** A loop over items around a loop over dimensions. */
    @Benchmark
    public int[] plainLoop(Size size, Rows items) {
        TopN top = size.top();
        float[] user = size.user();
        float[] rows = items.rows;
        int d = user.length;
        for (int item = 0; item < size.items; item++) {
            float score = 0;
            int row = item * d;
            for (int k = 0; k < d; k++) {
                score += user[k] * rows[row + k];
            }
            offer(top, item, score);
        }
        return top.items();
    }

    /** EJML's product of the items' matrix with the user's vector. */
    @Benchmark
    public int[] ejml(Size size, Rows items) {
        TopN top = size.top();
        float[] user = size.user();
        FMatrixRMaj scores = new FMatrixRMaj(size.items, 1);
        CommonOps_FDRM.mult(
                FMatrixRMaj.wrap(size.items, user.length, items.rows), FMatrixRMaj.wrap(user.length, 1, user), scores);
        for (int item = 0; item < size.items; item++) {
            offer(top, item, scores.data[item]);
        }
        return top.items();
    }

    /** A loop over items around Lucene's dot product. */
    @Benchmark
    public int[] lucene(Size size, Vectors items) {
        TopN top = size.top();
        float[] user = size.user();
        for (int item = 0; item < size.items; item++) {
            offer(top, item, VectorUtil.dotProduct(user, items.vectors[item]));
        }
        return top.items();
    }

    private static void offer(TopN top, int item, float score) {
        if (score >= top.threshold()) {
            top.offer(item, score);
        }
    }

    private static float[] vector(SplittableRandom random, int n) {
        float[] vector = new float[n];
        for (int k = 0; k < n; k++) {
            // The sum of four uniform numbers is near enough to a normal one.
            vector[k] =
                    (float) (random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble() - 2);
        }
        return vector;
    }

    private static float[] matrix(long seed, int rows, int columns) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] matrix = new float[Math.multiplyExact(rows, columns)];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(vector(random, columns), 0, matrix, row * columns, columns);
        }
        return matrix;
    }
}
