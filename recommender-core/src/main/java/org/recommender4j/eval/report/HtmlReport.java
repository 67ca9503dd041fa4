package org.recommender4j.eval.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recommender4j.eval.Comparison.Difference;
import org.recommender4j.eval.Comparison.Entry;
import org.recommender4j.eval.Comparison.Interval;
import org.recommender4j.eval.DataQuality;
import org.recommender4j.eval.ReplayResult;
import org.recommender4j.eval.Segment;
import org.recommender4j.internal.util.Figures;
import org.recommender4j.model.TrainingData;

/** A report as one HTML page without scripts, which is well-formed XML and refers to nothing outside of itself. */
final class HtmlReport {
    private static final String STYLE = "report.css";

    private final Report report;
    private final ReportData data;
    private final Charts charts;
    private final StringBuilder out = new StringBuilder();

    HtmlReport(Report report, ReportData data) {
        this.report = report;
        this.data = data;
        charts = new Charts(data);
    }

    String render() {
        out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/><title>")
                .append(Html.escape(report.title()))
                .append("</title><style>\n")
                .append(style())
                .append("</style></head>\n<body><main>\n<header><h1>")
                .append(Html.escape(report.title()))
                .append("</h1>");
        paragraph("lead", ReportText.summary(data));
        report.notes().forEach(note -> paragraph("soft", note));
        tiles();
        out.append("</header>\n");
        metricTable(
                "Accuracy",
                "Means over the tested users, the best in each column in green; below each half of its 95 % interval. "
                        + "Larger is better, except for errors.",
                data.accuracy,
                true);
        differences();
        out.append("<div class=\"pair\">\n");
        chart("Quality against speed", "Top left is best.", "", charts.speed());
        chart("Recall by length of the list", "", charts.legend(true), charts.recall());
        out.append("</div>\n");
        metricTable(
                "What the lists are like",
                "Coverage, novelty, serendipity and diversity are usually wanted. A smaller gini spreads the places more evenly;"
                        + " popularity_lift and calibration are 0 when lists mirror what the users did before.",
                data.character,
                false);
        out.append("<div class=\"pair\">\n");
        chart(
                "The long tail",
                "How much of what is listed goes to the most popular items. Dashed: what users did themselves.",
                charts.legend(true),
                charts.longTail());
        segments();
        itemSegments();
        out.append("</div>\n");
        costs();
        curves();
        replays();
        report.quality().ifPresent(quality -> quality(quality));
        options();
        out.append("</main></body></html>\n");
        return out.toString();
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + STYLE + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the resource " + STYLE, e);
        }
    }

    private void paragraph(String classes, String text) {
        out.append("<p class=\"")
                .append(classes)
                .append("\">")
                .append(Html.escape(text))
                .append("</p>\n");
    }

    private void tiles() {
        TrainingData train = data.comparison.evaluation().train();
        out.append("<div class=\"tiles\">");
        if (!data.ranked.isEmpty()) {
            Entry best = data.ranked.get(0);
            tile(best.name(), "best by " + data.main);
            tile(Figures.value(data.mean(best, data.main)), data.main);
            tile(Figures.count(best.result().users()), "users tested");
        }
        tile(Figures.count(data.ranked.size()), "algorithms");
        tile(Figures.count(train.items()), "items, all ranked");
        tile(Figures.count(train.interactions().size()), "interactions to train on");
        out.append("</div>");
    }

    private void tile(String value, String label) {
        out.append("<div class=\"tile\"><b>").append(Html.escape(value)).append("</b><span>");
        out.append(Html.escape(label)).append("</span></div>");
    }

    private void begin(String title, String note) {
        out.append("<section><h2>").append(Html.escape(title)).append("</h2>\n");
        if (!note.isEmpty()) {
            paragraph("note", note);
        }
    }

    private void end() {
        out.append("</section>\n");
    }

    private void chart(String title, String note, String legend, String svg) {
        if (!svg.isEmpty()) {
            begin(title, note);
            out.append(legend).append(svg);
            end();
        }
    }

    private void tableHead(List<String> columns) {
        out.append("<div class=\"scroll\"><table><thead><tr>");
        for (String column : columns) {
            // A long name may break behind its parts.
            String text = Html.escape(column).replace("_", "_<wbr/>").replace("@", "<wbr/>@");
            out.append("<th scope=\"col\">").append(text).append("</th>");
        }
        out.append("</tr></thead><tbody>\n");
    }

    private void rowHead(String name) {
        out.append("<tr><th scope=\"row\" title=\"").append(Html.escape(name)).append("\">");
        out.append(Html.escape(name)).append("</th>");
    }

    private void cell(String classes, String value, String small) {
        out.append(classes.isEmpty() ? "<td>" : "<td class=\"" + classes + "\">")
                .append(Html.escape(value));
        if (!small.isEmpty()) {
            out.append("<small>").append(Html.escape(small)).append("</small>");
        }
        out.append("</td>");
    }

    private void endTable() {
        out.append("</tbody></table></div>\n");
    }

    private static List<String> columns(String first, List<String> others) {
        List<String> columns = new ArrayList<>(others);
        columns.add(0, first);
        return columns;
    }

    private void metricTable(String title, String note, List<String> metrics, boolean markBest) {
        if (metrics.isEmpty() || data.ranked.isEmpty()) {
            return;
        }
        begin(title, note);
        tableHead(columns("algorithm", metrics));
        for (Entry entry : data.ranked) {
            rowHead(entry.name());
            for (String metric : metrics) {
                boolean best = markBest && data.isBest(entry, metric);
                Interval interval = data.interval(entry, metric);
                cell(best ? "best" : "", Figures.value(data.mean(entry, metric)), ReportText.plusMinus(interval));
            }
            out.append("</tr>\n");
        }
        endTable();
        end();
    }

    private void differences() {
        if (data.differences.isEmpty()) {
            return;
        }
        String best = data.ranked.get(0).name();
        begin(
                "Is the best really better?",
                "Each algorithm minus " + best + " in " + data.main
                        + ", user by user. The p-values say how likely a difference at"
                        + " least as large would be by chance, corrected for " + data.differences.size()
                        + " comparisons (Holm).");
        tableHead(List.of("algorithm", "difference", "95 % interval", "p (t-test)", "p (bootstrap)", ""));
        for (Difference difference : data.differences) {
            rowHead(difference.first());
            cell("", Figures.value(difference.mean()), "");
            cell("", ReportText.range(difference.interval()), "");
            cell("", Figures.pValue(difference.tTestHolm()), "");
            cell("", Figures.pValue(difference.bootstrapHolm()), "");
            cell("text", data.verdict(difference), "");
            out.append("</tr>\n");
        }
        endTable();
        end();
    }

    private void segments() {
        List<Segment> segments = data.userSegments;
        if (segments.isEmpty()) {
            return;
        }
        List<String> names = segments.stream()
                .map(segment -> segment.name() + " in training")
                .toList();
        chart(
                "By activity of the user",
                "Mean " + data.main + " of users by how many interactions they have in training, with 95 % intervals"
                        + (data.ranked.size() > ReportData.COLOURS ? "; the best algorithms only." : "."),
                charts.legend(false),
                charts.bars(
                        names,
                        entry -> segments.stream()
                                .map(s -> data.comparison.mean(entry.name(), data.main, s))
                                .toList(),
                        entry -> segments.stream()
                                .map(s -> data.comparison.interval(entry.name(), data.main, s))
                                .toList()));
    }

    private void itemSegments() {
        if (data.itemSegments.isEmpty()) {
            return;
        }
        chart(
                "By popularity of the item",
                "Recall of the test items of each group alone: head, middle and tail have a third of all interactions each.",
                charts.legend(false),
                charts.bars(
                        data.itemSegments,
                        entry -> data.itemSegments.stream()
                                .map(metric -> data.mean(entry, metric))
                                .toList(),
                        entry -> data.itemSegments.stream()
                                .map(metric -> data.interval(entry, metric))
                                .toList()));
    }

    private void costs() {
        if (data.ranked.isEmpty()) {
            return;
        }
        begin(
                "What they cost",
                "Users per second includes measuring; the first algorithms include the warm-up of the virtual machine.");
        tableHead(List.of("algorithm", "training", "all lists", "users per second", "model", "no answer for"));
        for (Entry entry : data.ranked) {
            rowHead(entry.name());
            cell("", Figures.time(entry.fitTime()), "");
            cell("", Figures.time(entry.recommendTime()), "");
            cell("", Figures.count(Math.round(entry.usersPerSecond())), "");
            cell("", Figures.bytes(entry.modelBytes()), "");
            cell("", Figures.count(entry.result().unanswered()) + " users", "");
            out.append("</tr>\n");
        }
        endTable();
        end();
    }

    private void curves() {
        StringBuilder minis = new StringBuilder();
        for (Entry entry : data.ranked) {
            String svg = charts.training(entry);
            if (!svg.isEmpty()) {
                minis.append("<div><h3>")
                        .append(Html.escape(entry.name()))
                        .append("</h3>")
                        .append(svg);
                minis.append("</div>");
            }
        }
        if (minis.length() > 0) {
            begin("Training", "The objective after each iteration; each algorithm has a scale of its own.");
            out.append("<div class=\"minis\">").append(minis).append("</div>");
            end();
        }
    }

    private void replays() {
        List<ReplayResult> replays = report.replays();
        if (replays.isEmpty() || replays.get(0).windows().isEmpty()) {
            return;
        }
        int length = replays.get(0).length();
        begin(
                "Replayed in the order of time",
                "For each event: recommend " + length
                        + ", look whether the event's item is among them, then learn from it.");
        tableHead(List.of("recommender", "recall", "mrr", "ndcg", "recall of new users", "events"));
        Map<String, double[]> lines = new LinkedHashMap<>();
        for (ReplayResult replay : replays) {
            rowHead(replay.name());
            cell("", Figures.value(replay.test().recall()), "");
            cell("", Figures.value(replay.test().mrr()), "");
            cell("", Figures.value(replay.test().ndcg()), "");
            cell("", Figures.value(replay.test().recallOfNewUsers()), "");
            cell("", Figures.count(replay.test().events()), "");
            out.append("</tr>\n");
            lines.put(
                    replay.name(),
                    replay.windows().stream()
                            .mapToDouble(ReplayResult.Part::recall)
                            .toArray());
        }
        endTable();
        double[] xs = new double[replays.get(0).windows().size()];
        double events = 0;
        for (int k = 0; k < xs.length; k++) {
            events += replays.get(0).windows().get(k).events();
            xs[k] = events;
        }
        out.append(Charts.legend(lines.keySet()));
        out.append(Charts.overTime(lines, xs, "events after the warm-up", "recall within the window"));
        end();
    }

    private void quality(DataQuality quality) {
        begin("The data", "");
        if (!quality.warnings().isEmpty()) {
            out.append("<ul>");
            quality.warnings()
                    .forEach(warning ->
                            out.append("<li>").append(Html.escape(warning)).append("</li>"));
            out.append("</ul>");
        }
        definitions(quality.facts());
        end();
    }

    private void definitions(Map<String, String> entries) {
        out.append("<dl>");
        entries.forEach((name, value) -> out.append("<dt>")
                .append(Html.escape(name))
                .append("</dt><dd>")
                .append(Html.escape(value))
                .append("</dd>"));
        out.append("</dl>");
    }

    private void options() {
        begin("Options", "");
        for (Entry entry : data.ranked) {
            out.append("<details><summary>").append(Html.escape(entry.name())).append("</summary>");
            definitions(entry.options());
            out.append("</details>\n");
        }
        if (!data.comparison.failures().isEmpty()) {
            paragraph("note", "Left out, because they refused the data:");
            definitions(data.comparison.failures());
        }
        end();
    }
}
