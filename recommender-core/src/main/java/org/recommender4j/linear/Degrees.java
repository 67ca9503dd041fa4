package org.recommender4j.linear;

import org.recommender4j.data.Interactions;

/** How long the rows of a matrix are. */
final class Degrees {
    private Degrees() {}

    /** Returns a power of each row's number of entries; 0 for an empty row. */
    static float[] powers(Interactions rows, double exponent) {
        float[] result = new float[rows.rows()];
        for (int row = 0; row < result.length; row++) {
            int degree = rows.length(row);
            result[row] = degree == 0 ? 0f : exponent == 0 ? 1f : (float) StrictMath.pow(degree, exponent);
        }
        return result;
    }
}
