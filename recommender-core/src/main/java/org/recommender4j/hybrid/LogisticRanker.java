package org.recommender4j.hybrid;

import org.recommender4j.model.ModelState;

/**
 * Logistic regression: the log-odds that an item is liked is linear in the features. Fitted by Newton's method with a ridge
 * penalty on standardized features; time O(rows features^2) for each of at most 25 steps.
 */
final class LogisticRanker implements Ranker {
    private static final int STEPS = 25;
    private static final double RIDGE = 1.0;

    private final float[] weights;

    private LogisticRanker(float[] weights) {
        this.weights = weights;
    }

    static LogisticRanker restore(ModelState state, int features) {
        return new LogisticRanker(state.finiteFloats("weights", features));
    }

    static LogisticRanker fit(Rows rows) {
        int features = rows.features();
        int n = features + 1;
        double[] mean = new double[features];
        double[] scale = new double[features];
        standardize(rows, mean, scale);
        double[] weights = new double[n];
        double[] x = new double[n];
        double previous = Double.POSITIVE_INFINITY;
        for (int step = 0; step < STEPS; step++) {
            double[][] hessian = new double[n][n];
            double[] gradient = new double[n];
            double loss = 0;
            for (int row = 0; row < rows.size(); row++) {
                double z = 0;
                for (int f = 0; f < n; f++) {
                    x[f] = f == features ? 1 : (rows.value(row, f) - mean[f]) * scale[f];
                    z += weights[f] * x[f];
                }
                double p = 1 / (1 + StrictMath.exp(-z));
                double y = rows.labels()[row] ? 1 : 0;
                loss -= StrictMath.log(Math.max(1e-300, rows.labels()[row] ? p : 1 - p));
                double curvature = Math.max(1e-9, p * (1 - p));
                for (int f = 0; f < n; f++) {
                    gradient[f] += (y - p) * x[f];
                    double scaled = curvature * x[f];
                    for (int g = 0; g <= f; g++) {
                        hessian[f][g] += scaled * x[g];
                    }
                }
            }
            for (int f = 0; f < n; f++) {
                gradient[f] -= f == features ? 0 : RIDGE * weights[f];
                hessian[f][f] += RIDGE;
                loss += f == features ? 0 : RIDGE * weights[f] * weights[f] / 2;
            }
            solve(hessian, gradient);
            double largest = 0;
            for (int f = 0; f < n; f++) {
                // A step of Newton's method may overshoot where the curve is flat.
                double change = Math.max(-5, Math.min(5, gradient[f]));
                weights[f] += change;
                largest = Math.max(largest, Math.abs(change));
            }
            if (largest < 1e-6 || Math.abs(previous - loss) < 1e-9 * Math.abs(loss)) {
                break;
            }
            previous = loss;
        }
        float[] result = new float[features];
        for (int f = 0; f < features; f++) {
            result[f] = (float) (weights[f] * scale[f]);
        }
        return new LogisticRanker(result);
    }

    private static void standardize(Rows rows, double[] mean, double[] scale) {
        for (int f = 0; f < mean.length; f++) {
            double sum = 0;
            for (int row = 0; row < rows.size(); row++) {
                sum += rows.value(row, f);
            }
            mean[f] = rows.size() == 0 ? 0 : sum / rows.size();
            double squares = 0;
            for (int row = 0; row < rows.size(); row++) {
                squares += (rows.value(row, f) - mean[f]) * (rows.value(row, f) - mean[f]);
            }
            double deviation = rows.size() == 0 ? 0 : Math.sqrt(squares / rows.size());
            scale[f] = deviation < 1e-9 ? 0 : 1 / deviation;
        }
    }

    /** Solves a positive definite system, given its lower triangle, in place by Cholesky's method. */
    private static void solve(double[][] a, double[] b) {
        int n = b.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i][k] * a[j][k];
                }
                a[i][j] = i == j ? Math.sqrt(Math.max(1e-12, sum)) : sum / a[j][j];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                b[i] -= a[i][k] * b[k];
            }
            b[i] /= a[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                b[i] -= a[k][i] * b[k];
            }
            b[i] /= a[i][i];
        }
    }

    @Override
    public float score(float[] rows, int k) {
        float sum = 0;
        for (int f = 0; f < weights.length; f++) {
            sum = Math.fma(weights[f], rows[k * weights.length + f], sum);
        }
        return sum;
    }

    @Override
    public ModelState state() {
        return new ModelState().put("weights", weights);
    }
}
