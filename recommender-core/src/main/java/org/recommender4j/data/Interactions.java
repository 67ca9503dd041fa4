package org.recommender4j.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sparse matrix in compressed sparse row (CSR) form: who interacted with what, how strongly and when.
 *
 * <p>Row {@code r} occupies the positions {@code begin(r)} (inclusive) to {@code end(r)} (exclusive); within a row the
 * columns ascend and never repeat. Usually rows are users and columns are items; {@link #transpose()} is the other view,
 * made once on first use and kept.
 *
 * <pre>{@code
 * offsets   [ 0 | 2 | 2 | 5 ]            row 0: positions 0..1, row 1: empty, row 2: positions 2..4
 * columns   [ 3 7 | 0 3 9 ]
 * weights   [ 1 2 | 1 1 4 ]              absent when every weight is 1
 * times     [ t t | t t t ]              absent when no time is known
 * }</pre>
 *
 * <p>Memory: 4 bytes per row, and per interaction 4 bytes, plus 4 with weights, plus 8 with times. The transposed view
 * takes the same without times. Thread-safe.
 */
public final class Interactions {
    private final int rows;
    private final int columns;
    private final int[] offsets;
    private final int[] columnIndices;
    private final float @Nullable [] weights;
    private final long @Nullable [] times;
    private volatile @Nullable Interactions transposed;

    Interactions(
            int rows,
            int columns,
            int[] offsets,
            int[] columnIndices,
            float @Nullable [] weights,
            long @Nullable [] times) {
        this.rows = rows;
        this.columns = columns;
        this.offsets = offsets;
        this.columnIndices = columnIndices;
        this.weights = weights;
        this.times = times;
    }

    /**
     * Wraps CSR arrays after checking them; the arrays are kept, not copied.
     *
     * @param columns number of columns, at least 0
     * @param offsets length rows + 1, ascending from 0 to {@code columnIndices.length}
     * @param columnIndices strictly ascending within each row, in {@code [0, columns)}
     * @param weights one finite number per entry, or null when each is 1
     * @param times milliseconds since the epoch, one per entry, not negative; or null
     * @throws IllegalArgumentException if an array breaks these rules
     */
    public static Interactions of(
            int columns, int[] offsets, int[] columnIndices, float @Nullable [] weights, long @Nullable [] times) {
        require(columns >= 0, "columns must not be negative");
        require(offsets.length >= 1 && offsets[0] == 0, "offsets must start with 0");
        require(offsets[offsets.length - 1] == columnIndices.length, "the last offset must be the number of entries");
        require(weights == null || weights.length == columnIndices.length, "one weight per entry is needed");
        require(times == null || times.length == columnIndices.length, "one time per entry is needed");
        int rows = offsets.length - 1;
        for (int r = 0; r < rows; r++) {
            require(
                    offsets[r] <= offsets[r + 1] && offsets[r + 1] <= columnIndices.length,
                    "offsets must ascend up to the number of entries");
            int previous = -1;
            for (int p = offsets[r]; p < offsets[r + 1]; p++) {
                int c = columnIndices[p];
                require(c > previous && c < columns, "columns of a row must ascend strictly and lie in [0, columns)");
                require(weights == null || Float.isFinite(weights[p]), "weights must be finite");
                require(times == null || times[p] >= 0, "times must not be negative");
                previous = c;
            }
        }
        return new Interactions(rows, columns, offsets, columnIndices, weights, times);
    }

    /** Returns a matrix of the given shape without entries. */
    public static Interactions empty(int rows, int columns) {
        return new Interactions(rows, columns, new int[rows + 1], new int[0], null, null);
    }

    /** Starts collecting entries in any order. */
    public static InteractionsBuilder builder() {
        return new InteractionsBuilder();
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Returns the number of rows. */
    public int rows() {
        return rows;
    }

    /** Returns the number of columns. */
    public int columns() {
        return columns;
    }

    /**
     * Returns one more than the largest column with an entry, O(entries). A file may say that there are many more, for which
     * nobody should allocate memory.
     */
    public int usedColumns() {
        int largest = -1;
        for (int column : columnIndices) {
            largest = Math.max(largest, column);
        }
        return largest + 1;
    }

    /** Returns the number of entries. */
    public int size() {
        return columnIndices.length;
    }

    /** Returns the first position of a row. */
    public int begin(int row) {
        return offsets[row];
    }

    /** Returns the position after the last one of a row. */
    public int end(int row) {
        return offsets[row + 1];
    }

    /** Returns the number of entries of a row. */
    public int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** Returns the column at a position. */
    public int column(int position) {
        return columnIndices[position];
    }

    /** Returns the weight at a position; 1 for a matrix without weights. */
    public float weight(int position) {
        return weights == null ? 1f : weights[position];
    }

    /** Returns the time at a position in milliseconds since the epoch; 0 for a matrix without times. */
    public long time(int position) {
        return times == null ? 0L : times[position];
    }

    /** Tells whether weights other than 1 are stored. */
    public boolean hasWeights() {
        return weights != null;
    }

    /** Tells whether times are stored. */
    public boolean hasTimes() {
        return times != null;
    }

    /** Returns the row offsets, length rows + 1. The array is shared: it must not be written to. */
    public int[] offsets() {
        return offsets;
    }

    /** Returns the columns of all entries, row by row. The array is shared: it must not be written to. */
    public int[] columnIndices() {
        return columnIndices;
    }

    /** Returns the weights of all entries, or null when each is 1. The array is shared: it must not be written to. */
    public float @Nullable [] weights() {
        return weights;
    }

    /** Returns the times of all entries, or null when none is known. The array is shared: it must not be written to. */
    public long @Nullable [] times() {
        return times;
    }

    /** Returns the columns of a row, ascending, as a new array. */
    public int[] row(int row) {
        return Arrays.copyOfRange(columnIndices, offsets[row], offsets[row + 1]);
    }

    /** Returns the position of an entry, or a negative number; O(log row length). */
    public int find(int row, int column) {
        return Arrays.binarySearch(columnIndices, offsets[row], offsets[row + 1], column);
    }

    /** Tells whether an entry exists; O(log row length). */
    public boolean contains(int row, int column) {
        return find(row, column) >= 0;
    }

    /** Returns the number of entries of each column as a new array; O(entries). */
    public int[] columnLengths() {
        int[] result = new int[columns];
        for (int c : columnIndices) {
            result[c]++;
        }
        return result;
    }

    /**
     * Returns this matrix with rows and columns exchanged, without times. Made on the first call in O(entries) and kept;
     * the transposed of the transposed is this matrix.
     */
    public Interactions transpose() {
        Interactions result = transposed;
        if (result == null) {
            synchronized (this) {
                result = transposed;
                if (result == null) {
                    result = makeTranspose();
                    result.transposed = this;
                    transposed = result;
                }
            }
        }
        return result;
    }

    private Interactions makeTranspose() {
        int[] starts = new int[columns + 1];
        for (int c : columnIndices) {
            starts[c + 1]++;
        }
        for (int c = 0; c < columns; c++) {
            starts[c + 1] += starts[c];
        }
        int[] next = Arrays.copyOf(starts, columns);
        int[] rowIndices = new int[columnIndices.length];
        float[] moved = weights == null ? null : new float[columnIndices.length];
        for (int r = 0; r < rows; r++) {
            for (int p = offsets[r]; p < offsets[r + 1]; p++) {
                int target = next[columnIndices[p]]++;
                rowIndices[target] = r;
                if (moved != null) {
                    moved[target] = Objects.requireNonNull(weights)[p];
                }
            }
        }
        return new Interactions(columns, rows, starts, rowIndices, moved, null);
    }

    /**
     * Returns a matrix of the same shape with the entries whose weight is at least the threshold. With {@code binary} each
     * remaining weight becomes 1. Returns this matrix when nothing would change.
     */
    public Interactions atLeast(float threshold, boolean binary) {
        float[] old = weights;
        if (old == null) {
            return threshold <= 1f ? this : empty(rows, columns);
        }
        int kept = 0;
        for (float w : old) {
            kept += w >= threshold ? 1 : 0;
        }
        if (kept == old.length && !binary) {
            return this;
        }
        int[] newOffsets = new int[rows + 1];
        int[] newColumns = new int[kept];
        float[] newWeights = binary ? null : new float[kept];
        long[] newTimes = times == null ? null : new long[kept];
        int n = 0;
        for (int r = 0; r < rows; r++) {
            for (int p = offsets[r]; p < offsets[r + 1]; p++) {
                if (old[p] >= threshold) {
                    newColumns[n] = columnIndices[p];
                    if (newWeights != null) {
                        newWeights[n] = old[p];
                    }
                    if (newTimes != null) {
                        newTimes[n] = Objects.requireNonNull(times)[p];
                    }
                    n++;
                }
            }
            newOffsets[r + 1] = n;
        }
        return new Interactions(rows, columns, newOffsets, newColumns, newWeights, newTimes);
    }

    /** Feeds all content to a digest. */
    void digest(Fingerprint to) {
        to.add(rows);
        to.add(columns);
        to.add(offsets);
        to.add(columnIndices);
        to.add(weights == null ? 0 : 1);
        if (weights != null) {
            to.add(weights);
        }
        to.add(times == null ? 0 : 1);
        if (times != null) {
            to.add(times);
        }
    }

    /**
     * Returns the entries at some positions; the shape stays.
     *
     * @param positions of entries, see {@link #begin}
     */
    public Interactions only(BitSet positions) {
        int[] kept = new int[rows() + 1];
        int[] chosen = positions.stream().toArray();
        int[] keptColumns = new int[chosen.length];
        float[] keptWeights = weights == null ? null : new float[chosen.length];
        long[] keptTimes = times == null ? null : new long[chosen.length];
        int row = 0;
        for (int n = 0; n < chosen.length; n++) {
            while (chosen[n] >= end(row)) {
                kept[++row] = n;
            }
            keptColumns[n] = columnIndices[chosen[n]];
            if (keptWeights != null && weights != null) {
                keptWeights[n] = weights[chosen[n]];
            }
            if (keptTimes != null && times != null) {
                keptTimes[n] = times[chosen[n]];
            }
        }
        Arrays.fill(kept, row + 1, kept.length, chosen.length);
        return of(columns(), kept, keptColumns, keptWeights, keptTimes);
    }

    /** Returns the place of each column among all of them by falling number of entries, ties by smaller index; 0 is the first. */
    public int[] popularityRanks() {
        Interactions byColumn = transpose();
        long[] keys = new long[columns()];
        Arrays.setAll(keys, column -> ((long) -byColumn.length(column) << 32) | column);
        Arrays.sort(keys);
        int[] ranks = new int[keys.length];
        for (int place = 0; place < keys.length; place++) {
            ranks[(int) keys[place]] = place;
        }
        return ranks;
    }

    @Override
    public String toString() {
        return "Interactions[" + rows + " x " + columns + ", " + size() + " entries]";
    }
}
