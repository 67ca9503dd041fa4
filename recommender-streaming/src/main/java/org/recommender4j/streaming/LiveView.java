package org.recommender4j.streaming;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.recommender4j.View;
import org.recommender4j.data.Features;
import org.recommender4j.data.IdMap;
import org.recommender4j.data.Profile;
import org.recommender4j.factorization.FactorModel;
import org.recommender4j.model.Model;
import org.recommender4j.model.Scorer;

/** What one call of a live recommender sees. Belongs to the calling thread. */
final class LiveView<U, I> implements View<U, I> {
    final LiveState<U, I> state;
    final Generation generation;
    private final int userCount;
    private final int itemCount;
    private final Model model;
    private final PopularModel popular;
    private final long now;

    /* The history handed out last: the models find what belongs to its profile by identity. */
    private @Nullable Profile lastProfile;
    private UserState last = UserState.EMPTY;
    private int lastUser = -1;

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
        popular = new PopularModel(state, userCount, itemCount);
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
    public Profile profile(int user) {
        UserState history = state.history(user);
        Profile profile = generation.profile(user, history);
        if (profile.size() > 0 && profile.item(profile.size() - 1) >= itemCount) {
            // An item that is newer than this view.
            profile = history.profileBelow(profile.user(), itemCount);
        }
        lastProfile = profile;
        last = history;
        lastUser = user;
        return profile;
    }

    /** Returns the vector of the user whose profile was handed out last, or null if it is another profile. */
    float @Nullable [] vector(FactorModel factors, Profile profile) {
        return profile == lastProfile ? generation.vector(factors, lastUser, last, inSession()) : null;
    }

    /** Returns the profile handed out last as that of its user, whose index the members know; any other as it is. */
    Profile indexed(Profile profile) {
        return profile == lastProfile ? profile.withUser(lastUser, true) : profile;
    }

    /** Tells whether the profile handed out last, if it is this one, is of somebody who was forgotten and must be in no list. */
    boolean isForgotten(Profile profile) {
        return profile == lastProfile && last == UserState.ERASED;
    }

    /** Tells whether nobody but popularity may answer, since other models count without noise. */
    boolean isForOutsider(Profile profile) {
        return profile.size() == 0 && state.hidesCounts();
    }

    private boolean inSession() {
        return state.options.sessionWeight > 0 && last.inSession(now, state.options.sessionGap);
    }

    /** Returns the current session of the profile handed out last; empty if there is none to be mixed in. */
    Profile session(Profile profile) {
        return profile == lastProfile && inSession() ? last.sessionProfile(generation.row(lastUser)) : Profile.empty();
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
        return state.itemFeatures.get();
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
        return (from, to, out) -> System.arraycopy(scores, from, out, 0, to - from);
    }
}
