package org.recommender4j.factorization;

import java.util.Arrays;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.FeatureMatrix;
import org.recommender4j.model.Training;

/**
 * Predicts vectors from features by linear least squares: W minimizes {@code sum_r c_r |v_r - x_r W|^2 + lambda |W|^2} over
 * rows r with features x_r, vector v_r and weight c_r.
 *
 * <p>Solved for all d columns of W at once by conjugate gradients (Hestenes, Stiefel 1952) without ever forming the matrix of the
 * normal equations. Time O(steps d (feature values + rows x dense columns)), memory 16 bytes per feature column and dimension.
 */
final class FeatureRidge {
    private static final int STEPS = 40;
    private static final double TOLERANCE = 1e-3;
    private static final int BLOCK = 256;

    private final FeatureMatrix features;
    private final Interactions rowsOfColumn;
    private final int d;
    private final int stride;
    private final Training training;

    FeatureRidge(FeatureMatrix features, int d, Training training) {
        this.features = features;
        this.d = d;
        this.training = training;
        stride = Kernels.stride(d);
        rowsOfColumn = features.sparse().transpose();
    }

    private int columns() {
        return (int) columns(features);
    }

    /** Returns how many columns the map of a matrix has. */
    static long columns(FeatureMatrix features) {
        return (long) features.sparse().columns() + features.dimensions();
    }

    /**
     * Returns the predicted vector of each row, row-major with d columns.
     *
     * @param vectors what to predict, row-major with d columns
     * @param weights one per row, 0 for a row to learn nothing from
     */
    float[] predict(float[] vectors, float[] weights, double regularization) {
        int rows = features.rows();
        float[] targets = new float[rows * stride];
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < d; k++) {
                targets[row * stride + k] = weights[row] * vectors[row * d + k];
            }
        }
        float[] fitted = new float[rows * stride];
        multiply(solve(targets, fitted, weights, (float) regularization), fitted);
        float[] result = new float[rows * d];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(fitted, row * stride, result, row * d, d);
        }
        return result;
    }

    private float[] solve(float[] targets, float[] scratch, float[] weights, float regularization) {
        int size = columns() * stride;
        float[] w = new float[size];
        float[] residual = new float[size];
        multiplyTransposed(targets, residual);
        float[] direction = residual.clone();
        float[] image = new float[size];
        double[] norms = dots(residual, residual);
        double[] first = norms.clone();
        for (int step = 0; step < STEPS && !isSmall(norms, first); step++) {
            multiply(direction, scratch);
            for (int row = 0; row < weights.length; row++) {
                Kernels.scale(weights[row], scratch, row * stride, scratch, row * stride, stride);
            }
            multiplyTransposed(scratch, image);
            Kernels.axpy(regularization, direction, 0, image, 0, size);
            double[] curvature = dots(direction, image);
            float[] alpha = new float[stride];
            for (int k = 0; k < d; k++) {
                alpha[k] = curvature[k] > 0 ? (float) (norms[k] / curvature[k]) : 0f;
            }
            for (int at = 0; at < size; at += stride) {
                for (int k = 0; k < d; k++) {
                    w[at + k] = Math.fma(alpha[k], direction[at + k], w[at + k]);
                    residual[at + k] = Math.fma(-alpha[k], image[at + k], residual[at + k]);
                }
            }
            double[] next = dots(residual, residual);
            float[] beta = new float[stride];
            for (int k = 0; k < d; k++) {
                beta[k] = norms[k] > 0 ? (float) (next[k] / norms[k]) : 0f;
            }
            for (int at = 0; at < size; at += stride) {
                for (int k = 0; k < d; k++) {
                    direction[at + k] = Math.fma(beta[k], direction[at + k], residual[at + k]);
                }
            }
            norms = next;
        }
        return w;
    }

    private boolean isSmall(double[] norms, double[] first) {
        for (int k = 0; k < d; k++) {
            if (norms[k] > TOLERANCE * TOLERANCE * first[k]) {
                return false;
            }
        }
        return true;
    }

    /** One dot product per dimension, over all rows. */
    private double[] dots(float[] a, float[] b) {
        double[] sums = new double[d];
        for (int at = 0; at < a.length; at += stride) {
            for (int k = 0; k < d; k++) {
                sums[k] += (double) a[at + k] * b[at + k];
            }
        }
        return sums;
    }

    /** Writes X w: each row's features times the columns' vectors. */
    private void multiply(float[] w, float[] out) {
        Interactions sparse = features.sparse();
        int first = sparse.columns();
        Parallel.forBlocks(features.rows(), BLOCK, training.threads(), training.executor(), (block, from, to, none) -> {
            for (int row = from; row < to; row++) {
                Arrays.fill(out, row * stride, (row + 1) * stride, 0f);
                for (int p = sparse.begin(row); p < sparse.end(row); p++) {
                    Kernels.axpy(sparse.weight(p), w, sparse.column(p) * stride, out, row * stride, stride);
                }
                for (int k = 0; k < features.dimensions(); k++) {
                    float value = features.dense()[row * features.dimensions() + k];
                    Kernels.axpy(value, w, (first + k) * stride, out, row * stride, stride);
                }
            }
        });
    }

    /** Writes X' v: each column's rows added up. */
    private void multiplyTransposed(float[] v, float[] out) {
        int first = features.sparse().columns();
        Parallel.forBlocks(columns(), BLOCK, training.threads(), training.executor(), (block, from, to, none) -> {
            for (int column = from; column < to; column++) {
                Arrays.fill(out, column * stride, (column + 1) * stride, 0f);
                if (column < first) {
                    for (int p = rowsOfColumn.begin(column); p < rowsOfColumn.end(column); p++) {
                        Kernels.axpy(
                                rowsOfColumn.weight(p),
                                v,
                                rowsOfColumn.column(p) * stride,
                                out,
                                column * stride,
                                stride);
                    }
                } else {
                    for (int row = 0; row < features.rows(); row++) {
                        float value = features.dense()[row * features.dimensions() + column - first];
                        Kernels.axpy(value, v, row * stride, out, column * stride, stride);
                    }
                }
            }
        });
    }
}
