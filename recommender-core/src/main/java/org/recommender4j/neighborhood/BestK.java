package org.recommender4j.neighborhood;

import java.util.Arrays;

/**
 * The k best of what is offered: the largest value first, then the smaller index, in whatever order they come. A heap of
 * (value, index) pairs, each in a {@code long}. Reused from row to row; belongs to one thread.
 */
final class BestK {
    private final long[] heap;
    private int size;
    private float threshold;

    BestK(int k) {
        heap = new long[k];
        clear();
    }

    void clear() {
        size = 0;
        threshold = Float.MIN_VALUE;
    }

    int size() {
        return size;
    }

    /** Returns what a value must at least be to be kept; never less than the least positive number. */
    float threshold() {
        return threshold;
    }

    /** Offers a value that is at least the threshold. */
    void offer(int index, float value) {
        long entry = ((long) Float.floatToRawIntBits(value) << 32) | (~index & 0xFFFFFFFFL);
        if (size < heap.length) {
            siftUp(entry, size++);
        } else if (entry > heap[0]) {
            siftDown(entry);
        }
        if (size == heap.length) {
            threshold = Float.intBitsToFloat((int) (heap[0] >> 32));
        }
    }

    /** Puts the kept pairs in ascending order of their indices. */
    void sortByIndex() {
        for (int k = 0; k < size; k++) {
            long entry = heap[k];
            heap[k] = ((long) ~(int) entry << 32) | (entry >>> 32);
        }
        Arrays.sort(heap, 0, size);
        for (int k = 0; k < size; k++) {
            long entry = heap[k];
            heap[k] = (entry << 32) | (~(int) (entry >> 32) & 0xFFFFFFFFL);
        }
    }

    /** Returns the index of the pair at a place of the present order. */
    int index(int place) {
        return ~(int) heap[place];
    }

    /** Returns the value of the pair at a place of the present order. */
    float value(int place) {
        return Float.intBitsToFloat((int) (heap[place] >> 32));
    }

    private void siftUp(long entry, int hole) {
        int child = hole;
        while (child > 0) {
            int parent = (child - 1) >>> 1;
            if (heap[parent] <= entry) {
                break;
            }
            heap[child] = heap[parent];
            child = parent;
        }
        heap[child] = entry;
    }

    private void siftDown(long entry) {
        int parent = 0;
        for (int child = 1; child < size; child = 2 * parent + 1) {
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (entry <= heap[child]) {
                break;
            }
            heap[parent] = heap[child];
            parent = child;
        }
        heap[parent] = entry;
    }
}
