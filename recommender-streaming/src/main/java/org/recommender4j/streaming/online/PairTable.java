package org.recommender4j.streaming.online;

import java.util.Arrays;

/**
 * Sums and numbers of updates by pair of items, in open addressing. Split by the pair, so that growing one part delays an
 * event by no more than that part takes. 20 bytes a place, at most two thirds of them used. Belongs to the thread that writes.
 */
final class PairTable {
    private static final int PARTS = 256;
    private static final long FREE = -1L;

    private final Part[] parts = new Part[PARTS];

    PairTable() {
        for (int k = 0; k < PARTS; k++) {
            parts[k] = new Part();
        }
    }

    static final class Part {
        private long[] keys = newKeys(16);
        private double[] sums = new double[16];
        private int[] counts = new int[16];
        private int used;

        private static long[] newKeys(int n) {
            long[] keys = new long[n];
            Arrays.fill(keys, FREE);
            return keys;
        }

        /** Returns the place of a key, which is made when it is missing. */
        int place(long key) {
            if (3 * (used + 1) > 2 * keys.length) {
                grow();
            }
            int k = find(key);
            if (keys[k] == FREE) {
                keys[k] = key;
                used++;
            }
            return k;
        }

        private int find(long key) {
            int mask = keys.length - 1;
            int k = (int) (mix(key) >>> 8) & mask;
            while (keys[k] != key && keys[k] != FREE) {
                k = (k + 1) & mask;
            }
            return k;
        }

        /** Makes room, by leaving out pairs that count nothing any more or by doubling. */
        private void grow() {
            int live = 0;
            for (int count : counts) {
                live += count != 0 ? 1 : 0;
            }
            long[] oldKeys = keys;
            double[] oldSums = sums;
            int[] oldCounts = counts;
            int length = 2 * live > oldKeys.length / 2 ? 2 * oldKeys.length : oldKeys.length;
            keys = newKeys(length);
            sums = new double[length];
            counts = new int[length];
            used = 0;
            for (int k = 0; k < oldKeys.length; k++) {
                if (oldKeys[k] != FREE && oldCounts[k] != 0) {
                    int to = place(oldKeys[k]);
                    sums[to] = oldSums[k];
                    counts[to] = oldCounts[k];
                }
            }
        }

        double sum(int place) {
            return sums[place];
        }

        int count(int place) {
            return counts[place];
        }

        void set(int place, double sum, int count) {
            sums[place] = sum;
            counts[place] = count;
        }
    }

    private static long mix(long key) {
        long h = key * 0x9E3779B97F4A7C15L;
        return h ^ (h >>> 32);
    }

    static long key(int a, int b) {
        return ((long) Math.min(a, b) << 32) | Math.max(a, b);
    }

    Part part(long key) {
        return parts[(int) mix(key) & (PARTS - 1)];
    }

    /** Multiplies all sums. */
    void scale(double factor) {
        for (Part part : parts) {
            for (int k = 0; k < part.sums.length; k++) {
                part.sums[k] *= factor;
            }
        }
    }

    /** Returns the keys whose count is the given one, ascending. */
    long[] keysWithCount(int count) {
        return Arrays.stream(parts)
                .flatMapToLong(part -> java.util.stream.IntStream.range(0, part.keys.length)
                        .filter(k -> part.keys[k] != FREE && part.counts[k] == count)
                        .mapToLong(k -> part.keys[k]))
                .sorted()
                .toArray();
    }
}
