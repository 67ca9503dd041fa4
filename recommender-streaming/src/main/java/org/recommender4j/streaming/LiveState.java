package org.recommender4j.streaming;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Features;
import org.recommender4j.data.IdMap;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TrainingData;
import org.recommender4j.streaming.online.OnlineModel;

/**
 * Ids, histories and counts. The methods that change it are for one thread at a time, under the writer's lock; everything else
 * may run meanwhile.
 */
final class LiveState<U, I> {
    final LiveOptions options;
    final Afterwards afterwards;
    final Effect.Scale scale;
    final IdMap<U> users;
    final IdMap<I> items;
    final Table<UserState> histories = new Table<>();
    final ItemUsers itemUsers = new ItemUsers();
    final LikeCounts popularity;
    final FeatureStore itemFeatures;
    volatile Features userFeatures;
    final @Nullable AnalyticsFeed analytics;
    final @Nullable ReleasedCounts released;

    /** Models that learn by the event; changed only before the first one. */
    final List<LiveMember> members = new ArrayList<>();

    private @Nullable OnlineModel trained;

    /* Published after what they count. */
    volatile int userCount;
    volatile int itemCount;

    /** Items that more people like than at the last refresh, for the writer. */
    private BitSet touched = new BitSet();

    private long interactions;

    /** What there is before the first event. */
    interface Source<U, I> {
        IdMap<U> users();

        IdMap<I> items();

        int userCount();

        int itemCount();

        UserState history(int user);

        Effect.Scale scale();

        Features itemFeatures();

        Features userFeatures();

        /** Returns what popularity was released with noise; empty if there was none. */
        default Optional<ModelState> released() {
            return Optional.empty();
        }

        /** Returns as of which time popularity is stored. */
        default long landmark() {
            return now();
        }

        /** Returns the latest time that an event can have by now, if the clock was right all along. */
        default long latest(LiveOptions options) {
            return Long.MAX_VALUE;
        }

        /** Returns the time of the latest event. */
        default long now() {
            long newest = 0;
            for (int user = 0; user < userCount(); user++) {
                newest = Math.max(newest, history(user).lastTime);
            }
            return newest;
        }
    }

    LiveState(Source<U, I> source, LiveOptions options) {
        this.options = options;
        afterwards = new Afterwards(options);
        scale = source.scale();
        users = source.users();
        items = source.items();
        popularity = new LikeCounts(options.popularityHalfLife, source.landmark(), source.latest(options));
        popularity.advance(source.now());
        itemFeatures = new FeatureStore(source.itemFeatures());
        userFeatures = source.userFeatures();
        itemCount = source.itemCount();
        popularity.grow(itemCount);
        analytics = feed(source);
        for (int user = 0; user < source.userCount(); user++) {
            load(user, source.history(user));
        }
        userCount = source.userCount();
        released = released(source);
    }

    private @Nullable ReleasedCounts released(Source<U, I> source) {
        Noise noise = options.noise;
        Optional<ModelState> saved = source.released();
        if (noise == null || (noise.isNone() && saved.isEmpty())) {
            return null;
        }
        if (saved.isPresent()) {
            return ReleasedCounts.restore(
                    saved.get(), noise, options.popularityHalfLife, source.userCount(), source.itemCount());
        }
        ReleasedCounts counts = new ReleasedCounts(noise, options.popularityHalfLife);
        counts.begin(this::history, source.userCount(), scale.positiveFrom(), itemCount, options.clock.millis());
        return counts;
    }

    /** Tells whether counts are told with noise only. */
    boolean hidesCounts() {
        return released != null && released.hides();
    }

    /** Returns what may be told of how popular the items are: unscored where it is about less than the least group. */
    Scorer toldPopularity() {
        return released != null && released.hides()
                ? released.scorer(options.minGroup)
                : popularity.scorer(options.minGroup);
    }

    /** Notes that what comes from now on is new. */
    void recovered() {
        popularity.read();
    }

