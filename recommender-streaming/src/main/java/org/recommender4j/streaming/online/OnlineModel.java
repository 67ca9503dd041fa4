package org.recommender4j.streaming.online;

import org.recommender4j.model.Model;

/**
 * A model that changes with every event.
 *
 * <p>{@link #update}, {@link #forget} and {@link #state} are for one thread at a time (the caller sees to it); all other
 * methods of {@link Model} are for any thread at any time, wait for nobody, and see at least all updates that happened before
 * the call. Unlike other models it may be asked about items that it has never seen.
 */
public interface OnlineModel extends Model {
    /**
     * Learns from an event. Users and items that were not there before are added.
     *
     * @param user at least 0; for models of sessions, whose session it belongs to
     * @param item at least 0
     * @param weight finite; how much it says that the user likes the item, negative for a dislike
     * @param time milliseconds since the epoch, not negative; may be before that of earlier events
     * @throws IllegalArgumentException if an argument is out of range
     */
    void update(int user, int item, float weight, long time);

    /** Takes back what a user's events have contributed. An unknown user has contributed nothing. */
    Unlearned forget(int user);
}
