package org.recommender4j.streaming.online;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Events of one user, or any other list of items with weights and times, in the order in which they came. What is removed leaves a
 * gap, and the gaps are closed when they are more than what is left; a long list gets an index of its items when one is looked
 * for. So adding, removing and finding take O(1) on average, and the newest k take O(k), however long the list is. Belongs to the
 * thread that writes.
 */
final class UserEvents {
    private static final int GAP = -1;
    private static final int LONG = 32;

    private int[] items = new int[4];
    private float[] weights = new float[4];
    /** Of a gap: a place before it, with nothing but gaps between. */
    private long[] times = new long[4];

    private int end;
    private int size;
    private @Nullable ItemIndex index;

    void add(int item, float weight, long time) {
        if (end == items.length) {
            int capacity = end + (end >> 1) + 1;
            items = Arrays.copyOf(items, capacity);
            weights = Arrays.copyOf(weights, capacity);
            times = Arrays.copyOf(times, capacity);
        }
        items[end] = item;
        weights[end] = weight;
        times[end] = time;
        ItemIndex known = index;
        if (known != null) {
            known.add(item, end);
            index = known.isFull() ? null : known;
        }
        end++;
        size++;
    }

    /** Returns the number of events. */
    int size() {
        return size;
    }

    /** Returns one more than the last place of an event. */
    int end() {
        return end;
    }

    boolean isGap(int place) {
        return items[place] == GAP;
    }

    int item(int place) {
        return items[place];
    }

    float weight(int place) {
        return weights[place];
    }

    long time(int place) {
        return times[place];
    }

    /** Returns the place of an item that is listed at most once, or -1. */
    int indexOf(int item) {
        if (end <= LONG) {
            for (int k = end - 1; k >= 0; k--) {
                if (items[k] == item) {
                    return k;
                }
            }
            return -1;
        }
        ItemIndex known = index;
        if (known == null) {
            known = new ItemIndex(end);
            for (int k = 0; k < end; k++) {
                if (!isGap(k)) {
                    known.add(items[k], k);
                }
            }
            index = known;
        }
        return known.find(item, place -> items[place] == item);
    }

    /** Removes an event; later ones may get other places. */
    void remove(int place) {
        items[place] = GAP;
        times[place] = place - 1L;
        size--;
        if (end - size > size) {
            closeGaps();
        }
    }

    private void closeGaps() {
        int n = 0;
        for (int k = 0; k < end; k++) {
            if (!isGap(k)) {
                items[n] = items[k];
                weights[n] = weights[k];
                times[n++] = times[k];
            }
        }
        end = n;
        index = null;
    }

    /** Returns the places of the newest events, at most so many, oldest first. */
    int[] newest(int most) {
        int[] places = new int[Math.min(most, size)];
        int place = end;
        for (int n = places.length - 1; n >= 0; n--) {
            place = before(place);
            places[n] = place;
        }
        return places;
    }

    /** Returns the place of the event before a place, which there must be. */
    private int before(int place) {
        int found = place - 1;
        while (isGap(found)) {
            found = (int) times[found];
        }
        // The next one need not go from gap to gap again.
        for (int k = place - 1; k != found; ) {
            int next = (int) times[k];
            times[k] = found;
            k = next;
        }
        return found;
    }
}
