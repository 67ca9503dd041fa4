package org.recommender4j.streaming;

import java.util.List;
import java.util.Optional;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;

/** What people like of late: the fallback. Belongs to one call. */
final class PopularModel implements Model {
    static final String NAME = "Popularity";

    private final LiveState<?, ?> state;
    private final int users;
    private final int items;

    PopularModel(LiveState<?, ?> state, int users, int items) {
        this.state = state;
        this.users = users;
        this.items = items;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int users() {
        return users;
    }

    @Override
    public int items() {
        return items;
    }

    @Override
    public boolean answers(Profile profile) {
        return true;
    }

    @Override
    public Scorer scorer(Profile profile) {
        return state.popularity.scorer();
    }

    /** The same score for everybody whose id was not removed. */
    @Override
    public Optional<Scorer> audience(int item) {
        float score = state.popularity.scorer().score(item);
        return Optional.of((from, to, scores) -> {
            for (int user = from; user < to; user++) {
                scores[user - from] = state.users.isHole(user) ? Scorer.UNSCORED : score;
            }
        });
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        return List.of(
                Contribution.of("people of late", state.popularity.scorer().score(item)));
    }

    @Override
    public ModelState state() {
        float[] scores = new float[items];
        state.popularity.scorer().score(0, items, scores);
        return new ModelState().put("reason", "people of late").put("scores", scores);
    }
}