    private @Nullable AnalyticsFeed feed(Source<U, I> source) {
        LiveOptions.Reports reports = options.analytics;
        if (reports == null) {
            return null;
        }
        AnalyticsFeed feed = new AnalyticsFeed(
                reports.field(),
                builder -> {
                    if (options.minGroup > 5) {
                        builder.anonymity(options.minGroup);
                    }
                    reports.options().accept(builder);
                },
                scale,
                source.itemFeatures(),
                itemCount);
        options.add(feed);
        return feed;
    }

    private void load(int user, UserState history) {
        histories.set(user, history);
        Row row = history.row();
        for (int k = 0; k < row.size(); k++) {
            itemUsers.add(row.items()[k], user);
            if (row.weights()[k] >= scale.positiveFrom()) {
                popularity.add(row.items()[k], row.times()[k]);
            }
        }
        interactions += row.size();
        for (LiveSignal signal : options.signals) {
            signal.load(history.profile(user, false));
        }
    }

    /**
     * Starts the members of the options, with the histories that there are.
     *
     * @param tolerant whether one that throws starts with nothing and is reported, so that no event can keep a folder closed
     */
    void startMembers(boolean tolerant) {
        if (options.members.isEmpty()) {
            return;
        }
        Snapshot<U, I> all = snapshot(0);
        TrainingData data = all.withHoles().trainingData(new Snapshot.Held[0]);
        for (LiveOptions.Member member : options.members) {
            OnlineModel model;
            try {
                model = member.algorithm().train(data, options.training);
            } catch (RuntimeException | Error e) {
                if (!tolerant) {
                    throw e;
                }
                afterwards.failed("model " + member.algorithm().name(), e);
                model = member.algorithm().start();
            }
            members.add(new LiveMember(model, member.weight()));
        }
    }

    /** Lets the trained model learn from each event, if it is one that can. */
    void learn(Model model) {
        trained = model instanceof OnlineModel online ? online : null;
    }

    private void learn(int user, int item, Effect effect, long time) {
        OnlineModel base = trained;
        if (base != null) {
            learn(new LiveMember(base, 1), user, item, effect, time);
        }
        for (LiveMember member : members) {
            learn(member, user, item, effect, time);
        }
    }

    /** The event is in the log and counts: a model that throws goes without, and that is told. */
    private void learn(LiveMember member, int user, int item, Effect effect, long time) {
        try {
            member.apply(user, item, effect, time, scale);
        } catch (RuntimeException | Error e) {
            afterwards.failed("model " + member.model().name(), e);
        }
    }

    private static String nameOf(LiveSignal signal) {
        return "signal " + signal.getClass().getName();
    }

    /** Returns the history of a user; empty for one who is unknown or forgotten. */
    UserState history(int user) {
        UserState state = histories.get(user);
        return state == null ? UserState.EMPTY : state;
    }

    /** Applies an event and returns the user. */
    int apply(Event<U, I> event, Effect effect, long time, long version) {
        int user = user(event.user());
        int item = item(event.item());
        UserState before = history(user);
        itemUsers.prefetch(item);
        UserState after = before;
        if (!effect.isNone()) {
            after = before.with(item, effect, time, version, event.sessionOrNull(), options);
            histories.set(user, after);
            count(user, item, before, after);
            popularity.advance(time);
            learn(user, item, effect, time);
        }
        for (LiveSignal signal : options.signals) {
            tell(signal, user, item, effect, time, before, event);
        }
        return user;
    }

    private void tell(
            LiveSignal signal, int user, int item, Effect effect, long time, UserState before, Event<U, I> event) {
        try {
            signal.apply(user, item, effect.weight(), time, () -> before.profile(user, false), event);
        } catch (RuntimeException | Error e) {
            afterwards.failed(nameOf(signal), e);
        }
    }

    private int user(U id) {
        int user = users.add(id);
        if (user >= userCount) {
            histories.set(user, UserState.EMPTY);
            userCount = user + 1;
        }
        return user;
    }

