package org.recommender4j.streaming.online;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.recommender4j.internal.kernel.Kernels;

/**
 * Solves one row of an implicit factorization by coordinate descent, against the rows of its events and, through their weighted
 * Gram matrix, all others. Belongs to one thread.
 */
final class EalsSolver {
    /**
     * So many coordinates of all rows are copied together, so that each row is fetched once for them, however many rows there are; a
     * row of 100,000 events takes 6 MB meanwhile.
     */
    private static final int TILE = 16;

    private final int factors;
    private final double regularization;
    private final double unobservedWeight;
    private float[] errors = new float[64];
    private float[] weights = new float[64];
    /** By how much an event weighs more than a pair without one. */
    private double[] extras = new double[64];

    private double[] targets = new double[64];
    private float[][] rows = new float[64][];
    private float[] tile = new float[0];
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

    /** Adds an event with the row on its other side; its weight is negative for a dislike. Tells whether it says anything. */
    boolean add(float @Nullable [] row, float weight) {
        if (row == null || weight == 0f) {
            return false;
        }
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, 2 * count);
            weights = Arrays.copyOf(weights, 2 * count);
            extras = Arrays.copyOf(extras, 2 * count);
            targets = Arrays.copyOf(targets, 2 * count);
            errors = Arrays.copyOf(errors, 2 * count);
        }
        rows[count] = row;
        extras[count] = Math.abs((double) weight) - unobservedWeight;
        targets[count] = Math.max(0, weight);
        weights[count++] = weight;
        return true;
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
        for (int from = 0; from < factors; from += TILE) {
            int to = Math.min(factors, from + TILE);
            copy(from, to);
            for (int f = from; f < to; f++) {
                improve(x, gram, f, (f - from) * count);
            }
        }
    }

    private void copy(int from, int to) {
        if (tile.length < TILE * count) {
            tile = new float[Math.multiplyExact(TILE, count + (count >> 1))];
        }
        for (int k = 0; k < count; k++) {
            float[] row = rows[k];
            for (int f = from, at = k; f < to; f++, at += count) {
                tile[at] = row[f];
            }
        }
    }

    private void improve(float[] x, double[] gram, int f, int column) {
        double above = 0;
        double below = regularization;
        for (int j = 0; j < factors; j++) {
            above -= j == f ? 0 : x[j] * gram[f * factors + j];
        }
        above *= unobservedWeight;
        below += unobservedWeight * gram[f * factors + f];
        for (int k = 0; k < count; k++) {
            float q = tile[column + k];
            above += (targets[k] - extras[k] * (errors[k] - x[f] * q)) * q;
            below += extras[k] * q * q;
        }
        float value = below > 0 ? (float) (above / below) : x[f];
        float change = value - x[f];
        x[f] = value;
        for (int k = 0; k < count && change != 0f; k++) {
            errors[k] += change * tile[column + k];
        }
    }

    /**
     * Returns what each event adds to the product of the solved row with another row: {@code w q^T A^-1 y} for a like, 0 for a dislike,
     * where A is the matrix of the equations that the row solves. By conjugate gradients; O(events x factors) a step.
     *
     * @param y the other row
     * @param gram as in {@link #improve}
     */
    double[] parts(float[] y, double[] gram) {
        double[] x = new double[factors];
        double[] residual = new double[factors];
        Arrays.setAll(residual, f -> y[f]);
        double[] direction = residual.clone();
        double square = dot(residual, residual);
        double small = square * 1e-12;
        for (int step = 0; step < factors && square > small; step++) {
            double[] image = timesMatrix(direction, gram);
            double curvature = dot(direction, image);
            if (!(curvature > 0)) {
                break;
            }
            double length = square / curvature;
            for (int f = 0; f < factors; f++) {
                x[f] += length * direction[f];
                residual[f] -= length * image[f];
            }
            double next = dot(residual, residual);
            for (int f = 0; f < factors; f++) {
                direction[f] = residual[f] + next / square * direction[f];
            }
            square = next;
        }
        double[] parts = new double[count];
        for (int k = 0; k < count; k++) {
            parts[k] = weights[k] > 0 ? weights[k] * dot(rows[k], x) : 0;
        }
        return parts;
    }

    private double[] timesMatrix(double[] v, double[] gram) {
        double[] result = new double[factors];
        for (int f = 0; f < factors; f++) {
            double sum = 0;
            for (int j = 0; j < factors; j++) {
                sum += gram[f * factors + j] * v[j];
            }
            result[f] = regularization * v[f] + unobservedWeight * sum;
        }
        for (int k = 0; k < count; k++) {
            double scale = extras[k] * dot(rows[k], v);
            for (int f = 0; f < factors; f++) {
                result[f] += scale * rows[k][f];
            }
        }
        return result;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int f = 0; f < a.length; f++) {
            sum += a[f] * b[f];
        }
        return sum;
    }

    private static double dot(float[] a, double[] b) {
        double sum = 0;
        for (int f = 0; f < b.length; f++) {
            sum += a[f] * b[f];
        }
        return sum;
    }
}
