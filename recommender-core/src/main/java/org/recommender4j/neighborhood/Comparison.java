package org.recommender4j.neighborhood;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Interactions;

/**
 * Finds the most similar of many sparse vectors, to one of them or to one from outside.
 *
 * <p>The vectors are read through an inverted index with a row per coordinate. A longer row is cut to a random sample, so
 * that a vector of m entries costs at most m times the limit. Memory: 8 bytes per entry of the index, 4 to 20 per vector. Immutable;
 * thread-safe.
 */
final class Comparison {
    private final Measure measure;
    private final Interactions index;
    private final int coordinates;
    private final int[] lengths;
    private final float[] scale;
    private final double[] sums;
    private final double[] squares;
    private final double[] logs;

    /**
     * Prepares for the rows of a matrix.
     *
     * @param limit how long a row of the index may be
     */
    Comparison(Interactions vectors, Measure measure, int limit) {
        this.measure = measure;
        index = sample(vectors.transpose(), limit);
        coordinates = vectors.columns();
        int n = vectors.rows();
        lengths = new int[n];
        scale = new float[n];
        boolean correlation = measure.similarity() == Similarity.PEARSON && !measure.common();
        sums = new double[correlation ? n : 0];
        squares = new double[correlation ? n : 0];
        for (int v = 0; v < n; v++) {
            lengths[v] = vectors.length(v);
            double square = square(vectors.weights(), vectors.begin(v), vectors.end(v));
            scale[v] = scale(square, lengths[v], measure.otherExponent());
            if (correlation) {
                sums[v] = sum(vectors.weights(), vectors.begin(v), vectors.end(v));
                squares[v] = square;
            }
        }
        logs = measure.similarity() == Similarity.LOG_LIKELIHOOD ? logs(coordinates) : new double[0];
    }

    private static Interactions sample(Interactions index, int limit) {
        int longest = 0;
        for (int row = 0; row < index.rows(); row++) {
            longest = Math.max(longest, index.length(row));
        }
        if (longest <= limit) {
            return index;
        }
        int[] offsets = new int[index.rows() + 1];
        int[] columns = new int[index.size()];
        float[] old = index.weights();
        float[] weights = old == null ? null : new float[index.size()];
        int n = 0;
        for (int row = 0; row < index.rows(); row++) {
            SplittableRandom random = new SplittableRandom(row);
            int left = index.length(row);
            int wanted = Math.min(left, limit);
            // Takes each entry with the probability that the rest of the sample leaves it, which keeps their order.
            for (int p = index.begin(row); p < index.end(row); p++, left--) {
                if (wanted == left || random.nextInt(left) < wanted) {
                    columns[n] = index.column(p);
                    if (weights != null && old != null) {
                        weights[n] = old[p];
                    }
                    n++;
                    wanted--;
                }
            }
            offsets[row + 1] = n;
        }
        return Interactions.of(
                index.columns(),
                offsets,
                Arrays.copyOf(columns, n),
                weights == null ? null : Arrays.copyOf(weights, n),
                null);
    }

    private static double sum(float @Nullable [] values, int from, int to) {
        double sum = values == null ? to - from : 0;
        for (int p = from; values != null && p < to; p++) {
            sum += values[p];
        }
        return sum;
    }

    private static double square(float @Nullable [] values, int from, int to) {
        double sum = values == null ? to - from : 0;
        for (int p = from; values != null && p < to; p++) {
            sum += (double) values[p] * values[p];
        }
        return sum;
    }

    private float scale(double square, int length, double exponent) {
        double size = measure.similarity() == Similarity.CONDITIONAL_PROBABILITY ? length : square;
        return size == 0
                ? 0f
                : exponent == 0.5 ? (float) (1 / Math.sqrt(size)) : (float) StrictMath.pow(size, -exponent);
    }

    /** The table of n ln(n). */
    private static double[] logs(int n) {
        double[] result = new double[n + 1];
        for (int k = 2; k <= n; k++) {
            result[k] = k * StrictMath.log(k);
        }
        return result;
    }

    /**
     * Returns how many neighbors all rows together have at least, without looking for them: all vectors of one coordinate are similar,
     * unless values have signs.
     *
     * @param most how many a row has at most
     */
    long leastNeighbors(Interactions vectors, int most) {
        boolean signed = switch (measure.similarity()) {
            case COSINE, CONDITIONAL_PROBABILITY -> !arePositive(vectors.weights());
            case JACCARD -> false;
            case PEARSON, ADJUSTED_COSINE, LOG_LIKELIHOOD -> true;
        };
        long sum = 0;
        for (int row = 0; row < vectors.rows() && !signed; row++) {
            int others = 0;
            for (int p = vectors.begin(row); p < vectors.end(row); p++) {
                others = Math.max(others, index.length(vectors.column(p)) - 1);
            }
            sum += Math.min(others, most);
        }
        return sum;
    }

    private static boolean arePositive(float @Nullable [] values) {
        boolean positive = true;
        for (int k = 0; values != null && k < values.length; k++) {
            positive &= values[k] > 0;
        }
        return positive;
    }

