package org.recommender4j.streaming.online;

import java.util.Map;
import java.util.TreeMap;
import org.recommender4j.model.ModelState;

/** Writes and reads the events of users as tensors: {@code users}, {@code counts}, {@code items}, {@code weights}, {@code times}. */
final class EventState {
    private EventState() {}

    static ModelState write(Map<Integer, UserEvents> events) {
        TreeMap<Integer, UserEvents> sorted = new TreeMap<>(events);
        int total = sorted.values().stream().mapToInt(UserEvents::size).sum();
        int[] users = new int[sorted.size()];
        int[] counts = new int[sorted.size()];
        int[] items = new int[total];
        float[] weights = new float[total];
        long[] times = new long[total];
        int n = 0;
        int at = 0;
        for (Map.Entry<Integer, UserEvents> entry : sorted.entrySet()) {
            UserEvents list = entry.getValue();
            users[n] = entry.getKey();
            counts[n++] = list.size();
            for (int k = 0; k < list.end(); k++) {
                if (!list.isGap(k)) {
                    items[at] = list.item(k);
                    weights[at] = list.weight(k);
                    times[at++] = list.time(k);
                }
            }
        }
        return new ModelState()
                .put("users", users)
                .put("counts", counts)
                .put("items", items)
                .put("weights", weights)
                .put("times", times);
    }

    /**
     * Reads what {@link #write} wrote, of users.
     *
     * @throws IllegalArgumentException if it is not consistent, or there can't be such users or items
     */
    static Map<Integer, UserEvents> read(ModelState state) {
        for (int user : state.ints("users", 0, Check.MAX_INDEX)) {
            state.checkUsers(user + 1);
        }
        return readNumbered(state);
    }

    /** Reads what {@link #write} wrote, of any numbers in place of users. */
    static Map<Integer, UserEvents> readNumbered(ModelState state) {
        int[] users = state.ints("users", 0, Check.MAX_INDEX);
        int[] counts = state.ints("counts", users.length, 0, Integer.MAX_VALUE);
        int[] items = state.ints("items", 0, Check.MAX_INDEX);
        for (int item : items) {
            state.checkItems(item + 1);
        }
        float[] weights = state.floats("weights", items.length);
        long[] times = state.longs("times", items.length);
        Map<Integer, UserEvents> result = new TreeMap<>();
        int at = 0;
        for (int n = 0; n < users.length; n++) {
            if (counts[n] > items.length - at) {
                throw new IllegalArgumentException(
                        "user " + users[n] + " has " + counts[n] + " events of " + items.length);
            }
            UserEvents list = new UserEvents();
            for (int k = 0; k < counts[n]; k++, at++) {
                Check.event(users[n], items[at], weights[at], times[at]);
                list.add(items[at], weights[at], times[at]);
            }
            if (result.put(users[n], list) != null) {
                throw new IllegalArgumentException("user " + users[n] + " is listed twice");
            }
        }
        if (at != items.length) {
            throw new IllegalArgumentException(items.length + " events, but counts of " + at);
        }
        return result;
    }
}