    private int item(I id) {
        int item = items.add(id);
        if (item >= itemCount) {
            addItem(item);
        }
        return item;
    }

    private void addItem(int item) {
        popularity.grow(item + 1);
        if (released != null) {
            released.declare(item, false);
        }
        itemCount = item + 1;
    }

    /** Says something of an item. */
    void describe(I id, ItemFact fact) {
        int item = item(id);
        if (released != null) {
            released.declare(item, true);
        }
        itemFeatures.change(item, fact);
        if (analytics != null) {
            analytics.describe(item, fact);
        }
    }

    private void count(int user, int item, UserState before, UserState after) {
        Entries were = before.entries();
        Entries are = after.entries();
        int old = were.find(item);
        int at = are.find(item);
        if (old < 0) {
            itemUsers.add(item, user);
            interactions++;
        }
        boolean liked = old >= 0 && were.weight(old) >= scale.positiveFrom();
        boolean likes = are.weight(at) >= scale.positiveFrom();
        if (liked) {
            popularity.remove(item, were.time(old));
        }
        if (likes) {
            popularity.add(item, are.time(at));
        }
        if (likes && !liked && released != null) {
            released.count(user, item);
        }
        touched.set(item);
    }

    /** Returns the items touched since the last call. */
    BitSet takeTouched() {
        BitSet result = touched;
        touched = new BitSet();
        return result;
    }

    /** Gives back items that were taken but not dealt with. */
    void giveBack(BitSet items) {
        touched.or(items);
    }

    /** Returns the number of pairs of a user and an item in the histories. */
    long interactions() {
        return interactions;
    }

    /** Removes all of a user that is here; the index becomes a hole. */
    UserState forget(int user, U id, List<String> residue) {
        UserState state = history(user);
        Profile profile = state.profile(user, false);
        histories.set(user, UserState.ERASED);
        Row row = state.row();
        for (int k = 0; k < row.size(); k++) {
            itemUsers.remove(row.items()[k], user);
            if (row.weights()[k] >= scale.positiveFrom()) {
                popularity.remove(row.items()[k], row.times()[k]);
            }
        }
        interactions -= row.size();
        for (LiveSignal signal : options.signals) {
            forget(nameOf(signal), () -> signal.forget(id, profile), residue);
        }
        for (LiveMember member : members) {
            forget("model " + member.model().name(), () -> member.forget(user), residue);
        }
        OnlineModel base = trained;
        if (base != null) {
            forget("model " + base.name(), () -> new LiveMember(base, 1).forget(user), residue);
        }
        if (released != null && released.forget(user)) {
            residue.add("the part in counts that were released with noise, for as long as these count");
        }
        if (user < userFeatures.rows()) {
            userFeatures = FeatureStore.copy(userFeatures, other -> other == user ? -1 : other)
                    .build(userFeatures.rows());
        }
        users.remove(id);
        return state;
    }

    /** The wish is in the log: what throws may keep everything, which is told, and all others forget. */
    private void forget(String part, Supplier<Optional<String>> action, List<String> residue) {
        try {
            action.get().ifPresent(residue::add);
        } catch (RuntimeException | Error e) {
            residue.add(part + " threw " + e + ", and may keep what it learned of the user");
            afterwards.failed(part, e);
        }
    }

    /** Returns the histories of now and what else a training needs. */
    Snapshot<U, I> snapshot(long version) {
        UserState[] all = new UserState[userCount];
        int[] rows = new int[all.length];
        int count = 0;
        for (int user = 0; user < all.length; user++) {
            all[user] = history(user);
            rows[user] = users.isHole(user) ? -1 : count++;
        }
        return new Snapshot<>(this, version, all, rows, count, itemCount, itemFeatures.exactly(itemCount));
    }

    /** Returns the ids of the items of a history. */
    List<I> itemIds(UserState state) {
        List<I> result = new ArrayList<>();
        for (int item : state.row().items()) {
            result.add(items.key(item));
        }
        return result;
    }
}
