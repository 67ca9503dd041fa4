package org.recommender4j.streaming;

import java.util.Optional;
import java.util.function.Supplier;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Model;

/**
 * Something that is kept up to date with each event beside the recommender's own state: counts, co-occurrences, a model that
 * learns by the event, analytics. Users and items are dense indices that never change their meaning.
 *
 * <p>All methods but those of {@link #model} are called by one thread at a time, with a happens-before edge from each call to
 * the next, while other threads read: what readers use must be safe to read without a lock. They should be fast, for each event
 * waits, and not throw: an exception is counted and the event stays applied.
 */
public interface LiveSignal {
    /**
     * Learns a history from before the first event; called once per user at the start.
     *
     * @param history of which {@link Profile#user()} is the user
     */
    default void load(Profile history) {}

    /**
     * Learns an event.
     *
     * @param user who it was; the first event of a new user has the next free index
     * @param item the item; a new one has the next free index
     * @param weight what the event is worth, negative for a dislike, 0 if it says nothing of taste; the rating for explicit
     *     feedback
     * @param time in milliseconds since 1970; not always later than the last one
     * @param before makes the history of the user before the event, in O(items), for who asks; may be kept, and asked later by any
     *     thread
     * @param event the event as it came
     */
    void apply(int user, int item, float weight, long time, Supplier<Profile> before, Event<?, ?> event);

    /**
     * Removes what a user contributed.
     *
     * @param history all that is known of the user
     * @return what can't be removed and stays, in words for a report; empty if nothing does
     */
    default Optional<String> forget(Profile history) {
        return Optional.of(getClass().getSimpleName() + " keeps what it learned of the user");
    }

    /**
     * Removes what a user contributed, for a signal that knows users by their ids; called instead of {@link #forget(Profile)}, to which
     * it goes on by default.
     *
     * @param user the id
     */
    default Optional<String> forget(Object user, Profile history) {
        return forget(history);
    }

    /** Returns the model to recommend with, if there is one; it is read by many threads while the signal learns. */
    default Optional<Model> model() {
        return Optional.empty();
    }
}
