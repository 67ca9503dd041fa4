package org.recommender4j.neighborhood;

import java.util.Arrays;

/**
 * The k best of what is offered: the largest value first, then the smaller index, in whatever order they come. Reused from row to
 * row; belongs to one thread; 16 bytes per place.
 */
final class BestK {
    /*
     * Pairs of value and index, each in a long that orders them, go to a buffer of twice the places. When it is full, the better half
     * is selected and the worst of it becomes the threshold: a constant time per offer on average, where a heap takes
     * log k for those that enter, which in short rows are most.
     */
    private static final int SMALL = 24;

    private final int k;
    private final long[] buffer;
    private int size;
    private float threshold;

    BestK(int k) {
        this.k = k;
        buffer = new long[Math.max(16, Math.multiplyExact(2, k))];
        clear();
    }

    void clear() {
        size = 0;
        threshold = Float.MIN_VALUE;
    }

    /** Returns what a value must at least be to be kept; never less than the least positive number. */
    float threshold() {
        return threshold;
    }

    /** Offers a value that is at least the threshold. */
    void offer(int index, float value) {
        buffer[size++] = ((long) Float.floatToRawIntBits(value) << 32) | (~index & 0xFFFFFFFFL);
        if (size == buffer.length) {
            shrink();
            threshold = Float.intBitsToFloat((int) (worst() >> 32));
        }
    }

    private void shrink() {
        if (size > k) {
            moveBestToFront(buffer, size, k);
            size = k;
        }
    }

    private long worst() {
        long worst = Long.MAX_VALUE;
        for (int place = 0; place < size; place++) {
            worst = Math.min(worst, buffer[place]);
        }
        return worst;
    }

    /** Ends the offers: leaves the kept pairs, in no particular order, and returns their number. */
    int finish() {
        shrink();
        return size;
    }

    /** Ends the offers: leaves the kept pairs in ascending order of their indices, and returns their number. */
    int finishByIndex() {
        shrink();
        for (int place = 0; place < size; place++) {
            long entry = buffer[place];
            buffer[place] = ((long) ~(int) entry << 32) | (entry >>> 32);
        }
        Arrays.sort(buffer, 0, size);
        for (int place = 0; place < size; place++) {
            long entry = buffer[place];
            buffer[place] = (entry << 32) | (~(int) (entry >> 32) & 0xFFFFFFFFL);
        }
        return size;
    }

    /** Returns the index of the pair at a place. */
    int index(int place) {
        return ~(int) buffer[place];
    }

    /** Returns the value of the pair at a place. */
    float value(int place) {
        return Float.intBitsToFloat((int) (buffer[place] >> 32));
    }

    /** Puts the k largest of the first n numbers, which differ, to the front; quickselect that ends in a sort. */
    private static void moveBestToFront(long[] a, int n, int k) {
        int from = 0;
        int to = n;
        for (int round = 0; to - from > SMALL && round < 40; round++) {
            int last = to - 1;
            long pivot = median(a[from], a[(from + last) >>> 1], a[last]);
            int left = from;
            int right = last;
            while (left <= right) {
                while (a[left] > pivot) {
                    left++;
                }
                while (a[right] < pivot) {
                    right--;
                }
                if (left <= right) {
                    long swap = a[left];
                    a[left++] = a[right];
                    a[right--] = swap;
                }
            }
            // Now from..right are at least the pivot, left..last at most, and what is between is the pivot.
            if (k <= right) {
                to = right + 1;
            } else if (k >= left) {
                from = left;
            } else {
                return;
            }
        }
        Arrays.sort(a, from, to);
        for (int left = from, right = to - 1; left < right; left++, right--) {
            long swap = a[left];
            a[left] = a[right];
            a[right] = swap;
        }
    }

    private static long median(long x, long y, long z) {
        return Math.max(Math.min(x, y), Math.min(Math.max(x, y), z));
    }
}