    /** Returns working memory for {@link #find}. */
    PairSums sums() {
        boolean products = measure.common() || (measure.usesValues() && index.hasWeights());
        return new PairSums(index, products, measure.common());
    }

    /**
     * Offers all vectors that have something in common with one, and a positive similarity.
     *
     * @param self the vector to leave out, or -1
     * @param at its coordinates, from (inclusive) to (exclusive)
     * @param values its values at the same places, or null when each is 1
     */
    void find(int self, int[] at, float @Nullable [] values, int from, int to, PairSums pairs, BestK best) {
        pairs.add(at, values, from, to);
        switch (measure.similarity()) {
            case COSINE, CONDITIONAL_PROBABILITY -> {
                float own = scale(square(values, from, to), to - from, measure.ownExponent());
                if (measure.shrinkage() > 0 || measure.significance() > 0) {
                    offerTrusted(self, own, pairs, best);
                } else if (pairs.products.length == 0) {
                    offerCounts(self, own, scale, pairs.counts, pairs.touched(), pairs.size(), best);
                } else {
                    offerProducts(self, own, scale, pairs.products, pairs.touched(), pairs.size(), best);
                }
            }
            case PEARSON, ADJUSTED_COSINE -> {
                if (measure.common()) {
                    offerDeviations(self, pairs, best);
                } else {
                    offerCorrelations(self, sum(values, from, to), square(values, from, to), pairs, best);
                }
            }
            case JACCARD -> {
                for (int place = 0; place < pairs.size(); place++) {
                    int other = pairs.touched()[place];
                    int count = pairs.counts[other];
                    offer(self, other, (float) count / (to - from + lengths[other] - count), count, best);
                }
            }
            case LOG_LIKELIHOOD -> {
                for (int place = 0; place < pairs.size(); place++) {
                    int other = pairs.touched()[place];
                    int count = pairs.counts[other];
                    offer(self, other, logLikelihood(count, to - from, lengths[other]), count, best);
                }
            }
        }
        pairs.clear();
    }

    private static void offerCounts(
            int self, float own, float[] scale, int[] counts, int[] touched, int size, BestK best) {
        float threshold = best.threshold();
        for (int place = 0; place < size; place++) {
            int other = touched[place];
            float value = counts[other] * own * scale[other];
            if (value >= threshold && other != self) {
                best.offer(other, value);
                threshold = best.threshold();
            }
        }
    }

    private static void offerProducts(
            int self, float own, float[] scale, float[] products, int[] touched, int size, BestK best) {
        float threshold = best.threshold();
        for (int place = 0; place < size; place++) {
            int other = touched[place];
            float value = products[other] * own * scale[other];
            if (value >= threshold && other != self) {
                best.offer(other, value);
                threshold = best.threshold();
            }
        }
    }

    private void offerTrusted(int self, float own, PairSums pairs, BestK best) {
        int[] touched = pairs.touched();
        int size = pairs.size();
        for (int place = 0; place < size; place++) {
            int other = touched[place];
            offer(self, other, pairs.product(other) * own * scale[other], pairs.counts[other], best);
        }
    }

    private void offerDeviations(int self, PairSums pairs, BestK best) {
        for (int place = 0; place < pairs.size(); place++) {
            int other = pairs.touched()[place];
            double norms = Math.sqrt((double) pairs.ownSquares[other] * pairs.otherSquares[other]);
            float value = norms == 0 ? 0f : (float) (pairs.products[other] / norms);
            offer(self, other, value, pairs.counts[other], best);
        }
    }

    private void offerCorrelations(int self, double sum, double square, PairSums pairs, BestK best) {
        for (int place = 0; place < pairs.size(); place++) {
            int other = pairs.touched()[place];
            double variances = variance(sum, square) * variance(sums[other], squares[other]);
            double covariance = pairs.product(other) - sum * sums[other] / coordinates;
            float value = variances <= 0 ? 0f : (float) (covariance / Math.sqrt(variances));
            offer(self, other, value, pairs.counts[other], best);
        }
    }

    /** N times the variance, or 0 when all entries are the same but for rounding. */
    private double variance(double sum, double square) {
        double variance = square - sum * sum / coordinates;
        return variance < 1e-9 * square ? 0 : variance;
    }

    private void offer(int self, int other, float similarity, int count, BestK best) {
        // A factor of trust is at most 1, so it is worked out only for what could still enter.
        if (similarity >= best.threshold() && other != self) {
            float value = similarity * measure.trust(count);
            if (value >= best.threshold()) {
                best.offer(other, value);
            }
        }
    }

    /** Returns what a common entry of two vectors adds to what they have in common. */
    float part(float own, float other) {
        return measure.usesValues() ? own * other : 1f;
    }

    private float logLikelihood(int both, int own, int others) {
        int n = coordinates;
        if ((double) both * n <= (double) own * others) {
            return 0f;
        }
        double rows = logs[own] + logs[n - own];
        double columns = logs[others] + logs[n - others];
        double cells = logs[both] + logs[own - both] + logs[others - both] + logs[n - own - others + both];
        return (float) (2 * (cells - rows - columns + logs[n]));
    }
}
