package org.recommender4j.streaming.analytics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.recommender4j.model.Options;

/**
 * Keeps what reports need, from the same events that models learn from.
 *
 * <p>"Of late" and "over a longer time" are sums whose weights halve with every {@code recentDays} and {@code
 * usualDays}. Answers about groups of users leave out what fewer than {@code anonymity} users have done, and how long
 * on average if fewer have watched. That hides small groups from a look at one report; it hides nobody from who
 * compares reports over time, or makes users of his own. Reports are for people who may see the events.
 *
 * <p>An event costs O(categories of the item). Memory: about 150 bytes per pair of user and item and 100 per pair of
 * user and category, all of which {@link #forget} takes back. Reports take O(users), O(items) or O(categories) as they
 * say. Thread-safe; calls wait for each other. Time is that of the caller. A live recommender tells analytics of its
 * events by itself, see {@link org.recommender4j.streaming.LiveBuilder#analytics}.
 *
 * @since 0.1
 */
public final class Analytics {
    private static final double MILLIS_PER_DAY = 86_400_000.0;
    private static final double LN2 = Math.log(2);
    private static final Use NOTHING = new Use();

    private final IntFunction<int[]> categoriesOf;
    private final int anonymity;
    private final double recentMillis;
    private final double usualMillis;
    private final double dormantDays;
    private final double bounceShare;

    private final Map<Integer, Person> people = new HashMap<>();
    private final TreeMap<Integer, Thing> items = new TreeMap<>();
    private final TreeMap<Integer, Thing> categories = new TreeMap<>();

    private static final class Person {
        long events;
        long first;
        long last;
        final Use.Faded activity = new Use.Faded();
        final Map<Integer, Use> items = new HashMap<>();
        final TreeMap<Integer, Use> categories = new TreeMap<>();
    }

    private static final class Thing {
        final Use use = new Use();
        long impressions;
        /** How many users have watched something of it. */
        int watchers;

        final Set<Integer> users = new HashSet<>();
        final Set<Integer> members = new HashSet<>();
    }

    private Analytics(Builder builder) {
        categoriesOf = builder.categories;
        anonymity = builder.anonymity;
        recentMillis = builder.recentDays * MILLIS_PER_DAY;
        usualMillis = builder.usualDays * MILLIS_PER_DAY;
        dormantDays = builder.dormantDays;
        bounceShare = builder.bounceShare;
    }

    /**
     * Starts setting options.
     *
     * @param categories gives the categories of an item; may only ever get more for an item, which {@link #addItem}
     *     then says
     */
    public static Builder builder(IntFunction<int[]> categories) {
        return new Builder(categories);
    }

    /** Sets options. */
    public static final class Builder {
        private final IntFunction<int[]> categories;
        private int anonymity = 5;
        private double recentDays = 3;
        private double usualDays = 60;
        private double dormantDays = 30;
        private double bounceShare = 0.1;

        private Builder(IntFunction<int[]> categories) {
            this.categories = categories;
        }

