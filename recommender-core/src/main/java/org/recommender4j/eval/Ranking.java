package org.recommender4j.eval;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.recommender4j.data.Interactions;

/**
 * One user's list beside what the user did in the test part: what a {@link UserMetric} is computed from. Belongs to one
 * thread, for the time of the call.
 */
public final class Ranking {
    private final int user;
    private final int[] items;
    private final int[] testPositions;
    private final Interactions test;
    private final Interactions trainUsers;
    private final DoubleSupplier auc;

    /**
     * Puts a list beside the test part.
     *
     * @param items the list, best first; kept
     * @param test users x items, only what counts as liked
     * @param trainUsers items x users of the training part
     */
    Ranking(int user, int[] items, Interactions test, Interactions trainUsers, DoubleSupplier auc) {
        this.user = user;
        this.items = items;
        this.test = test;
        this.trainUsers = trainUsers;
        this.auc = auc;
        testPositions = new int[items.length];
        for (int j = 0; j < items.length; j++) {
            testPositions[j] = test.find(user, items[j]);
        }
    }

    /** Returns the user's index. */
    public int user() {
        return user;
    }

    /** Returns the length of the list: at most the largest cutoff of the evaluation's metrics, which may be more than k. */
    public int size() {
        return items.length;
    }

    /** Returns the item at place j, 0 for the best. */
    public int item(int j) {
        return items[j];
    }

    /** Tells whether the item at place j is one of the user's test items. */
    public boolean isHit(int j) {
        return testPositions[j] >= 0;
    }

    /** Returns the test weight of the item at place j, 0 for a miss. */
    public float weight(int j) {
        return isHit(j) ? test.weight(testPositions[j]) : 0f;
    }

    /** Returns the number of hits among the first k places. */
    public int hits(int k) {
        int hits = 0;
        for (int j = 0; j < Math.min(k, items.length); j++) {
            hits += isHit(j) ? 1 : 0;
        }
        return hits;
    }

    /** Returns the number of the user's test items, at least 1; those never seen in training count too. */
    public int relevant() {
        return test.length(user);
    }

    /** Returns how many of the user's test items are in a segment. */
    public int relevant(Segment items) {
        int count = 0;
        for (int p = test.begin(user); p < test.end(user); p++) {
            count += items.contains(test.column(p)) ? 1 : 0;
        }
        return count;
    }

    /** Returns the weights of the user's test items in descending order, as a new array. */
    public float[] idealWeights() {
        float[] weights = new float[relevant()];
        for (int j = 0; j < weights.length; j++) {
            weights[j] = -test.weight(test.begin(user) + j);
        }
        Arrays.sort(weights);
        for (int j = 0; j < weights.length; j++) {
            weights[j] = -weights[j];
        }
        return weights;
    }

    /** Returns the items of the user's training part, ascending, as a new array; empty for a user who is new in the test part. */
    public int[] history() {
        return user < trainUsers.columns() ? trainUsers.transpose().row(user) : new int[0];
    }

    /** Returns how many users of the training part interacted with an item. */
    public int popularity(int item) {
        return item < trainUsers.rows() ? trainUsers.length(item) : 0;
    }

    /** Returns the number of users of the training part. */
    public int users() {
        return trainUsers.columns();
    }

    Interactions trainUsers() {
        return trainUsers;
    }

    double auc() {
        return auc.getAsDouble();
    }
}
