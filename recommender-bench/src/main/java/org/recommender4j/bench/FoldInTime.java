package org.recommender4j.bench;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.factorization.FactorModel;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.TopN;
import org.recommender4j.model.Training;

/**
 * Command that trains a factor model and folds the users in that it was trained on: how many get the ten best items that their
 * trained vector gives, and how long one takes. Takes the options of {@link Quality}, prints a line of JSON.
 *
 * <pre>{@code
 * java -cp benchmarks.jar org.recommender4j.bench.FoldInTime --data gowalla --format lightgcn --algorithm ImplicitAls
 * }</pre>
 *
 * <p>Times are microseconds of one call on one thread, for histories that are cut to their first 28 items; shorter ones are left
 * out. {@code median_us} and {@code p99_us} are over users, in the last of several rounds.
 */
public final class FoldInTime {
    private static final int TOP = 10;
    private static final int HISTORY = 28;
    private static final int ROUNDS = 8;

    private FoldInTime() {}

    /** Runs the command; exits with 0, with 1 if the data or the training failed, with 2 if the command line is wrong. */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    /** Runs the command in this process and returns its exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        try {
            QualityOptions options = QualityOptions.parse(args);
            if (options.help) {
                out.print(QualityOptions.USAGE);
                return 0;
            }
            QualityData.checkNames(options);
            Algorithm algorithm = Algorithm.named(options.algorithm).with(options.options);
            measure(out, options, algorithm, QualityData.read(options).parts());
            return 0;
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.print(QualityOptions.USAGE);
            return 2;
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static void measure(PrintStream out, QualityOptions options, Algorithm algorithm, QualityData.Parts parts) {
        ExecutorService pool = Executors.newFixedThreadPool(options.threads);
        Model trained;
        try {
            trained = algorithm.train(
                    parts.train,
                    Training.defaults().withThreads(options.threads).withExecutor(pool));
        } finally {
            pool.shutdown();
        }
        if (!(trained instanceof FactorModel model)) {
            throw new IllegalArgumentException(algorithm.name() + " makes no factor model");
        }
        Interactions histories = parts.train.interactions();
        int same = 0;
        int users = 0;
        for (int user = 0; user < histories.rows(); user++) {
            if (histories.length(user) > 0) {
                int[] stored = top(model, Profile.ofUser(user, histories, true));
                users++;
                same += Arrays.equals(stored, top(model, Profile.ofUser(user, histories, false))) ? 1 : 0;
            }
        }
        double[] micros = times(model, histories);
        out.println(new JsonLine()
                .put("data", options.data().toAbsolutePath().normalize().getFileName() + "")
                .put("algorithm", algorithm.name())
                .put("options", algorithm.options())
                .put("users", users)
                .put("same_top_10", same)
                .put("history", HISTORY)
                .put("timed_users", micros.length)
                .put("median_us", micros.length == 0 ? Double.NaN : micros[micros.length / 2], 2)
                .put("p99_us", micros.length == 0 ? Double.NaN : micros[micros.length * 99 / 100], 2)
                .put("simd", Kernels.description())
                .put("jdk", Runtime.version().toString()));
    }

    private static int[] top(FactorModel model, Profile profile) {
        TopN top = new TopN(TOP, Eligibility.all(model.items()));
        model.topN(profile, top);
        return top.items();
    }

    private static double[] times(FactorModel model, Interactions histories) {
        Profile[] profiles = java.util.stream.IntStream.range(0, histories.rows())
                .filter(user -> histories.length(user) >= HISTORY)
                .mapToObj(user -> Profile.ofItems(
                        Arrays.copyOf(Profile.ofUser(user, histories, false).items(), HISTORY)))
                .toArray(Profile[]::new);
        double[] micros = new double[profiles.length];
        float sink = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int k = 0; k < profiles.length; k++) {
                long start = System.nanoTime();
                sink += model.userVector(profiles[k])[0];
                micros[k] = (System.nanoTime() - start) / 1e3;
            }
        }
        if (Float.isNaN(sink)) {
            throw new IllegalStateException("a vector is not a number");
        }
        Arrays.sort(micros);
        return micros;
    }
}
