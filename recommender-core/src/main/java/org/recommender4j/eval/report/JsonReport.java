package org.recommender4j.eval.report;

import java.time.Instant;
import java.util.Map;
import org.recommender4j.eval.Comparison.Difference;
import org.recommender4j.eval.Comparison.Entry;
import org.recommender4j.eval.Comparison.Interval;
import org.recommender4j.eval.ReplayResult;
import org.recommender4j.eval.Segment;
import org.recommender4j.internal.util.Json;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/** A report as JSON, with all numbers in full. */
final class JsonReport {
    private final Report report;
    private final ReportData data;
    private final Json json = new Json();

    JsonReport(Report report, ReportData data) {
        this.report = report;
        this.data = data;
    }

    String render() {
        TrainingData train = data.comparison.evaluation().train();
        json.open("").put("title", report.title()).openList("notes");
        report.notes().forEach(note -> json.put("", note));
        json.closeList()
                .put("users", train.users())
                .put("items", train.items())
                .put("train_interactions", train.interactions().size())
                .put("test_interactions", data.comparison.evaluation().test().size())
                .put("main_metric", data.main)
                .openList("algorithms");
        data.ranked.forEach(this::algorithm);
        json.closeList().openList("differences");
        data.differences.forEach(this::difference);
        json.closeList().put("failures", data.comparison.failures());
        json.openList("replays");
        report.replays().forEach(this::replay);
        json.closeList();
        report.quality().ifPresent(quality -> {
            json.open("data").put("facts", quality.facts()).openList("warnings");
            quality.warnings().forEach(warning -> json.put("", warning));
            json.closeList().close();
        });
        return json.close() + "\n";
    }

    private void algorithm(Entry entry) {
        json.open("")
                .put("name", entry.name())
                .put("options", entry.options())
                .put("users", entry.result().users())
                .put("unanswered_users", entry.result().unanswered())
                .put("fit_seconds", entry.fitTime().toNanos() / 1e9)
                .put("recommend_seconds", entry.recommendTime().toNanos() / 1e9)
                .put("model_bytes", entry.modelBytes())
                .open("metrics");
        for (Map.Entry<String, Double> mean : entry.result().means().entrySet()) {
            Interval interval = data.interval(entry, mean.getKey());
            json.open(mean.getKey())
                    .put("mean", mean.getValue())
                    .put("low", interval.low())
                    .put("high", interval.high())
                    .close();
        }
        json.close().open("segments");
        for (Segment segment : data.userSegments) {
            Interval interval = data.comparison.interval(entry.name(), data.main, segment);
            json.open(segment.name())
                    .put("users", segment.size())
                    .put("mean", data.comparison.mean(entry.name(), data.main, segment))
                    .put("low", interval.low())
                    .put("high", interval.high())
                    .close();
        }
        json.close().openList("training");
        for (Training.Progress progress : entry.curve()) {
            json.open("")
                    .put("iteration", progress.iteration())
                    .put("loss", progress.loss())
                    .put("seconds", progress.elapsed().toNanos() / 1e9)
                    .close();
        }
        json.closeList().close();
    }

    private void replay(ReplayResult replay) {
        json.open("").put("name", replay.name()).put("length", replay.length());
        part("tuning", replay.tuning());
        part("test", replay.test());
        json.openList("windows");
        replay.windows().forEach(window -> part("", window));
        json.closeList().close();
    }

    private void part(String key, ReplayResult.Part part) {
        json.open(key)
                .put("events", part.events())
                .put("new_users", part.newUsers())
                .put("recall", part.recall())
                .put("mrr", part.mrr())
                .put("ndcg", part.ndcg())
                .put("recall_of_new_users", part.recallOfNewUsers())
                .put("from", part.from().map(Instant::toString).orElse(""))
                .put("to", part.to().map(Instant::toString).orElse(""))
                .close();
    }

    private void difference(Difference difference) {
        json.open("")
                .put("first", difference.first())
                .put("second", difference.second())
                .put("metric", data.main)
                .put("users", difference.users())
                .put("mean", difference.mean())
                .put("low", difference.interval().low())
                .put("high", difference.interval().high())
                .put("t_test", difference.tTest())
                .put("t_test_holm", difference.tTestHolm())
                .put("bootstrap", difference.bootstrap())
                .put("bootstrap_holm", difference.bootstrapHolm())
                .put("verdict", data.verdict(difference))
                .close();
    }
}
