package org.recommender4j.streaming;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which users have each item in their history, in no order. One thread writes; any thread reads without a lock. */
final class ItemUsers {
    private static final int[] NONE = {};

    private final Table<List> lists = new Table<>();

    /** Grows by replacing the array; what a reader sees below the size is written for good. */
    private static final class List {
        volatile int[] users = new int[4];
        volatile int size;
    }

    void add(int item, int user) {
        List list = lists.get(item);
        if (list == null) {
            list = new List();
            lists.set(item, list);
        }
        int size = list.size;
        if (size == list.users.length) {
            list.users = Arrays.copyOf(list.users, size + (size >> 1) + 4);
        }
        list.users[size] = user;
        list.size = size + 1;
    }

    /** Removes a user; O(users of the item). */
    void remove(int item, int user) {
        int[] rest =
                Arrays.stream(unsorted(lists.get(item))).filter(u -> u != user).toArray();
        List list = new List();
        list.users = rest.length == 0 ? new int[4] : rest;
        list.size = rest.length;
        lists.set(item, list);
    }

    int count(int item) {
        List list = lists.get(item);
        return list == null ? 0 : list.size;
    }

    private static int[] unsorted(@Nullable List list) {
        if (list == null) {
            return NONE;
        }
        int size = list.size;
        return Arrays.copyOf(list.users, size);
    }

    /** Returns the users of an item, ascending. */
    int[] of(int item) {
        int[] users = unsorted(lists.get(item));
        Arrays.sort(users);
        return users;
    }
}
