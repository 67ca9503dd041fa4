package org.recommender4j.streaming;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

/**
 * The trained model and the members that learn by the event, as one: the weighted mean of their scores, each divided by the best
 * score that its model gives for the profile. The mean is over the models that can know the item, so that a new one is not held
 * back because the trained model has not heard of it. The best {@link #DEPTH} items of each enter a list with the scores of all.
 * Belongs to one call.
 */
final class MixedModel implements Model {
    private static final int DEPTH = 100;

    private final LiveModel base;
    private final LiveView<?, ?> view;
    private final List<LiveMember> members;

    MixedModel(LiveModel base, LiveView<?, ?> view, List<LiveMember> members) {
        this.base = base;
        this.view = view;
        this.members = members;
    }

    /** One model's part in a request. */
    private record Part(
            Model model, Profile profile, Scorer scorer, int items, float weight, float factor, int[] best) {}

    /** Returns the parts of the models that have an answer, scaled by their best among the eligible items. */
    private List<Part> parts(Profile profile, Eligibility eligible, int depth) {
        List<Part> parts = new ArrayList<>();
        if (base.answers(profile)) {
            TopN top = new TopN(depth, eligible);
            base.topN(profile, top);
            add(parts, base, profile, base.scorer(profile), base.items(), 1, top);
        }
        Profile own = view.indexed(profile);
        for (LiveMember member : members) {
            Model model = member.model();
            if (model.answers(own)) {
                int items = Math.min(model.items(), view.itemCount());
                Scorer scorer = model.scorer(own);
                TopN top = new TopN(depth, eligible);
                top.search(scorer, items);
                add(parts, model, own, scorer, items, member.weight(), top);
            }
        }
        return parts;
    }

    private static void add(
            List<Part> parts, Model model, Profile profile, Scorer scorer, int items, double weight, TopN top) {
        float[] scores = top.scores();
        if (scores.length > 0 && scores[0] > 0) {
            parts.add(
                    new Part(model, profile, scorer, items, (float) weight, (float) (weight / scores[0]), top.items()));
        }
    }

    private static float mean(List<Part> parts, int item) {
        float sum = 0;
        float weight = 0;
        boolean scored = false;
        for (Part part : parts) {
            if (item < part.items) {
                weight += part.weight;
                float score = part.scorer.score(item);
                if (score != Scorer.UNSCORED) {
                    sum += part.factor * score;
                    scored = true;
                }
            }
        }
        return scored ? sum / weight : Scorer.UNSCORED;
    }

    @Override
    public String name() {
        return Stream.concat(
                        Stream.of(base.name()),
                        members.stream().map(member -> member.model().name()))
                .collect(Collectors.joining("+"));
    }

    @Override
    public int users() {
        return view.userCount();
    }

    @Override
    public int items() {
        return view.itemCount();
    }

    @Override
    public boolean answers(Profile profile) {
        if (view.isForgotten(profile) || view.isForOutsider(profile)) {
            return false;
        }
        Profile own = view.indexed(profile);
        return base.answers(profile)
                || members.stream().anyMatch(member -> member.model().answers(own));
    }

    /** This one, and the trained model alone for longer lists. */
    @Override
    public List<Model> stages() {
        return Stream.concat(Stream.of((Model) this), base.stages().stream()).toList();
    }

    @Override
    public Scorer scorer(Profile profile) {
        List<Part> parts = parts(profile, Eligibility.all(view.itemCount()), 1);
        return (from, to, scores) -> {
            for (int item = from; item < to; item++) {
                scores[item - from] = mean(parts, item);
            }
        };
    }

    @Override
    public void topN(Profile profile, TopN top) {
        List<Part> parts = parts(profile, top.eligibility(), DEPTH);
        BitSet offered = new BitSet();
        for (Part part : parts) {
            for (int item : part.best) {
                if (!offered.get(item)) {
                    offered.set(item);
                    top.offer(item, mean(parts, item));
                }
            }
        }
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        if (item < base.items()) {
            Optional<Scorer> similar = base.similarItems(item);
            if (similar.isPresent()) {
                return similar;
            }
        }
        return members.stream()
                .map(LiveMember::model)
                .filter(model -> item < model.items())
                .flatMap(model -> model.similarItems(item).stream())
                .findFirst();
    }

    /** That of the trained model: to scale the scores of each user would take a list for each. */
    @Override
    public Optional<Scorer> audience(int item) {
        return item < base.items() ? base.audience(item) : Optional.empty();
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        List<Contribution> result = new ArrayList<>();
        List<Part> parts = parts(profile, Eligibility.all(view.itemCount()), 1);
        float weight = 0;
        for (Part part : parts) {
            weight += item < part.items ? part.weight : 0;
        }
        for (Part part : parts) {
            if (item < part.items) {
                for (Contribution reason : part.model.explain(part.profile, item)) {
                    float value = part.factor * reason.value() / weight;
                    result.add(new Contribution(reason.item(), reason.label(), value));
                }
            }
        }
        return result;
    }

    @Override
    public ModelState state() {
        return base.state();
    }
}
