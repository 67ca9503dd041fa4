package org.recommender4j.streaming;

import org.recommender4j.data.Profile;

/**
 * The history of a user as a call saw it, with whose it is. What else belongs to it (the vector, the session, what the members know)
 * follows from this one value, so that nobody looks a second time at a state that may have changed meanwhile.
 *
 * <p>As a {@link Profile} it is the one that the trained model is asked with: its user is a row of the training data.
 */
final class LiveProfile extends Profile {
    /** The index of the user, which never changes its meaning. */
    final int index;

    final UserState state;

    LiveProfile(int index, UserState state, Profile history) {
        super(history);
        this.index = index;
        this.state = state;
    }

    /** Tells whether this is somebody who was forgotten, and must be in no list. */
    boolean isForgotten() {
        return state == UserState.ERASED;
    }

    static boolean isForgotten(Profile profile) {
        return profile instanceof LiveProfile live && live.isForgotten();
    }

    /** Returns the profile that models which learn by the event are asked with: they know users by their index. */
    static Profile forMembers(Profile profile) {
        return profile instanceof LiveProfile live ? live.withUser(live.index, true) : profile;
    }

    /** Returns what happened in the current session. */
    Profile session() {
        return state.sessionProfile(user());
    }
}
