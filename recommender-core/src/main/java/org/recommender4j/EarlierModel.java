package org.recommender4j;

import java.util.List;
import java.util.Optional;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

/**
 * A model that was trained before the histories went on: it is shown only items that it knows. Its users are not those
 * of the view, so an audience is made of the score of each.
 */
final class EarlierModel implements Model {
    private final Model base;

    EarlierModel(Model base) {
        this.base = base;
    }

    private Profile known(Profile profile) {
        return profile.below(base.items());
    }

    @Override
    public String name() {
        return base.name();
    }

    @Override
    public int users() {
        return base.users();
    }

    @Override
    public int items() {
        return base.items();
    }

    @Override
    public boolean answers(Profile profile) {
        return base.answers(known(profile));
    }

    @Override
    public List<Model> stages() {
        List<Model> stages = base.stages();
        return stages.size() == 1 && stages.get(0) == base
                ? List.of(this)
                : stages.stream().map(stage -> (Model) new EarlierModel(stage)).toList();
    }

    @Override
    public Scorer scorer(Profile profile) {
        return base.scorer(known(profile));
    }

    @Override
    public void topN(Profile profile, TopN top) {
        base.topN(known(profile), top);
    }

    @Override
    public void topN(List<Profile> profiles, List<TopN> tops) {
        base.topN(profiles.stream().map(this::known).toList(), tops);
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        return base.similarItems(item);
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
