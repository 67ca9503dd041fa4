package org.recommender4j.streaming;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
        return !LiveProfile.isForgotten(profile) && !view.isForOutsider(profile) && base.answers(known(profile));
    }

    private Profile known(Profile profile) {
        return profile.below(base.items());
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

    /** Returns the factors and the vector to answer with, the session mixed in, or null if it takes another way. */
    private float @Nullable [] vector(Profile profile) {
        return whole && base instanceof FactorModel factors && profile instanceof LiveProfile live
                ? view.generation.vector(factors, live, view.inSession(live.state))
                : null;
    }

    private Profile session(Profile profile) {
        return profile instanceof LiveProfile live && view.inSession(live.state)
                ? known(live.session())
                : Profile.empty();
    }

    @Override
    public Scorer scorer(Profile profile) {
        float[] vector = vector(profile);
        if (vector != null) {
            return ((FactorModel) base).scorer(vector);
        }
        Scorer all = base.scorer(known(profile));
        Profile session = session(profile);
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
        float[] vector = vector(profile);
        if (vector != null) {
            ((FactorModel) base).topN(vector, top);
        } else if (base instanceof OnlineModel || session(profile).size() > 0) {
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
        return base.audience(item).map(trained -> new Audience(item, trained));
    }

    /**
     * How much users would like an item: those whose history the model was trained on as it says itself, all others by their
     * profiles. What is known of a user is read once.
     */
    private final class Audience implements Scorer {
        private final int item;
        private final Scorer trained;

        Audience(int item, Scorer trained) {
            this.item = item;
            this.trained = trained;
        }

        @Override
        public void score(int from, int to, float[] scores) {
            UserState[] states = new UserState[to - from];
            int[] rows = new int[to - from];
            int first = Integer.MAX_VALUE;
            int end = 0;
            for (int k = 0; k < states.length; k++) {
                states[k] = view.state.history(from + k);
                int row = view.generation.trainedRow(from + k, states[k]);
                rows[k] = row >= base.users() || view.inSession(states[k]) ? -1 : row;
                if (rows[k] >= 0) {
                    first = Math.min(first, rows[k]);
                    end = Math.max(end, rows[k] + 1);
                }
            }
            float[] known = end > first ? new float[end - first] : new float[0];
            if (end > first) {
                trained.score(first, end, known);
            }
            for (int k = 0; k < states.length; k++) {
                scores[k] = rows[k] >= 0 ? known[rows[k] - first] : one(view.profile(from + k, states[k]));
            }
        }

        private float one(Profile profile) {
            return answers(profile) ? LiveModel.this.scorer(profile).score(item) : UNSCORED;
        }
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