        /** Sets from how many users on something is told about them as a group, at least 1; default 5. */
        public Builder anonymity(int users) {
            anonymity = Options.inRange("anonymity", users, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Sets the half-life of what is of late, in days, more than 0; default 3. */
        public Builder recentDays(double days) {
            recentDays = Options.inRange("recentDays", days, Double.MIN_NORMAL, 1e6);
            return this;
        }

        /** Sets the half-life of what is usual, in days, more than 0; default 60. */
        public Builder usualDays(double days) {
            usualDays = Options.inRange("usualDays", days, Double.MIN_NORMAL, 1e6);
            return this;
        }

        /** Sets after how many days without an event a user is dormant, more than 0; default 30. */
        public Builder dormantDays(double days) {
            dormantDays = Options.inRange("dormantDays", days, Double.MIN_NORMAL, 1e6);
            return this;
        }

        /** Sets which part of an item must be watched for it not to be a bounce, 0 to 1; default 0.1. */
        public Builder bounceShare(double share) {
            bounceShare = Options.inRange("bounceShare", share, 0, 1);
            return this;
        }

        /** Returns the empty analytics. */
        public Analytics build() {
            return new Analytics(this);
        }
    }

    /**
     * Notes that an item exists, so that it counts as supply even if nobody looks at it; or that it has got more
     * categories since, which count for what happens from now on.
     */
    public synchronized void addItem(int item) {
        thing(items, item);
        for (int category : categoriesOf.apply(item)) {
            thing(categories, category).members.add(item);
        }
    }

    private void addIfNew(int item) {
        if (!items.containsKey(item)) {
            addItem(item);
        }
    }

    /**
     * Notes that a user did something with an item.
     *
     * @param weight how much it says that the user likes the item; finite, only its positive part counts as demand
     * @param time in milliseconds since the epoch
     */
    public synchronized void record(int user, int item, double weight, long time) {
        note(user, item, weight, time, Double.NaN, Double.NaN);
    }

    /**
     * Notes that a user watched or heard an item.
     *
     * @param seconds how long, at least 0
     * @param duration of the whole item in seconds, more than 0
     */
    public synchronized void recordWatch(
            int user, int item, double weight, double seconds, double duration, long time) {
        if (!(seconds >= 0 && seconds < Double.MAX_VALUE && duration > 0 && duration < Double.MAX_VALUE)) {
            throw new IllegalArgumentException("seconds must be at least 0 and the duration more than 0, but they are "
                    + seconds + " and " + duration);
        }
        note(user, item, weight, time, seconds, duration);
    }

    /** Notes that an item was shown. */
    public synchronized void recordImpression(int item) {
        addIfNew(item);
        thing(items, item).impressions++;
    }

    private static Thing thing(Map<Integer, Thing> map, int key) {
        return map.computeIfAbsent(key, missing -> new Thing());
    }

    private void note(int user, int item, double weight, long time, double seconds, double duration) {
        if (!Double.isFinite(weight) || time < 0) {
            throw new IllegalArgumentException(
                    "weight must be finite and time not negative, but they are " + weight + " and " + time);
        }
        addIfNew(item);
        double liked = Math.max(0, weight);
        Person person = people.computeIfAbsent(user, key -> new Person());
        person.first = person.events == 0 ? time : Math.min(person.first, time);
        person.last = Math.max(person.last, time);
        person.events++;
        person.activity.add(1, time, recentMillis);
        Use own = person.items.computeIfAbsent(item, key -> new Use());
        Thing thing = thing(items, item);
        thing.users.add(user);
        add(own, thing, liked, time, seconds, duration);
        for (int category : categoriesOf.apply(item)) {
            Thing group = thing(categories, category);
            group.users.add(user);
            add(person.categories.computeIfAbsent(category, key -> new Use()), group, liked, time, seconds, duration);
        }
    }

    private void add(Use own, Thing thing, double weight, long time, double seconds, double duration) {
        thing.watchers += own.watches == 0 && !Double.isNaN(seconds) ? 1 : 0;
        add(own, weight, time, seconds, duration);
        add(thing.use, weight, time, seconds, duration);
    }

    private void add(Use use, double weight, long time, double seconds, double duration) {
        use.events++;
        use.recent.add(weight, time, recentMillis);
        use.usual.add(weight, time, usualMillis);
        if (!Double.isNaN(seconds)) {
            double share = Math.min(1, seconds / duration);
            use.watches++;
            use.bounces += share < bounceShare ? 1 : 0;
            use.seconds += seconds;
            use.completed += share;
        }
    }

    /** Takes back all that a user did, and returns the number of events. Impressions stay, for they were counted without a user. */
    public synchronized long forget(int user) {
        Person person = people.remove(user);
        if (person == null) {
            return 0;
        }
        person.items.forEach((item, use) -> takeBack(thing(items, item), use, user));
        person.categories.forEach((category, use) -> takeBack(thing(categories, category), use, user));
        return person.events;
    }

    private void takeBack(Thing thing, Use use, int user) {
        thing.users.remove(user);
        thing.watchers -= use.watches > 0 ? 1 : 0;
        thing.use.add(use, -1);
        thing.use.recent.subtract(use.recent, recentMillis);
        thing.use.usual.subtract(use.usual, usualMillis);
    }

    /**
     * Returns what is known of a user at a time; empty for somebody unknown.
     *
     * @param top how many categories to list at most
     */
    public synchronized Optional<UserProfile<Integer>> user(int user, int top, long now) {
        Person person = people.get(user);
        if (person == null) {
            return Optional.empty();
        }
        double recentSum = 0;
        double usualSum = 0;
        for (Use use : person.categories.values()) {
            recentSum += use.recent.at(now, recentMillis);
            usualSum += use.usual.at(now, usualMillis);
        }
        List<CategoryShare<Integer>> shares = new ArrayList<>();
        for (Map.Entry<Integer, Use> entry : person.categories.entrySet()) {
            double recent = share(entry.getValue().recent.at(now, recentMillis), recentSum);
            double usual = share(entry.getValue().usual.at(now, usualMillis), usualSum);
            shares.add(new CategoryShare<>(entry.getKey(), recent, usual));
        }
        double drift = recentSum > 0 && usualSum > 0 ? divergence(shares) : 0;
        shares.sort(Comparator.comparingDouble((CategoryShare<Integer> share) -> -share.recent() - share.overall()));
        double days = Math.max(0, now - person.last) / MILLIS_PER_DAY;
        return Optional.of(new UserProfile<>(
                person.events,
                person.first,
                person.last,
                List.copyOf(shares.subList(0, Math.min(top, shares.size()))),
                perDay(person.activity.at(now, recentMillis), recentMillis),
                days,
                drift,
                days > dormantDays));
    }

    private static double share(double part, double sum) {
        return sum > 0 ? part / sum : 0;
    }

    /** A steady stream of r events a day has a faded sum of r * half-life / ln 2. */
    private static double perDay(double sum, double halfLifeMillis) {
        return sum * LN2 * MILLIS_PER_DAY / halfLifeMillis;
    }

    private static double divergence(List<CategoryShare<Integer>> shares) {
        double sum = 0;
        for (CategoryShare<Integer> share : shares) {
            double middle = (share.recent() + share.overall()) / 2;
            sum += part(share.recent(), middle) / 2 + part(share.overall(), middle) / 2;
        }
        return Math.max(0, Math.min(1, sum));
    }

    private static double part(double p, double middle) {
        return p > 0 ? p * Math.log(p / middle) / LN2 : 0;
    }

    /** Returns how an item is received; empty if too few users know it. O(1). */
    public synchronized Optional<ItemBehaviour> item(int item) {
        Thing thing = items.get(item);
        if (thing == null || thing.users.size() < anonymity) {
            return Optional.empty();
        }
        // The mean of what one of many users has watched would be told of that one.
        Use use = thing.watchers < anonymity ? NOTHING : thing.use;
        return Optional.of(new ItemBehaviour(
                thing.users.size(),
                thing.use.events,
                thing.impressions,
                use.watches,
                use.seconds / use.watches,
                use.completed / use.watches,
                use.bounces / (double) use.watches));
    }

    /**
     * Returns the users who are most interested in a category of late, best first; nobody if fewer than {@code
     * anonymity} are interested at all. O(users of the category). For the users who will like an item, ask the
     * recommender's {@code audience}.
     */
    public synchronized int[] categoryAudience(int category, int n, long now) {
        Thing group = categories.get(category);
        return group == null ? new int[0] : audience(group, n, person -> person.categories.get(category), now);
    }

    /** Returns the users who do most with an item of late, as {@link #categoryAudience} does for a category. */
    public synchronized int[] itemAudience(int item, int n, long now) {
        Thing thing = items.get(item);
        return thing == null ? new int[0] : audience(thing, n, person -> person.items.get(item), now);
    }

    private interface UseOf {
        @Nullable
        Use of(Person person);
    }

    private int[] audience(Thing thing, int n, UseOf useOf, long now) {
        record Fan(int user, double weight) {}
        List<Fan> fans = new ArrayList<>();
        for (int user : thing.users) {
            Person person = people.get(user);
            Use use = person == null ? null : useOf.of(person);
            double weight = use == null ? 0 : use.usual.at(now, usualMillis);
            if (weight > 0) {
                fans.add(new Fan(user, weight));
            }
        }
        if (fans.size() < anonymity) {
            return new int[0];
        }
        fans.sort(Comparator.comparingDouble((Fan fan) -> -fan.weight).thenComparingInt(Fan::user));
        return fans.stream().limit(n).mapToInt(Fan::user).toArray();
    }

    /** Returns the items that rise most, of those that enough users know. O(items). */
    public synchronized List<Trend<Integer>> trending(int n, long now) {
        List<Trend<Integer>> result = new ArrayList<>();
        items.forEach((item, thing) -> {
            if (thing.users.size() >= anonymity) {
                double recent = perDay(thing.use.recent.at(now, recentMillis), recentMillis);
                double usual = perDay(thing.use.usual.at(now, usualMillis), usualMillis);
                // One event more in the recent half-life is no growth.
                double doubt = MILLIS_PER_DAY / recentMillis;
                if (recent > 0) {
                    result.add(new Trend<>(item, recent, usual, (recent + doubt) / (usual + doubt)));
                }
            }
        });
        result.sort(Comparator.comparingDouble((Trend<Integer> trend) -> -trend.growth())
                .thenComparingInt(Trend::item));
        return List.copyOf(result.subList(0, Math.min(n, result.size())));
    }

    /** Returns demand against supply by category, the largest gap first, of those that enough users want. O(categories). */
    public synchronized List<ContentGap<Integer>> contentGaps(long now) {
        double demand = 0;
        long supply = 0;
        for (Thing group : categories.values()) {
            demand += group.use.recent.at(now, recentMillis);
            supply += group.members.size();
        }
        List<ContentGap<Integer>> result = new ArrayList<>();
        for (Map.Entry<Integer, Thing> entry : categories.entrySet()) {
            Thing group = entry.getValue();
            if (group.users.size() >= anonymity) {
                double wanted = share(group.use.recent.at(now, recentMillis), demand);
                double there = share(group.members.size(), (double) supply);
                result.add(new ContentGap<>(
                        entry.getKey(),
                        group.users.size(),
                        group.members.size(),
                        wanted,
                        there,
                        wanted / there,
                        group.watchers < anonymity ? Double.NaN : group.use.completed / group.use.watches));
            }
        }
        result.sort(Comparator.comparingDouble((ContentGap<Integer> gap) -> -gap.gap())
                .thenComparingInt(ContentGap::category));
        return List.copyOf(result);
    }

    /** Returns the users without an event for longer than {@code dormantDays}, ascending. O(users). */
    public synchronized int[] dormantUsers(long now) {
        int[] result = people.entrySet().stream()
                .filter(entry -> now - entry.getValue().last > dormantDays * MILLIS_PER_DAY)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        Arrays.sort(result);
        return result;
    }
}
