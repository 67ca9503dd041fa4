package org.recommender4j.eval;

import java.util.function.ToDoubleFunction;
import org.recommender4j.model.Options;

/** The formulas behind the factory methods of {@link Metric} that look at one list. */
final class ListMetrics {
    private static final double LOG_2 = StrictMath.log(2.0);

    private record Formula(String name, int cutoff, ToDoubleFunction<Ranking> formula) implements UserMetric {
        @Override
        public double of(Ranking ranking) {
            return formula.applyAsDouble(ranking);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private ListMetrics() {}

    static UserMetric of(String name, ToDoubleFunction<Ranking> formula) {
        return new Formula(name, 0, formula);
    }

    static UserMetric of(String name, int k, ToDoubleFunction<Ranking> formula) {
        return of(name, k, "", formula);
    }

    static UserMetric of(String name, int k, String part, ToDoubleFunction<Ranking> formula) {
        Options.inRange("k", k, 1, Metric.MAX_CUTOFF);
        return new Formula(name + "@" + k + part, k, formula);
    }

    static double recallWithin(Ranking ranking, int k, Segment items) {
        int hits = 0;
        for (int j = 0; j < Math.min(k, ranking.size()); j++) {
            hits += ranking.isHit(j) && items.contains(ranking.item(j)) ? 1 : 0;
        }
        int wanted = ranking.relevant(items);
        return wanted == 0 ? Double.NaN : (double) hits / wanted;
    }

    static UserMetric ndcg(String name, int k, boolean graded) {
        Options.inRange("k", k, 1, Metric.MAX_CUTOFF);
        double[] discounts = new double[k];
        for (int j = 0; j < k; j++) {
            discounts[j] = LOG_2 / StrictMath.log(j + 2.0);
        }
        return of(name, k, r -> graded ? gradedNdcg(r, discounts) : binaryNdcg(r, discounts));
    }

    private static double binaryNdcg(Ranking ranking, double[] discounts) {
        double gain = 0;
        for (int j = 0; j < Math.min(discounts.length, ranking.size()); j++) {
            gain += ranking.isHit(j) ? discounts[j] : 0.0;
        }
        double ideal = 0;
        for (int j = 0; j < Math.min(discounts.length, ranking.relevant()); j++) {
            ideal += discounts[j];
        }
        return gain / ideal;
    }

    private static double gradedNdcg(Ranking ranking, double[] discounts) {
        double gain = 0;
        for (int j = 0; j < Math.min(discounts.length, ranking.size()); j++) {
            gain += Math.max(0f, ranking.weight(j)) * discounts[j];
        }
        float[] weights = ranking.idealWeights();
        double ideal = 0;
        for (int j = 0; j < Math.min(discounts.length, weights.length); j++) {
            ideal += Math.max(0f, weights[j]) * discounts[j];
        }
        return ideal == 0 ? Double.NaN : gain / ideal;
    }

    static double averagePrecision(Ranking ranking, int k) {
        double sum = 0;
        int hits = 0;
        for (int j = 0; j < Math.min(k, ranking.size()); j++) {
            if (ranking.isHit(j)) {
                hits++;
                sum += (double) hits / (j + 1);
            }
        }
        return sum / Math.min(k, ranking.relevant());
    }

    static double reciprocalRank(Ranking ranking, int k) {
        for (int j = 0; j < Math.min(k, ranking.size()); j++) {
            if (ranking.isHit(j)) {
                return 1.0 / (j + 1);
            }
        }
        return 0;
    }

    static double selfInformation(Ranking ranking, int k) {
        int length = Math.min(k, ranking.size());
        double sum = 0;
        for (int j = 0; j < length; j++) {
            double share = (double) Math.max(1, ranking.popularity(ranking.item(j))) / ranking.users();
            sum -= StrictMath.log(share) / LOG_2;
        }
        return length == 0 ? Double.NaN : sum / length;
    }
}
