package org.recommender4j.streaming;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.recommender4j.data.Profile;
import org.recommender4j.factorization.FactorModel;
import org.recommender4j.model.Model;
import org.recommender4j.streaming.online.OnlineModel;

/**
 * A trained model with what was trained on it, and the vectors of the users whose history changed since. A refit makes a new
 * generation; within one the model may be replaced by one whose vectors live in the same space.
 *
 * <p>A vector is remembered for the version of the history that it was made of, so that nothing has to be invalidated: whoever
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

    /** The vector of a user as of a version of the history. */
    private record Folded(long version, boolean session, float[] vector) {}

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

    /** Returns the first row of the users from {@code user} on, or {@code end}. */
    int rowFrom(int user, int end) {
        if (learns()) {
            return Math.min(user, end);
        }
        for (int u = user; u < rows.length; u++) {
            if (rows[u] >= 0) {
                return rows[u];
            }
        }
        return end;
    }

    /** Tells whether the model was trained on exactly this history. */
    boolean isTrained(int user, UserState state) {
        return learns() ? state != UserState.ERASED : row(user) >= 0 && state.version <= snapshot && !heldOut.get(user);
    }

    /** Returns the history as the model sees it. */
    Profile profile(int user, UserState state) {
        return state.profile(row(user), isTrained(user, state));
    }

    /** Returns a profile without items that a model does not know. */
    static Profile known(Profile profile, Model model) {
        int limit = model.items();
        boolean fits = true;
        for (int k = 0; k < profile.size() && fits; k++) {
            fits = profile.item(k) < limit;
        }
        if (fits) {
            return profile;
        }
        Profile rest = profile;
        for (int k = profile.size() - 1; k >= 0; k--) {
            rest = profile.item(k) < limit ? rest : rest.without(k);
        }
        return rest;
    }

    /** Returns the vector of a user as of a history, mixed with that of the current session if there is one. Only to be read. */
    float[] vector(FactorModel factors, int user, UserState state, boolean session) {
        Folded entry = folded.get(user);
        if (entry != null && entry.version == state.version && entry.session == session) {
            return entry.vector;
        }
        Profile profile = profile(user, state);
        float[] vector = factors.userVector(profile.trained() ? profile : known(profile, factors));
        if (session) {
            float[] current = factors.userVector(known(state.sessionProfile(row(user)), factors));
            for (int k = 0; k < vector.length; k++) {
                vector[k] = (float) ((1 - sessionWeight) * vector[k] + sessionWeight * current[k]);
            }
        }
        if (session || !profile.trained()) {
            folded.set(user, new Folded(state.version, session, vector));
        }
        return vector;
    }

    /** Makes the vector of a changed history, so that nobody has to wait for it. */
    void fold(int user, UserState state, boolean session) {
        if (model instanceof FactorModel factors && !(isTrained(user, state) && !session)) {
            vector(factors, user, state, session);
        }
    }

    /** Forgets the vector of a user, and lets the model do so. Returns whether the model could. */
    boolean forget(int user) {
        folded.set(user, null);
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
