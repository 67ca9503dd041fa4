package org.recommender4j.streaming;

import java.util.Optional;
import org.recommender4j.View;
import org.recommender4j.data.Features;
import org.recommender4j.data.IdMap;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.CoOccurrence;
import org.recommender4j.model.Model;
import org.recommender4j.model.Scorer;

/** A recommender that learns no more: what a model file holds. Users are numbered without holes. */
record SavedView<U, I>(
        IdMap<U> users,
        IdMap<I> items,
        Interactions histories,
        float likedWeight,
        Model model,
        Optional<Model> fallback,
        Features itemFeatures)
        implements View<U, I> {
    @Override
    public int userCount() {
        return histories.rows();
    }

    @Override
    public int itemCount() {
        return histories.columns();
    }

    @Override
    public Profile profile(int user) {
        return Profile.ofUser(user, histories, true);
    }

    @Override
    public int[] usersOf(int item) {
        return histories.transpose().row(item);
    }

    @Override
    public Scorer coOccurrence(int item) {
        return CoOccurrence.similarItems(histories, item);
    }
}
