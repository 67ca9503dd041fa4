package org.recommender4j.neighborhood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.RowSums;
import org.recommender4j.model.Scorer;

/**
 * Scores an item by how similar those are who like it. Memory: 16 bytes per positive interaction for the histories, 8 for the inverted
 * index, 8 per neighbor. A list costs O(items + histories of the neighbors), for somebody who was not trained on also O(users who like an
 * item of the history). Immutable; thread-safe.
 */
final class UserKnnModel implements Model {
    private final String name;
    private final Interactions positives;
    private final Interactions votes;
    private final TermWeights terms;
    private final UserNeighbors neighbors;
    private final float positiveFrom;
    private final boolean binary;

    /**
     * Puts the parts together.
     *
     * @param positives users x items
     * @param votes what each entry of those adds to a score, times the similarity
     * @param binary whether each weight of a history that counts is taken as 1
     */
    UserKnnModel(
            String name,
            Interactions positives,
            Interactions votes,
            TermWeights terms,
            UserNeighbors neighbors,
            float positiveFrom,
            boolean binary) {
        this.name = name;
        this.positives = positives;
        this.votes = votes;
        this.terms = terms;
        this.neighbors = neighbors;
        this.positiveFrom = positiveFrom;
        this.binary = binary;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int users() {
        return positives.rows();
    }

    @Override
    public int items() {
        return positives.columns();
    }

    @Override
    public boolean answers(Profile profile) {
        for (int k = 0; k < profile.size(); k++) {
            if (counts(profile, k)) {
                return true;
            }
        }
        return false;
    }

    private boolean counts(Profile profile, int k) {
        return profile.weight(k) >= positiveFrom && profile.item(k) < items();
    }

    private record History(int[] items, float[] values) {}

    private History history(Profile profile) {
        int[] items = new int[profile.size()];
        float[] weights = new float[items.length];
        int n = 0;
        for (int k = 0; k < items.length; k++) {
            if (counts(profile, k)) {
                items[n] = profile.item(k);
                weights[n++] = binary ? 1f : profile.weight(k);
            }
        }
        float[] values = new float[n];
        terms.fill(items, weights, 0, n, values);
        return new History(Arrays.copyOf(items, n), values);
    }

    private FoundUsers found(Profile profile) {
        int user = profile.user() < users() ? profile.user() : -1;
        if (profile.trained() && user >= 0) {
            return neighbors.ofTrained(user);
        }
        History history = history(profile);
        return neighbors.find(user, history.items, history.values);
    }

    @Override
    public Scorer scorer(Profile profile) {
        FoundUsers found = found(profile);
        return new RowSums(votes, found.users(), found.similarities());
    }

    /** Splits the similarity of each neighbor with the item among the items that the two have in common. */
    @Override
    public List<Contribution> explain(Profile profile, int item) {
        FoundUsers found = found(profile);
        History history = history(profile);
        float[] sums = new float[history.items.length];
        for (int place = 0; place < found.users().length; place++) {
            int at = votes.find(found.users()[place], item);
            if (at >= 0) {
                float[] parts = neighbors.parts(found, place, history.items, history.values);
                for (int k = 0; k < sums.length; k++) {
                    sums[k] += parts[k] * votes.weight(at);
                }
            }
        }
        List<Contribution> result = new ArrayList<>();
        for (int k = 0; k < sums.length; k++) {
            if (sums[k] != 0) {
                result.add(Contribution.ofItem(history.items[k], sums[k]));
            }
        }
        return result;
    }

    @Override
    public ModelState state() {
        return new ModelState()
                .put("positives", positives)
                .put("neighbors", neighbors.stored())
                .put("positiveFrom", Float.toString(positiveFrom))
                .put("binary", Boolean.toString(binary));
    }
}
