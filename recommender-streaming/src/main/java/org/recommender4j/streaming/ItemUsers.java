package org.recommender4j.streaming;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** Which users have each item in their history, in no order. One thread writes; any thread reads without a lock. */
final class ItemUsers {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int[] NONE = {0};

    /*
     * How many users an item has, then the users. It grows by replacing the array; what a reader sees within the number is written
     * for good. The number is written after the user, but without a fence: an event would wait there for the memory.
     */
    private final Table<int[]> lists = new Table<>();

    void add(int item, int user) {
        int[] list = list(item);
        int end = list[0] + 1;
        if (end == list.length || list == NONE) {
            list = Arrays.copyOf(list, end + (end >> 1) + 4);
            lists.set(item, list);
        }
        list[end] = user;
        ELEMENT.setRelease(list, 0, end);
    }

    /**
     * Lets the memory look for what {@link #add} will need, while the caller still waits for other things: that half of an event's
     * time is waiting for one place after the other, far apart from each other. Changes nothing.
     */
    void prefetch(int item) {
        int[] list = list(item);
        ELEMENT.getAcquire(list, (int) ELEMENT.getAcquire(list, 0));
    }

    private int[] list(int item) {
        int[] list = lists.get(item);
        return list == null ? NONE : list;
    }

    /** Removes a user; O(users of the item). */
    void remove(int item, int user) {
        int[] rest = Arrays.stream(unsorted(item)).filter(u -> u != user).toArray();
        int[] list = new int[rest.length + 1];
        list[0] = rest.length;
        System.arraycopy(rest, 0, list, 1, rest.length);
        lists.set(item, list);
    }

    int count(int item) {
        return (int) ELEMENT.getAcquire(list(item), 0);
    }

    private int[] unsorted(int item) {
        int[] list = list(item);
        return Arrays.copyOfRange(list, 1, 1 + (int) ELEMENT.getAcquire(list, 0));
    }

    /** Returns the users of an item, ascending. */
    int[] of(int item) {
        int[] users = unsorted(item);
        Arrays.sort(users);
        return users;
    }
}
