package org.recommender4j.bench;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.recommender4j.Algorithm;
import org.recommender4j.eval.Evaluation;
import org.recommender4j.eval.EvaluationResult;
import org.recommender4j.eval.Metric;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.model.Model;
import org.recommender4j.model.Training;

/**
 * Command that fits an algorithm to a data set and prints what it is worth, a line of JSON per run: accuracy by full ranking
 * or, over folds, of predicted ratings, seconds to fit, users served per second, memory. {@code --help} lists the options.
 *
 * <p>What the times include: {@code fit_seconds} the training alone, without reading and splitting; {@code
 * seconds_per_iteration} is the median; {@code recommend_users_per_second} the evaluation, that is making the lists on all threads and
 * measuring them. The first run of a process includes the warm-up of the virtual machine, {@code --runs} shows later ones.
 */
public final class Quality {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Quality() {}

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
                return OK;
            }
            QualityData.checkNames(options);
            Algorithm algorithm = algorithm(options);
            ExecutorService pool = Executors.newFixedThreadPool(options.threads);
            try {
                if (options.split.equals("kfold")) {
                    QualityRatings.run(out, err, options, algorithm, pool);
                } else {
                    topN(out, err, options, algorithm, pool);
                }
            } finally {
                pool.shutdown();
            }
            return OK;
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.print(QualityOptions.USAGE);
            return MISUSED;
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private static Algorithm algorithm(QualityOptions options) {
        try {
            return Algorithm.named(options.algorithm).with(options.options);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static void topN(
            PrintStream out, PrintStream err, QualityOptions options, Algorithm algorithm, ExecutorService pool) {
        QualityData data = QualityData.read(options);
        QualityData.Parts parts = data.parts();
        Evaluation.Builder builder = Evaluation.builder(parts.train, parts.test)
                .metrics(metrics(options))
                .threads(options.threads)
                .executor(pool);
        if (parts.candidates != null) {
            builder.candidates(parts.candidates);
        }
        Evaluation evaluation = builder.build();
        for (int run = 1; run <= options.runs; run++) {
            IterationTimes times = new IterationTimes();
            Training training = Training.defaults()
                    .withThreads(options.threads)
                    .withExecutor(pool)
                    .withTicker(times);
            if (options.progress) {
                training = training.withListener(progress -> err.println(progress));
            }
            HeapPeak.reset();
            long start = System.nanoTime();
            Model model = algorithm.train(parts.train, training);
            double fitSeconds = (System.nanoTime() - start) / 1e9;
            double peak = HeapPeak.megabytes();
            double live = HeapPeak.liveMegabytes();
            start = System.nanoTime();
            EvaluationResult result = evaluation.run(model);
            double recommendSeconds = (System.nanoTime() - start) / 1e9;

            JsonLine line = new JsonLine()
                    .put("data", options.data().toAbsolutePath().normalize().getFileName() + "")
                    .put("format", options.format)
                    .put("split", data.split())
                    .put("part", options.validate ? "validation" : "test")
                    .put("seed", options.seed)
                    .put("algorithm", algorithm.name())
                    .put("options", algorithm.options())
                    .put("threads", options.threads)
                    .put("run", run)
                    .put("fit_seconds", fitSeconds, 3)
                    .put("seconds_per_iteration", times.medianSeconds(), 4)
                    .put("iterations", times.iterations());
            result.means().forEach((name, value) -> line.put(name, value, 6));
            line.put("users", result.users())
                    .put("unanswered_users", result.unanswered())
                    .put("items", parts.test.columns())
                    .put("train_interactions", parts.train.interactions().size())
                    .put("test_interactions", parts.test.size())
                    .put("recommend_seconds", recommendSeconds, 3)
                    .put("recommend_users_per_second", result.users() / recommendSeconds, 0)
                    .put("peak_heap_mb", peak, 1)
                    .put("live_heap_mb", live, 1)
                    .put("simd", Kernels.description())
                    .put("jdk", Runtime.version().toString());
            out.println(line);
        }
    }

    private static Metric[] metrics(QualityOptions options) {
        List<Metric> metrics = new ArrayList<>();
        for (int k : options.cutoffs) {
            metrics.add(Metric.recall(k));
            metrics.add(Metric.ndcg(k));
        }
        metrics.add(Metric.precision(20));
        metrics.add(Metric.hitRate(20));
        metrics.add(Metric.mrr(20));
        metrics.add(Metric.coverage(20));
        metrics.add(Metric.novelty(20));
        return metrics.toArray(new Metric[0]);
    }
}
