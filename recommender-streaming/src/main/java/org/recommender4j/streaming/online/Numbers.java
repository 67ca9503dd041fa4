package org.recommender4j.streaming.online;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A growing array of numbers, 0 at first, that one thread writes and any number reads. Each number is read as it was written
 * at some moment, never as half of one. Memory: 8 bytes a place, in pieces of 1024.
 */
final class Numbers {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(double[].class);
    private static final int BITS = 10;
    private static final int SIZE = 1 << BITS;
    private static final double[] EMPTY = new double[SIZE];

    private volatile double[][] pieces = {};

    double get(int index) {
        double[][] all = pieces;
        int at = index >> BITS;
        return at < all.length ? (double) ELEMENT.getOpaque(all[at], index & (SIZE - 1)) : 0.0;
    }

    void set(int index, double value) {
        int at = index >> BITS;
        if (at >= pieces.length) {
            int old = pieces.length;
            double[][] larger = Arrays.copyOf(pieces, Math.max(at + 1, old + (old >> 1)));
            Arrays.fill(larger, old, larger.length, EMPTY);
            pieces = larger;
        }
        if (pieces[at] == EMPTY) {
            double[][] copy = pieces.clone();
            copy[at] = new double[SIZE];
            pieces = copy;
        }
        ELEMENT.setOpaque(pieces[at], index & (SIZE - 1), value);
    }

    void add(int index, double value) {
        set(index, get(index) + value);
    }

    /** Returns a copy with each of the first n numbers multiplied. */
    Numbers scaled(int n, double factor) {
        Numbers result = new Numbers();
        for (int k = 0; k < n; k++) {
            double value = get(k);
            if (value != 0.0) {
                result.set(k, value * factor);
            }
        }
        return result;
    }
}
