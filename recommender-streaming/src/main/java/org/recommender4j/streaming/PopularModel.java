package org.recommender4j.streaming;

import java.util.List;
import java.util.Optional;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;

/**
 * What people like of late, as it may be told: the fallback. An item of which nothing may be told counts as one that
 * nobody likes; it is offered for all that, unless counts are told with noise, where to be offered must say nothing
 * either. Belongs to one call.
 */
final class PopularModel implements Model {
    private static final String NAME = "Popularity";

    private final String name;
    private final LiveState<?, ?> state;
    private final int users;
    private final int items;
    private final Scorer told;

    PopularModel(LiveState<?, ?> state, int users, int items) {
        this(NAME, state, users, items);
    }

    private PopularModel(String name, LiveState<?, ?> state, int users, int items) {
        this.name = name;
        this.state = state;
        this.users = users;
        this.items = items;
        Scorer popularity = state.toldPopularity();
        told = state.hidesCounts()
                ? popularity
                : (from, to, scores) -> {
                    popularity.score(from, to, scores);
                    for (int k = 0; k < to - from; k++) {
                        scores[k] = Math.max(0, scores[k]);
                    }
                };
    }

    /** Returns the fallback of a model. If that counts popularity too, as it was trained, this one has another name: another scale. */
    static PopularModel behind(Model model, LiveState<?, ?> state, int users, int items) {
        boolean taken = model.stages().stream().anyMatch(stage -> stage.name().equals(NAME));
        return new PopularModel(taken ? "Recent" + NAME : NAME, state, users, items);
    }

    @Override
    public String name() {
        return name;
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
        return told;
    }

    /** The same score for everybody whose id was not removed. */
    @Override
    public Optional<Scorer> audience(int item) {
        float score = told.score(item);
        return Optional.of((from, to, scores) -> {
            for (int user = from; user < to; user++) {
                scores[user - from] = state.users.isHole(user) ? Scorer.UNSCORED : score;
            }
        });
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        return List.of(Contribution.of("people of late", told.score(item)));
    }

    @Override
    public ModelState state() {
        float[] scores = new float[items];
        told.score(0, items, scores);
        for (int item = 0; item < items; item++) {
            scores[item] = Math.max(0, scores[item]);
        }
        return new ModelState().put("reason", "people of late").put("scores", scores);
    }
}
