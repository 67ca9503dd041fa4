package org.recommender4j.streaming;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;

/**
 * How many people like each item of late, as it is told with noise; {@link Noise} has the promise.
 *
 * <p>Why it holds: of a person's likes at most {@link Noise#items} enter a release, 1 each, and each like enters one
 * release alone. So a release is a histogram of fresh data with an L1 sensitivity of that number, and Laplace noise of
 * scale {@code items / epsilon} on every cell makes it epsilon-differentially private (Dwork, McSherry, Nissim, Smith,
 * TCC 2006). Everything that is shown is a function of the releases, and a person's costs in all of them add up to at
 * most the budget. When to release is decided by the clock and not by events. With sums that fade there is nothing to
 * gain from a tree of partial sums (Chan, Shi, Song, TISSEC 2011): the noise of old releases fades as their counts do.
 *
 * <p>What changes is for one thread at a time, under the writer's lock; what was published is read without.
 */
final class ReleasedCounts {
    /** What a like counts, in the units of the noise: a like from before the start counts less the older it is. */
    private static final int UNITS = 16;

    private static final Person NOBODY = new Person(new int[0], 0, 0);
    private static final Released NOTHING = new Released(new double[0], 0, 0, 0);

    private final Noise noise;
    private final double halfLife;
    private final RandomGenerator random;
    private final BitSet undeclared = new BitSet();
    private @Nullable Person[] people = new Person[16];
    /** Who has likes that are in no release yet. */
    private final BitSet active = new BitSet();

    private Released latest = NOTHING;
    private volatile Released visible = NOTHING;

    /**
     * What a user was counted for.
     *
     * @param items in the order of the likes
     * @param open how many of them, the last ones, are in no release yet
     * @param spent what all of them cost
     */
    private record Person(int[] items, int open, double spent) {
        boolean has(int item) {
            for (int other : items) {
                if (other == item) {
                    return true;
                }
            }
            return false;
        }

        Person with(int item, double cost) {
            int[] more = Arrays.copyOf(items, items.length + 1);
            more[items.length] = item;
            return new Person(more, open + 1, spent + cost);
        }
    }

    /**
     * What is known by all.
     *
     * @param sums by item; 0 for one that is not declared
     * @param count how many releases there were
     * @param spent by somebody who was in each, at most
     * @param time of the release
     */
    private record Released(double[] sums, long count, double spent, long time) {}

    /** All of it at one moment. */
    record Moment(@Nullable Person[] people, BitSet undeclared, Released latest, Noise noise) {
        private static long bits(double value) {
            return Double.doubleToLongBits(value);
        }

        ModelState state() {
            int[] users = new int[people.length];
            int n = 0;
            int size = 0;
            for (int user = 0; user < people.length; user++) {
                Person person = people[user];
                if (person != null) {
                    users[n++] = user;
                    size += person.items.length;
                }
            }
            int[] ends = new int[n];
            int[] open = new int[n];
            long[] spent = new long[n];
            int[] items = new int[size];
            int end = 0;
            for (int k = 0; k < n; k++) {
                Person person = people[users[k]] == null ? NOBODY : people[users[k]];
                System.arraycopy(person.items, 0, items, end, person.items.length);
                end += person.items.length;
                ends[k] = end;
                open[k] = person.open;
                spent[k] = bits(person.spent);
            }
            return new ModelState()
                    .put("numbers", new long[] {
                        latest.count, bits(latest.spent), latest.time, bits(noise.epsilon), noise.items
                    })
                    .put(
                            "sums",
                            Arrays.stream(latest.sums)
                                    .mapToLong(Double::doubleToLongBits)
                                    .toArray())
                    .put("undeclared", undeclared.stream().toArray())
                    .put("users", Arrays.copyOf(users, n))
                    .put("ends", ends)
                    .put("open", open)
                    .put("spent", spent)
                    .put("items", items);
        }
    }

    /** Makes counts of nothing. */
    ReleasedCounts(Noise noise, double halfLife) {
        this.noise = noise;
        this.halfLife = halfLife;
        random = noise.random();
    }

    /**
     * Returns counts from their state. What was counted with another strength of noise and is in no release yet stays
     * out of all.
     *
     * @throws IllegalArgumentException if the state is broken
     */
    static ReleasedCounts restore(ModelState state, Noise noise, double halfLife, int users, int items) {
        ReleasedCounts counts = new ReleasedCounts(noise, halfLife);
        long[] numbers = state.longs("numbers");
        double[] sums = Arrays.stream(state.longs("sums"))
                .mapToDouble(Double::longBitsToDouble)
                .toArray();
        check(numbers.length == 5
                && sums.length <= items
                && Arrays.stream(sums).allMatch(sum -> Math.abs(sum) < Float.MAX_VALUE));
        double spent = Double.longBitsToDouble(numbers[1]);
        check(numbers[0] >= 0 && spent >= 0);
        counts.latest = new Released(sums, numbers[0], spent, numbers[2]);
        counts.visible = counts.latest;
        for (int item : state.ints("undeclared")) {
            check(item >= 0 && item < items);
            counts.undeclared.set(item);
        }
        boolean same = Double.longBitsToDouble(numbers[3]) == noise.epsilon && numbers[4] == noise.items;
        int[] ids = state.ints("users");
        int[] ends = state.ints("ends");
        int[] open = state.ints("open");
        long[] costs = state.longs("spent");
        int[] liked = state.ints("items");
        check(ends.length == ids.length && open.length == ids.length && costs.length == ids.length);
        int end = 0;
        for (int k = 0; k < ids.length; k++) {
            check(ids[k] >= 0 && ids[k] < users && ends[k] >= end && ends[k] <= liked.length);
            int[] own = Arrays.copyOfRange(liked, end, ends[k]);
            double cost = Double.longBitsToDouble(costs[k]);
            check(open[k] >= 0 && open[k] <= own.length && cost >= 0);
            check(Arrays.stream(own).allMatch(item -> item >= 0 && item < items));
            counts.set(ids[k], new Person(own, same || noise.isNone() ? open[k] : 0, cost));
            end = ends[k];
        }
        return counts;
    }

