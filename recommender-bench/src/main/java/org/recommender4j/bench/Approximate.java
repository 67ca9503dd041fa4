package org.recommender4j.bench;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recommender4j.data.Profile;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.TopN;

/**
 * What the ways to find the ten best items find, and how fast: exact, by rounded vectors, by clusters, and by the graph index of
 * JVector for comparison. One thread; each line of JSON is one way.
 *
 * <pre>{@code
 * java -cp recommender-bench/target/benchmarks.jar org.recommender4j.bench.Approximate SOURCE ITEMS DIMENSIONS [jvector]
 * }</pre>
 *
 * <p>For the sources see {@link Factors#of}. {@code build_seconds} is the time to restore the model with the index, on all
 * processors; {@code recall} the share of the ten best that is found, what the user has seen left out; a graph is asked for
 * vectors of length 1 only, knows no rules, and so is asked for all items. Times are per user, the medians and 99th percentiles of the fastest of five rounds over up to 256 users.
 */
public final class Approximate {
    private static final int TOP = 10;
    private static final int ROUNDS = 5;

    private final Factors factors;
    private final Model exact;
    private final List<Profile> profiles = new ArrayList<>();

    private Approximate(Factors factors) {
        this.factors = factors;
        exact = factors.model("EXACT");
        int users = factors.seen().rows();
        int asked = Math.min(users, Factors.USERS);
        for (int k = 0; k < asked; k++) {
            profiles.add(Profile.ofUser((int) ((long) k * users / asked), factors.seen(), true));
        }
    }

    /** Finds the items of one user. */
    @FunctionalInterface
    interface Finder {
        /** Returns the ten best items that it finds, in any order. */
        int[] find(int user);
    }

    /** Runs the command. */
    public static void main(String[] args) {
        if (args.length < 3 || args.length > 4 || (args.length == 4 && !args[3].equals("jvector"))) {
            System.err.println("usage: Approximate SOURCE ITEMS DIMENSIONS [jvector]");
            System.exit(2);
        }
        try {
            Kernels.prepare();
            run(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]), args.length == 4)
                    .forEach(System.out::println);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Returns a line for each way. */
    static List<JsonLine> run(String source, int items, int dimensions, boolean graph) {
        Approximate runner = new Approximate(Factors.of(source, items, dimensions));
        List<JsonLine> lines = new ArrayList<>();
        for (String retrieval : List.of("EXACT", "QUANTIZED", "APPROXIMATE")) {
            long start = System.nanoTime();
            Model model = runner.factors.model(retrieval);
            double seconds = (System.nanoTime() - start) / 1e9;
            lines.add(runner.measure(retrieval, seconds, runner.truth(true), user -> runner.best(model, user, true)));
        }
        if (graph) {
            runner.addGraph(lines);
        }
        return lines;
    }

    private void addGraph(List<JsonLine> lines) {
        float[] rows = factors.state().floats("items");
        long start = System.nanoTime();
        try (GraphIndex index = new GraphIndex(rows, rows.length / exact.items())) {
            double seconds = (System.nanoTime() - start) / 1e9;
            int[][] truth = truth(false);
            for (int candidates : new int[] {10, 20, 40, 80, 160, 320}) {
                lines.add(measure(
                        "JVector, " + candidates + " candidates",
                        seconds,
                        truth,
                        user -> index.find(vector(user), TOP, candidates)));
            }
        }
    }

    private float[] vector(int user) {
        int d = (int) factors.state().tensor("items").shape()[1];
        int row = profiles.get(user).user();
        return Arrays.copyOfRange(factors.state().floats("users"), row * d, (row + 1) * d);
    }

    private int[] best(Model model, int user, boolean unseen) {
        Profile profile = profiles.get(user);
        TopN top = new TopN(
                TOP, unseen ? Eligibility.allExcept(model.items(), profile.items()) : Eligibility.all(model.items()));
        model.topN(profile, top);
        return top.items();
    }

    private int[][] truth(boolean unseen) {
        int[][] result = new int[profiles.size()][];
        for (int user = 0; user < result.length; user++) {
            result[user] = best(exact, user, unseen);
            Arrays.sort(result[user]);
        }
        return result;
    }

    private JsonLine measure(String name, double buildSeconds, int[][] truth, Finder finder) {
        double[] fastest = {Double.POSITIVE_INFINITY};
        int hits = 0;
        int wanted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double[] micros = new double[truth.length];
            hits = 0;
            wanted = 0;
            for (int user = 0; user < truth.length; user++) {
                long start = System.nanoTime();
                int[] found = finder.find(user);
                micros[user] = (System.nanoTime() - start) / 1e3;
                wanted += truth[user].length;
                for (int item : found) {
                    hits += Arrays.binarySearch(truth[user], item) >= 0 ? 1 : 0;
                }
            }
            Arrays.sort(micros);
            if (Arrays.stream(micros).sum() < Arrays.stream(fastest).sum()) {
                fastest = micros;
            }
        }
        return new JsonLine()
                .put("search", name)
                .put("items", exact.items())
                .put("build_seconds", buildSeconds, 2)
                .put("recall@10", (double) hits / wanted, 4)
                .put("us_p50", fastest[fastest.length / 2], 1)
                .put("us_p99", fastest[fastest.length * 99 / 100], 1);
    }
}
