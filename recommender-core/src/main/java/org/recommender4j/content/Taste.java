package org.recommender4j.content;

import java.util.Arrays;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.FeatureMatrix;

/** What a profile likes: a weighted sum of the rows of its items; the sparse part by ascending column. */
final class Taste {
    final int[] columns;
    final float[] values;
    final float[] dense;

    private Taste(int[] columns, float[] values, float[] dense) {
        this.columns = columns;
        this.values = values;
        this.dense = dense;
    }

    /**
     * Adds up rows.
     *
     * @param count how many of the items to take
     * @param weights one per item
     */
    static Taste of(FeatureMatrix features, int[] items, float[] weights, int count) {
        Interactions sparse = features.sparse();
        int entries = 0;
        for (int k = 0; k < count; k++) {
            entries += sparse.length(items[k]);
        }
        long[] order = new long[entries];
        float[] parts = new float[entries];
        int n = 0;
        for (int k = 0; k < count; k++) {
            for (int p = sparse.begin(items[k]); p < sparse.end(items[k]); p++) {
                parts[n] = weights[k] * sparse.weight(p);
                order[n] = ((long) sparse.column(p) << 32) | n;
                n++;
            }
        }
        Arrays.sort(order);
        int[] columns = new int[entries];
        float[] values = new float[entries];
        int size = 0;
        for (long entry : order) {
            int column = (int) (entry >> 32);
            if (size == 0 || columns[size - 1] != column) {
                columns[size++] = column;
            }
            values[size - 1] += parts[(int) entry];
        }
        int d = features.dimensions();
        float[] dense = new float[d];
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < d; j++) {
                dense[j] = Math.fma(weights[k], features.dense()[items[k] * d + j], dense[j]);
            }
        }
        return new Taste(Arrays.copyOf(columns, size), Arrays.copyOf(values, size), dense);
    }

    /** Returns the root of the sum of squares of both parts. */
    double length() {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        for (float value : dense) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    /** Multiplies all by a factor. */
    void scale(float factor) {
        for (int k = 0; k < values.length; k++) {
            values[k] *= factor;
        }
        for (int k = 0; k < dense.length; k++) {
            dense[k] *= factor;
        }
    }

    boolean isEmpty() {
        return length() == 0;
    }
}
