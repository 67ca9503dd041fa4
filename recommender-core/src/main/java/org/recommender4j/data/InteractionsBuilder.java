package org.recommender4j.data;

import java.util.Arrays;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects (row, column, weight, time) entries in any order and sorts them into {@link Interactions}.
 *
 * <p>Adding is amortized O(1) and takes 12 bytes an entry, 20 once a time was given. Building is O(entries + rows +
 * columns): two stable counting sorts. Not thread-safe.
 */
public final class InteractionsBuilder {
    private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

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
     * @param row at least 0
     * @param column at least 0
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
        if (row < 0 || column < 0) {
            throw new IllegalArgumentException(
                    "row and column must not be negative, but are " + row + " and " + column);
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
        if (size >= MAX_SIZE) {
            throw new IllegalArgumentException("more than " + MAX_SIZE + " interactions do not fit into one data set");
        }
        int capacity = (int) Math.min(MAX_SIZE, size + (long) (size >> 1) + 16);
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

    /**
     * Builds a matrix of the given shape, naming a pair that must not repeat in the caller's terms.
     *
     * @param pairName turns a row and a column into words for the error message
     */
    public Interactions build(
            int rowTotal, int columnTotal, DuplicatePolicy policy, BiFunction<Integer, Integer, String> pairName) {
        if (rowTotal < rowCount || columnTotal < columnCount) {
            throw new IllegalArgumentException("entries need a shape of at least " + rowCount + " x " + columnCount
                    + ", but it is " + rowTotal + " x " + columnTotal);
        }
        int[] order = stableSort(columns, columnTotal, null);
        order = stableSort(rows, rowTotal, order);
        int[] offsets = new int[rowTotal + 1];
        int[] outColumns = new int[size];
        float[] outWeights = weighted || policy == DuplicatePolicy.SUM ? new float[size] : null;
        long[] outTimes = times == null ? null : new long[size];
        int n = 0;
        int previousRow = -1;
        boolean nonUnit = false;
        for (int k = 0; k < size; k++) {
            int e = order[k];
            int row = rows[e];
            float weight = weights[e];
            long time = times == null ? 0L : times[e];
            boolean repeated = n > 0 && row == previousRow && outColumns[n - 1] == columns[e];
            int target = repeated ? n - 1 : n++;
            if (repeated) {
                long oldTime = outTimes == null ? 0L : outTimes[target];
                float oldWeight = outWeights == null ? 1f : outWeights[target];
                weight = merge(policy, oldWeight, oldTime, weight, time);
                if (Float.isNaN(weight)) {
                    throw new IllegalArgumentException(pairName.apply(row, columns[e])
                            + (policy == DuplicatePolicy.FAIL
                                    ? " occur more than once"
                                    : ": the sum of the weights overflows"));
                }
                time = Math.max(oldTime, time);
            }
            outColumns[target] = columns[e];
            if (outWeights != null) {
                outWeights[target] = weight;
            }
            if (outTimes != null) {
                outTimes[target] = time;
            }
            previousRow = row;
            offsets[row + 1] = n;
        }
        for (int r = 0; r < rowTotal; r++) {
            offsets[r + 1] = Math.max(offsets[r + 1], offsets[r]);
        }
        if (outWeights != null) {
            for (int k = 0; k < n; k++) {
                nonUnit |= outWeights[k] != 1f;
            }
        }
        return new Interactions(
                rowTotal,
                columnTotal,
                offsets,
                trim(outColumns, n),
                nonUnit && outWeights != null
                        ? (n == outWeights.length ? outWeights : Arrays.copyOf(outWeights, n))
                        : null,
                outTimes == null ? null : n == outTimes.length ? outTimes : Arrays.copyOf(outTimes, n));
    }

    private static int[] trim(int[] array, int length) {
        return array.length == length ? array : Arrays.copyOf(array, length);
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

    /** Orders entries by key, ascending and stable; {@code order} null stands for 0, 1, 2, ... */
    private int[] stableSort(int[] keys, int keyCount, int @Nullable [] order) {
        int[] next = new int[keyCount + 1];
        for (int k = 0; k < size; k++) {
            next[keys[k] + 1]++;
        }
        for (int k = 0; k < keyCount; k++) {
            next[k + 1] += next[k];
        }
        int[] result = new int[size];
        for (int k = 0; k < size; k++) {
            int e = order == null ? k : order[k];
            result[next[keys[e]]++] = e;
        }
        return result;
    }
}
