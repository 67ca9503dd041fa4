package org.recommender4j.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.recommender4j.eval.Comparison.Difference;
import org.recommender4j.eval.Comparison.Entry;
import org.recommender4j.eval.Comparison.Interval;
import org.recommender4j.internal.util.Figures;

/** A report as Markdown with tables, for a repository or a review. */
final class MarkdownReport {
    private final Report report;
    private final ReportData data;
    private final StringBuilder out = new StringBuilder();

    MarkdownReport(Report report, ReportData data) {
        this.report = report;
        this.data = data;
    }

    String render() {
        out.append("# ").append(escape(report.title())).append("\n\n");
        out.append(escape(ReportText.summary(data))).append("\n\n");
        report.notes().forEach(note -> out.append(escape(note)).append("\n\n"));
        metrics("Accuracy", data.accuracy);
        differences();
        metrics("What the lists are like", data.character);
        metrics("By popularity of the item", data.itemSegments);
        segments();
        costs();
        if (!report.replays().isEmpty()) {
            head("Replayed in the order of time", List.of("recommender", "recall", "mrr", "ndcg", "events"));
            report.replays()
                    .forEach(replay -> row(List.of(
                            replay.name(),
                            Figures.value(replay.test().recall()),
                            Figures.value(replay.test().mrr()),
                            Figures.value(replay.test().ndcg()),
                            Figures.count(replay.test().events()))));
            out.append('\n');
        }
        report.quality().ifPresent(quality -> {
            out.append("## The data\n\n");
            quality.warnings()
                    .forEach(warning -> out.append("- ").append(escape(warning)).append('\n'));
            out.append('\n');
            row(List.of("", ""));
            out.append("|---|---|\n");
            quality.facts().forEach((name, value) -> row(List.of(name, value)));
            out.append('\n');
        });
        options();
        return out.toString();
    }

    private void head(String title, List<String> columns) {
        out.append("## ").append(escape(title)).append("\n\n");
        row(columns);
        out.append("|---|");
        out.append("---:|".repeat(columns.size() - 1)).append('\n');
    }

    private void row(List<String> cells) {
        out.append('|');
        cells.forEach(cell -> out.append(' ').append(escape(cell)).append(" |"));
        out.append('\n');
    }

    private void metrics(String title, List<String> metrics) {
        if (metrics.isEmpty() || data.ranked.isEmpty()) {
            return;
        }
        List<String> columns = new ArrayList<>(metrics);
        columns.add(0, "algorithm");
        head(title, columns);
        for (Entry entry : data.ranked) {
            List<String> cells = new ArrayList<>(List.of(entry.name()));
            for (String metric : metrics) {
                Interval interval = data.interval(entry, metric);
                String range = interval.isUndefined() ? "" : " (" + ReportText.range(interval) + ")";
                cells.add(Figures.value(data.mean(entry, metric)) + range);
            }
            row(cells);
        }
        out.append('\n');
    }

    private void differences() {
        if (data.differences.isEmpty()) {
            return;
        }
        head(
                "Difference to " + data.ranked.get(0).name() + " in " + data.main,
                List.of("algorithm", "difference", "95 % interval", "p (t-test, Holm)", "p (bootstrap, Holm)", "so"));
        for (Difference difference : data.differences) {
            row(List.of(
                    difference.first(),
                    Figures.value(difference.mean()),
                    ReportText.range(difference.interval()),
                    Figures.pValue(difference.tTestHolm()),
                    Figures.pValue(difference.bootstrapHolm()),
                    data.verdict(difference)));
        }
        out.append('\n');
    }

    private void segments() {
        if (data.userSegments.isEmpty()) {
            return;
        }
        List<String> columns = new ArrayList<>(List.of("algorithm"));
        data.userSegments.forEach(segment -> columns.add(segment.name()));
        head(data.main + " by interactions of the user in training", columns);
        for (Entry entry : data.ranked) {
            List<String> cells = new ArrayList<>(List.of(entry.name()));
            data.userSegments.forEach(
                    segment -> cells.add(Figures.value(data.comparison.mean(entry.name(), data.main, segment))));
            row(cells);
        }
        out.append('\n');
    }

    private void costs() {
        head("Cost", List.of("algorithm", "training", "all lists", "users per second", "model"));
        for (Entry entry : data.ranked) {
            row(List.of(
                    entry.name(),
                    Figures.time(entry.fitTime()),
                    Figures.time(entry.recommendTime()),
                    Figures.count(Math.round(entry.usersPerSecond())),
                    Figures.bytes(entry.modelBytes())));
        }
        out.append('\n');
    }

    private void options() {
        out.append("## Options\n\n");
        for (Entry entry : data.ranked) {
            out.append("- ").append(escape(entry.name())).append(": ");
            List<String> parts = new ArrayList<>();
            for (Map.Entry<String, String> option : entry.options().entrySet()) {
                parts.add(escape(option.getKey() + " = " + option.getValue()));
            }
            out.append(parts.isEmpty() ? "none" : String.join(", ", parts)).append('\n');
        }
        data.comparison
                .failures()
                .forEach((name, why) -> out.append("- ")
                        .append(escape(name))
                        .append(" refused the data: ")
                        .append(escape(why))
                        .append('\n'));
    }

    /** Makes a text stand for itself: no mark-up, no HTML, no end of a cell or line. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c < ' ') {
                escaped.append(' ');
            } else if (c == '<' || c == '&') {
                escaped.append(c == '<' ? "&lt;" : "&amp;");
            } else {
                escaped.append("\\`*_[]|#".indexOf(c) >= 0 && !isInWord(text, k) ? "\\" : "")
                        .append(c);
            }
        }
        return escaped.toString();
    }

    /** An underscore inside of a word is no mark-up. */
    private static boolean isInWord(String text, int k) {
        return text.charAt(k) == '_'
                && k > 0
                && k + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(k - 1))
                && Character.isLetterOrDigit(text.charAt(k + 1));
    }
}
