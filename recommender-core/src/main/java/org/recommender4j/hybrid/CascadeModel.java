package org.recommender4j.hybrid;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;

/** One model finds the candidates, the other orders them. */
final class CascadeModel extends HybridModel {
    private final Model finder;
    private final Model ranker;
    private final int candidates;

    CascadeModel(String name, List<Model> members, int candidates) {
        super(name, members);
        finder = members.get(0);
        ranker = members.get(1);
        this.candidates = candidates;
    }

    @Override
    public Scorer scorer(Profile profile) {
        Column order = Column.of(ranker, profile, items(), Normalization.Z_SCORE);
        Tiers tiers = Tiers.of(
                Arrays.asList(Column.of(finder, profile, items(), Normalization.Z_SCORE)),
                items(),
                profile,
                candidates);
        if (tiers == null || order == null) {
            return (finder.answers(profile) ? finder : ranker).scorer(profile);
        }
        float[] scores = new float[items()];
        for (int item = 0; item < scores.length; item++) {
            scores[item] = order.normalized(item);
        }
        return tiers.scorer(scores);
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        Optional<Scorer> similar = item < ranker.items() ? ranker.similarItems(item) : Optional.empty();
        return similar.isPresent() || item >= finder.items() ? similar : finder.similarItems(item);
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        boolean ranked = item < ranker.items()
                && ranker.answers(profile)
                && Float.isFinite(ranker.scorer(profile).score(item));
        return (ranked ? ranker : finder).explain(profile, item);
    }

    @Override
    public ModelState state() {
        return Members.state(members);
    }
}
