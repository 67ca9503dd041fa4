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
        return baseline.knowsOf(profile);
    }

    @Override
    public RatingScorer scorer(Profile profile) {
        Baseline.Deviations own = baseline.deviations(profile);
        float[] ones = new float[own.items().length];
        Arrays.fill(ones, 1f);
        return new RatingScorer(
                baseline,
                baseline.ofProfile(profile),
                new RowSums(neighbors, own.items(), own.values()),
                new RowSums(neighbors, own.items(), ones));
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
        result.add(Contribution.of("usual rating", baseline.ofProfile(profile) + baseline.ofItem(item)));
        float divisor = scorer(profile).divisor(item);
        Baseline.Deviations own = baseline.deviations(profile);
        for (int k = 0; k < own.items().length; k++) {
            int at = neighbors.find(own.items()[k], item);
            if (at >= 0) {
                result.add(Contribution.ofItem(own.items()[k], neighbors.weight(at) * own.values()[k] / divisor));
            }
        }
        return result;
    }

    @Override
    public ModelState state() {
        return new ModelState().put("baseline", baseline.state()).put("neighbors", neighbors);
    }
}
