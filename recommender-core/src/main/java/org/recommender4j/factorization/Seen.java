package org.recommender4j.factorization;

import org.recommender4j.data.Interactions;

/**
 * Tells quickly what the users with long histories have. Of random other items for such a user many are in the history, and
 * to find that out by a bit takes less than their score, while for all others the score is what is asked first. Takes a byte
 * per entry of a long history at most. Immutable; thread-safe.
 */
final class Seen {
    /** A history of at least this part of the catalogue is long. */
    private static final int PART = 8;

    private static final long[] NONE = {};

    private final long[][] bits;

    private Seen(long[][] bits) {
        this.bits = bits;
    }

    /** Prepares for the rows of a matrix. */
    static Seen of(Interactions rows) {
        long[][] bits = new long[rows.rows()][];
        for (int row = 0; row < bits.length; row++) {
            bits[row] = isLong(rows.length(row), rows.columns())
                    ? bits(rows.columnIndices(), rows.begin(row), rows.end(row), rows.columns())
                    : NONE;
        }
        return new Seen(bits);
    }

    /** Returns whether a history is long for a catalogue. */
    static boolean isLong(int length, int items) {
        return length > items / PART;
    }

    /** Returns a set of the items at some places, a bit per item. */
    static long[] bits(int[] items, int from, int to, int count) {
        long[] bits = new long[(count >>> 6) + 1];
        for (int p = from; p < to; p++) {
            bits[items[p] >>> 6] |= 1L << items[p];
        }
        return bits;
    }

    /** Returns whether such a set has an item. */
    static boolean contains(long[] bits, int item) {
        return (bits[item >>> 6] >>> item & 1) != 0;
    }

    /** Returns the set of a row, or an empty array if its history is not long. */
    long[] row(int row) {
        return bits[row];
    }
}
