package org.recommender4j.streaming.online;

import java.util.function.IntPredicate;

/**
 * Finds what belongs to an item in a long list: values by the hash of the item, in open addressing. It does not know the items; who
 * asks tells which value is the right one. Nothing is removed: a value that is right for no item any more is passed over. 4 bytes
 * a place, at most half of them used.
 */
final class ItemIndex {
    private final int[] values;
    private int used;

    /** Makes an index with room for as many values again as there are now. */
    ItemIndex(int now) {
        values = new int[Integer.highestOneBit(Math.max(16, now)) << 2];
    }

    boolean isFull() {
        return 2 * used >= values.length;
    }

    private int first(int item) {
        int h = item * 0x9E3779B9;
        return (h ^ (h >>> 15)) & (values.length - 1);
    }

    /** Adds a value, at least 0. */
    void add(int item, int value) {
        int k = first(item);
        while (values[k] != 0) {
            k = (k + 1) & (values.length - 1);
        }
        values[k] = value + 1;
        used++;
    }

    /** Returns the value of an item that is the right one, or -1. */
    int find(int item, IntPredicate isRight) {
        for (int k = first(item); values[k] != 0; k = (k + 1) & (values.length - 1)) {
            if (isRight.test(values[k] - 1)) {
                return values[k] - 1;
            }
        }
        return -1;
    }
}
