package org.recommender4j.neighborhood;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.util.Footprint;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Training;

/** The most similar others of each vector. */
final class Neighborhoods {
    private static final int ROWS_PER_BLOCK = 64;

    private final Interactions vectors;
    private final Comparison comparison;
    private final int neighbors;
    private final double amplification;
    private final AtomicLong total = new AtomicLong();
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
     * Returns a square matrix with a column per vector: at most {@code neighbors} others as rows, their similarities taken
     * to a power as weights. So row j holds the vectors that have j as a neighbor. Time that of {@link Comparison#find} for each row, on all threads of the training; memory 8 bytes
     * per neighbor, twice for a moment, and per thread that of {@link PairSums}.
     */
    static Interactions of(
            Interactions vectors, Comparison comparison, int neighbors, double amplification, Training training) {
        Neighborhoods all = new Neighborhoods(vectors, comparison, neighbors, amplification);
        // An index and a similarity each, twice when the rows are put together, and the counts of the calling thread.
        footprint(comparison.leastNeighbors(vectors, all.neighbors), 4 * Integer.BYTES)
                .bytes(8.0 * vectors.rows())
                .check();
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
            lengths[row] = best.finish();
            for (int k = 0; k < lengths[row]; k++) {
                found[size] = best.index(k);
                similarities[size++] = amplify(best.value(k), amplification);
            }
        }
        footprint(total.addAndGet(size), 0);
        columns[block] = Arrays.copyOf(found, size);
        values[block] = Arrays.copyOf(similarities, size);
    }

    /** Refuses more neighbors than an array can hold as soon as that is known. */
    private static Footprint footprint(long neighbors, int bytes) {
        return new Footprint("the neighborhood", "a smaller neighbors")
                .array("neighbors of all together", neighbors, 1, bytes);
    }

    static float amplify(float similarity, double amplification) {
        if (amplification == 1) {
            return similarity;
        }
        return amplification == 2 ? similarity * similarity : (float) StrictMath.pow(similarity, amplification);
    }

    /** Turns lists of neighbors, in any order, into rows per neighbor, which ascend because the lists are taken in order. */
    private Interactions join() {
        int n = lengths.length;
        int[] offsets = new int[n + 1];
        for (int[] block : columns) {
            for (int neighbor : block) {
                offsets[neighbor + 1]++;
            }
        }
        for (int row = 0; row < n; row++) {
            offsets[row + 1] += offsets[row];
        }
        int[] next = Arrays.copyOf(offsets, n);
        int[] owners = new int[offsets[n]];
        float[] similarities = new float[offsets[n]];
        int owner = 0;
        for (int block = 0; block < columns.length; block++) {
            int at = 0;
            for (int end = Math.min(n, (block + 1) * ROWS_PER_BLOCK); owner < end; owner++) {
                for (int last = at + lengths[owner]; at < last; at++) {
                    int target = next[columns[block][at]]++;
                    owners[target] = owner;
                    similarities[target] = values[block][at];
                }
            }
            // Lets the memory go as soon as it was copied.
            columns[block] = new int[0];
            values[block] = new float[0];
        }
        return Interactions.of(n, offsets, owners, similarities, null);
    }
}
