package org.recommender4j.data;

import java.util.Arrays;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects (row, column, weight, time) entries in any order and sorts them into {@link Interactions}.
 *
 * <p>Adding is amortized O(1) and takes 12 bytes an entry, 20 once a time was given. Building sorts: O(entries log
 * longest row), and takes 4 bytes an entry beside the result. Not thread-safe.
 */
public final class InteractionsBuilder {
    private int[] rows = new int[16];
    private int[] columns = new int[16];
    private float[] weights = new float[16];
    private long @Nullable [] times;
    private boolean weighted;
    private float min = Float.POSITIVE_INFINITY;
    private float max = Float.NEGATIVE_INFINITY;
    private int size;
    private int rowCount;
    private int columnCount;

    InteractionsBuilder() {}

    /** Adds an entry without a time, which counts as time 0 if other entries have one. */
    public InteractionsBuilder add(int row, int column, float weight) {
        return append(row, column, weight, -1L);
    }

    /**
     * Adds an entry.
     *
     * @param row from 0 to 2^31 - 10
     * @param column from 0 to 2^31 - 10
     * @param weight finite
     * @param time milliseconds since the epoch, not negative
     * @throws IllegalArgumentException if an argument is out of range, or 2^31 - 9 entries are exceeded
     */
    public InteractionsBuilder add(int row, int column, float weight, long time) {
        if (time < 0) {
            throw new IllegalArgumentException("time must not be negative, but is " + time);
        }
        return append(row, column, weight, time);
    }

    /** Adds an entry; a negative time is an unknown one. */
    InteractionsBuilder append(int row, int column, float weight, long time) {
        if (row < 0 || column < 0 || row >= KeyStore.MAX_ARRAY || column >= KeyStore.MAX_ARRAY) {
            throw new IllegalArgumentException("row and column must be from 0 to " + (KeyStore.MAX_ARRAY - 1)
                    + ", but are " + row + " and " + column);
        }
        if (!Float.isFinite(weight)) {
            throw new IllegalArgumentException("weight must be finite, but is " + weight);
        }
        if (size == rows.length) {
            grow();
        }
        rows[size] = row;
        columns[size] = column;
        weights[size] = weight;
        if (time >= 0 && times == null) {
            times = new long[rows.length];
        }
        if (times != null) {
            times[size] = Math.max(time, 0L);
        }
        weighted |= weight != 1f;
        min = Math.min(min, weight);
        max = Math.max(max, weight);
        size++;
        rowCount = Math.max(rowCount, row + 1);
        columnCount = Math.max(columnCount, column + 1);
        return this;
    }

    private void grow() {
        if (size == KeyStore.MAX_ARRAY) {
            throw new IllegalArgumentException("more than " + size + " interactions do not fit into one data set");
        }
        int capacity = KeyStore.lengthFor(size);
        rows = Arrays.copyOf(rows, capacity);
        columns = Arrays.copyOf(columns, capacity);
        weights = Arrays.copyOf(weights, capacity);
        if (times != null) {
            times = Arrays.copyOf(times, capacity);
        }
    }

    /** Returns the number of entries added so far, repeated ones included. */
    public int size() {
        return size;
    }

    int rowAt(int entry) {
        return rows[entry];
    }

    int columnAt(int entry) {
        return columns[entry];
    }

    float weightAt(int entry) {
        return weights[entry];
    }

    /** Returns the smallest weight added, 0 when there is none. */
    float minWeight() {
        return size == 0 ? 0f : min;
    }

    /** Returns the largest weight added, 0 when there is none. */
    float maxWeight() {
        return size == 0 ? 0f : max;
    }

    /** Builds a matrix just large enough for the entries. */
    public Interactions build(DuplicatePolicy policy) {
        return build(rowCount, columnCount, policy);
    }

    /**
     * Builds a matrix of the given shape. The builder can be used further.
     *
     * @throws IllegalArgumentException if an entry lies outside of the shape, a pair repeats under {@link
     *     DuplicatePolicy#FAIL}, or a sum of weights overflows
     */
    public Interactions build(int rowTotal, int columnTotal, DuplicatePolicy policy) {
        return build(rowTotal, columnTotal, policy, (row, column) -> "row " + row + " and column " + column);
    }

