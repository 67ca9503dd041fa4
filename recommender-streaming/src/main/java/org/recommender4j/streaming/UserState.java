package org.recommender4j.streaming;

import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Profile;

/**
 * The history of a user at one moment. An event makes a new one, so that a reader never sees half of a change; it shares nearly
 * all with the one before, see {@link Entries}. Memory: 16 bytes per item, and 17 per recent change. Immutable; thread-safe.
 */
final class UserState {
    static final UserState EMPTY = new UserState(Entries.of(Row.EMPTY), 0, Long.MIN_VALUE, Long.MAX_VALUE, null);

    /** The history of a user who was forgotten, which no model was trained on. */
    static final UserState ERASED =
            new UserState(Entries.of(Row.EMPTY), Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, null);

    /* Replaced by the same merged, by whoever needed that first; it does not matter who wins. */
    private Entries entries;
    /** The event that made this state; 0 for the data at the start. */
    final long version;
    /** The time of the latest event. */
    final long lastTime;

    private final long sessionStart;
    private final @Nullable String session;

    private UserState(Entries entries, long version, long lastTime, long sessionStart, @Nullable String session) {
        this.entries = entries;
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
        return restore(new Row(items, weights, times, null), last, Long.MAX_VALUE);
    }

    /** Returns a history that was written before. */
    static UserState restore(Row row, long lastTime, long sessionStart) {
        return new UserState(Entries.of(row), 0, lastTime, sessionStart, null);
    }

    /** Returns when the current session began; {@link Long#MAX_VALUE} before the first event. */
    long sessionStart() {
        return sessionStart;
    }

    int size() {
        return entries.size();
    }

    /** Returns all items; O(items) for the first who asks after an event, O(1) for others. */
    Row row() {
        Entries all = entries;
        if (!all.isMerged()) {
            all = Entries.of(all.row());
            entries = all;
        }
        return all.row();
    }

    /** Returns what is known of the items, for asking after a few of them. */
    Entries entries() {
        return entries;
    }

    /** Returns the history after an event that changed the taste; for one thread at a time. */
    UserState with(
            int item, Effect effect, long time, long version, @Nullable String eventSession, LiveOptions options) {
        Entries before = entries;
        int at = before.find(item);
        float newWeight = effect.weight();
        long newTime = time;
        boolean derived = effect.derived();
        if (at >= 0) {
            long oldTime = before.time(at);
            boolean wasDerived = before.isDerived(at);
            if (!effect.replaces()) {
                newWeight = options.addDecayed(before.weight(at), oldTime, effect.weight(), time);
                derived = wasDerived;
            } else if (wasDerived == derived ? time < oldTime : derived) {
                newWeight = before.weight(at);
                derived = wasDerived;
            }
            newTime = Math.max(oldTime, time);
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
                before.with(item, at < 0, newWeight, newTime, derived),
                version,
                Math.max(lastTime, time),
                newStart,
                newSession);
    }

    /** Returns the history as models see it. */
    Profile profile(int user, boolean trained) {
        Row row = row();
        return Profile.ofHistory(user, row.items(), row.weights(), row.times()).withUser(user, trained);
    }

    /** Tells whether the current session is still going on, and does not cover the whole history. */
    boolean inSession(long now, long gap) {
        return sessionStart != Long.MAX_VALUE && lastTime != Long.MIN_VALUE && now - lastTime <= gap && anyOutside();
    }

    private boolean anyOutside() {
        for (long time : row().times()) {
            if (time < sessionStart) {
                return true;
            }
        }
        return false;
    }

    /** Returns what happened in the current session. */
    Profile sessionProfile(int user) {
        Row row = row();
        int[] kept = new int[row.size()];
        int n = 0;
        for (int k = 0; k < row.size(); k++) {
            if (row.times()[k] >= sessionStart) {
                kept[n++] = k;
            }
        }
        int[] items = new int[n];
        float[] weights = new float[n];
        long[] times = new long[n];
        for (int k = 0; k < n; k++) {
            items[k] = row.items()[kept[k]];
            weights[k] = row.weights()[kept[k]];
            times[k] = row.times()[kept[k]];
        }
        return Profile.ofHistory(user, items, weights, times);
    }
}
