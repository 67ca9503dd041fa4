package org.recommender4j.neighborhood;

import java.util.Arrays;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Training;

/** The most similar others of each vector. */
final class Neighborhoods {
    private static final int ROWS_PER_BLOCK = 64;

    private final Interactions vectors;
    private final Comparison comparison;
    private final int neighbors;
    private final double amplification;
    private final int[] lengths;
    private final int[][] columns;
    private final float[][] values;

    private record Memory(PairSums sums, BestK best) {}

    private Neighborhoods(Interactions vectors, Comparison comparison, int neighbors, double amplification) {
        this.vectors = vectors;
        this.comparison = comparison;
        this.neighbors = Math.min(neighbors, Math.max(1, vectors.rows() - 1));
        this.amplification = amplification;
        lengths = new int[vectors.rows()];
        columns = new int[Parallel.blocks(lengths.length, ROWS_PER_BLOCK)][];
        values = new float[columns.length][];
    }

    /**
     * Returns a square matrix with a row per vector: at most {@code neighbors} others as columns, their similarities taken to
     * a power as weights. Time that of {@link Comparison#find} for each row, on all threads of the training; memory 8 bytes
     * per neighbor, twice for a moment, and per thread that of {@link PairSums}.
     */
    static Interactions of(
            Interactions vectors, Comparison comparison, int neighbors, double amplification, Training training) {
        Neighborhoods all = new Neighborhoods(vectors, comparison, neighbors, amplification);
        Parallel.forBlocks(
                vectors.rows(),
                ROWS_PER_BLOCK,
                training.threads(),
                training.executor(),
                () -> new Memory(comparison.sums(), new BestK(all.neighbors)),
                all::findBlock);
        return all.join();
    }

    private void findBlock(int block, int from, int to, Memory memory) {
        BestK best = memory.best;
        int[] found = new int[(to - from) * neighbors];
        float[] similarities = new float[found.length];
        int size = 0;
        for (int row = from; row < to; row++) {
            best.clear();
            comparison.find(
                    row,
                    vectors.columnIndices(),
                    vectors.weights(),
                    vectors.begin(row),
                    vectors.end(row),
                    memory.sums,
                    best);
            best.sortByIndex();
            lengths[row] = best.size();
            for (int k = 0; k < best.size(); k++) {
                found[size] = best.index(k);
                similarities[size++] = amplify(best.value(k), amplification);
            }
        }
        columns[block] = Arrays.copyOf(found, size);
        values[block] = Arrays.copyOf(similarities, size);
    }

    static float amplify(float similarity, double amplification) {
        if (amplification == 1) {
            return similarity;
        }
        return amplification == 2 ? similarity * similarity : (float) StrictMath.pow(similarity, amplification);
    }

    private Interactions join() {
        int[] offsets = new int[lengths.length + 1];
        for (int row = 0; row < lengths.length; row++) {
            offsets[row + 1] = Math.addExact(offsets[row], lengths[row]);
        }
        int[] allColumns = new int[offsets[lengths.length]];
        float[] allValues = new float[allColumns.length];
        int at = 0;
        for (int block = 0; block < columns.length; block++) {
            System.arraycopy(columns[block], 0, allColumns, at, columns[block].length);
            System.arraycopy(values[block], 0, allValues, at, values[block].length);
            at += columns[block].length;
            // Lets the memory go as soon as it was copied.
            columns[block] = new int[0];
            values[block] = new float[0];
        }
        return Interactions.of(lengths.length, offsets, allColumns, allValues, null);
    }
}
