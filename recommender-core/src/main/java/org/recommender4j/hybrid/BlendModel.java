package org.recommender4j.hybrid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;

/** A weighted sum of normalized scores. */
final class BlendModel extends HybridModel {
    private final float[] weights;
    private final Normalization normalization;

    BlendModel(String name, List<Model> members, float[] weights, Normalization normalization) {
        super(name, members);
        if (weights.length != members.size()) {
            throw new IllegalArgumentException(
                    "there are " + members.size() + " members, but " + weights.length + " weights");
        }
        for (float weight : weights) {
            if (!(weight >= 0 && weight < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a weight must be finite and not negative, but is " + weight);
            }
        }
        this.weights = weights;
        this.normalization = normalization;
    }

    @Override
    public Scorer scorer(Profile profile) {
        List<@Nullable Column> columns = new ArrayList<>();
        for (int m = 0; m < weights.length; m++) {
            columns.add(weights[m] == 0 ? null : Column.of(members.get(m), profile, items(), normalization));
        }
        return sum(columns);
    }

    /** Adds columns up; an item that none of them scores is unscored. */
    private Scorer sum(List<@Nullable Column> columns) {
        float[] sums = new float[items()];
        boolean[] scored = new boolean[items()];
        for (int m = 0; m < weights.length; m++) {
            Column column = columns.get(m);
            if (column != null) {
                for (int item = 0; item < sums.length; item++) {
                    sums[item] = Math.fma(weights[m], column.normalized(item), sums[item]);
                    scored[item] |= column.scores(item);
                }
            }
        }
        for (int item = 0; item < sums.length; item++) {
            sums[item] = scored[item] ? sums[item] : Scorer.UNSCORED;
        }
        return Scorer.of(sums);
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        return blended(
                member -> item < member.items() ? member.similarItems(item) : Optional.empty(), new int[] {item});
    }

    /** Blends what those members say that have a notion of it. */
    private Optional<Scorer> blended(Function<Model, Optional<Scorer>> notion, int[] leftOut) {
        List<@Nullable Column> columns = new ArrayList<>();
        boolean any = false;
        for (int m = 0; m < weights.length; m++) {
            Model member = members.get(m);
            Optional<Scorer> scorer = weights[m] == 0 ? Optional.empty() : notion.apply(member);
            any |= scorer.isPresent();
            columns.add(
                    scorer.isEmpty() ? null : Column.of(scorer.get(), member.items(), items(), leftOut, normalization));
        }
        return any ? Optional.of(sum(columns)) : Optional.empty();
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        List<Contribution> parts = new ArrayList<>();
        for (int m = 0; m < weights.length; m++) {
            Model member = members.get(m);
            Column column = weights[m] == 0 ? null : Column.of(member, profile, items(), normalization);
            if (column != null && column.scores(item)) {
                for (Contribution part : member.explain(profile, item)) {
                    parts.add(new Contribution(part.item(), part.label(), part.value() * column.scale * weights[m]));
                }
            }
        }
        return Contribution.merge(parts);
    }

    @Override
    public ModelState state() {
        ModelState state = new ModelState().put("weights", weights);
        state.put("members", Members.state(members));
        return state;
    }
}
