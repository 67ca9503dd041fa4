package org.recommender4j.eval.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.recommender4j.data.Interactions;
import org.recommender4j.eval.Comparison.Entry;
import org.recommender4j.eval.Comparison.Interval;
import org.recommender4j.internal.util.Figures;
import org.recommender4j.model.Training;

/** The charts of a report; each is empty when there is nothing to show. */
final class Charts {
    private static final int CURVE_POINTS = 60;

    private final ReportData data;

    Charts(ReportData data) {
        this.data = data;
    }

    private String series(Entry entry) {
        int place = data.highlighted().indexOf(entry);
        return place < 0 ? "other" : "s" + place;
    }

    /** The colours' names, for the lines of a chart. */
    String legend(boolean withOthers) {
        StringBuilder out = new StringBuilder("<p class=\"legend\">");
        for (Entry entry : data.highlighted()) {
            out.append("<span><i class=\"").append(series(entry)).append("\"></i>");
            out.append(Html.escape(entry.name())).append("</span>");
        }
        if (withOthers && data.ranked.size() > ReportData.COLOURS) {
            out.append("<span><i class=\"other\"></i>others</span>");
        }
        return out.append("</p>").toString();
    }

    /** The names of the lines of {@link #overTime}. */
    static String legend(Collection<String> names) {
        StringBuilder out = new StringBuilder("<p class=\"legend\">");
        int series = 0;
        for (String name : names) {
            out.append("<span><i class=\"").append(series < ReportData.COLOURS ? "s" + series : "other");
            out.append("\"></i>").append(Html.escape(name)).append("</span>");
            series++;
        }
        return out.append("</p>").toString();
    }

    /** Quality against the time for training and lists. */
    String speed() {
        List<Entry> shown = data.ranked.stream()
                .filter(entry -> !Double.isNaN(data.mean(entry, data.main)))
                .toList();
        if (shown.isEmpty()) {
            return "";
        }
        SvgChart chart = new SvgChart(300);
        double[] seconds = shown.stream().mapToDouble(Charts::seconds).toArray();
        double[] values =
                shown.stream().mapToDouble(entry -> data.mean(entry, data.main)).toArray();
        Scale x = Scale.log(min(seconds), max(seconds), SvgChart.LEFT, SvgChart.RIGHT);
        double room = 0.06 * (max(values) - min(values));
        double low = min(values) < 0 ? min(values) - room : Math.max(0, min(values) - room);
        Scale y = Scale.linear(low, max(values) + room, chart.bottom(), SvgChart.TOP);
        chart.axes(
                x, y, "seconds to train and to make all lists (logarithmic)", data.main, Figures::tick, Figures::tick);
        List<String> names = new ArrayList<>();
        List<double[]> places = new ArrayList<>();
        for (int k = 0; k < shown.size(); k++) {
            Entry entry = shown.get(k);
            String tip = entry.name() + ": " + data.main + " " + Figures.value(values[k]) + ", "
                    + Figures.time(entry.fitTime()) + " to train, " + Figures.time(entry.recommendTime())
                    + " for the lists";
            chart.dot(series(entry), tip, x.at(seconds[k]), y.at(values[k]), 4.5);
            names.add(entry.name());
            places.add(new double[] {x.at(seconds[k]), y.at(values[k])});
        }
        chart.labels(names, places);
        return chart.svg("Quality against speed: " + data.main + " over seconds, one dot per algorithm");
    }

    private static double seconds(Entry entry) {
        Duration both = entry.fitTime().plus(entry.recommendTime());
        return Math.max(1e-4, both.toNanos() / 1e9);
    }

