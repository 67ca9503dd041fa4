package org.recommender4j.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.recommender4j.data.Interactions;

/**
 * Some of the users, or some of the items, with a name: those for whom a result is to be told apart.
 *
 * <p>Segments of users are applied to a finished result ({@link Comparison#mean(String, String, Segment)}). Segments of items
 * go into a metric ({@link Metric#recall(int, Segment)}), because a list mixes items of all segments. Memory: a bit per user
 * or item. Immutable; thread-safe.
 */
public final class Segment {
    private final String name;
    private final BitSet members;

    private Segment(String name, BitSet members) {
        this.name = name;
        this.members = members;
    }

    /** Returns a segment of the given indices, which must not be negative. */
    public static Segment of(String name, int... members) {
        BitSet bits = new BitSet();
        for (int member : members) {
            bits.set(member);
        }
        return new Segment(name, bits);
    }

    /**
     * Returns the users by the length of their history: those without one, called {@code 0}, and the others in up to four
     * groups of about the same number of users, called for example {@code 12-30}. Users of the same length are in the same
     * group. Segments that nobody is in are left out.
     *
     * @param train users x items, the training part
     */
    public static List<Segment> usersByActivity(Interactions train) {
        int[] lengths = new int[train.rows()];
        Arrays.setAll(lengths, train::length);
        int[] ascending = Arrays.stream(lengths).filter(n -> n > 0).sorted().toArray();
        List<Segment> result = new ArrayList<>();
        addRange(result, lengths, 0, 0);
        int from = 1;
        for (int part = 1; part <= 4 && ascending.length > 0; part++) {
            int count = (int) ((long) ascending.length * part / 4);
            int to = count == 0 ? 0 : ascending[count - 1];
            if (to >= from) {
                addRange(result, lengths, from, to);
                from = to + 1;
            }
        }
        return List.copyOf(result);
    }

    private static void addRange(List<Segment> to, int[] lengths, int from, int last) {
        BitSet members = new BitSet();
        int shortest = Integer.MAX_VALUE;
        int longest = 0;
        for (int r = 0; r < lengths.length; r++) {
            if (lengths[r] >= from && lengths[r] <= last) {
                members.set(r);
                shortest = Math.min(shortest, lengths[r]);
                longest = Math.max(longest, lengths[r]);
            }
        }
        if (!members.isEmpty()) {
            to.add(new Segment(shortest == longest ? "" + longest : shortest + "-" + longest, members));
        }
    }

    /**
     * Returns the items by popularity: {@code head}, the most popular ones that together have a third of all interactions, {@code
     * middle} with the next third, {@code tail} with the last, and {@code new} without any. Segments without an item are left
     * out.
     *
     * @param train users x items, the training part
     */
    public static List<Segment> itemsByPopularity(Interactions train) {
        Interactions byItem = train.transpose();
        int[] ranks = train.popularityRanks();
        int[] order = new int[ranks.length];
        for (int item = 0; item < ranks.length; item++) {
            order[ranks[item]] = item;
        }
        String[] names = {"head", "middle", "tail", "new"};
        BitSet[] members = {new BitSet(), new BitSet(), new BitSet(), new BitSet()};
        long before = 0;
        for (int item : order) {
            int part = byItem.length(item) == 0 ? 3 : (int) (3 * before / train.size());
            members[part].set(item);
            before += byItem.length(item);
        }
        List<Segment> result = new ArrayList<>();
        for (int part = 0; part < names.length; part++) {
            if (!members[part].isEmpty()) {
                result.add(new Segment(names[part], members[part]));
            }
        }
        return List.copyOf(result);
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Tells whether a user or item belongs to it. */
    public boolean contains(int index) {
        return members.get(index);
    }

    /** Returns the number of members. */
    public int size() {
        return members.cardinality();
    }

    @Override
    public String toString() {
        return name + " (" + size() + ")";
    }
}
