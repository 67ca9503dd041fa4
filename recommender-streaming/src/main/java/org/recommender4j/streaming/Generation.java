package org.recommender4j.streaming;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.recommender4j.factorization.FactorModel;
import org.recommender4j.model.Model;
import org.recommender4j.streaming.online.OnlineModel;

/**
 * A trained model with what was trained on it, and the vectors of the users whose history changed since. A refit makes a new
 * generation; within one the model may be replaced by one whose vectors live in the same space.
 *
 * <p>A vector is remembered for the version of the history, and the item vectors, that it was made of, so that nothing has to be invalidated: whoever
 * finds an old one makes a new one. Thread-safe.
 */
final class Generation {
    final long number;
    private final long snapshot;
    private final int[] rows;
    private final BitSet heldOut;
    private final Table<Folded> folded = new Table<>();
    private final double sessionWeight;
    volatile Model model;

    /**
     * The model as it was trained. Items that were solved anew since know the latest interactions, so that they can't be judged
     * by them.
     */
    private volatile Model trained;

    /**
     * The vector of a user as of a version of the history.
     *
     * @param items the revision of the item vectors that it was made of: when these were solved anew, so is it
     */
    private record Folded(long version, boolean session, int items, float[] vector) {
        /** Of somebody who was forgotten: a reader who is late must not bring the vector back. */
        static final Folded NEVER = new Folded(Long.MIN_VALUE, false, 0, new float[0]);

        boolean isForgotten() {
            return version == Long.MIN_VALUE;
        }

        boolean isOf(UserState state, boolean inSession, int revision) {
            return version == state.version && session == inSession && items == revision;
        }
    }

    /**
     * Puts the parts together.
     *
     * @param snapshot the version up to which events are in the training data
     * @param rows the row of the training data of each user, -1 for none; strictly ascending otherwise
     * @param heldOut users of whom a part of the history was kept out of the training
     */
    Generation(long number, Model model, long snapshot, int[] rows, BitSet heldOut, double sessionWeight) {
        this.number = number;
        this.model = model;
        trained = model;
        this.snapshot = snapshot;
        this.rows = rows;
        this.heldOut = heldOut;
        this.sessionWeight = sessionWeight;
    }

    /** Returns the model as it was trained, or read from a file, without what was refreshed since. */
    Model trained() {
        return trained;
    }

    /** Tells whether the model learns from each event, so that it was trained on every history; its rows are the users. */
    boolean learns() {
        return model instanceof OnlineModel;
    }

    /** Returns the rows of the training data of the first users, -1 for none. */
    int[] rows(int users) {
        int[] result = Arrays.copyOf(rows, users);
        Arrays.fill(result, Math.min(rows.length, users), users, -1);
        return result;
    }

    /** Returns the row of a user in the training data, or -1. */
    int row(int user) {
        return learns() ? user : user < rows.length ? rows[user] : -1;
    }

    /** Tells whether the model was trained on exactly this history. */
    boolean isTrained(int user, UserState state) {
        return trainedRow(user, state) >= 0;
    }

    /** Returns the row of a user in the training data if the model was trained on exactly this history, or -1. */
    int trainedRow(int user, UserState state) {
        return isCurrent(user, state) ? row(user) : -1;
    }

    private boolean isCurrent(int user, UserState state) {
        return learns() ? state != UserState.ERASED : state.version <= snapshot && !heldOut.get(user);
    }

    /** Returns the history as the model sees it. */
    LiveProfile profile(int user, UserState state) {
        int row = row(user);
        return new LiveProfile(user, state, state.profile(row, row >= 0 && isCurrent(user, state)));
    }

    /** Returns the vector of a user as of a history, see {@link #vector(FactorModel, LiveProfile, boolean)}. */
    float[] vector(FactorModel factors, int user, UserState state, boolean session) {
        return vector(factors, profile(user, state), session);
    }

    /** Returns the vector of a profile, mixed with that of the current session if there is one. Only to be read. */
    float[] vector(FactorModel factors, LiveProfile profile, boolean session) {
        if (profile.trained() && !session) {
            return factors.userVector(profile);
        }
        UserState state = profile.state;
        int revision = factors.itemRevision();
        Folded entry = folded.get(profile.index);
        if (entry != null && entry.isOf(state, session, revision)) {
            return entry.vector;
        }
        float[] vector = factors.userVector(profile);
        if (session) {
            float[] current = factors.userVector(profile.session());
            for (int k = 0; k < vector.length; k++) {
                vector[k] = (float) ((1 - sessionWeight) * vector[k] + sessionWeight * current[k]);
            }
        }
        if (entry == null || !entry.isForgotten()) {
            folded.replace(profile.index, entry, new Folded(state.version, session, revision, vector));
        }
        return vector;
    }

    /** Makes the vector of a changed history, so that nobody has to wait for it. */
    void fold(int user, UserState state, boolean session) {
        if (model instanceof FactorModel factors && (session || !isTrained(user, state))) {
            vector(factors, user, state, session);
        }
    }

    /** Forgets the vector of a user, and lets the model do so. Returns whether the model could. */
    boolean forget(int user) {
        folded.set(user, Folded.NEVER);
        if (learns()) {
            return true;
        }
        int row = row(user);
        if (row < 0) {
            return true;
        }
        rows[user] = -1;
        boolean refreshed = model != trained;
        Optional<Model> rest = model.withoutUser(row);
        if (rest.isEmpty()) {
            return false;
        }
        model = rest.get();
        trained = refreshed ? trained.withoutUser(row).orElse(model) : model;
        return true;
    }
}
