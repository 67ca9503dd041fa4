package org.recommender4j;

import java.util.Optional;
import org.recommender4j.data.Features;
import org.recommender4j.data.IdMap;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Model;
import org.recommender4j.model.Scorer;

/**
 * What one call of a recommender sees: ids, histories and models. The models and the numbers of users and items stay the
 * same during the call. Where events come meanwhile, each history and the features are those of the moment when they are
 * asked for, whole. For those who write recommenders that learn from events; extend {@link AbstractRecommender} and hand
 * out one view per call.
 *
 * @param <U> type of user ids
 * @param <I> type of item ids
 */
public interface View<U, I> {
    /** Returns the ids of the users. */
    IdMap<U> users();

    /** Returns the ids of the items. */
    IdMap<I> items();

    /** Returns how many users this view knows: indices from 0 to this number, exclusive, whatever was added since. */
    int userCount();

    /** Returns how many items this view knows: indices from 0 to this number, exclusive, whatever was added since. */
    int itemCount();

    /** Returns the history of a user. */
    Profile profile(int user);

    /**
     * Returns the weight of an item of an anonymous history that came without one: what "likes it" weighs in this data, see
     * {@link org.recommender4j.data.Feedback#likedWeight}.
     */
    float likedWeight();

    /** Returns the model that is asked first. */
    Model model();

    /** Returns the model that answers when no other does, or empty if the first one always does. */
    Optional<Model> fallback();

    /** Returns the features of the items, of which the category fields serve boosts and caps. */
    Features itemFeatures();

    /** Returns the users who interacted with an item, ascending. */
    int[] usersOf(int item);

    /** Returns how similar each item is to the given one by who interacted with both. */
    Scorer coOccurrence(int item);
}
