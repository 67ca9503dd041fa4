package org.recommender4j.hybrid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

/** A sum of reciprocal ranks. */
final class RankFusionModel extends HybridModel {
    private final int rankConstant;
    private final int depth;

    RankFusionModel(String name, List<Model> members, int rankConstant, int depth) {
        super(name, members);
        this.rankConstant = rankConstant;
        this.depth = depth;
    }

    @Override
    public Scorer scorer(Profile profile) {
        float[] sums = unscored();
        for (Model member : members) {
            Column column = Column.of(member, profile, items(), Normalization.NONE);
            if (column != null) {
                add(column, profile, sums);
            }
        }
        return Scorer.of(sums);
    }

    private float[] unscored() {
        float[] sums = new float[items()];
        Arrays.fill(sums, Scorer.UNSCORED);
        return sums;
    }

    private void add(Column column, Profile leftOut, float[] sums) {
        Eligibility unseen = Tiers.unseen(items(), leftOut);
        TopN best = Tiers.best(column, unseen, depth);
        int[] ranked = best.items();
        float[] scores = best.scores();
        float beyond = value(depth + 1L);
        for (int item = 0; item < sums.length; item++) {
            if (column.scores(item)) {
                sums[item] = Math.max(0f, sums[item]) + beyond;
            }
        }
        for (int k = 0; k < ranked.length; k++) {
            sums[ranked[k]] += value(k + 1L) - beyond;
        }
        // What the profile knows already is ranked as if it were new, for requests that want it back.
        for (int k = 0; k < leftOut.size(); k++) {
            int item = leftOut.item(k);
            if (column.scores(item)) {
                int above = 0;
                while (above < scores.length
                        && (scores[above] > column.raw[item]
                                || (scores[above] == column.raw[item] && ranked[above] < item))) {
                    above++;
                }
                sums[item] += value(Math.min(above, depth) + 1L) - beyond;
            }
        }
    }

    private float value(long rank) {
        return (float) (1.0 / (rankConstant + rank));
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        float[] sums = unscored();
        boolean any = false;
        for (Model member : members) {
            Optional<Scorer> similar = item < member.items() ? member.similarItems(item) : Optional.empty();
            Column column = similar.isEmpty()
                    ? null
                    : Column.of(similar.get(), member.items(), items(), new int[] {item}, Normalization.NONE);
            if (column != null) {
                any = true;
                add(column, Profile.ofItems(item), sums);
            }
        }
        return any ? Optional.of(Scorer.of(sums)) : Optional.empty();
    }

    /** Each member's reasons, scaled so that they add up to what its rank gives. */
    @Override
    public List<Contribution> explain(Profile profile, int item) {
        List<Contribution> result = new ArrayList<>();
        for (Model member : members) {
            Column column = Column.of(member, profile, items(), Normalization.NONE);
            if (column == null || !column.scores(item)) {
                continue;
            }
            float[] own = unscored();
            add(column, profile, own);
            List<Contribution> parts = member.explain(profile, item);
            float total = 0;
            for (Contribution part : parts) {
                total += Math.abs(part.value());
            }
            for (Contribution part : parts) {
                float value = part.value() / total * own[item];
                if (Float.isFinite(value) && value != 0f) {
                    result.add(new Contribution(part.item(), part.label(), value));
                }
            }
        }
        return Contribution.merge(result);
    }

    @Override
    public ModelState state() {
        return Members.state(members);
    }
}
