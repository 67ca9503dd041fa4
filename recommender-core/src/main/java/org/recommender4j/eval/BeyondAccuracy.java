package org.recommender4j.eval;

import org.recommender4j.data.Interactions;

/** The formulas behind the factory methods of {@link Metric} that ask what a list is like, not whether it hits. */
final class BeyondAccuracy {
    /** How much of the history's distribution is mixed into that of the list, so that no logarithm is infinite. */
    private static final double SMOOTHING = 0.01;

    private BeyondAccuracy() {}

    /** One minus the mean similarity of the pairs. */
    static double diversity(Ranking ranking, int k, Similarity similarity) {
        int n = Math.min(k, ranking.size());
        double sum = 0;
        for (int a = 1; a < n; a++) {
            for (int b = 0; b < a; b++) {
                sum += 1 - similarity.of(ranking.item(a), ranking.item(b));
            }
        }
        return n < 2 ? Double.NaN : 2 * sum / ((double) n * (n - 1));
    }

    /** How similar two items are. */
    @FunctionalInterface
    interface Similarity {
        /** Returns the similarity, 1 for the same. */
        double of(int a, int b);
    }

    /** The cosine of two rows; 0 for a row that is empty or not there. */
    static double cosine(Interactions rows, int a, int b) {
        if (a >= rows.rows() || b >= rows.rows()) {
            return 0;
        }
        double dot = 0;
        int p = rows.begin(a);
        int q = rows.begin(b);
        while (p < rows.end(a) && q < rows.end(b)) {
            int order = Integer.compare(rows.column(p), rows.column(q));
            if (order == 0) {
                dot += (double) rows.weight(p) * rows.weight(q);
            }
            p += order <= 0 ? 1 : 0;
            q += order >= 0 ? 1 : 0;
        }
        return dot == 0 ? 0 : dot / Math.sqrt(squares(rows, a) * squares(rows, b));
    }

    private static double squares(Interactions rows, int row) {
        double sum = 0;
        for (int p = rows.begin(row); p < rows.end(row); p++) {
            sum += (double) rows.weight(p) * rows.weight(p);
        }
        return sum;
    }

    /** The share of users in common: the cosine of two ascending lists of users. */
    static double commonUsers(Interactions itemUsers, int a, int b) {
        if (a >= itemUsers.rows() || b >= itemUsers.rows()) {
            return 0;
        }
        int common = 0;
        int p = itemUsers.begin(a);
        int q = itemUsers.begin(b);
        while (p < itemUsers.end(a) && q < itemUsers.end(b)) {
            int order = Integer.compare(itemUsers.column(p), itemUsers.column(q));
            common += order == 0 ? 1 : 0;
            p += order <= 0 ? 1 : 0;
            q += order >= 0 ? 1 : 0;
        }
        return common == 0 ? 0 : common / Math.sqrt((double) itemUsers.length(a) * itemUsers.length(b));
    }

    static double serendipity(Ranking ranking, int k, int[] ranks) {
        int[] history = ranking.history();
        int found = 0;
        for (int j = 0; j < Math.min(k, ranking.size()); j++) {
            if (ranking.isHit(j) && !isExpected(ranking.item(j), history, ranks, k)) {
                found++;
            }
        }
        return (double) found / k;
    }

    /** Tells whether an item is among the k most popular of those that the user does not know. */
    private static boolean isExpected(int item, int[] history, int[] ranks, int k) {
        if (item >= ranks.length) {
            return false;
        }
        int place = ranks[item];
        for (int known : history) {
            place -= known < ranks.length && ranks[known] < ranks[item] ? 1 : 0;
        }
        return place < k;
    }

    static double calibration(Ranking ranking, int k, Interactions categories) {
        double[] wanted = distribution(categories, ranking.history());
        double[] shown = distribution(categories, first(ranking, k));
        if (wanted.length == 0 || shown.length == 0) {
            return Double.NaN;
        }
        double divergence = 0;
        for (int g = 0; g < wanted.length; g++) {
            if (wanted[g] > 0) {
                double smoothed = (1 - SMOOTHING) * shown[g] + SMOOTHING * wanted[g];
                divergence += wanted[g] * StrictMath.log(wanted[g] / smoothed);
            }
        }
        return Math.max(0, divergence);
    }

    /** The mean distribution over categories of those items that have any; empty if none has. */
    private static double[] distribution(Interactions categories, int[] items) {
        double[] result = new double[categories.columns()];
        int counted = 0;
        for (int item : items) {
            double total = 0;
            boolean known = item < categories.rows();
            int begin = known ? categories.begin(item) : 0;
            int end = known ? categories.end(item) : 0;
            for (int p = begin; p < end; p++) {
                total += Math.max(0f, categories.weight(p));
            }
            if (total > 0) {
                counted++;
                for (int p = begin; p < end; p++) {
                    result[categories.column(p)] += Math.max(0f, categories.weight(p)) / total;
                }
            }
        }
        for (int g = 0; g < result.length; g++) {
            result[g] /= Math.max(1, counted);
        }
        return counted == 0 ? new double[0] : result;
    }

    static double meanPopularity(Ranking ranking, int[] items) {
        double sum = 0;
        for (int item : items) {
            sum += (double) ranking.popularity(item) / ranking.users();
        }
        return items.length == 0 ? Double.NaN : sum / items.length;
    }

    static double popularityLift(Ranking ranking, int k) {
        double known = meanPopularity(ranking, ranking.history());
        return meanPopularity(ranking, first(ranking, k)) / known - 1;
    }

    static int[] first(Ranking ranking, int k) {
        int[] items = new int[Math.min(k, ranking.size())];
        for (int j = 0; j < items.length; j++) {
            items[j] = ranking.item(j);
        }
        return items;
    }
}
