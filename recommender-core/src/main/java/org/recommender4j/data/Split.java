package org.recommender4j.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.recommender4j.internal.util.Arguments;

/**
 * Interactions cut into a part to train on and a part to test on. Both have the shape of the whole, so that an index means the
 * same user or item in all three, and no pair of user and item is in both.
 *
 * <p>The same data, arguments and seed give the same split. Options are tuned on a validation part: {@linkplain #validation
 * split the training part once more}, and score the test part only at the end. Making a split takes O(interactions), plus a sort by time for {@link
 * #byTime(Interactions, double)} and {@link #lastN}, and copies both parts. Immutable; thread-safe.
 */
public final class Split {
    private final Interactions train;
    private final Interactions test;

    private Split(Interactions train, Interactions test) {
        this.train = train;
        this.test = test;
    }

    /**
     * Returns a split that somebody else made.
     *
     * @throws IllegalArgumentException if the shapes differ, or a pair is in both parts
     */
    public static Split of(Interactions train, Interactions test) {
        if (train.rows() != test.rows() || train.columns() != test.columns()) {
            throw new IllegalArgumentException("the training part is " + train + ", the test part " + test
                    + ", but both must have the same shape");
        }
        requireDisjoint(train, test);
        return new Split(train, test);
    }

    /**
     * Holds out a random share of all interactions, rounded to a whole number.
     *
     * @param share in (0, 1)
     */
    public static Split random(Interactions data, double share, long seed) {
        int[] order = shuffled(data.size(), new SplittableRandom(seed));
        BitSet test = new BitSet(data.size());
        for (int k = 0; k < part(data.size(), share); k++) {
            test.set(order[k]);
        }
        return cut(data, test);
    }

    /**
     * Holds out a random share of each user's interactions, rounded to a whole number (halves up); at least one stays in the
     * training part.
     *
     * @param share in (0, 1)
     */
    public static Split perUser(Interactions data, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BitSet test = new BitSet(data.size());
        for (int r = 0; r < data.rows(); r++) {
            int length = data.length(r);
            int[] order = shuffled(length, random.split());
            for (int k = 0; k < Math.min(length - 1, part(length, share)); k++) {
                test.set(data.begin(r) + order[k]);
            }
        }
        return cut(data, test);
    }

    /** Holds out each user's newest interaction: {@link #lastN} with n = 1. */
    public static Split lastOut(Interactions data) {
        return lastN(data, 1);
    }

    /**
     * Holds out each user's n newest interactions; at the same time that of the larger column is the newer. At least one stays
     * in the training part. No user's past is predicted from that user's future, but it may be from the future of others: for
     * a claim about deployment use {@link #byTime(Interactions, double)}.
     *
     * @throws IllegalArgumentException if the data has no times
     */
    public static Split lastN(Interactions data, int n) {
        Arguments.inRange("n", n, 1, Integer.MAX_VALUE);
        requireTimes(data);
        BitSet test = new BitSet(data.size());
        for (int r = 0; r < data.rows(); r++) {
            int begin = data.begin(r);
            int[] ascending = byTime(data, begin, data.end(r));
            for (int k = Math.max(1, ascending.length - n); k < ascending.length; k++) {
                test.set(ascending[k]);
            }
        }
        return cut(data, test);
    }

    /**
     * Holds out everything from an instant on: the one that puts the newest share of the interactions into the test part, and
     * with them those of the same instant as the oldest one there.
     *
     * @param share in (0, 1)
     * @throws IllegalArgumentException if the data has no times, or a part would be empty
     */
    public static Split byTime(Interactions data, double share) {
        int size = part(data.size(), share);
        if (size == 0) {
            throw new IllegalArgumentException("a share of " + share + " of " + data + " is nothing to test on");
        }
        requireTimes(data);
        long[] times = new long[data.size()];
        Arrays.setAll(times, data::time);
        Arrays.sort(times);
        return byTime(data, Instant.ofEpochMilli(times[times.length - size]));
    }

