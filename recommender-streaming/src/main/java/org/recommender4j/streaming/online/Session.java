package org.recommender4j.streaming.online;

import java.util.Arrays;

/**
 * The clicks of a session in their order. Never changed.
 *
 * @param number counts all sessions
 * @param user whose it is
 * @param items the clicks, repeated ones included
 * @param time of the newest click
 */
record Session(int number, int user, int[] items, long time) {
    Session with(int item, long newTime) {
        int[] more = Arrays.copyOf(items, items.length + 1);
        more[items.length] = item;
        return new Session(number, user, more, Math.max(time, newTime));
    }

    boolean contains(int item) {
        return lastPlace(item) >= 0;
    }

    int lastPlace(int item) {
        for (int k = items.length - 1; k >= 0; k--) {
            if (items[k] == item) {
                return k;
            }
        }
        return -1;
    }
}
