package org.recommender4j.streaming.online;

import org.jspecify.annotations.Nullable;
import org.recommender4j.internal.kernel.Kernels;

/**
 * Solves one row of an implicit factorization by coordinate descent, against the rows of its events and, through their weighted
 * Gram matrix, all others. Belongs to one thread.
 */
final class EalsSolver {
    private final int factors;
    private final double regularization;
    private final double unobservedWeight;
    private float[] errors = new float[64];
    private float[] weights = new float[64];
    private float[][] rows = new float[64][];
    private int count;

    EalsSolver(IncrementalMf options) {
        factors = options.factors;
        regularization = options.regularization;
        unobservedWeight = options.unobservedWeight;
    }

    /** Begins a row. */
    void clear() {
        count = 0;
    }

    /** Adds an event with the row on its other side; its weight is negative for a dislike. */
    void add(float @Nullable [] row, float weight) {
        if (row == null || weight == 0f) {
            return;
        }
        if (count == rows.length) {
            rows = java.util.Arrays.copyOf(rows, 2 * count);
            weights = java.util.Arrays.copyOf(weights, 2 * count);
            errors = java.util.Arrays.copyOf(errors, 2 * count);
        }
        rows[count] = row;
        weights[count++] = weight;
    }

    /**
     * Improves a row once in each coordinate.
     *
     * @param x the row, changed
     * @param gram factors x factors, the sum of q q^T over all rows of the other side
     */
    void improve(float[] x, double[] gram) {
        // errors[k]: what is predicted for event k.
        for (int k = 0; k < count; k++) {
            errors[k] = Kernels.dot(x, 0, rows[k], 0, factors);
        }
        for (int f = 0; f < factors; f++) {
            double above = 0;
            double below = regularization;
            for (int j = 0; j < factors; j++) {
                above -= j == f ? 0 : x[j] * gram[f * factors + j];
            }
            above *= unobservedWeight;
            below += unobservedWeight * gram[f * factors + f];
            for (int k = 0; k < count; k++) {
                float q = rows[k][f];
                double w = Math.abs(weights[k]);
                double target = weights[k] > 0 ? w : 0;
                double extra = w - unobservedWeight;
                above += (target - extra * (errors[k] - x[f] * q)) * q;
                below += extra * q * q;
            }
            float value = below > 0 ? (float) (above / below) : x[f];
            float change = value - x[f];
            x[f] = value;
            for (int k = 0; k < count && change != 0f; k++) {
                errors[k] += change * rows[k][f];
            }
        }
    }
}
