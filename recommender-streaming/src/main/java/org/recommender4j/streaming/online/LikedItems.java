package org.recommender4j.streaming.online;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The distinct items that a user likes, in the order in which they came, and with which of the earlier ones each was paired:
 * a stretch that ended right before it, so the number of the first one says it, even after some have gone. Finding an item takes
 * O(log n) in a long list, removing one O(n) moves of memory.
 */
final class LikedItems {
    private static final int LONG = 32;

    private int[] items = new int[4];
    private float[] weights = new float[4];
    private long[] times = new long[4];
    private int[] numbers = new int[4];
    private int[] firsts = new int[4];
    private int size;
    private int next;
    /** Numbers by item; made when the list is long. */
    private @Nullable ItemIndex index;

    void add(int item, float weight, long time, int partners) {
        add(item, weight, time, next, size == 0 ? next : numbers[Math.max(0, size - partners)]);
    }

    /** Adds an item with its number and that of its first partner. */
    void add(int item, float weight, long time, int number, int first) {
        if (size == items.length) {
            int capacity = size + (size >> 1) + 1;
            items = Arrays.copyOf(items, capacity);
            weights = Arrays.copyOf(weights, capacity);
            times = Arrays.copyOf(times, capacity);
            numbers = Arrays.copyOf(numbers, capacity);
            firsts = Arrays.copyOf(firsts, capacity);
        }
        items[size] = item;
        weights[size] = weight;
        times[size] = time;
        numbers[size] = number;
        firsts[size++] = first;
        next = number + 1;
        ItemIndex known = index;
        if (known != null) {
            known.add(item, number);
            index = known.isFull() ? null : known;
        }
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

    int number(int k) {
        return numbers[k];
    }

    int first(int k) {
        return firsts[k];
    }

    int indexOf(int item) {
        if (size <= LONG) {
            for (int k = size - 1; k >= 0; k--) {
                if (items[k] == item) {
                    return k;
                }
            }
            return -1;
        }
        ItemIndex known = index;
        if (known == null) {
            known = new ItemIndex(size);
            for (int k = 0; k < size; k++) {
                known.add(items[k], numbers[k]);
            }
            index = known;
        }
        int number = known.find(item, other -> {
            int place = Arrays.binarySearch(numbers, 0, size, other);
            return place >= 0 && items[place] == item;
        });
        return number < 0 ? -1 : Arrays.binarySearch(numbers, 0, size, number);
    }

    /** Returns the place of the first that the k-th was paired with. */
    int firstPartner(int k) {
        int place = Arrays.binarySearch(numbers, 0, k, firsts[k]);
        return place < 0 ? -place - 1 : place;
    }

    boolean arePartners(int a, int b) {
        return numbers[Math.min(a, b)] >= firsts[Math.max(a, b)];
    }

    void remove(int k) {
        size--;
        System.arraycopy(items, k + 1, items, k, size - k);
        System.arraycopy(weights, k + 1, weights, k, size - k);
        System.arraycopy(times, k + 1, times, k, size - k);
        System.arraycopy(numbers, k + 1, numbers, k, size - k);
        System.arraycopy(firsts, k + 1, firsts, k, size - k);
    }
}
