package org.recommender4j.streaming;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.recommender4j.View;
import org.recommender4j.data.Features;
import org.recommender4j.data.IdMap;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Model;
import org.recommender4j.model.Scorer;

/**
 * What one call of a live recommender sees. The model, the numbers of users and items, and the time are those of its beginning, the
 * features of items those of when they are first asked for. A history is read once for each profile, which carries it along;
 * so what is said of one user fits together, while histories of several users may be of different moments of the call. Thread-safe.
 */
final class LiveView<U, I> implements View<U, I> {
    final LiveState<U, I> state;
    final Generation generation;
    private final int userCount;
    private final int itemCount;
    private final Model model;
    private final PopularModel popular;
    private final long now;
    private final AtomicReference<@Nullable Features> itemFeatures = new AtomicReference<>();

    LiveView(LiveState<U, I> state, Generation generation) {
        this.state = state;
        // In this order: a user or an item that the model knows is never beyond the counts.
        this.generation = generation;
        Model base = generation.model;
        userCount = state.userCount;
        itemCount = state.itemCount;
        now = state.options.sessionWeight > 0 ? state.options.clock.millis() : 0;
        LiveModel trained = new LiveModel(base, this, true);
        model = state.members.isEmpty() ? trained : new MixedModel(trained, this, state.members);
        popular = PopularModel.behind(base, state, userCount, itemCount);
    }

    @Override
    public IdMap<U> users() {
        return state.users;
    }

    @Override
    public IdMap<I> items() {
        return state.items;
    }

    @Override
    public int userCount() {
        return userCount;
    }

    @Override
    public int itemCount() {
        return itemCount;
    }

    @Override
    public LiveProfile profile(int user) {
        return profile(user, state.history(user));
    }

    /** Returns the profile of a user whose history was read already. */
    LiveProfile profile(int user, UserState history) {
        LiveProfile profile = generation.profile(user, history);
        int last = profile.size() - 1;
        return last >= 0 && profile.item(last) >= itemCount
                // An item that is newer than this view.
                ? new LiveProfile(user, history, profile.below(itemCount))
                : profile;
    }

    /** Tells whether nobody but popularity may answer, since other models count without noise. */
    boolean isForOutsider(Profile profile) {
        return profile.size() == 0 && state.hidesCounts();
    }

    /** Tells whether the current session of a history is to be mixed in. */
    boolean inSession(UserState history) {
        return state.options.sessionWeight > 0 && history.inSession(now, state.options.sessionGap);
    }

    @Override
    public float likedWeight() {
        return state.scale.liked();
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public Optional<Model> fallback() {
        return Optional.of(popular);
    }

    @Override
    public Features itemFeatures() {
        Features known = itemFeatures.get();
        if (known == null) {
            Features latest = state.itemFeatures.get();
            known = itemFeatures.compareAndSet(null, latest) ? latest : itemFeatures.get();
        }
        return known == null ? Features.none() : known;
    }

    /** Nobody while they are a smaller group than may be told of: who is in no audience would be known to have the item. */
    @Override
    public int[] usersOf(int item) {
        int[] users = allUsersOf(item);
        return users.length < state.options.minGroup ? new int[0] : users;
    }

    private int[] allUsersOf(int item) {
        int[] users = state.itemUsers.of(item);
        int end = Arrays.binarySearch(users, userCount);
        return end == -users.length - 1 ? users : Arrays.copyOf(users, end < 0 ? -end - 1 : end);
    }

    @Override
    public Scorer coOccurrence(int item) {
        int[] both = new int[itemCount];
        int[] users = allUsersOf(item);
        for (int user : users) {
            for (int other : state.history(user).row().items()) {
                if (other < itemCount) {
                    both[other]++;
                }
            }
        }
        float[] scores = new float[itemCount];
        for (int other = 0; other < itemCount; other++) {
            double norm = Math.sqrt((double) users.length * Math.max(1, state.itemUsers.count(other)));
            scores[other] = both[other] < state.options.minGroup ? Scorer.UNSCORED : (float) (both[other] / norm);
        }
        return Scorer.of(scores);
    }
}
