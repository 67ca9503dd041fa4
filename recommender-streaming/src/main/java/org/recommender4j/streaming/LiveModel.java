package org.recommender4j.streaming;

import java.util.List;
import java.util.Optional;
import org.recommender4j.data.Profile;
import org.recommender4j.factorization.FactorModel;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;
import org.recommender4j.streaming.online.OnlineModel;

/**
 * A trained model over histories that go on: it is shown only items that it knows, the users are those of the view, a factor
 * model takes the vectors that were folded in, and the current session is mixed in. Belongs to one call.
 */
final class LiveModel implements Model {
    private final Model base;
    private final LiveView<?, ?> view;
    private final boolean whole;
    private final double sessionWeight;

    LiveModel(Model base, LiveView<?, ?> view, boolean whole) {
        this.base = base;
        this.view = view;
        this.whole = whole;
        sessionWeight = view.state.options.sessionWeight;
    }

    @Override
    public String name() {
        return base.name();
    }

    @Override
    public int users() {
        return view.userCount();
    }

    @Override
    public int items() {
        // A model that learns by the event may know an item that is newer than the view.
        return Math.min(base.items(), view.itemCount());
    }

    @Override
    public boolean answers(Profile profile) {
        return !view.isForgotten(profile) && !view.isForOutsider(profile) && base.answers(known(profile));
    }

    private Profile known(Profile profile) {
        return Generation.known(profile, base);
    }

    @Override
    public List<Model> stages() {
        List<Model> stages = base.stages();
        return stages.size() == 1 && stages.get(0) == base
                ? List.of(this)
                : stages.stream()
                        .map(stage -> (Model) new LiveModel(stage, view, false))
                        .toList();
    }

    @Override
    public Scorer scorer(Profile profile) {
        if (whole && base instanceof FactorModel factors) {
            float[] vector = view.vector(factors, profile);
            if (vector != null) {
                return factors.scorer(vector);
            }
        }
        Scorer all = base.scorer(known(profile));
        Profile session = known(view.session(profile));
        if (session.size() == 0 || !base.answers(session)) {
            return all;
        }
        Scorer current = base.scorer(session);
        return (from, to, scores) -> {
            all.score(from, to, scores);
            float[] others = new float[to - from];
            current.score(from, to, others);
            for (int k = 0; k < to - from; k++) {
                scores[k] = mix(scores[k], others[k]);
            }
        };
    }

    /** What one of the two does not know is 0 for it. */
    private float mix(float all, float current) {
        if (all == Scorer.UNSCORED && current == Scorer.UNSCORED) {
            return Scorer.UNSCORED;
        }
        return (float) ((1 - sessionWeight) * (all == Scorer.UNSCORED ? 0 : all)
                + sessionWeight * (current == Scorer.UNSCORED ? 0 : current));
    }

    @Override
    public void topN(Profile profile, TopN top) {
        if (whole && base instanceof FactorModel factors) {
            float[] vector = view.vector(factors, profile);
            if (vector != null) {
                factors.topN(vector, top);
                return;
            }
        }
        if (base instanceof OnlineModel || view.session(profile).size() > 0) {
            top.search(scorer(profile), items());
        } else {
            base.topN(known(profile), top);
        }
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        return base.similarItems(item);
    }

    @Override
    public Optional<Scorer> audience(int item) {
        return base.audience(item).map(trained -> new Scorer() {
            private float[] rows = new float[0];

            @Override
            public void score(int from, int to, float[] scores) {
                Generation generation = view.generation;
                int end = Math.min(base.users(), generation.rowFrom(to, base.users()));
                int first = Math.min(end, generation.rowFrom(from, end));
                if (rows.length < end - first) {
                    rows = new float[end - first];
                }
                if (end > first) {
                    trained.score(first, end, rows);
                }
                for (int user = from; user < to; user++) {
                    UserState state = view.state.history(user);
                    scores[user - from] =
                            generation.isTrained(user, state) ? rows[generation.row(user) - first] : changed(user);
                }
            }

            private float changed(int user) {
                Profile profile = view.profile(user);
                return answers(profile) ? LiveModel.this.scorer(profile).score(item) : UNSCORED;
            }
        });
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        return base.explain(known(profile), item);
    }

    @Override
    public ModelState state() {
        return base.state();
    }
}
