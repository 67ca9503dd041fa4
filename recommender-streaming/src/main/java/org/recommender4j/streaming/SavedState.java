package org.recommender4j.streaming;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Features;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.IdMap;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;

/**
 * All of a live recommender as tensors: what a snapshot file holds. Written at one version; an event that comes later is in the
 * journal.
 */
final class SavedState<U, I> implements LiveState.Source<U, I> {
    private final ModelState state;
    private final IdMap<U> users;
    private final IdMap<I> items;
    private final Interactions matrix;
    private final BitSet derived = new BitSet();
    private final long[] lastTimes;
    private final long[] sessionStarts;
    private final Features itemFeatures;
    private final Features userFeatures;

    /**
     * Reads a state.
     *
     * @throws IllegalArgumentException if it is broken, or of other ids
     */
    SavedState(ModelState state, Class<U> userType, Class<I> itemType) {
        this.state = state;
        users = LiveRecommender.idsOf(state.child("users"), userType, "user");
        items = LiveRecommender.idsOf(state.child("items"), itemType, "item");
        matrix = state.matrix("histories", users.size(), items.size());
        if (!matrix.hasTimes()) {
            throw new IllegalArgumentException("the histories have no times");
        }
        lastTimes = state.longs("lastTimes", users.size());
        sessionStarts = state.longs("sessionStarts", users.size());
        for (int position : state.ints("derived", 0, matrix.size() - 1)) {
            derived.set(position);
        }
        if (state.longs("numbers", 4)[0] < 0) {
            throw new IllegalArgumentException("a version must not be negative, but is " + version());
        }
        itemFeatures = FeatureCodec.read(state.child("itemFeatures"), items.size());
        userFeatures = FeatureCodec.read(state.child("userFeatures"), users.size());
    }

    /** Writes a state; nothing may be forgotten meanwhile. */
    static <U, I> ModelState write(
            LiveState<U, I> live,
            Snapshot<U, I> snapshot,
            Generation generation,
            ModelState model,
            Algorithm algorithm,
            ModelState eventIds,
            ReleasedCounts.@Nullable Moment released) {
        int count = snapshot.users();
        int[] offsets = new int[count + 1];
        for (int user = 0; user < count; user++) {
            offsets[user + 1] = offsets[user] + snapshot.history(user).size();
        }
        int[] columns = new int[offsets[count]];
        float[] weights = new float[columns.length];
        long[] times = new long[columns.length];
        int[] derived = new int[columns.length];
        int derivedCount = 0;
        long[] lastTimes = new long[count];
        long[] sessionStarts = new long[count];
        BitSet changed = new BitSet();
        for (int user = 0; user < count; user++) {
            UserState history = snapshot.history(user);
            Row row = history.row();
            int at = offsets[user];
            System.arraycopy(row.items(), 0, columns, at, row.size());
            System.arraycopy(row.weights(), 0, weights, at, row.size());
            for (int k = 0; k < row.size(); k++) {
                times[at + k] = Math.max(0, row.times()[k]);
                if (row.isDerived(k)) {
                    derived[derivedCount++] = at + k;
                }
            }
            lastTimes[user] = history.lastTime;
            sessionStarts[user] = history.sessionStart();
            changed.set(user, !generation.isTrained(user, history));
        }
        ModelState state = new ModelState()
                .put("algorithm", algorithm.name())
                .put("feedback", live.scale.feedback().name())
                .put("users", LiveRecommender.stateOf(live.users, count, "user"))
                .put("items", LiveRecommender.stateOf(live.items, snapshot.itemCount, "item"))
                .put("histories", Interactions.of(snapshot.itemCount, offsets, columns, weights, times))
                .put("derived", Arrays.copyOf(derived, derivedCount))
                .put("lastTimes", lastTimes)
                .put("sessionStarts", sessionStarts)
                .put("scale", new float[] {live.scale.positiveFrom(), live.scale.min(), live.scale.max()})
                .put("itemFeatures", FeatureCodec.write(snapshot.itemFeatures))
                .put("userFeatures", FeatureCodec.write(live.userFeatures))
                .put("rows", generation.rows(count))
                .put("changed", changed.stream().toArray())
                .put("numbers", new long[] {
                    snapshot.version, generation.number, live.popularity.landmark(), live.popularity.now()
                })
                .put("members", FeatureCodec.texts(live.options.memberTexts()))
                .put("eventIds", eventIds)
                .put("model", model);
        if (released != null) {
            state.put("released", released.state());
        }
        algorithm.options().forEach((name, value) -> state.put("options/" + name, value));
        return state;
    }

