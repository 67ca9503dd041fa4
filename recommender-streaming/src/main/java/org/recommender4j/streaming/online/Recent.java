package org.recommender4j.streaming.online;

import org.recommender4j.data.Profile;

/**
 * The places of a profile's history, newest first; what stands later is newer, at the same time or when there are no times. For
 * those who need the newest few of a long history: making it takes O(history), each place O(log history). Belongs to one request.
 */
final class Recent {
    private final Profile profile;
    /** A heap with the newest at its root; unused without times. */
    private final int[] heap;

    private int size;

    Recent(Profile profile) {
        this.profile = profile;
        size = profile.size();
        heap = new int[profile.hasTimes() ? size : 0];
        for (int k = 0; k < heap.length; k++) {
            heap[k] = k;
        }
        for (int k = heap.length / 2 - 1; k >= 0; k--) {
            siftDown(k, heap[k]);
        }
    }

    /** Returns the place of the next older item, or -1 after the oldest. */
    int next() {
        if (size == 0) {
            return -1;
        }
        size--;
        if (heap.length == 0) {
            return size;
        }
        int newest = heap[0];
        if (size > 0) {
            siftDown(0, heap[size]);
        }
        return newest;
    }

    private boolean isNewer(int a, int b) {
        long first = profile.time(a);
        long second = profile.time(b);
        return first != second ? first > second : a > b;
    }

    private void siftDown(int hole, int place) {
        int parent = hole;
        for (int child = 2 * parent + 1; child < size; child = 2 * parent + 1) {
            if (child + 1 < size && isNewer(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isNewer(heap[child], place)) {
                break;
            }
            heap[parent] = heap[child];
            parent = child;
        }
        heap[parent] = place;
    }
}
