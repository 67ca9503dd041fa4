package org.recommender4j.neighborhood;

import java.util.ArrayList;
import java.util.List;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.RowSums;

/**
 * Predicts a rating from those of similar users. Memory: 24 bytes per rating, 8 per neighbor, 8 per user and item. A list costs two passes over
 * the histories of the neighbors, for somebody who was not trained on also O(users who rated an item of the history). Immutable;
 * thread-safe.
 */
final class UserRatingModel implements Model {
    private final String name;
    private final Interactions ratings;
    private final Baseline baseline;
    private final Baseline reference;
    private final Interactions deviations;
    private final Interactions mentions;
    private final UserNeighbors neighbors;

    /**
     * Puts the parts together.
     *
     * @param baseline what predictions deviate from
     * @param reference what the compared values deviate from
     */
    UserRatingModel(String name, Interactions ratings, Baseline baseline, Baseline reference, UserNeighbors neighbors) {
        this.name = name;
        this.ratings = ratings;
        this.baseline = baseline;
        this.reference = reference;
        this.neighbors = neighbors;
        deviations = baseline.deviations(ratings);
        mentions = Interactions.of(ratings.columns(), ratings.offsets(), ratings.columnIndices(), null, null);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int users() {
        return ratings.rows();
    }

    @Override
    public int items() {
        return ratings.columns();
    }

    @Override
    public boolean answers(Profile profile) {
        return baseline.knowsOf(profile);
    }

    @Override
    public RatingScorer scorer(Profile profile) {
        FoundUsers found = found(profile);
        return new RatingScorer(
                baseline,
                baseline.ofProfile(profile),
                new RowSums(deviations, found.users(), found.similarities()),
                new RowSums(mentions, found.users(), found.similarities()));
    }

    private FoundUsers found(Profile profile) {
        int user = profile.user() < users() ? profile.user() : -1;
        if (profile.trained() && user >= 0) {
            return neighbors.ofTrained(user);
        }
        Baseline.Deviations own = reference.deviations(profile);
        return neighbors.find(user, own.items(), own.values());
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        RatingScorer scorer = scorer(profile);
        float usual = baseline.ofProfile(profile) + baseline.ofItem(item);
        List<Contribution> result = new ArrayList<>();
        result.add(Contribution.of("usual rating", usual));
        float rest = scorer.score(item) - usual;
        if (rest != 0) {
            result.add(Contribution.of("similar users", rest));
        }
        return result;
    }

    @Override
    public ModelState state() {
        return new ModelState()
                .put("ratings", ratings)
                .put("baseline", baseline.state())
                .put("reference", reference.state())
                .put("neighbors", neighbors.stored());
    }
}
