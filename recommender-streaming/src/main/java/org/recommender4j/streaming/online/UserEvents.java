package org.recommender4j.streaming.online;

import java.util.Arrays;

/** Events of one user, or any other list of items with weights and times. Belongs to the thread that writes. */
final class UserEvents {
    private int[] items = new int[4];
    private float[] weights = new float[4];
    private long[] times = new long[4];
    private int size;

    void add(int item, float weight, long time) {
        if (size == items.length) {
            int capacity = size + (size >> 1) + 1;
            items = Arrays.copyOf(items, capacity);
            weights = Arrays.copyOf(weights, capacity);
            times = Arrays.copyOf(times, capacity);
        }
        items[size] = item;
        weights[size] = weight;
        times[size++] = time;
    }

    int size() {
        return size;
    }

    int item(int k) {
        return items[k];
    }

    float weight(int k) {
        return weights[k];
    }

    long time(int k) {
        return times[k];
    }

    void weight(int k, float weight) {
        weights[k] = weight;
    }

    int indexOf(int item) {
        for (int k = size - 1; k >= 0; k--) {
            if (items[k] == item) {
                return k;
            }
        }
        return -1;
    }

    void remove(int k) {
        size--;
        System.arraycopy(items, k + 1, items, k, size - k);
        System.arraycopy(weights, k + 1, weights, k, size - k);
        System.arraycopy(times, k + 1, times, k, size - k);
    }
}
