package org.recommender4j.streaming;

import java.util.Arrays;

/**
 * What a history holds at one moment, so made that an event need not copy it: a row, and what changed since the row was made.
 *
 * <pre>{@code
 * row       3 7 9        by item, never changed
 * changes   7 4 7 | 1    by arrival; of an item the last one counts; behind the bar is what this moment does not know
 * }</pre>
 *
 * <p>The next moment writes behind the bar of this one and has a bar of its own, so both share one array and neither sees the
 * other change. When there are {@code 2 sqrt(items)} changes they are merged into a new row: an event costs O(sqrt(items)) on
 * average. One thread at a time makes next moments; any thread reads.
 */
final class Entries {
    /*
     * A change takes two numbers, so that a history takes one array beside those of the row: an event of a user who did nothing for
     * a while waits for the memory more than for anything else. The first of the array says how much of it is written, and is
     * for the one who makes the next moment; then come the keys, by which to search, and then the times:
     *
     *     written | key ... | time ...          key: 1 bit derived | 31 bits item | 32 bits weight
     */
    private static final int FEW = 16;
    private static final long[] NONE = {0};
    private static final long DERIVED = Long.MIN_VALUE;

    private final Row row;
    /** Those of the row. */
    private final int[] items;

    private final long[] changes;
    private final int count;
    private final int size;

    private Entries(Row row, long[] changes, int count, int size) {
        this.row = row;
        items = row.items();
        this.changes = changes;
        this.count = count;
        this.size = size;
    }

    static Entries of(Row row) {
        return new Entries(row, NONE, 0, row.size());
    }

    /** Returns the number of items. */
    int size() {
        return size;
    }

    private static int itemOf(long key) {
        return (int) (key >>> 32) & Integer.MAX_VALUE;
    }

    private static int capacity(long[] changes) {
        return changes.length >> 1;
    }

    /** Returns the place of an item, which is good for this object only, or a negative number. */
    int find(int item) {
        for (int k = count; k > 0; k--) {
            if (itemOf(changes[k]) == item) {
                return items.length + k - 1;
            }
        }
        return Arrays.binarySearch(items, item);
    }

    private long key(int place) {
        return changes[1 + place - items.length];
    }

    float weight(int place) {
        return place < items.length ? row.weights()[place] : Float.intBitsToFloat((int) key(place));
    }

    long time(int place) {
        return place < items.length ? row.times()[place] : changes[1 + capacity(changes) + place - items.length];
    }

    boolean isDerived(int place) {
        return place < items.length ? row.isDerived(place) : key(place) < 0;
    }

    /** Returns the next moment, in which an item is new or has other values. */
    Entries with(int item, boolean isNew, float weight, long time, boolean derived) {
        int most = Math.max(FEW, 2 * (int) Math.sqrt(items.length));
        long[] next = roomForNext(most);
        int written = count + 1;
        next[written] =
                (derived ? DERIVED : 0) | ((long) item << 32) | Integer.toUnsignedLong(Float.floatToRawIntBits(weight));
        next[capacity(next) + written] = time;
        next[0] = written;
        Entries result = new Entries(row, next, written, size + (isNew ? 1 : 0));
        return written < most ? result : of(result.merged());
    }

    /** Returns the changes with room for one more: the same array, unless it is full or another moment wrote there. */
    private long[] roomForNext(int most) {
        int capacity = capacity(changes);
        if (changes[0] == count && count < capacity) {
            return changes;
        }
        int more = Math.min(most, Math.max(4, 2 * count));
        long[] copy = new long[1 + 2 * more];
        System.arraycopy(changes, 1, copy, 1, count);
        System.arraycopy(changes, 1 + capacity, copy, 1 + more, count);
        return copy;
    }

    /** Tells whether {@link #row} has nothing to do. */
    boolean isMerged() {
        return count == 0;
    }

    /** Returns all of it; O(items), or O(1) if nothing changed since the last row. */
    Row row() {
        return count == 0 ? row : merged();
    }

    private Row merged() {
        int[] newItems = new int[size];
        float[] weights = new float[size];
        long[] times = new long[size];
        boolean[] flags = new boolean[size];
        boolean anyDerived = false;
        int from = 0;
        int to = 0;
        for (int place : latest()) {
            int item = itemOf(key(place));
            int at = Arrays.binarySearch(items, item);
            int upTo = at < 0 ? -at - 1 : at;
            anyDerived |= copy(from, upTo, newItems, weights, times, flags, to);
            to += upTo - from;
            newItems[to] = item;
            weights[to] = weight(place);
            times[to] = time(place);
            flags[to] = isDerived(place);
            anyDerived |= flags[to];
            to++;
            from = at < 0 ? upTo : upTo + 1;
        }
        anyDerived |= copy(from, items.length, newItems, weights, times, flags, to);
        return new Row(newItems, weights, times, anyDerived ? flags : null);
    }

    /** Returns the place of the last change of each item, by item. */
    private int[] latest() {
        long[] order = new long[count];
        for (int k = 0; k < count; k++) {
            order[k] = (long) itemOf(changes[1 + k]) << 32 | k;
        }
        Arrays.sort(order);
        int[] latest = new int[count];
        int n = 0;
        for (int k = 0; k < count; k++) {
            if (k + 1 == count || order[k] >> 32 != order[k + 1] >> 32) {
                latest[n++] = items.length + (int) order[k];
            }
        }
        return Arrays.copyOf(latest, n);
    }

    /** Copies a part of the row, and tells whether there may be flags in it. */
    private boolean copy(int from, int upTo, int[] newItems, float[] weights, long[] times, boolean[] flags, int to) {
        int n = upTo - from;
        System.arraycopy(items, from, newItems, to, n);
        System.arraycopy(row.weights(), from, weights, to, n);
        System.arraycopy(row.times(), from, times, to, n);
        boolean[] derived = row.derived();
        if (derived == null) {
            return false;
        }
        System.arraycopy(derived, from, flags, to, n);
        return true;
    }
}
