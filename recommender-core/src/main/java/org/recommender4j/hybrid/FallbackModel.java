package org.recommender4j.hybrid;

import java.util.List;
import java.util.Optional;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;

/** A chain of models. Who fills a list asks its stages; the rest is answered by the first that can. */
final class FallbackModel extends HybridModel {
    FallbackModel(String name, List<Model> members) {
        super(name, members);
    }

    @Override
    public List<Model> stages() {
        return members.stream().flatMap(member -> member.stages().stream()).toList();
    }

    @Override
    public boolean answers(Profile profile) {
        return members.stream().anyMatch(member -> member.answers(profile));
    }

    private Model first(Profile profile) {
        return members.stream()
                .filter(member -> member.answers(profile))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no member answers"));
    }

    @Override
    public Scorer scorer(Profile profile) {
        Model first = first(profile);
        return first.items() == items() ? first.scorer(profile) : Column.padded(first, profile, items());
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        return members.stream()
                .filter(member -> item < member.items() && member.items() == items())
                .map(member -> member.similarItems(item))
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        return first(profile).explain(profile, item);
    }

    @Override
    public ModelState state() {
        return Members.state(members);
    }
}
