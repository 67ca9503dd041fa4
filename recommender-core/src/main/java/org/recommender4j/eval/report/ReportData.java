package org.recommender4j.eval.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.recommender4j.eval.Comparison;
import org.recommender4j.eval.Comparison.Difference;
import org.recommender4j.eval.Comparison.Entry;
import org.recommender4j.eval.Comparison.Interval;
import org.recommender4j.eval.Segment;

/** What all forms of a report tell, worked out once. */
final class ReportData {
    private static final Set<String> ACCURACY = Set.of(
            "ndcg",
            "graded_ndcg",
            "recall",
            "capped_recall",
            "precision",
            "hit_rate",
            "map",
            "mrr",
            "auc",
            "rmse",
            "mae");
    private static final String BASELINE = "Popularity";
    /** How many algorithms get a colour of their own. */
    static final int COLOURS = 6;

    final Comparison comparison;
    /** The metric by which the algorithms are ranked: the first one of the evaluation. */
    final String main;

    final boolean isSmallGood;
    final List<Entry> ranked;
    final List<String> accuracy = new ArrayList<>();
    final List<String> character = new ArrayList<>();
    final List<String> itemSegments = new ArrayList<>();
    final Map<Integer, String> recallByLength = new TreeMap<>();
    final Map<String, Map<String, Interval>> intervals = new LinkedHashMap<>();
    final List<Segment> userSegments;
    final List<Difference> differences;

    ReportData(Comparison comparison, List<Segment> userSegments) {
        this.comparison = comparison;
        List<String> metrics = comparison.evaluation().metricNames();
        main = metrics.get(0);
        isSmallGood = isError(main);
        ranked = comparison.entries().stream().sorted(order()).toList();
        for (String metric : metrics) {
            if (metric.contains("[")) {
                itemSegments.add(metric);
            } else if (stem(metric).equals("recall")) {
                recallByLength.put(cutoff(metric), metric);
            }
        }
        int shown = cutoff(main);
        for (String metric : metrics) {
            boolean isLength =
                    recallByLength.containsValue(metric) && recallByLength.size() > 2 && cutoff(metric) != shown;
            if (!metric.contains("[") && !isLength) {
                (ACCURACY.contains(stem(metric)) ? accuracy : character).add(metric);
            }
        }
        for (String metric : metrics) {
            intervals.put(metric, comparison.intervals(metric));
        }
        boolean hasValues = !ranked.isEmpty() && ranked.get(0).result().hasValues(main);
        this.userSegments = hasValues
                ? userSegments.stream()
                        .filter(segment ->
                                !Double.isNaN(comparison.mean(ranked.get(0).name(), main, segment)))
                        .toList()
                : List.of();
        differences = hasValues
                ? comparison.differences(main, ranked.get(0).name()).stream()
                        .sorted(Comparator.comparingInt(d -> place(d.first())))
                        .toList()
                : List.of();
    }

    private Comparator<Entry> order() {
        return Comparator.comparingDouble(entry -> {
            double value = entry.result().mean(main);
            return Double.isNaN(value) ? Double.POSITIVE_INFINITY : isSmallGood ? value : -value;
        });
    }

    static boolean isError(String metric) {
        return metric.equals("rmse") || metric.equals("mae");
    }

    static String stem(String metric) {
        int at = metric.indexOf('@');
        return at < 0 ? metric : metric.substring(0, at);
    }

    /** The cutoff in a metric's name, 0 if there is none. */
    static int cutoff(String metric) {
        int end = metric.indexOf('@') + 1;
        int begin = end;
        while (begin > 0 && end < metric.length() && Character.isDigit(metric.charAt(end)) && end - begin < 7) {
            end++;
        }
        return end > begin ? Integer.parseInt(metric.substring(begin, end)) : 0;
    }

    /** The place of an algorithm, 0 for the best. */
    int place(String name) {
        for (int place = 0; place < ranked.size(); place++) {
            if (ranked.get(place).name().equals(name)) {
                return place;
            }
        }
        throw new IllegalArgumentException("no result of " + name);
    }

    /** Those that charts with room for a few show: the best ones, and the baseline in any case. */
    List<Entry> highlighted() {
        List<Entry> result = new ArrayList<>(ranked.subList(0, Math.min(COLOURS, ranked.size())));
        baseline().filter(entry -> !result.contains(entry)).ifPresent(entry -> result.set(COLOURS - 1, entry));
        return result;
    }

    /** The result that all others should be beyond, if it is there. */
    Optional<Entry> baseline() {
        return ranked.stream().filter(entry -> entry.name().equals(BASELINE)).findFirst();
    }

    double mean(Entry entry, String metric) {
        return entry.result().mean(metric);
    }

    Interval interval(Entry entry, String metric) {
        return intervals
                .getOrDefault(metric, Map.of())
                .getOrDefault(entry.name(), new Interval(Double.NaN, Double.NaN));
    }

    /** Tells whether an algorithm has the best value of a metric of accuracy. */
    boolean isBest(Entry entry, String metric) {
        double value = mean(entry, metric);
        return ranked.stream().allMatch(other -> {
            double theirs = mean(other, metric);
            return Double.isNaN(theirs) || (isError(metric) ? value <= theirs : value >= theirs);
        });
    }

    /** What the test of an algorithm against the best one says. */
    String verdict(Difference difference) {
        if (difference.mean() == 0) {
            return "no difference";
        }
        boolean clear = difference.tTestHolm() < 0.05 && difference.bootstrapHolm() < 0.05;
        boolean unclear = !(difference.tTestHolm() < 0.05) && !(difference.bootstrapHolm() < 0.05);
        return clear ? "worse" : unclear ? "may be chance" : "borderline";
    }

    /** The cutoff at which exposure was counted, the main metric's if possible; 0 if it was not. */
    int exposureCutoff() {
        Set<Integer> cutoffs =
                ranked.isEmpty() ? Set.of() : ranked.get(0).result().exposureCutoffs();
        return cutoffs.contains(cutoff(main))
                ? cutoff(main)
                : cutoffs.stream().mapToInt(k -> k).min().orElse(0);
    }
}
