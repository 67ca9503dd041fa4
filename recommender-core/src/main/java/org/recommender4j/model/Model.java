package org.recommender4j.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.recommender4j.data.Profile;

/**
 * What an algorithm has learned: turns a {@link Profile} into scores of items. Users and items are dense indices; ids, rules
 * and fallbacks are not its business.
 *
 * <p>Models are immutable and thread-safe, and hold no reference to the data that they were trained on, except for what
 * they need to answer.
 */
public interface Model {
    /** Returns the name under which its answers appear: that of its algorithm. */
    String name();

    /** Returns the number of users the model was trained on; 0 if it does not know users. */
    int users();

    /** Returns the number of items that it can score: indices from 0 to this number, exclusive. */
    int items();

    /**
     * Tells whether the model knows enough of this profile for an answer of its own. If not, a fallback answers.
     */
    boolean answers(Profile profile);

    /**
     * Returns the models to ask one after the other until a list is full: itself, or the members of a chain of fallbacks.
     */
    default List<Model> stages() {
        return List.of(this);
    }

    /** Returns the scores for a profile. The scorer belongs to the calling thread. */
    Scorer scorer(Profile profile);

    /** Offers the items with the best scores to {@code top}. */
    default void topN(Profile profile, TopN top) {
        top.search(scorer(profile), items());
    }

    /**
     * Offers the items with the best scores of {@code profiles.get(k)} to {@code tops.get(k)}, for each k: the same lists as
     * one by one, and faster where a model can score several profiles in one pass over its items. Best with some hundred
     * profiles a call.
     */
    default void topN(List<Profile> profiles, List<TopN> tops) {
        for (int k = 0; k < profiles.size(); k++) {
            topN(profiles.get(k), tops.get(k));
        }
    }

    /**
     * Returns how similar each item is to the given one, or empty when the model has no notion of it (the caller then
     * compares who interacted with both).
     */
    default Optional<Scorer> similarItems(int item) {
        return Optional.empty();
    }

    /**
     * Returns how much each user would like the given item (a scorer over users), or empty when the model has no faster way
     * than to ask for each user's score.
     */
    default Optional<Scorer> audience(int item) {
        return Optional.empty();
    }

    /**
     * Returns what the score of an item is made of, in no particular order. By default how much the score falls without each
     * item of the history, which takes one scorer per item of the history.
     */
    default List<Contribution> explain(Profile profile, int item) {
        float score = scorer(profile).score(item);
        List<Contribution> result = new ArrayList<>();
        for (int k = 0; k < profile.size() && Float.isFinite(score); k++) {
            Profile rest = profile.without(k);
            float without = answers(rest) ? scorer(rest).score(item) : 0f;
            float value = score - (Float.isFinite(without) ? without : 0f);
            if (value != 0f) {
                result.add(Contribution.ofItem(profile.item(k), value));
            }
        }
        return result;
    }

    /**
     * Returns the model without what it stores of one user, or empty when only another training can take that out. What the
     * user's history changed in the rest of the model stays until then.
     */
    default Optional<Model> withoutUser(int user) {
        return user >= users() ? Optional.of(this) : Optional.empty();
    }

    /** Returns all that is needed to restore the model: named tensors and texts. */
    ModelState state();
}