    Algorithm algorithm() {
        return Algorithm.named(state.text("algorithm"))
                .with(new LinkedHashMap<>(state.child("options").texts()));
    }

    long version() {
        return state.longs("numbers")[0];
    }

    /** Returns the members that it was made with, as {@link LiveOptions#memberTexts}. */
    List<String> members() {
        return List.copyOf(FeatureCodec.texts(state.child("members")));
    }

    EventIds eventIds(int limit) {
        return EventIds.restore(state.child("eventIds"), limit);
    }

    @Override
    public Optional<ModelState> released() {
        return state.has("released/numbers") ? Optional.of(state.child("released")) : Optional.empty();
    }

    Generation generation(Algorithm algorithm, double sessionWeight) {
        BitSet changed = new BitSet();
        for (int user : state.ints("changed", 0, users.size() - 1)) {
            changed.set(user);
        }
        int[] rows = state.ints("rows", users.size(), -1, users.size() - 1);
        int last = -1;
        for (int row : rows) {
            if (row >= 0 && row <= last) {
                throw new IllegalArgumentException(
                        "the rows of users must ascend, but " + row + " comes after " + last);
            }
            last = Math.max(last, row);
        }
        Model model = algorithm.restore(state.child("model").withIds(users.size(), items.size()));
        if (model.users() > users.size() || model.items() > items.size()) {
            throw new IllegalArgumentException("the model knows " + model.users() + " users and " + model.items()
                    + " items, but there are only " + users.size() + " and " + items.size() + " ids");
        }
        return new Generation(state.longs("numbers")[1], model, 0, rows, changed, sessionWeight);
    }

    @Override
    public IdMap<U> users() {
        return users;
    }

    @Override
    public IdMap<I> items() {
        return items;
    }

    @Override
    public int userCount() {
        return users.size();
    }

    @Override
    public int itemCount() {
        return items.size();
    }

    @Override
    public UserState history(int user) {
        if (users.isHole(user)) {
            return UserState.ERASED;
        }
        int n = matrix.length(user);
        float[] weights = new float[n];
        long[] times = new long[n];
        boolean @Nullable [] flags = null;
        for (int k = 0; k < n; k++) {
            int p = matrix.begin(user) + k;
            weights[k] = matrix.weight(p);
            times[k] = matrix.time(p);
            if (derived.get(p)) {
                flags = flags == null ? new boolean[n] : flags;
                flags[k] = true;
            }
        }
        return UserState.restore(
                new Row(matrix.row(user), weights, times, flags), lastTimes[user], sessionStarts[user]);
    }

    @Override
    public Effect.Scale scale() {
        float[] scale = state.finiteFloats("scale", 3);
        return new Effect.Scale(Feedback.valueOf(state.text("feedback")), scale[0], scale[1], scale[2]);
    }

    @Override
    public long landmark() {
        return state.longs("numbers")[2];
    }

    @Override
    public long latest(LiveOptions options) {
        long now = Math.max(0, options.clock.millis());
        return now + Math.min(options.maxFuture, Long.MAX_VALUE - now);
    }

    @Override
    public long now() {
        return state.longs("numbers")[3];
    }

    @Override
    public Features itemFeatures() {
        return itemFeatures;
    }

    @Override
    public Features userFeatures() {
        return userFeatures;
    }
}
