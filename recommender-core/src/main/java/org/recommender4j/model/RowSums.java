package org.recommender4j.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Interactions;

/**
 * A scorer that adds up some rows of a sparse matrix: the score of a column is the sum of {@code strength * value} over the
 * rows that mention it, in the order of the rows; a column that none of them mentions is {@link #UNSCORED}.
 *
 * <p>Rows are added up when a block of scores is wanted, which costs O(columns + entries of the rows) once, and 4 bytes per
 * column; a few columns are looked up one by one instead, in O(rows log entries) each and without memory. Both give the same
 * bits. Belongs to one thread.
 *
 * @since 0.1
 */
public final class RowSums implements Scorer {
    /** Up to so many listed columns are looked up one by one. */
    private static final int FEW = 16;

    private final Interactions matrix;
    private final int[] rows;
    private final float[] strengths;
    private float @Nullable [] sums;

    /**
     * Says what to add up; the arrays are kept, not copied.
     *
     * @param rows indices of rows
     * @param strengths a factor for each of them
     */
    public RowSums(Interactions matrix, int[] rows, float[] strengths) {
        if (rows.length != strengths.length) {
            throw new IllegalArgumentException(
                    "there must be a strength per row, but there are " + strengths.length + " for " + rows.length);
        }
        this.matrix = matrix;
        this.rows = rows;
        this.strengths = strengths;
    }

    @Override
    public void score(int from, int to, float[] scores) {
        float[] all = sums();
        for (int column = from; column < to; column++) {
            scores[column - from] = finish(all[column]);
        }
    }

    @Override
    public float score(int column) {
        float[] all = sums;
        if (all != null) {
            return finish(all[column]);
        }
        float sum = -0f;
        for (int k = 0; k < rows.length; k++) {
            int at = matrix.find(rows[k], column);
            if (at >= 0) {
                sum += strengths[k] * matrix.weight(at);
            }
        }
        return finish(sum);
    }

    @Override
    public void score(int[] columns, int count, float[] scores) {
        float[] all = count > FEW ? sums() : sums;
        for (int k = 0; k < count; k++) {
            scores[k] = all == null ? score(columns[k]) : finish(all[columns[k]]);
        }
    }

    private float[] sums() {
        float[] all = sums;
        if (all == null) {
            all = new float[matrix.columns()];
            Arrays.fill(all, -0f);
            for (int k = 0; k < rows.length; k++) {
                int begin = matrix.begin(rows[k]);
                add(matrix.columnIndices(), matrix.weights(), begin, matrix.end(rows[k]), strengths[k], all);
            }
            sums = all;
        }
        return all;
    }

    private static void add(
            int[] columns, float @Nullable [] values, int begin, int end, float strength, float[] sums) {
        if (values == null) {
            for (int p = begin; p < end; p++) {
                sums[columns[p]] += strength;
            }
        } else {
            for (int p = begin; p < end; p++) {
                sums[columns[p]] += strength * values[p];
            }
        }
    }

    /*
     * Minus zero marks a column that got nothing: as the start of a sum it changes no value, and no sum becomes minus zero
     * again, x + (-x) and -0 + 0 being plus zero. So one pass tells the two apart without a second array.
     */
    private static float finish(float sum) {
        return Float.floatToRawIntBits(sum) == Integer.MIN_VALUE ? UNSCORED : sum;
    }
}
