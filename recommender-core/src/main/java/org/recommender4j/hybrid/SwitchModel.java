package org.recommender4j.hybrid;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;

/** One model for who and what is new, another for the rest. */
final class SwitchModel extends HybridModel {
    private final int userFrom;
    /** Ascending. */
    private final int[] newItems;

    SwitchModel(String name, List<Model> members, int userFrom, int[] newItems) {
        super(name, members);
        for (int k = 0; k < newItems.length; k++) {
            if (newItems[k] < (k == 0 ? 0 : newItems[k - 1] + 1) || newItems[k] >= items()) {
                throw new IllegalArgumentException(
                        "new items must ascend below " + items() + ", but one is " + newItems[k]);
            }
        }
        this.userFrom = userFrom;
        this.newItems = newItems;
    }

    static int[] newItems(Interactions positives, int itemFrom) {
        int[] counts = positives.columnLengths();
        int[] found = new int[counts.length];
        int size = 0;
        for (int item = 0; item < counts.length; item++) {
            if (counts[item] < itemFrom) {
                found[size++] = item;
            }
        }
        return Arrays.copyOf(found, size);
    }

    private Model unknown() {
        return members.get(0);
    }

    private Model known() {
        return members.get(1);
    }

    private Model chosen(Profile profile) {
        boolean isKnown = profile.size() >= userFrom;
        Model first = isKnown ? known() : unknown();
        Model second = isKnown ? unknown() : known();
        return first.answers(profile) || !second.answers(profile) ? first : second;
    }

    private Model chosen(Profile profile, int item) {
        boolean isNew = Arrays.binarySearch(newItems, item) >= 0;
        return isNew && unknown().answers(profile) ? unknown() : chosen(profile);
    }

    @Override
    public Scorer scorer(Profile profile) {
        Model chosen = chosen(profile);
        if (newItems.length == 0 || chosen == unknown()) {
            return chosen.items() == items() ? chosen.scorer(profile) : Column.padded(chosen, profile, items());
        }
        Column warm = Column.of(chosen, profile, items(), Normalization.Z_SCORE);
        Column cold = Column.of(unknown(), profile, items(), Normalization.Z_SCORE);
        float[] scores = new float[items()];
        for (int item = 0; item < scores.length; item++) {
            scores[item] = warm != null && warm.scores(item) ? warm.normalized(item) : Scorer.UNSCORED;
        }
        for (int item : newItems) {
            if (cold != null) {
                scores[item] = cold.scores(item) ? cold.normalized(item) : Scorer.UNSCORED;
            }
        }
        return Scorer.of(scores);
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        boolean isNew = Arrays.binarySearch(newItems, item) >= 0;
        for (Model model : isNew ? List.of(unknown(), known()) : List.of(known(), unknown())) {
            Optional<Scorer> similar = item < model.items() ? model.similarItems(item) : Optional.empty();
            if (similar.isPresent() && model.items() == items()) {
                return similar;
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        return chosen(profile, item).explain(profile, item);
    }

    @Override
    public ModelState state() {
        ModelState state = new ModelState().put("newItems", newItems);
        state.put("members", Members.state(members));
        return state;
    }
}