    /**
     * Holds out everything from an instant on.
     *
     * @param instant the first one of the test part
     * @throws IllegalArgumentException if the data has no times, or a part would be empty
     */
    public static Split byTime(Interactions data, Instant instant) {
        requireTimes(data);
        long first = instant.toEpochMilli();
        BitSet test = new BitSet(data.size());
        for (int p = 0; p < data.size(); p++) {
            test.set(p, data.time(p) >= first);
        }
        if (test.isEmpty() || test.cardinality() == data.size()) {
            throw new IllegalArgumentException(
                    "all interactions of " + data + " are on one side of the time " + instant);
        }
        return cut(data, test);
    }

    /**
     * Returns k splits whose test parts are random, disjoint, of sizes that differ by at most one, and together the whole.
     *
     * @param k from 2 to the number of interactions
     */
    public static List<Split> kFold(Interactions data, int k, long seed) {
        Arguments.inRange("k", k, 2, Math.max(2, data.size()));
        int[] order = shuffled(data.size(), new SplittableRandom(seed));
        List<Split> folds = new ArrayList<>();
        for (int fold = 0; fold < k; fold++) {
            BitSet test = new BitSet(data.size());
            for (int p = fold; p < order.length; p += k) {
                test.set(order[p]);
            }
            folds.add(cut(data, test));
        }
        return List.copyOf(folds);
    }

    /**
     * Holds out all interactions of a random share of those items that have any, so that nothing but their features is known
     * of them.
     *
     * @param share in (0, 1)
     */
    public static Split coldItems(Interactions data, double share, long seed) {
        BitSet cold = chosen(data.transpose(), share, seed);
        BitSet test = new BitSet(data.size());
        for (int p = 0; p < data.size(); p++) {
            test.set(p, cold.get(data.column(p)));
        }
        return cut(data, test);
    }

    /**
     * Holds out all interactions of a random share of those users that have any.
     *
     * @param share in (0, 1)
     */
    public static Split coldUsers(Interactions data, double share, long seed) {
        BitSet cold = chosen(data, share, seed);
        BitSet test = new BitSet(data.size());
        cold.stream().forEach(r -> test.set(data.begin(r), data.end(r)));
        return cut(data, test);
    }

    /**
     * Cuts the training part once more, to tune options on: the result's test part is the validation part, and this split's
     * test part is in neither.
     *
     * <pre>{@code
     * Split tuning = split.validation(train -> Split.perUser(train, 0.1, seed));
     * }</pre>
     *
     * @param cut splits the training part, of which it must use everything and nothing else
     * @throws IllegalArgumentException if the two parts are not the training part
     */
    public Split validation(Function<? super Interactions, Split> cut) {
        Split result = cut.apply(train);
        boolean whole = result.train.rows() == train.rows()
                && result.train.columns() == train.columns()
                && result.train.size() + result.test.size() == train.size()
                && isWithin(result.train, train)
                && isWithin(result.test, train);
        if (!whole) {
            throw new IllegalArgumentException(
                    "a validation split must cut the training part " + train + ", but is " + result);
        }
        return result;
    }

