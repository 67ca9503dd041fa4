package org.recommender4j.neighborhood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.RowSums;
import org.recommender4j.model.Scorer;

/**
 * Predicts a rating from the user's ratings of similar items. Memory: 8 bytes per neighbor, 4 per user and item. A list costs two
 * passes over the neighbors of the history's items. Immutable; thread-safe.
 */
final class ItemRatingModel implements Model {
    private final String name;
    private final Baseline baseline;
    private final Interactions neighbors;

    /**
     * Puts the parts together.
     *
     * @param neighbors similarities: row j holds the items that have j as a neighbor
     */
    ItemRatingModel(String name, Baseline baseline, Interactions neighbors) {
        if (neighbors.rows() != baseline.items() || neighbors.columns() != baseline.items()) {
            throw new IllegalArgumentException(
                    "the neighbors are " + neighbors + ", but there are " + baseline.items() + " items");
        }
        this.name = name;
        this.baseline = baseline;
        this.neighbors = neighbors;
    }

    static ItemRatingModel restore(String name, ModelState state) {
        return new ItemRatingModel(name, Baseline.restore(state.child("baseline")), state.matrix("neighbors"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int users() {
        return baseline.users();
    }

    @Override
    public int items() {
        return baseline.items();
    }

    @Override
    public boolean answers(Profile profile) {
        for (int k = 0; k < profile.size(); k++) {
            if (profile.item(k) < items()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Scorer scorer(Profile profile) {
        return ratings(profile);
    }

    private RatingScorer ratings(Profile profile) {
        float user = baseline.ofProfile(profile);
        int[] items = new int[profile.size()];
        float[] deviations = new float[items.length];
        int n = 0;
        for (int k = 0; k < items.length; k++) {
            int item = profile.item(k);
            if (item < items()) {
                items[n] = item;
                deviations[n++] = profile.weight(k) - user - baseline.ofItem(item);
            }
        }
        int[] rows = Arrays.copyOf(items, n);
        float[] ones = new float[n];
        Arrays.fill(ones, 1f);
        return new RatingScorer(
                baseline,
                user,
                new RowSums(neighbors, rows, Arrays.copyOf(deviations, n)),
                new RowSums(neighbors, rows, ones));
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        return item < items() && neighbors.length(item) > 0
                ? Optional.of(new RowSums(neighbors, new int[] {item}, new float[] {1f}))
                : Optional.empty();
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        List<Contribution> result = new ArrayList<>();
        float user = baseline.ofProfile(profile);
        result.add(Contribution.of("usual rating", user + baseline.ofItem(item)));
        float divisor = ratings(profile).divisor(item);
        for (int k = 0; k < profile.size(); k++) {
            int known = profile.item(k);
            int at = known < items() ? neighbors.find(known, item) : -1;
            if (at >= 0) {
                float deviation = profile.weight(k) - user - baseline.ofItem(known);
                result.add(Contribution.ofItem(known, neighbors.weight(at) * deviation / divisor));
            }
        }
        return result;
    }

    @Override
    public ModelState state() {
        return new ModelState().put("baseline", baseline.state()).put("neighbors", neighbors);
    }
}
