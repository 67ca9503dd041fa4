package org.recommender4j.streaming;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Profile;

/**
 * The history of a user at one moment, by ascending item. An event makes a new one, so that a reader never sees half of a
 * change. Memory: 16 bytes per item. Immutable; thread-safe.
 */
final class UserState {
    static final UserState EMPTY =
            new UserState(new int[0], new float[0], new long[0], null, 0, Long.MIN_VALUE, Long.MAX_VALUE, null);

    /** The history of a user who was forgotten, which no model was trained on. */
    static final UserState ERASED = new UserState(
            new int[0], new float[0], new long[0], null, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, null);

    final int[] items;
    final float[] weights;
    final long[] times;
    /** Which weights are no ratings of the user's, but concluded from other events; null for none. */
    private final boolean @Nullable [] derived;
    /** The event that made this state; 0 for the data at the start. */
    final long version;
    /** The time of the latest event. */
    final long lastTime;

    private final long sessionStart;
    private final @Nullable String session;

    private UserState(
            int[] items,
            float[] weights,
            long[] times,
            boolean @Nullable [] derived,
            long version,
            long lastTime,
            long sessionStart,
            @Nullable String session) {
        this.items = items;
        this.weights = weights;
        this.times = times;
        this.derived = derived;
        this.version = version;
        this.lastTime = lastTime;
        this.sessionStart = sessionStart;
        this.session = session;
    }

    /** Returns a history from before the first event; the arrays are kept. */
    static UserState of(int[] items, float[] weights, long[] times) {
        long last = Long.MIN_VALUE;
        for (long time : times) {
            last = Math.max(last, time);
        }
        return new UserState(items, weights, times, null, 0, last, Long.MAX_VALUE, null);
    }

    /** Returns a history that was written before; the arrays are kept. */
    static UserState restore(
            int[] items,
            float[] weights,
            long[] times,
            boolean @Nullable [] derived,
            long lastTime,
            long sessionStart) {
        return new UserState(items, weights, times, derived, 0, lastTime, sessionStart, null);
    }

    /** Returns when the current session began; {@link Long#MAX_VALUE} before the first event. */
    long sessionStart() {
        return sessionStart;
    }

    /** Returns the position of an item, or a negative number. */
    int find(int item) {
        return Arrays.binarySearch(items, item);
    }

    int size() {
        return items.length;
    }

    /** Returns the history after an event that changed the taste. */
    UserState with(
            int item, Effect effect, long time, long version, @Nullable String eventSession, LiveOptions options) {
        int at = find(item);
        int[] newItems = items;
        float[] newWeights;
        long[] newTimes;
        boolean[] newDerived;
        if (at < 0) {
            at = -at - 1;
            newItems = insert(items, new int[items.length + 1], at);
            newItems[at] = item;
            newWeights = insert(weights, new float[items.length + 1], at);
            newWeights[at] = effect.weight();
            newTimes = insert(times, new long[items.length + 1], at);
            newTimes[at] = time;
            newDerived =
                    derived == null && !effect.derived() ? null : insert(flags(), new boolean[items.length + 1], at);
            if (newDerived != null) {
                newDerived[at] = effect.derived();
            }
        } else {
            newWeights = weights.clone();
            newTimes = times.clone();
            newDerived = derived == null ? null : derived.clone();
            if (!effect.replaces()) {
                newWeights[at] = options.addDecayed(weights[at], times[at], effect.weight(), time);
            } else if (isDerived(at) == effect.derived() ? time >= times[at] : !effect.derived()) {
                newWeights[at] = effect.weight();
                if (newDerived != null) {
                    newDerived[at] = effect.derived();
                }
            }
            newTimes[at] = Math.max(times[at], time);
        }
        long newStart = sessionStart;
        String newSession = session;
        if (time >= lastTime) {
            boolean same = (eventSession == null || session == null)
                    ? (lastTime != Long.MIN_VALUE && time - lastTime <= options.sessionGap)
                    : eventSession.equals(session);
            newStart = same && sessionStart != Long.MAX_VALUE ? sessionStart : time;
            newSession = eventSession == null && same ? session : eventSession;
        }
        return new UserState(
                newItems, newWeights, newTimes, newDerived, version, Math.max(lastTime, time), newStart, newSession);
    }

    boolean isDerived(int at) {
        return derived != null && derived[at];
    }

    private boolean[] flags() {
        return derived == null ? new boolean[items.length] : derived;
    }

    /** Copies an array to one that is longer by 1 than the history, with room at an index; the type of both is the same. */
    private <T> T insert(T from, T to, int at) {
        System.arraycopy(from, 0, to, 0, at);
        System.arraycopy(from, at, to, at + 1, items.length - at);
        return to;
    }

    /** Returns the history as models see it. */
    Profile profile(int user, boolean trained) {
        return Profile.ofHistory(user, items, weights, times).withUser(user, trained);
    }

    /** Returns the history without items from {@code limit} on. */
    Profile profileBelow(int user, int limit) {
        int count = find(limit);
        count = count < 0 ? -count - 1 : count;
        return Profile.ofHistory(
                user, Arrays.copyOf(items, count), Arrays.copyOf(weights, count), Arrays.copyOf(times, count));
    }

    /** Tells whether the current session is still going on, and does not cover the whole history. */
    boolean inSession(long now, long gap) {
        return sessionStart != Long.MAX_VALUE && lastTime != Long.MIN_VALUE && now - lastTime <= gap && anyOutside();
    }

    private boolean anyOutside() {
        for (long time : times) {
            if (time < sessionStart) {
                return true;
            }
        }
        return false;
    }

    /** Returns what happened in the current session. */
    Profile sessionProfile(int user) {
        int[] kept = new int[items.length];
        int n = 0;
        for (int k = 0; k < items.length; k++) {
            if (times[k] >= sessionStart) {
                kept[n++] = k;
            }
        }
        int[] newItems = new int[n];
        float[] newWeights = new float[n];
        long[] newTimes = new long[n];
        for (int k = 0; k < n; k++) {
            newItems[k] = items[kept[k]];
            newWeights[k] = weights[kept[k]];
            newTimes[k] = times[kept[k]];
        }
        return Profile.ofHistory(user, newItems, newWeights, newTimes);
    }
}