    private static boolean isWithin(Interactions part, Interactions whole) {
        for (int r = 0; r < part.rows(); r++) {
            for (int p = part.begin(r); p < part.end(r); p++) {
                if (!whole.contains(r, part.column(p))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns what to train on. */
    public Interactions train() {
        return train;
    }

    /** Returns what to test on. */
    public Interactions test() {
        return test;
    }

    /** Returns the items that have interactions in the test part only, ascending, as a new array. */
    public int[] newItems() {
        return onlyIn(test.transpose(), train.transpose());
    }

    /** Returns the users that have interactions in the test part only, ascending, as a new array. */
    public int[] newUsers() {
        return onlyIn(test, train);
    }

    /**
     * Tells whether the training part holds an interaction that is newer than the oldest one of the test part. False for a
     * split by time; figures from any other split say little about deployment.
     *
     * @throws IllegalStateException if the data has no times
     */
    public boolean trainsOnFuture() {
        requireBothTimes();
        return isBefore(test, 0, test.size(), newest(train, 0, train.size()));
    }

    /**
     * Tells whether the training part holds an interaction that is newer than the oldest one of the same user in the test part.
     * False for a split by time or of each user's newest; figures from any other split are too good where tastes move.
     *
     * @throws IllegalStateException if the data has no times
     */
    public boolean trainsOnOwnFuture() {
        requireBothTimes();
        for (int r = 0; r < train.rows(); r++) {
            if (isBefore(test, test.begin(r), test.end(r), newest(train, train.begin(r), train.end(r)))) {
                return true;
            }
        }
        return false;
    }

    private void requireBothTimes() {
        if (!train.hasTimes() || !test.hasTimes()) {
            throw new IllegalStateException("without times nobody can tell what the future is");
        }
    }

    private static long newest(Interactions part, int begin, int end) {
        long newest = Long.MIN_VALUE;
        for (int p = begin; p < end; p++) {
            newest = Math.max(newest, part.time(p));
        }
        return newest;
    }

    private static boolean isBefore(Interactions part, int begin, int end, long time) {
        for (int p = begin; p < end; p++) {
            if (part.time(p) < time) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "Split[train " + train + ", test " + test + "]";
    }

    /**
     * Checks that no pair is in both parts; the rows and columns of the larger one are those of the smaller and more. Time
     * O(interactions).
     *
     * @throws IllegalArgumentException that names a pair that is in both
     */
    public static void requireDisjoint(Interactions train, Interactions test) {
        for (int r = 0; r < Math.min(train.rows(), test.rows()); r++) {
            int p = train.begin(r);
            for (int q = test.begin(r); q < test.end(r); q++) {
                while (p < train.end(r) && train.column(p) < test.column(q)) {
                    p++;
                }
                if (p < train.end(r) && train.column(p) == test.column(q)) {
                    throw new IllegalArgumentException("row " + r + " and column " + test.column(q)
                            + " are in the training part and in the test part");
                }
            }
        }
    }

    private static int[] onlyIn(Interactions here, Interactions there) {
        BitSet rows = new BitSet();
        for (int r = 0; r < here.rows(); r++) {
            rows.set(r, here.length(r) > 0 && there.length(r) == 0);
        }
        return rows.stream().toArray();
    }

    private static void requireTimes(Interactions data) {
        if (!data.hasTimes()) {
            throw new IllegalArgumentException(data + " has no times to split by");
        }
    }

    /** The size of a share; rounded to the nearest whole number, halves up. */
    private static int part(int size, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share must be in (0, 1), but is " + share);
        }
        return (int) Math.round(size * share);
    }

    private static int[] shuffled(int n, SplittableRandom random) {
        int[] order = new int[n];
        for (int k = 0; k < n; k++) {
            int other = random.nextInt(k + 1);
            order[k] = order[other];
            order[other] = k;
        }
        return order;
    }

    private static BitSet chosen(Interactions data, double share, long seed) {
        int[] candidates = new int[data.rows()];
        int n = 0;
        for (int r = 0; r < data.rows(); r++) {
            if (data.length(r) > 0) {
                candidates[n++] = r;
            }
        }
        int[] order = shuffled(n, new SplittableRandom(seed));
        BitSet rows = new BitSet();
        for (int k = 0; k < part(n, share); k++) {
            rows.set(candidates[order[k]]);
        }
        return rows;
    }

    /** The positions of a row, oldest first, ties in the order of the positions. */
    private static int[] byTime(Interactions data, int begin, int end) {
        Integer[] order = new Integer[end - begin];
        Arrays.setAll(order, k -> begin + k);
        Arrays.sort(order, (a, b) -> Long.compare(data.time(a), data.time(b)));
        int[] result = new int[order.length];
        Arrays.setAll(result, k -> order[k]);
        return result;
    }

    private static Split cut(Interactions data, BitSet test) {
        BitSet train = new BitSet(data.size());
        train.set(0, data.size());
        train.andNot(test);
        return new Split(data.only(train), data.only(test));
    }
}
