package org.recommender4j.eval.report;

import java.util.Locale;
import java.util.Optional;
import org.recommender4j.eval.Comparison;
import org.recommender4j.eval.Comparison.Entry;
import org.recommender4j.eval.Comparison.Interval;
import org.recommender4j.internal.util.Figures;

/** What a report says in words. */
final class ReportText {
    private ReportText() {}

    /** Half of an interval's width. */
    static String plusMinus(Interval interval) {
        return interval.isUndefined() ? "" : "± " + Figures.value((interval.high() - interval.low()) / 2);
    }

    static String range(Interval interval) {
        return interval.isUndefined() ? "" : Figures.value(interval.low()) + " to " + Figures.value(interval.high());
    }

    /** The result in a sentence or two. */
    static String summary(ReportData data) {
        if (data.ranked.isEmpty()) {
            return "No algorithm could be measured.";
        }
        Entry best = data.ranked.get(0);
        double value = data.mean(best, data.main);
        if (Double.isNaN(value)) {
            return "There was nobody to test: no user has anything to find.";
        }
        StringBuilder out = new StringBuilder(best.name())
                .append(" is best by ")
                .append(data.main)
                .append(": ")
                .append(Figures.value(value));
        if (!data.interval(best, data.main).isUndefined()) {
            out.append(" (95 % interval ")
                    .append(range(data.interval(best, data.main)))
                    .append(')');
        }
        Optional<Entry> baseline = data.baseline().filter(entry -> !entry.equals(best));
        if (baseline.isPresent() && data.mean(baseline.get(), data.main) > 0 && !data.isSmallGood) {
            double times = value / data.mean(baseline.get(), data.main);
            out.append(String.format(
                    Locale.ROOT,
                    ", %.1f times that of %s",
                    times,
                    baseline.get().name()));
        }
        long equal = data.differences.stream()
                .filter(d -> !data.verdict(d).equals("worse"))
                .count();
        out.append('.');
        if (equal > 0) {
            out.append(" Not clearly worse: ");
            out.append(String.join(
                    ", ",
                    data.differences.stream()
                            .filter(d -> !data.verdict(d).equals("worse"))
                            .map(Comparison.Difference::first)
                            .toList()));
            out.append('.');
        } else if (!data.differences.isEmpty()) {
            out.append(" All others are worse by more than chance.");
        }
        return out.toString();
    }
}
