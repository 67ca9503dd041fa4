package org.recommender4j.hybrid;

/** What a ranker learns from: row-major features, and whether the item of a row was liked. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Rows(int features, float[] values, boolean[] labels) {
    int size() {
        return labels.length;
    }

    float value(int row, int feature) {
        return values[row * features + feature];
    }
}
