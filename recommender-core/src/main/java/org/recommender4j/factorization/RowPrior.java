package org.recommender4j.factorization;

import java.util.Arrays;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Training;

/**
 * What is said of a row's n = d + 1 numbers, d factors and a bias, apart from its ratings; for one or more draws, whose
 * arrays lie one after the other. All in units of the precision of a rating.
 *
 * @param precision n x n: the inverse covariance around a mean
 * @param gram n x n: the quadratic term of all pairs without regard to whether they are rated
 * @param pull n: the linear term of those pairs
 * @param ridge n: a diagonal, to be multiplied by a power of the number of ratings
 * @param exponent that power; 0 makes the diagonal the same for all rows
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
record RowPrior(float[] precision, float[] gram, float[] pull, float[] ridge, double exponent) {
    /** Returns the number by which the diagonal is multiplied. */
    float scale(int ratings) {
        return exponent == 0 ? 1f : (float) StrictMath.pow(Math.max(1, ratings), exponent);
    }

    /** Returns the diagonal of a model with so many factors and a bias. */
    static float[] ridge(int factors, double ofFactors, double ofBias) {
        float[] ridge = new float[factors + 1];
        Arrays.fill(ridge, (float) ofFactors);
        ridge[factors] = (float) ofBias;
        return ridge;
    }

    /**
     * Returns a prior for the rows that are solved with the other side as it is: the product of all pairs of factors is
     * drawn to a value.
     */
    static RowPrior of(
            float[] precision,
            float[] ridge,
            double exponent,
            RatingSide other,
            Unobserved unobserved,
            Training training) {
        int d = other.factors;
        int n = d + 1;
        float[] gram = new float[n * n];
        float[] pull = new float[n];
        if (unobserved.weight() > 0) {
            double[][] sums = Gram.of(other.vectors, other.count, n, training);
            for (int r = 0; r < d; r++) {
                for (int c = 0; c < d; c++) {
                    gram[r * n + c] = (float) (unobserved.weight() * sums[r][c]);
                }
            }
            double[] sum = new double[d];
            for (int row = 0; row < other.count; row++) {
                for (int k = 0; k < d; k++) {
                    sum[k] += other.vectors[row * other.stride + k];
                }
            }
            for (int k = 0; k < d; k++) {
                pull[k] = (float) (unobserved.weight() * unobserved.value() * sum[k]);
            }
        }
        return new RowPrior(precision, gram, pull, ridge, exponent);
    }

    /** The weight of a pair of a user and an item without regard to whether it is rated, and what its product is drawn to. */
    record Unobserved(double weight, double value) {
        /**
         * Returns the weight that gives all pairs together a share of the weight of all ratings.
         *
         * @param deviations the value, in standard deviations of the ratings
         */
        static Unobserved of(RatingData data, double share, double deviations) {
            double pairs = (double) data.ratings.rows() * data.ratings.columns();
            return new Unobserved(pairs == 0 ? 0 : share * data.ratings.size() / pairs, deviations * data.deviation);
        }
    }

    /** Returns the priors of several draws as one. */
    static RowPrior join(RowPrior[] draws) {
        int count = draws.length;
        int n = draws[0].pull.length;
        float[] precisions = new float[count * n * n];
        float[] grams = new float[count * n * n];
        float[] pulls = new float[count * n];
        float[] ridges = new float[count * n];
        for (int k = 0; k < count; k++) {
            System.arraycopy(draws[k].precision, 0, precisions, k * n * n, n * n);
            System.arraycopy(draws[k].gram, 0, grams, k * n * n, n * n);
            System.arraycopy(draws[k].pull, 0, pulls, k * n, n);
            System.arraycopy(draws[k].ridge, 0, ridges, k * n, n);
        }
        return new RowPrior(precisions, grams, pulls, ridges, draws[0].exponent);
    }

    static RowPrior restore(ModelState state, long draws, long n) {
        return new RowPrior(
                state.finiteFloats("precisions", draws * n * n),
                state.finiteFloats("grams", draws * n * n),
                state.finiteFloats("pulls", draws * n),
                state.finiteFloats("ridges", draws * n),
                state.number("regularizationExponent", 0, 2));
    }

    void addTo(ModelState state, long draws, long n) {
        state.put("precisions", precision, draws, n, n)
                .put("grams", gram, draws, n, n)
                .put("pulls", pull, draws, n)
                .put("ridges", ridge, draws, n)
                .put("regularizationExponent", Double.toString(exponent));
    }
}
