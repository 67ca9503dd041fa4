package org.recommender4j.factorization;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.util.Footprint;
import org.recommender4j.model.TrainingData;

/**
 * The ratings that a rating model is trained on. Implicit feedback becomes ratings of 1, and as many random unseen items per user
 * become ratings of 0, for without them there is nothing to tell apart.
 */
final class RatingData {
    final Interactions ratings;
    final float mean;
    /** The standard deviation of the ratings; 1 if they are all the same. */
    final double deviation;

    final float min;
    final float max;
    final boolean implicit;
    final float positiveFrom;

    private RatingData(
            Interactions ratings,
            double mean,
            double deviation,
            float min,
            float max,
            boolean implicit,
            float positiveFrom) {
        this.ratings = ratings;
        this.mean = (float) mean;
        this.deviation = deviation;
        this.min = min;
        this.max = max;
        this.implicit = implicit;
        this.positiveFrom = positiveFrom;
    }

    static RatingData of(TrainingData data, long seed) {
        boolean implicit = data.feedback() != Feedback.EXPLICIT;
        Interactions ratings = implicit ? withUnseen(data.positives(), seed) : data.interactions();
        double sum = 0;
        for (int p = 0; p < ratings.size(); p++) {
            sum += ratings.weight(p);
        }
        float min = implicit ? 0f : data.minRating();
        float max = implicit ? 1f : data.maxRating();
        double mean = ratings.size() == 0 ? (min + max) / 2.0 : sum / ratings.size();
        double square = 0;
        for (int p = 0; p < ratings.size(); p++) {
            square += (ratings.weight(p) - mean) * (ratings.weight(p) - mean);
        }
        double deviation = square == 0 ? 1 : Math.sqrt(square / ratings.size());
        return new RatingData(
                ratings, mean, deviation, min, max, implicit, implicit ? data.positiveFrom() : Float.NEGATIVE_INFINITY);
    }

    /**
     * Refuses a training that does not fit, before it begins.
     *
     * @param draws how many vectors the model keeps of each user and item
     * @param spans how many biases over time, or 1 for none
     */
    static void checkSize(String name, TrainingData data, int factors, int draws, int spans) {
        boolean implicit = data.feedback() != Feedback.EXPLICIT;
        Interactions given = implicit ? data.positives() : data.interactions();
        long ratings = implicit ? withUnseen(given) : given.size();
        if (implicit) {
            new Footprint(name, "ImplicitAls, which needs no unseen items")
                    .array("interactions and unseen items", ratings, 1, Integer.BYTES);
        }
        int stride = Kernels.stride(factors + 1);
        long width = draws * (factors + 1L);
        long n = factors + 1L;
        new Footprint(name, draws > 1 ? "a smaller draws or factors" : "a smaller factors")
                .bytes(ratings * 24.0)
                .array("users", data.users(), stride, 2 * Float.BYTES)
                .array("items", data.items(), stride, 2 * Float.BYTES)
                .array("users", data.users(), width + 1, Float.BYTES)
                .array("items", data.items(), width, Float.BYTES)
                .array(draws > 1 ? "draws" : "matrix", draws, n * n, Float.BYTES)
                .check();
        if (spans > 1) {
            new Footprint(name, "a smaller timeSpans")
                    .array("users", data.users(), spans, Float.BYTES)
                    .array("items", data.items(), spans, Float.BYTES)
                    .check();
        }
    }

    private static long withUnseen(Interactions positives) {
        long size = 0;
        for (int r = 0; r < positives.rows(); r++) {
            size += positives.length(r) + Math.min(positives.length(r), positives.columns() - positives.length(r));
        }
        return size;
    }

    private static Interactions withUnseen(Interactions positives, long seed) {
        int columns = positives.columns();
        int[] offsets = new int[positives.rows() + 1];
        for (int r = 0; r < positives.rows(); r++) {
            int length = positives.length(r);
            offsets[r + 1] = offsets[r] + length + Math.min(length, columns - length);
        }
        int[] items = new int[offsets[positives.rows()]];
        float[] weights = new float[items.length];
        long[] times = positives.hasTimes() ? new long[items.length] : null;
        for (int r = 0; r < positives.rows(); r++) {
            SplittableRandom random = new SplittableRandom(RatingSide.mix(seed, r));
            int length = positives.length(r);
            int unseen = columns - length;
            int[] ranks = sample(random, unseen, Math.min(length, unseen));
            int to = offsets[r];
            int p = positives.begin(r);
            int end = positives.end(r);
            for (int k = 0; k <= ranks.length; k++) {
                // The rank-th unseen item lies behind as many seen ones as are smaller.
                while (p < end && (k == ranks.length || positives.column(p) - (p - positives.begin(r)) <= ranks[k])) {
                    set(items, weights, times, to++, positives.column(p), 1f, positives.time(p));
                    p++;
                }
                if (k < ranks.length) {
                    int item = ranks[k] + (p - positives.begin(r));
                    long time = positives.time(positives.begin(r) + k);
                    set(items, weights, times, to++, item, 0f, time);
                }
            }
        }
        return Interactions.of(columns, offsets, items, weights, times);
    }

    private static void set(
            int[] items, float[] weights, long @Nullable [] times, int at, int item, float weight, long time) {
        items[at] = item;
        weights[at] = weight;
        if (times != null) {
            times[at] = time;
        }
    }

    /** Returns k of the numbers below n, ascending (R. W. Floyd's method). */
    private static int[] sample(SplittableRandom random, int n, int k) {
        java.util.TreeSet<Integer> chosen = new java.util.TreeSet<>();
        for (int last = n - k; last < n; last++) {
            int candidate = random.nextInt(last + 1);
            if (!chosen.add(candidate)) {
                chosen.add(last);
            }
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns the users' side: targets are the ratings without the mean. */
    RatingSide users(int factors) {
        float[] targets = new float[ratings.size()];
        for (int p = 0; p < targets.length; p++) {
            targets[p] = ratings.weight(p) - mean;
        }
        return new RatingSide(ratings.offsets(), ratings.columnIndices(), targets, factors);
    }

    /** Returns the items' side: targets are the ratings without the mean. */
    RatingSide items(int factors) {
        Interactions byItem = ratings.transpose();
        float[] targets = new float[byItem.size()];
        for (int p = 0; p < targets.length; p++) {
            targets[p] = byItem.weight(p) - mean;
        }
        return new RatingSide(byItem.offsets(), byItem.columnIndices(), targets, factors);
    }

    /** Returns for each rating in the order of the items its position in the order of the users. */
    int[] userPositions() {
        int[] next = ratings.transpose().offsets().clone();
        int[] result = new int[ratings.size()];
        for (int p = 0; p < result.length; p++) {
            result[next[ratings.column(p)]++] = p;
        }
        return result;
    }
}