    private static void check(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("the released counts do not fit together");
        }
    }

    private void set(int user, Person person) {
        if (user >= people.length) {
            people = Arrays.copyOf(people, (int) Math.min(Integer.MAX_VALUE - 8, 1L + user + (user >> 1)));
        }
        people[user] = person;
        active.set(user, person.open > 0);
    }

    private Person person(int user) {
        Person person = user < people.length ? people[user] : null;
        return person == null ? NOBODY : person;
    }

    private boolean mayCount(Person person) {
        return !noise.isNone() && person.open < noise.items && person.spent + noise.cost() <= noise.budget * (1 + 1e-9);
    }

    /** Counts that a user likes an item that was not liked before. */
    void count(int user, int item) {
        Person person = person(user);
        if (mayCount(person) && !person.has(item)) {
            set(user, person.with(item, noise.cost()));
        }
    }

    /** Notes an item that only an event named so far, or that it is declared by now. */
    void declare(int item, boolean declared) {
        undeclared.set(item, !declared);
    }

    /** Removes a user; tells whether releases have counted something, which stays in their sums. */
    boolean forget(int user) {
        Person person = person(user);
        if (user < people.length) {
            people[user] = null;
            active.clear(user);
        }
        return person.items.length > person.open;
    }

    /** Draws the noise of a release ahead; it does not depend on what will be counted. */
    long[] draw(int items) {
        long[] result = new long[items];
        draw(result, 0);
        return result;
    }

    private void draw(long[] result, int from) {
        DiscreteLaplace source = new DiscreteLaplace(UNITS / noise.cost(), random);
        for (int item = from; item < result.length; item++) {
            result[item] = source.next();
        }
    }

    /** Makes the first release, of the histories that there are. */
    void begin(IntFunction<UserState> histories, int users, float positiveFrom, int items, long now) {
        long[] tally = new long[items];
        for (int user = 0; user < users; user++) {
            begin(user, histories.apply(user).row(), positiveFrom, now, tally);
        }
        release(tally, draw(items), now);
    }

    /** Counts the latest items of a user. */
    private void begin(int user, Row row, float positiveFrom, long now, long[] tally) {
        int[] latestFirst = IntStream.range(0, row.size())
                .boxed()
                .sorted(Comparator.comparingLong(k -> -row.times()[k]))
                .mapToInt(k -> k)
                .toArray();
        Person person = NOBODY;
        for (int k : latestFirst) {
            double age = Math.max(0, now - row.times()[k]);
            int units = (int) (UNITS * Math.pow(2, -age / halfLife));
            if (units == 0 || !mayCount(person)) {
                break;
            }
            if (row.weights()[k] >= positiveFrom) {
                person = person.with(row.items()[k], noise.cost());
                tally[row.items()[k]] += units;
            }
        }
        if (person.items.length > 0) {
            set(user, new Person(person.items, 0, person.spent));
        }
    }

    /** Releases what was counted since the last time; it is shown when it is published. */
    void release(long[] drawn, int items, long now) {
        long[] tally = new long[items];
        for (int user = active.nextSetBit(0); user >= 0; user = active.nextSetBit(user + 1)) {
            Person person = person(user);
            for (int k = person.items.length - person.open; k < person.items.length; k++) {
                tally[person.items[k]] += UNITS;
            }
            people[user] = new Person(person.items, 0, person.spent);
        }
        active.clear();
        long[] all = drawn;
        if (all.length < items) {
            all = Arrays.copyOf(drawn, items);
            draw(all, drawn.length);
        }
        release(tally, all, now);
    }

    private void release(long[] tally, long[] drawn, long now) {
        Released before = latest;
        double faded = Math.pow(2, -Math.max(0, now - before.time) / halfLife);
        double[] sums = Arrays.copyOf(before.sums, tally.length);
        for (int item = 0; item < sums.length; item++) {
            sums[item] = undeclared.get(item) ? 0 : sums[item] * faded + (tally[item] + drawn[item]) / (double) UNITS;
        }
        double spent = Math.max(before.spent, Math.min(before.spent + noise.epsilon, noise.budget));
        latest = new Released(sums, before.count + 1, spent, now);
    }

    /** Returns all of it, to be written; under the lock. */
    Moment moment() {
        return new Moment(people.clone(), (BitSet) undeclared.clone(), latest, noise);
    }

    /** Shows the release of a moment, which is in a file by now if there is a folder. */
    void publish(Moment moment) {
        visible = moment.latest;
    }

    /** Tells whether there is a release that nobody has seen. */
    boolean isUnpublished() {
        return visible.count != latest.count;
    }

    /** Tells whether counts must not be shown as they are. */
    boolean hides() {
        return !noise.isNone();
    }

    /** Returns the time of the last release that is shown. */
    long time() {
        return visible.time;
    }

    PrivacyBudget budget() {
        Released now = visible;
        return new PrivacyBudget(noise.epsilon, now.count, now.spent, noise.budget);
    }

    /** Returns what is shown, unscored where it is less than a number of people, or than one. */
    Scorer scorer(int least) {
        double[] sums = visible.sums;
        return (from, to, scores) -> {
            for (int item = from; item < to; item++) {
                double sum = item < sums.length ? sums[item] : 0;
                scores[item - from] = sum >= least ? (float) sum : Scorer.UNSCORED;
            }
        };
    }
}
