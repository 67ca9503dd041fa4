package org.recommender4j.streaming.online;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

/**
 * Several online models as one: the weighted sum of their scores, each divided by the best score that its model gives for the
 * profile to an item that may enter the list; where there is no list, to an item that is not in the history. So what is popular
 * of late, the taste of a user and the current session can share a list.
 *
 * <p>Only the {@code depth} best eligible items of each member enter a list, with the scores of all. A request costs those of its members.
 *
 * @since 0.1
 */
public final class OnlineBlend implements OnlineModel {
    private static final int DEPTH = 100;

    private final List<OnlineModel> members;
    private final float[] weights;

    private OnlineBlend(List<OnlineModel> members, float[] weights) {
        this.members = members;
        this.weights = weights;
    }

    /** Starts a blend. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the members. */
    public static final class Builder {
        private final List<OnlineModel> members = new ArrayList<>();
        private final List<Float> weights = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a member.
         *
         * @param model learns from now on by the blend only
         * @param weight more than 0
         */
        public Builder add(OnlineModel model, double weight) {
            if (!(weight > 0 && weight < Float.MAX_VALUE)) {
                throw new IllegalArgumentException("weight must be more than 0, but is " + weight);
            }
            members.add(model);
            weights.add((float) weight);
            return this;
        }

        /** Returns the blend of at least one member. */
        public OnlineBlend build() {
            if (members.isEmpty()) {
                throw new IllegalStateException("a blend needs a member");
            }
            float[] array = new float[weights.size()];
            for (int k = 0; k < array.length; k++) {
                array[k] = weights.get(k);
            }
            return new OnlineBlend(List.copyOf(members), array);
        }
    }

    @Override
    public void update(int user, int item, float weight, long time) {
        Check.event(user, item, weight, time);
        members.forEach(member -> member.update(user, item, weight, time));
    }

    @Override
    public Unlearned forget(int user) {
        long removed = 0;
        List<String> residue = new ArrayList<>();
        for (OnlineModel member : members) {
            Unlearned forgotten = member.forget(user);
            removed += forgotten.removed();
            if (!forgotten.residue().isEmpty()) {
                residue.add(member.name() + ": " + forgotten.residue());
            }
        }
        return new Unlearned(removed, String.join("; ", residue));
    }

    @Override
    public String name() {
        return "OnlineBlend";
    }

    @Override
    public int users() {
        return members.stream().mapToInt(Model::users).max().orElse(0);
    }

    @Override
    public int items() {
        return members.stream().mapToInt(Model::items).max().orElse(0);
    }

    @Override
    public boolean answers(Profile profile) {
        return members.stream().anyMatch(member -> member.answers(profile));
    }

    @Override
    public Scorer scorer(Profile profile) {
        Scorer[] scorers = new Scorer[members.size()];
        double[] factors = new double[scorers.length];
        for (int m = 0; m < scorers.length; m++) {
            OnlineModel member = members.get(m);
            scorers[m] = member.answers(profile) ? member.scorer(profile) : nothing();
            factors[m] = factor(m, scorers[m], profile);
        }
        return sum(scorers, factors);
    }

    /** Returns what the scores of a member are multiplied with where there is no list: by the best item outside of the history. */
    private double factor(int member, Scorer scorer, Profile profile) {
        int items = members.get(member).items();
        Eligibility unseen = Eligibility.builder(items).seen(profile.items()).build();
        TopN best = new TopN(1, unseen.eligible() > 0 ? unseen : Eligibility.all(items));
        best.search(scorer, items);
        return factor(member, best);
    }

    private double factor(int member, TopN best) {
        float[] scores = best.scores();
        return scores.length > 0 && scores[0] > 0 ? (double) weights[member] / scores[0] : 0;
    }

    private static Scorer nothing() {
        return (from, to, scores) -> Arrays.fill(scores, 0, to - from, Scorer.UNSCORED);
    }

    /** Members may know fewer items than others, which are unscored by them. */
    private Scorer sum(Scorer[] scorers, double[] factors) {
        return (from, to, scores) -> {
            float[] one = new float[to - from];
            Arrays.fill(scores, 0, to - from, Scorer.UNSCORED);
            for (int m = 0; m < scorers.length; m++) {
                int end = Math.min(to, members.get(m).items());
                if (factors[m] == 0 || end <= from) {
                    continue;
                }
                scorers[m].score(from, end, one);
                for (int k = 0; k < end - from; k++) {
                    if (one[k] != Scorer.UNSCORED) {
                        float part = ScoreMap.finite(factors[m] * one[k]);
                        scores[k] = scores[k] == Scorer.UNSCORED ? part : scores[k] + part;
                    }
                }
            }
        };
    }

    @Override
    public void topN(Profile profile, TopN top) {
        Scorer[] scorers = new Scorer[members.size()];
        double[] factors = new double[scorers.length];
        ScoreMap candidates = new ScoreMap();
        for (int m = 0; m < scorers.length; m++) {
            OnlineModel member = members.get(m);
            scorers[m] = member.answers(profile) ? member.scorer(profile) : nothing();
            TopN best = new TopN(DEPTH, top.eligibility());
            if (member.answers(profile)) {
                member.topN(profile, best);
            }
            factors[m] = factor(m, best);
            offer(best, candidates);
            if (top.hasBoosts() && member.answers(profile)) {
                // What a boost lifts into the list may be far below the best.
                TopN boosted = top.sibling(DEPTH);
                member.topN(profile, boosted);
                offer(boosted, candidates);
            }
        }
        Scorer sum = sum(scorers, factors);
        candidates.forEach((item, zero) -> top.offer(item, sum.score(item)));
    }

    private static void offer(TopN best, ScoreMap candidates) {
        for (int item : best.items()) {
            candidates.add(item, 0f);
        }
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        List<Contribution> result = new ArrayList<>();
        for (int m = 0; m < weights.length; m++) {
            OnlineModel member = members.get(m);
            if (member.answers(profile) && item < member.items()) {
                double factor = factor(m, member.scorer(profile), profile);
                for (Contribution part : member.explain(profile, item)) {
                    result.add(new Contribution(part.item(), part.label(), ScoreMap.finite(factor * part.value())));
                }
            }
        }
        return Contribution.merge(result);
    }

    /** Returns the states of the members under their positions. */
    @Override
    public ModelState state() {
        ModelState state = new ModelState();
        for (int m = 0; m < weights.length; m++) {
            state.put(Integer.toString(m), members.get(m).state());
        }
        return state;
    }
}
