package org.recommender4j.streaming.online;

/** Checks the arguments of an event. */
final class Check {
    /** A little less than the longest array. */
    static final int MAX_INDEX = Integer.MAX_VALUE - 1024;

    private Check() {}

    static void event(int user, int item, float weight, long time) {
        index("user", user);
        index("item", item);
        if (!Float.isFinite(weight)) {
            throw new IllegalArgumentException("weight must be finite, but is " + weight);
        }
        if (time < 0) {
            throw new IllegalArgumentException("time must not be negative, but is " + time);
        }
    }

    static void index(String what, int index) {
        if (index < 0 || index > MAX_INDEX) {
            throw new IllegalArgumentException(what + " must be from 0 to " + MAX_INDEX + ", but is " + index);
        }
    }
}
