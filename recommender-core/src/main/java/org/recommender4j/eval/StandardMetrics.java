package org.recommender4j.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.recommender4j.data.Features;
import org.recommender4j.model.TrainingData;

/** A choice of metrics that shows a model from all sides. */
final class StandardMetrics {
    private static final int[] LENGTHS = {1, 2, 5, 10, 20, 50};

    /** A field with more values is a set of tags or a name: hardly two items share one. */
    private static final int MOST_VALUES = 200;

    private StandardMetrics() {}

    static List<Metric> of(int k, TrainingData train) {
        List<Metric> result = new ArrayList<>();
        result.add(Metric.ndcg(k));
        result.add(Metric.recall(k));
        result.add(Metric.precision(k));
        result.add(Metric.hitRate(k));
        result.add(Metric.map(k));
        result.add(Metric.mrr(k));
        result.add(Metric.coverage(k));
        result.add(Metric.gini(k));
        result.add(Metric.novelty(k));
        result.add(Metric.serendipity(k, train.interactions()));
        result.add(Metric.popularityLift(k));
        Features items = train.itemFeatures();
        for (String field : items.categoryFields()) {
            if (items.values(field).size() <= MOST_VALUES) {
                result.add(Metric.diversity(k, items, field));
                result.add(Metric.calibration(k, items, field));
            }
        }
        for (Segment segment : Segment.itemsByPopularity(train.interactions())) {
            result.add(Metric.recall(k, segment));
        }
        TreeSet<Integer> lengths = new TreeSet<>();
        for (int length : LENGTHS) {
            lengths.add(length);
        }
        lengths.remove(k);
        lengths.forEach(length -> result.add(Metric.recall(length)));
        return result;
    }
}
