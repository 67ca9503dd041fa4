package org.recommender4j.eval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.recommender4j.Algorithm;
import org.recommender4j.eval.Comparison.Entry;
import org.recommender4j.eval.Comparison.Progress;
import org.recommender4j.eval.Comparison.Stage;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Training;

/** Trains and measures one algorithm after the other. */
final class ComparisonRun {
    private final Comparison.Builder of;

    ComparisonRun(Comparison.Builder of) {
        this.of = of;
    }

    Comparison run() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<String, String> failures = new LinkedHashMap<>();
        int number = 0;
        for (Map.Entry<String, Algorithm> each : of.algorithms.entrySet()) {
            String name = each.getKey();
            number++;
            try {
                entries.put(name, measure(name, number, each.getValue()));
                tell(name, number, Stage.DONE, 0, 0);
            } catch (CancellationException e) {
                throw e;
            } catch (IllegalArgumentException | IllegalStateException e) {
                failures.put(name, String.valueOf(e.getMessage()));
                tell(name, number, Stage.FAILED, 0, 0);
            }
        }
        return new Comparison(of.evaluation, entries, failures, of.resamples, of.seed);
    }

    private Entry measure(String name, int number, Algorithm algorithm) {
        List<Training.Progress> curve = new ArrayList<>();
        Training training = of.training;
        if (of.curves) {
            training = training.withListener(progress -> {
                curve.add(progress);
                tell(name, number, Stage.FITTING, progress.iteration(), progress.iterations());
            });
        }
        tell(name, number, Stage.FITTING, 0, 0);
        long start = of.training.start();
        Model model = algorithm.train(of.evaluation.train(), training);
        long fitted = of.training.start();
        tell(name, number, Stage.RECOMMENDING, 0, 0);
        long asked = of.training.start();
        EvaluationResult result = of.evaluation.run(model);
        long answered = of.training.start();
        return new Entry(
                name,
                algorithm.options(),
                result,
                Duration.ofNanos(fitted - start),
                Duration.ofNanos(answered - asked),
                bytes(model.state()),
                List.copyOf(curve));
    }

    private void tell(String name, int number, Stage stage, int iteration, int iterations) {
        of.listener.progress(new Progress(name, number, of.algorithms.size(), stage, iteration, iterations));
    }

    private static long bytes(ModelState state) {
        long sum = 0;
        for (ModelState.Tensor tensor : state.tensors().values()) {
            long elements = 1;
            for (long length : tensor.shape()) {
                elements *= length;
            }
            Object data = tensor.data();
            sum += elements * (data instanceof byte[] ? 1 : data instanceof long[] ? Long.BYTES : Integer.BYTES);
        }
        return sum;
    }
}
