package org.recommender4j.streaming;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The items of a history, ascending, with what is known of each. Whoever has it only reads.
 *
 * @param derived which weights are no ratings of the user's, but concluded from other events; null for none
 */
record Row(int[] items, float[] weights, long[] times, boolean @Nullable [] derived) {
    static final Row EMPTY = new Row(new int[0], new float[0], new long[0], null);

    int size() {
        return items.length;
    }

    /** Returns the position of an item, or a negative number. */
    int find(int item) {
        return Arrays.binarySearch(items, item);
    }

    boolean isDerived(int at) {
        return derived != null && derived[at];
    }
}
