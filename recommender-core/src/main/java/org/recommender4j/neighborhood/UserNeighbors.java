package org.recommender4j.neighborhood;

import org.recommender4j.data.Interactions;
import org.recommender4j.model.Training;

/**
 * The most similar users of a user: stored for those trained on, found on the fly for everybody else. Immutable; thread-safe.
 */
final class UserNeighbors {
    private final Interactions vectors;
    private final Comparison comparison;
    private final Interactions stored;
    private final int neighbors;
    private final double amplification;

    private UserNeighbors(Interactions vectors, Comparison comparison, Interactions stored, KnnSettings settings) {
        this.vectors = vectors;
        this.comparison = comparison;
        this.stored = stored;
        neighbors = settings.neighbors;
        amplification = settings.amplification;
    }

    /** Finds the neighbors of all rows. */
    static UserNeighbors of(Interactions vectors, KnnSettings settings, boolean ratings, Training training) {
        Comparison comparison = new Comparison(vectors, settings.measure(ratings), settings.limit);
        Interactions stored = Neighborhoods.of(
                        vectors, comparison, settings.neighbors, settings.amplification, training)
                .transpose();
        return new UserNeighbors(vectors, comparison, stored, settings);
    }

    /** Takes the neighbors of all rows from {@link #stored()}. */
    static UserNeighbors restore(Interactions vectors, KnnSettings settings, boolean ratings, Interactions stored) {
        if (stored.rows() != vectors.rows() || stored.columns() != vectors.rows()) {
            throw new IllegalArgumentException("the neighbors are " + stored + ", but the histories " + vectors);
        }
        Comparison comparison = new Comparison(vectors, settings.measure(ratings), settings.limit);
        return new UserNeighbors(vectors, comparison, stored, settings);
    }

    /** Returns users x users, the similarities as weights. */
    Interactions stored() {
        return stored;
    }

    /** Returns the stored neighbors of a user. */
    FoundUsers ofTrained(int user) {
        int from = stored.begin(user);
        int to = stored.end(user);
        float[] similarities = new float[to - from];
        for (int p = from; p < to; p++) {
            similarities[p - from] = stored.weight(p);
        }
        return new FoundUsers(stored.row(user), similarities);
    }

    /**
     * Finds the neighbors of somebody, in O(sum of the lengths of the known items' columns).
     *
     * @param self a user to leave out, or -1
     */
    FoundUsers find(int self, int[] items, float[] values) {
        PairSums sums = comparison.sums();
        BestK best = new BestK(Math.min(neighbors, Math.max(1, vectors.rows())));
        comparison.find(self, items, values, 0, items.length, sums, best);
        int[] users = new int[best.finishByIndex()];
        float[] similarities = new float[users.length];
        for (int k = 0; k < users.length; k++) {
            users[k] = best.index(k);
            similarities[k] = Neighborhoods.amplify(best.value(k), amplification);
        }
        return new FoundUsers(users, similarities);
    }

    /** Returns the part of a similarity that each common item brings about, or zeros if the two have nothing in common. */
    float[] parts(FoundUsers found, int place, int[] items, float[] values) {
        int user = found.users()[place];
        float[] parts = new float[items.length];
        double sum = 0;
        for (int k = 0; k < items.length; k++) {
            int at = vectors.find(user, items[k]);
            if (at >= 0) {
                parts[k] = comparison.part(values[k], vectors.weight(at));
                sum += parts[k];
            }
        }
        for (int k = 0; sum != 0 && k < parts.length; k++) {
            parts[k] = (float) (found.similarities()[place] * parts[k] / sum);
        }
        return parts;
    }
}