    /** Recall over the length of the list. */
    String recall() {
        List<Integer> lengths = List.copyOf(data.recallByLength.keySet());
        if (lengths.size() < 3) {
            return "";
        }
        SvgChart chart = new SvgChart(270);
        double most = 0;
        for (Entry entry : data.ranked) {
            for (String metric : data.recallByLength.values()) {
                most = Math.max(most, data.mean(entry, metric));
            }
        }
        Scale x = Scale.logExact(
                Math.max(1, lengths.get(0)), lengths.get(lengths.size() - 1), SvgChart.LEFT, SvgChart.RIGHT - 6);
        Scale y = Scale.linear(0, most, chart.bottom(), SvgChart.TOP);
        chart.axes(x, y, "length of the list (logarithmic)", "recall", Figures::tick, Figures::tick);
        for (int k = data.ranked.size() - 1; k >= 0; k--) {
            Entry entry = data.ranked.get(k);
            double[] xs = lengths.stream().mapToDouble(x::at).toArray();
            double[] ys = data.recallByLength.values().stream()
                    .mapToDouble(metric -> y.at(orZero(data.mean(entry, metric))))
                    .toArray();
            chart.path(series(entry), entry.name(), xs, ys);
            for (int j = 0; j < xs.length && !series(entry).equals("other"); j++) {
                String metric = "recall@" + lengths.get(j);
                chart.dot(
                        series(entry),
                        entry.name() + ": " + metric + " " + Figures.value(data.mean(entry, metric)),
                        xs[j],
                        ys[j],
                        2.5);
            }
        }
        return chart.svg("Recall by the length of the list, one line per algorithm");
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    /** Which share of all places goes to the most popular items. */
    String longTail() {
        int k = data.exposureCutoff();
        if (k == 0) {
            return "";
        }
        Interactions train = data.comparison.evaluation().train().interactions();
        int[] ranks = train.popularityRanks();
        SvgChart chart = new SvgChart(270);
        Scale x =
                Scale.logExact(Math.min(10, 100.0 / Math.max(1, ranks.length)), 100, SvgChart.LEFT, SvgChart.RIGHT - 6);
        Scale y = Scale.linear(0, 100, chart.bottom(), SvgChart.TOP);
        chart.axes(
                x,
                y,
                "% of the catalogue, most popular items first (logarithmic)",
                "% of all listed places",
                Figures::tick,
                Figures::tick);
        int[] users = new int[ranks.length];
        for (int item = 0; item < users.length; item++) {
            users[item] = train.transpose().length(item);
        }
        curve(chart, "reference", "the interactions themselves", users, ranks, x, y);
        for (int place = data.ranked.size() - 1; place >= 0; place--) {
            Entry entry = data.ranked.get(place);
            curve(chart, series(entry), entry.name(), entry.result().exposure(k), ranks, x, y);
        }
        return chart.svg("Share of the listed places over the share of the catalogue, one line per algorithm");
    }

    private static void curve(
            SvgChart chart, String classes, String name, int[] counts, int[] ranks, Scale x, Scale y) {
        long[] sorted = new long[counts.length];
        long total = 0;
        for (int item = 0; item < counts.length; item++) {
            sorted[item < ranks.length ? ranks[item] : item] = counts[item];
            total += counts[item];
        }
        if (total == 0) {
            return;
        }
        TreeSet<Integer> stops = new TreeSet<>();
        for (int point = 0; point <= CURVE_POINTS; point++) {
            double share = (double) point / CURVE_POINTS;
            stops.add((int) Math.round(StrictMath.pow(sorted.length, share)));
        }
        double[] xs = new double[stops.size()];
        double[] ys = new double[xs.length];
        long sum = 0;
        int item = 0;
        int n = 0;
        for (int stop : stops) {
            for (; item < stop; item++) {
                sum += sorted[item];
            }
            xs[n] = x.at(100.0 * stop / sorted.length);
            ys[n++] = y.at(100.0 * sum / total);
        }
        chart.path(classes, name, xs, ys);
    }

    /** The training objective of one algorithm over its iterations; empty without at least two values. */
    String training(Entry entry) {
        List<Training.Progress> curve = entry.curve().stream()
                .filter(progress -> Double.isFinite(progress.loss()))
                .toList();
        if (curve.size() < 2) {
            return "";
        }
        double[] losses = curve.stream().mapToDouble(Training.Progress::loss).toArray();
        SvgChart chart = new SvgChart(170);
        Scale x = Scale.linear(
                curve.get(0).iteration(), curve.get(curve.size() - 1).iteration(), SvgChart.LEFT, SvgChart.RIGHT - 6);
        Scale y = Scale.linear(min(losses), max(losses), chart.bottom(), SvgChart.TOP);
        chart.axes(x, y, "iteration", "objective", Figures::tick, Figures::tick);
        double[] xs = curve.stream().mapToDouble(p -> x.at(p.iteration())).toArray();
        double[] ys = curve.stream().mapToDouble(p -> y.at(p.loss())).toArray();
        chart.path(series(entry), entry.name(), xs, ys);
        for (int k = 0; k < xs.length && xs.length <= 40; k++) {
            Training.Progress p = curve.get(k);
            chart.dot(series(entry), "iteration " + p.iteration() + ": " + Figures.tick(p.loss()), xs[k], ys[k], 2.2);
        }
        return chart.svg("Training objective of " + entry.name() + " over " + curve.size() + " iterations");
    }

    /** A group of bars per segment, one bar per algorithm. */
    String bars(List<String> groups, Function<Entry, List<Double>> values, Function<Entry, List<Interval>> intervals) {
        List<Entry> shown = data.highlighted();
        if (groups.isEmpty() || shown.isEmpty()) {
            return "";
        }
        double thickness = 9;
        double group = 16 + shown.size() * (thickness + 2) + 6;
        SvgChart chart = new SvgChart(groups.size() * group + 22);
        double most = 0;
        for (Entry entry : shown) {
            for (int g = 0; g < groups.size(); g++) {
                double high = intervals.apply(entry).get(g).high();
                most = Math.max(
                        most, Math.max(orZero(high), orZero(values.apply(entry).get(g))));
            }
        }
        Scale x = Scale.linear(0, most, 6, SvgChart.RIGHT - 48);
        for (int g = 0; g < groups.size(); g++) {
            double top = 6 + g * group;
            chart.text("label strong", 6, top + 8, groups.get(g));
            for (int k = 0; k < shown.size(); k++) {
                Entry entry = shown.get(k);
                double value = values.apply(entry).get(g);
                Interval interval = intervals.apply(entry).get(g);
                double y = top + 14 + k * (thickness + 2);
                if (Double.isNaN(value)) {
                    chart.text("tick", 8, y + thickness - 1, "–");
                    continue;
                }
                String tip = entry.name() + ", " + groups.get(g) + ": " + Figures.value(value)
                        + (interval.isUndefined() ? "" : " (" + ReportText.range(interval) + ")");
                chart.bar(series(entry), tip, x.at(0), y, x.at(value) - x.at(0), thickness);
                double end = x.at(value);
                if (!interval.isUndefined()) {
                    chart.line(
                            "whisker",
                            x.at(interval.low()),
                            y + thickness / 2,
                            x.at(interval.high()),
                            y + thickness / 2);
                    end = Math.max(end, x.at(interval.high()));
                }
                chart.text("tick", end + 4, y + thickness - 1.5, Figures.value(value));
            }
        }
        return chart.svg("Bars by segment: " + String.join(", ", groups));
    }

    /** Values over time, one line per name. */
    static String overTime(Map<String, double[]> lines, double[] xs, String xTitle, String yTitle) {
        double most = 0;
        for (double[] ys : lines.values()) {
            for (double y : ys) {
                most = Math.max(most, orZero(y));
            }
        }
        SvgChart chart = new SvgChart(270);
        Scale x = Scale.linear(xs[0], xs[xs.length - 1], SvgChart.LEFT, SvgChart.RIGHT - 6);
        Scale y = Scale.linear(0, most, chart.bottom(), SvgChart.TOP);
        chart.axes(x, y, xTitle, yTitle, Figures::tick, Figures::tick);
        int series = 0;
        for (Map.Entry<String, double[]> line : lines.entrySet()) {
            List<double[]> points = new ArrayList<>();
            for (int k = 0; k < Math.min(xs.length, line.getValue().length); k++) {
                if (!Double.isNaN(line.getValue()[k])) {
                    points.add(new double[] {x.at(xs[k]), y.at(line.getValue()[k])});
                }
            }
            String classes = series < ReportData.COLOURS ? "s" + series : "other";
            chart.path(
                    classes,
                    line.getKey(),
                    points.stream().mapToDouble(p -> p[0]).toArray(),
                    points.stream().mapToDouble(p -> p[1]).toArray());
            series++;
        }
        return chart.svg(yTitle + " over time, one line each for " + String.join(", ", lines.keySet()));
    }

    private static double min(double[] values) {
        double least = Double.POSITIVE_INFINITY;
        for (double value : values) {
            least = Math.min(least, value);
        }
        return least;
    }

    private static double max(double[] values) {
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            most = Math.max(most, value);
        }
        return most;
    }
}
