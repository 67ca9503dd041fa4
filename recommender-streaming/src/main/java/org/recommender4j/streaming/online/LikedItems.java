package org.recommender4j.streaming.online;

import java.util.Arrays;

/**
 * The distinct items that a user likes, in the order in which they came, and with which of the earlier ones each was paired:
 * a stretch that ended right before it, so the number of the first one says it, even after some have gone.
 */
final class LikedItems {
    private final UserEvents events = new UserEvents();
    private int[] numbers = new int[4];
    private int[] firsts = new int[4];
    private int next;

    void add(int item, float weight, long time, int partners) {
        int n = events.size();
        add(item, weight, time, next, n == 0 ? next : numbers[Math.max(0, n - partners)]);
    }

    /** Adds an item with its number and that of its first partner. */
    void add(int item, float weight, long time, int number, int first) {
        int n = events.size();
        if (n == numbers.length) {
            numbers = Arrays.copyOf(numbers, n + (n >> 1) + 1);
            firsts = Arrays.copyOf(firsts, numbers.length);
        }
        numbers[n] = number;
        firsts[n] = first;
        next = number + 1;
        events.add(item, weight, time);
    }

    int size() {
        return events.size();
    }

    int item(int k) {
        return events.item(k);
    }

    float weight(int k) {
        return events.weight(k);
    }

    long time(int k) {
        return events.time(k);
    }

    int number(int k) {
        return numbers[k];
    }

    int first(int k) {
        return firsts[k];
    }

    int indexOf(int item) {
        return events.indexOf(item);
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
        events.remove(k);
        int n = events.size();
        System.arraycopy(numbers, k + 1, numbers, k, n - k);
        System.arraycopy(firsts, k + 1, firsts, k, n - k);
    }
}
