package org.recommender4j.factorization;

/** Hands out the vectors of the other side while a row is solved. */
@FunctionalInterface
interface RowSource {
    /** Writes the vector of a column to {@code out[offset ..]}; padding after the factors is zero already or written as zero. */
    void copy(int column, float[] out, int offset);
}
