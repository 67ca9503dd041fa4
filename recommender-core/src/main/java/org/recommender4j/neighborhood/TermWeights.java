package org.recommender4j.neighborhood;

import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Interactions;

/** Turns the weights of a vector's entries into the values that are compared. Immutable; thread-safe. */
final class TermWeights {
    private static final float LARGEST_WEIGHT = (float) 1e15;
    private static final double BM25_K = 1.2;
    private static final double BM25_B = 0.75;

    private final Weighting weighting;
    private final double exponent;
    private final float[] terms;
    private final double averageLength;

    /**
     * Takes the frequencies of the terms from the rows of a matrix.
     *
     * @param exponent the power to which weights are taken; 0 takes each as 1
     * @param frequencyExponent what a term weighs is divided by its frequency to this power
     */
    TermWeights(Interactions vectors, Weighting weighting, double exponent, double frequencyExponent) {
        this.weighting = weighting;
        this.exponent = exponent;
        Interactions index = vectors.transpose();
        terms = new float[index.rows()];
        for (int term = 0; term < terms.length; term++) {
            int frequency = Math.max(1, index.length(term));
            double weight = weighting == Weighting.NONE ? 1 : StrictMath.log((double) vectors.rows() / frequency);
            terms[term] =
                    (float) (frequencyExponent == 0 ? weight : weight * StrictMath.pow(frequency, -frequencyExponent));
        }
        double total = 0;
        for (int p = 0; p < vectors.size(); p++) {
            total += strength(vectors.weight(p), exponent);
        }
        averageLength = total / Math.max(1, vectors.rows());
    }

    /** Returns a weight's power, the weight being taken as at least 0 and at most 1e15. */
    static float strength(float weight, double exponent) {
        if (exponent == 0 || weight == 1f) {
            return 1f;
        }
        float bounded = Math.max(0f, Math.min(weight, LARGEST_WEIGHT));
        return exponent == 1 ? bounded : (float) StrictMath.pow(bounded, exponent);
    }

    /** Returns the values of all rows of a matrix. */
    Interactions of(Interactions vectors) {
        float[] values = null;
        if (weighting != Weighting.NONE || !isUniform() || (vectors.hasWeights() && exponent != 0)) {
            values = new float[vectors.size()];
            for (int row = 0; row < vectors.rows(); row++) {
                fill(vectors.columnIndices(), vectors.weights(), vectors.begin(row), vectors.end(row), values);
            }
        }
        return Interactions.of(vectors.columns(), vectors.offsets(), vectors.columnIndices(), values, null);
    }

    private boolean isUniform() {
        for (float term : terms) {
            if (term != 1f) {
                return false;
            }
        }
        return true;
    }

    /** Writes the values of one vector, all of whose coordinates are known, to the same places of another array. */
    void fill(int[] at, float @Nullable [] weights, int from, int to, float[] values) {
        double length = 0;
        for (int p = from; p < to; p++) {
            values[p] = strength(weights == null ? 1f : weights[p], exponent);
            length += values[p];
        }
        double damping = BM25_K * (1 - BM25_B + BM25_B * length / averageLength);
        for (int p = from; p < to; p++) {
            double w = values[p];
            if (weighting == Weighting.BM25) {
                w = w * (BM25_K + 1) / (w + damping);
            }
            values[p] = (float) (w * terms[at[p]]);
        }
    }
}
