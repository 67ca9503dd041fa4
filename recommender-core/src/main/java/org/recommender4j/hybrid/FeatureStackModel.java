package org.recommender4j.hybrid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;

/** The members' best items in the order of a learned ranker. */
final class FeatureStackModel extends HybridModel {
    private final StackFeatures features;
    private final Ranker ranker;
    private final int candidates;

    FeatureStackModel(String name, List<Model> members, StackFeatures features, Ranker ranker, int candidates) {
        super(name, members);
        if (features.items() != items()) {
            throw new IllegalArgumentException(
                    "the members know " + items() + " items, but the features are of " + features.items());
        }
        this.features = features;
        this.ranker = ranker;
        this.candidates = candidates;
    }

    @Override
    public Scorer scorer(Profile profile) {
        List<@Nullable Column> columns = new ArrayList<>();
        for (Model member : members) {
            columns.add(Column.of(member, profile, items(), Normalization.Z_SCORE));
        }
        Tiers tiers = Tiers.of(columns, items(), profile, candidates);
        if (tiers == null) {
            return members.get(0).scorer(profile);
        }
        int[] list = new int[items()];
        int size = 0;
        for (int item = 0; item < list.length; item++) {
            if (tiers.isFirst(item)) {
                list[size++] = item;
            }
        }
        int[] chosen = Arrays.copyOf(list, size);
        float[] rows = features.of(profile, columns, chosen);
        float[] scores = new float[items()];
        for (int k = 0; k < size; k++) {
            scores[chosen[k]] = ranker.score(rows, k);
        }
        return tiers.scorer(scores);
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        return members.stream()
                .filter(member -> item < member.items() && member.items() == items())
                .map(member -> member.similarItems(item))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The members' own reasons, each on the scale of its z-score: a learned ranker has no simpler ones. */
    @Override
    public List<Contribution> explain(Profile profile, int item) {
        List<Contribution> parts = new ArrayList<>();
        for (Model member : members) {
            Column column = Column.of(member, profile, items(), Normalization.Z_SCORE);
            if (column != null && column.scores(item)) {
                for (Contribution part : member.explain(profile, item)) {
                    parts.add(new Contribution(part.item(), part.label(), part.value() * column.scale));
                }
            }
        }
        return Contribution.merge(parts);
    }

    @Override
    public ModelState state() {
        ModelState state = new ModelState().put("members", Members.state(members));
        return state.put("features", features.state()).put("ranker", ranker.state());
    }
}