    /** Builds a matrix of the given shape; {@code pairName} turns a row and a column into words for error messages. */
    Interactions build(
            int rowTotal, int columnTotal, DuplicatePolicy policy, BiFunction<Integer, Integer, String> pairName) {
        if (rowTotal < rowCount || columnTotal < columnCount) {
            throw new IllegalArgumentException("entries need a shape of at least " + rowCount + " x " + columnCount
                    + ", but it is " + rowTotal + " x " + columnTotal);
        }
        int[] offsets = new int[rowTotal + 1];
        int[] order = sortByRow(offsets);
        long[] keys = new long[longest(offsets)];
        int[] outColumns = new int[size];
        float[] outWeights = new float[weighted || policy == DuplicatePolicy.SUM ? size : 0];
        long[] outTimes = new long[times == null ? 0 : size];
        boolean nonUnit = false;
        int n = 0;
        int end = 0;
        for (int row = 0; row < rowTotal; row++) {
            int begin = end;
            end = offsets[row + 1];
            offsets[row] = n;
            // Distinct keys: the column, then the order of adding.
            for (int k = begin; k < end; k++) {
                keys[k - begin] = ((long) columns[order[k]] << 32) | (k - begin);
            }
            Arrays.sort(keys, 0, end - begin);
            for (int k = 0; k < end - begin; k++) {
                int e = order[begin + (int) keys[k]];
                float weight = weights[e];
                long time = times == null ? 0L : times[e];
                if (n > offsets[row] && outColumns[n - 1] == columns[e]) {
                    n--;
                    long oldTime = times == null ? 0L : outTimes[n];
                    float oldWeight = outWeights.length == 0 ? 1f : outWeights[n];
                    weight = merge(policy, oldWeight, oldTime, weight, time);
                    if (Float.isNaN(weight)) {
                        throw new IllegalArgumentException(pairName.apply(row, columns[e])
                                + (policy == DuplicatePolicy.FAIL
                                        ? " occur more than once"
                                        : ": the sum of the weights overflows"));
                    }
                    time = Math.max(oldTime, time);
                }
                outColumns[n] = columns[e];
                if (outWeights.length > 0) {
                    outWeights[n] = weight;
                }
                if (outTimes.length > 0) {
                    outTimes[n] = time;
                }
                n++;
            }
        }
        offsets[rowTotal] = n;
        for (int k = 0; k < n && outWeights.length > 0; k++) {
            nonUnit |= outWeights[k] != 1f;
        }
        return new Interactions(
                rowTotal,
                columnTotal,
                offsets,
                n == size ? outColumns : Arrays.copyOf(outColumns, n),
                !nonUnit ? null : n == size ? outWeights : Arrays.copyOf(outWeights, n),
                times == null ? null : n == size ? outTimes : Arrays.copyOf(outTimes, n));
    }

    /** Returns the entries by row, in the order of adding within each, and writes where each row begins. */
    private int[] sortByRow(int[] offsets) {
        for (int k = 0; k < size; k++) {
            offsets[rows[k] + 1]++;
        }
        for (int r = 1; r < offsets.length; r++) {
            offsets[r] += offsets[r - 1];
        }
        int[] next = offsets.clone();
        int[] result = new int[size];
        for (int k = 0; k < size; k++) {
            result[next[rows[k]]++] = k;
        }
        return result;
    }

    private static int longest(int[] offsets) {
        int result = 0;
        for (int r = 1; r < offsets.length; r++) {
            result = Math.max(result, offsets[r] - offsets[r - 1]);
        }
        return result;
    }

    /** Returns the merged weight, or NaN when the policy does not allow to merge. */
    private static float merge(DuplicatePolicy policy, float oldWeight, long oldTime, float weight, long time) {
        return switch (policy) {
            case LAST -> time >= oldTime ? weight : oldWeight;
            case SUM -> Float.isFinite(oldWeight + weight) ? oldWeight + weight : Float.NaN;
            case MAX -> Math.max(oldWeight, weight);
            case FAIL -> Float.NaN;
        };
    }
}
