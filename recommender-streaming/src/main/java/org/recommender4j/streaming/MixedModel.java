package org.recommender4j.streaming;

import java.util.ArrayList;
import java.util.Arrays;
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
 * score that its model gives for the profile to an item that may enter the list; where there is no list, to an item that is
 * not in the history. The mean is over the models that can know the item, so that a new one is not held back because the
 * trained model has not heard of it. The best {@link #DEPTH} items of each enter a list with the scores of all.
 *
 * <p>How items are alike, and who would like one that the trained model knows, the models say each under its own name, since their
 * scores can't be put on one scale without a list for each item and user. Belongs to one call.
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
            Model model, Profile profile, Scorer scorer, int items, double weight, double factor, int[] best) {}

    /** Returns the parts of the models that have an answer, scaled by their best among the eligible items. */
    private List<Part> parts(Profile profile, Eligibility eligible, int depth) {
        List<Part> parts = new ArrayList<>();
        if (base.answers(profile)) {
            TopN top = new TopN(depth, eligible);
            base.topN(profile, top);
            add(parts, base, profile, base.scorer(profile), base.items(), 1, top);
        }
        Profile own = LiveProfile.forMembers(profile);
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
            parts.add(new Part(model, profile, scorer, items, weight, weight / scores[0], top.items()));
        }
    }

    private static float mean(List<Part> parts, int item) {
        double sum = 0;
        double weight = 0;
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
        return scored ? (float) (sum / weight) : Scorer.UNSCORED;
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
        if (LiveProfile.isForgotten(profile) || view.isForOutsider(profile)) {
            return false;
        }
        Profile own = LiveProfile.forMembers(profile);
        return base.answers(profile)
                || members.stream().anyMatch(member -> member.model().answers(own));
    }

    /** This one, the trained model alone for longer lists, and the members for what they alone have a notion of. */
    @Override
    public List<Model> stages() {
        return Stream.of(
                        Stream.of((Model) this),
                        base.stages().stream(),
                        members.stream().map(member -> (Model) new Alike(member.model(), view)))
                .flatMap(part -> part)
                .toList();
    }

    /** A member that is asked how items are alike, and nothing else. */
    private record Alike(Model member, LiveView<?, ?> view) implements Model {
        @Override
        public String name() {
            return member.name();
        }

        @Override
        public int users() {
            return view.userCount();
        }

        @Override
        public int items() {
            return Math.min(member.items(), view.itemCount());
        }

        @Override
        public boolean answers(Profile profile) {
            return false;
        }

        @Override
        public Scorer scorer(Profile profile) {
            return nothing();
        }

        @Override
        public Optional<Scorer> similarItems(int item) {
            return member.similarItems(item);
        }

        @Override
        public Optional<Scorer> audience(int item) {
            return Optional.of(nothing());
        }

        @Override
        public ModelState state() {
            return member.state();
        }
    }

    private static Scorer nothing() {
        return (from, to, scores) -> Arrays.fill(scores, 0, to - from, Scorer.UNSCORED);
    }

    /** Returns the parts as they are in a list without rules; of somebody who has seen everything, by the best of all items. */
    private List<Part> parts(Profile profile) {
        Eligibility unseen =
                Eligibility.builder(view.itemCount()).seen(profile.items()).build();
        return parts(profile, unseen.eligible() > 0 ? unseen : Eligibility.all(view.itemCount()), 1);
    }

    @Override
    public Scorer scorer(Profile profile) {
        List<Part> parts = parts(profile);
        return (from, to, scores) -> {
            for (int item = from; item < to; item++) {
                scores[item - from] = mean(parts, item);
            }
        };
    }

    @Override
    public void topN(Profile profile, TopN top) {
        List<Part> parts = parts(profile, top.eligibility(), DEPTH);
        BitSet candidates = new BitSet();
        for (Part part : parts) {
            for (int item : part.best) {
                candidates.set(item);
            }
            if (top.hasBoosts()) {
                // What a boost lifts may be far below the best by the score alone, which is the one to be scaled by.
                TopN boosted = top.sibling(DEPTH);
                boosted.search(part.scorer, part.items);
                for (int item : boosted.items()) {
                    candidates.set(item);
                }
            }
        }
        candidates.stream().forEach(item -> top.offer(item, mean(parts, item)));
    }

    /** Nobody's, if the trained model knows the item, which is the next to be asked. */
    @Override
    public Optional<Scorer> audience(int item) {
        if (item < base.items()) {
            return Optional.of(nothing());
        }
        return Optional.of((from, to, scores) -> {
            for (int user = from; user < to; user++) {
                LiveProfile profile = view.profile(user);
                scores[user - from] = knowsOf(profile, item) ? scorer(profile).score(item) : Scorer.UNSCORED;
            }
        });
    }

    /** Tells whether a member scores an item that is new to the trained model, which takes less than to compare it with the best. */
    private boolean knowsOf(LiveProfile profile, int item) {
        if (profile.isForgotten()) {
            return false;
        }
        Profile own = LiveProfile.forMembers(profile);
        return members.stream()
                .map(LiveMember::model)
                .anyMatch(model -> item < model.items()
                        && model.answers(own)
                        && model.scorer(own).score(item) != Scorer.UNSCORED);
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        List<Contribution> result = new ArrayList<>();
        List<Part> parts = parts(profile);
        double weight = 0;
        for (Part part : parts) {
            weight += item < part.items ? part.weight : 0;
        }
        for (Part part : parts) {
            if (item < part.items) {
                for (Contribution reason : part.model.explain(part.profile, item)) {
                    double value = part.factor * reason.value() / weight;
                    result.add(new Contribution(reason.item(), reason.label(), (float) value));
                }
            }
        }
        return Contribution.merge(result);
    }

    @Override
    public ModelState state() {
        return base.state();
    }
}
