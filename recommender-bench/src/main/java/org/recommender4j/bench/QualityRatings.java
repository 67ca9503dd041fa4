package org.recommender4j.bench;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.recommender4j.Algorithm;
import org.recommender4j.eval.Evaluation;
import org.recommender4j.eval.EvaluationResult;
import org.recommender4j.eval.Metric;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.model.Model;
import org.recommender4j.model.Training;

/** The part of {@link Quality} that measures predicted ratings over folds: a line of JSON with the means over the folds. */
final class QualityRatings {
    private static final List<String> METRICS = List.of("rmse", "mae");

    private QualityRatings() {}

    static void run(
            PrintStream out, PrintStream err, QualityOptions options, Algorithm algorithm, ExecutorService pool) {
        QualityData data = QualityData.read(options);
        List<QualityData.Parts> folds = data.folds();
        for (int run = 1; run <= options.runs; run++) {
            Map<String, Double> sums = new LinkedHashMap<>();
            Map<String, String> single = new LinkedHashMap<>();
            double fitSeconds = 0;
            double predictSeconds = 0;
            long ratings = 0;
            long missing = 0;
            for (QualityData.Parts parts : folds) {
                Training training =
                        Training.defaults().withThreads(options.threads).withExecutor(pool);
                if (options.progress) {
                    training = training.withListener(progress -> err.println(progress));
                }
                Evaluation evaluation = Evaluation.builder(parts.train, parts.test)
                        .metrics(Metric.rmse(), Metric.mae())
                        .threads(options.threads)
                        .executor(pool)
                        .build();
                long start = System.nanoTime();
                Model model = algorithm.train(parts.train, training);
                long trained = System.nanoTime();
                EvaluationResult result = evaluation.run(model);
                fitSeconds += (trained - start) / 1e9;
                predictSeconds += (System.nanoTime() - trained) / 1e9;
                ratings += result.ratings();
                missing += result.missing();
                METRICS.forEach(name -> sums.merge(name, result.mean(name), Double::sum));
                single.put(
                        Integer.toString(single.size() + 1), String.format(Locale.ROOT, "%.6f", result.mean("rmse")));
            }
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
                    .put("fit_seconds", fitSeconds / folds.size(), 3);
            METRICS.forEach(name -> line.put(name, sums.getOrDefault(name, Double.NaN) / folds.size(), 6));
            line.put("rmse_of_folds", single)
                    .put("ratings", ratings)
                    .put("missing_predictions", missing)
                    .put("predictions_per_second", ratings / predictSeconds, 0)
                    .put("simd", Kernels.description())
                    .put("jdk", Runtime.version().toString());
            out.println(line);
        }
    }
}
