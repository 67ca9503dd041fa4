package org.recommender4j.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which items may enter a list: the rules of a request, compiled to dense indices.
 *
 * <p>Asked only for items whose score would make the list, so a seen item costs a binary search now and then instead of a
 * pass over the catalogue. Three forms, the cheapest that fits is chosen: a sorted list of the candidates (when the caller
 * listed them), a bit per item (when a predicate has to be asked for each), or sorted lists of what is left out. Memory: 4
 * bytes per listed item, and a bit per item of the catalogue only with a predicate. Immutable; thread-safe.
 */
public final class Eligibility {
    private static final int[] NONE = {};

    private final int items;
    private final int eligible;
    private final int @Nullable [] candidates;
    private final long @Nullable [] allowed;
    private final int[] denied;
    private final int[] seen;
    private final Map<Rule, Integer> removed;

    private Eligibility(
            int items,
            int eligible,
            int @Nullable [] candidates,
            long @Nullable [] allowed,
            int[] denied,
            int[] seen,
            Map<Rule, Integer> removed) {
        this.items = items;
        this.eligible = eligible;
        this.candidates = candidates;
        this.allowed = allowed;
        this.denied = denied;
        this.seen = seen;
        this.removed = removed;
    }

    /** Returns the eligibility of all of a catalogue's items. */
    public static Eligibility all(int items) {
        return new Eligibility(items, items, null, null, NONE, NONE, Map.of());
    }

    /** Returns the eligibility of all items except for the given ones, which ascend strictly; the array is kept. */
    public static Eligibility allExcept(int items, int[] excluded) {
        return new Eligibility(
                items,
                items - excluded.length,
                null,
                null,
                NONE,
                excluded,
                excluded.length == 0 ? Map.of() : Map.of(Rule.SEEN, excluded.length));
    }

    /** Starts compiling rules for a catalogue of the given size. */
    public static Builder builder(int items) {
        return new Builder(items);
    }

    /** Tells whether an item may enter the list. */
    public boolean test(int item) {
        if (candidates != null) {
            return Arrays.binarySearch(candidates, item) >= 0;
        } else if (allowed != null) {
            return (allowed[item >> 6] & (1L << item)) != 0;
        }
        return (seen.length == 0 || Arrays.binarySearch(seen, item) < 0)
                && (denied.length == 0 || Arrays.binarySearch(denied, item) < 0);
    }

    /** Returns the number of items of the catalogue. */
    public int items() {
        return items;
    }

    /** Returns the number of items that may enter the list. */
    public int eligible() {
        return eligible;
    }

    /** Tells whether the eligible items are a list, so that a search should score these instead of the catalogue. */
    public boolean isListed() {
        return candidates != null;
    }

    /**
     * Returns the listed items, ascending. The array is shared: it must not be written to.
     *
     * @throws IllegalStateException unless {@link #isListed()}
     */
    public int[] candidates() {
        if (candidates == null) {
            throw new IllegalStateException("the eligible items are not a list");
        }
        return candidates;
    }

    /** Returns how many items each rule removed, in their order; an item counts for the first rule that removes it. */
    public Map<Rule, Integer> removed() {
        return removed;
    }

    /** Collects rules. Not thread-safe. */
    public static final class Builder {
        private final int items;
        private int @Nullable [] only;
        private int[] absent = NONE;
        private int[] denied = NONE;
        private int[] seen = NONE;
        private @Nullable IntPredicate filter;

        private Builder(int items) {
            this.items = items;
        }

        /** Allows only the given items; in any order, repeated ones count once, those outside of the catalogue are ignored. */
        public Builder only(int[] candidates) {
            only = normalize(candidates);
            return this;
        }

        /** Leaves out indices that stand for nothing, and that no rule has removed, therefore; in any order. */
        public Builder absent(int[] indices) {
            absent = normalize(indices);
            return this;
        }

        /** Leaves out the given items; in any order. */
        public Builder deny(int[] excluded) {
            denied = normalize(excluded);
            return this;
        }

        /** Leaves out what the user interacted with already; in any order. */
        public Builder seen(int[] history) {
            seen = normalize(history);
            return this;
        }

        /** Leaves out the items that fail a test, which is asked once for each item that passes the other rules. */
        public Builder filter(IntPredicate filter) {
            this.filter = filter;
            return this;
        }

        private int[] normalize(int[] given) {
            boolean clean = true;
            for (int k = 0; k < given.length && clean; k++) {
                clean = given[k] >= 0 && given[k] < items && (k == 0 || given[k - 1] < given[k]);
            }
            return clean
                    ? given
                    : Arrays.stream(given)
                            .filter(i -> i >= 0 && i < items)
                            .sorted()
                            .distinct()
                            .toArray();
        }

        /** Returns the compiled rules. */
        public Eligibility build() {
            int[] listed = only;
            IntPredicate test = filter;
            if (listed == null && test == null && denied.length == 0 && absent.length == 0) {
                return allExcept(items, seen);
            }
            Map<Rule, Integer> removed = new EnumMap<>(Rule.class);
            if (listed != null) {
                listed = minus(listed, absent, Rule.NOT_LISTED, new EnumMap<>(Rule.class));
                count(removed, Rule.NOT_LISTED, items - absent.length - listed.length);
                listed = minus(listed, denied, Rule.DENIED, removed);
                listed = minus(listed, seen, Rule.SEEN, removed);
                if (test != null) {
                    int[] passed = Arrays.stream(listed).filter(test).toArray();
                    count(removed, Rule.FILTERED, listed.length - passed.length);
                    listed = passed;
                }
                return new Eligibility(
                        items, listed.length, listed, null, NONE, NONE, Collections.unmodifiableMap(removed));
            }
            int[] out = absent.length == 0
                    ? denied
                    : IntStream.concat(Arrays.stream(denied), Arrays.stream(absent))
                            .sorted()
                            .distinct()
                            .toArray();
            int[] rest = minus(seen, out, Rule.SEEN, new EnumMap<>(Rule.class));
            count(removed, Rule.DENIED, out.length - absent.length);
            count(removed, Rule.SEEN, rest.length);
            int eligible = items - out.length - rest.length;
            if (test == null) {
                return new Eligibility(items, eligible, null, null, out, seen, Collections.unmodifiableMap(removed));
            }
            long[] bits = new long[(items + 63) >> 6];
            int passed = 0;
            Eligibility others = new Eligibility(items, eligible, null, null, out, seen, Map.of());
            for (int item = 0; item < items; item++) {
                if (others.test(item) && test.test(item)) {
                    bits[item >> 6] |= 1L << item;
                    passed++;
                }
            }
            count(removed, Rule.FILTERED, eligible - passed);
            return new Eligibility(items, passed, null, bits, NONE, NONE, Collections.unmodifiableMap(removed));
        }

        private static void count(Map<Rule, Integer> removed, Rule rule, int number) {
            if (number > 0) {
                removed.put(rule, number);
            }
        }

        private static int[] minus(int[] from, int[] excluded, Rule rule, Map<Rule, Integer> removed) {
            if (excluded.length == 0) {
                return from;
            }
            int[] rest = Arrays.stream(from)
                    .filter(i -> Arrays.binarySearch(excluded, i) < 0)
                    .toArray();
            count(removed, rule, from.length - rest.length);
            return rest;
        }
    }
}
