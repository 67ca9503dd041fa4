package org.recommender4j;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for recommendations, how many, and by which rules. The rules apply inside the search: the list never has an entry
 * that a rule forbids, and has as many as the limit unless fewer items are left, see {@link Recommendations#eligible()}.
 *
 * <pre>{@code
 * recommender.recommend("42", request -> request.limit(10)
 *     .filter(id -> stock.has(id))
 *     .maxPerCategory("brand", 2)
 *     .pin("new-release", 1));
 * }</pre>
 *
 * <p>Immutable: each method returns a changed copy. Thread-safe if the given predicates and functions are. What the
 * recommender does not know has no effect in any rule: an id, a category field that no item has, a value of a field; so a rule
 * can be there before the first item that it is about. An unknown user gets the fallback.
 *
 * @param <U> type of user ids
 * @param <I> type of item ids
 */
public final class Request<U, I> {
    private static final int DEFAULT_LIMIT = 10;
    /** Stands for the weight of a liked item, which only the recommender knows: {@code Dataset.likedWeight()}. */
    private static final Double LIKED = Double.NaN;

    private final @Nullable U user;
    private final @Nullable I similarTo;
    private final Map<I, Double> history;
    private int limit = DEFAULT_LIMIT;
    private boolean includeSeen;
    private @Nullable Set<I> only;
    private Set<I> denied = Set.of();
    private @Nullable Predicate<? super I> filter;
    private Map<I, Double> boosts = Map.of();
    private List<CategoryBoost> categoryBoosts = List.of();
    private List<GroupCap<I>> caps = List.of();
    private SortedMap<Integer, Pin<I>> pins = Collections.emptySortedMap();
    private long version;

    /** Multiplies the score of items with a category value. */
    record CategoryBoost(String field, String value, double factor) {}

    /** At most so many items of each group; the group is a category field of the data set or a function of the id. */
    record GroupCap<I>(@Nullable String field, @Nullable Function<? super I, ?> group, int max) {}

    /** An item with a place; a forced one takes it whatever only, filters and caps say. */
    record Pin<I>(I item, boolean forced) {}

    private Request(@Nullable U user, @Nullable I similarTo, Map<I, Double> history) {
        this.user = user;
        this.similarTo = similarTo;
        this.history = history;
    }

    private Request(Request<U, I> other) {
        this(other.user, other.similarTo, other.history);
        limit = other.limit;
        includeSeen = other.includeSeen;
        only = other.only;
        denied = other.denied;
        filter = other.filter;
        boosts = other.boosts;
        categoryBoosts = other.categoryBoosts;
        caps = other.caps;
        pins = other.pins;
        version = other.version;
    }

    /** Returns a request for a user, known or not. */
    public static <U, I> Request<U, I> forUser(U user) {
        return new Request<>(Objects.requireNonNull(user, "user"), null, Map.of());
    }

    /** Returns a request for somebody without an id who likes the given items, oldest first. */
    @SafeVarargs
    public static <U, I> Request<U, I> forHistory(I... items) {
        List<I> list = new ArrayList<>();
        for (I item : items) {
            list.add(item);
        }
        return forHistory(list);
    }

    /** Returns a request for somebody without an id who likes the given items, oldest first. */
    public static <U, I> Request<U, I> forHistory(Collection<? extends I> items) {
        Map<I, Double> history = new LinkedHashMap<>();
        for (I item : items) {
            // A repeated item moves to the end: the history is ordered by the last time.
            history.remove(item);
            history.put(Objects.requireNonNull(item, "item"), LIKED);
        }
        return new Request<>(null, null, history);
    }

    /**
     * Returns a request for somebody without an id, with weights or ratings of the items that he interacted with, oldest first
     * in the map's order.
     *
     * @throws IllegalArgumentException if a weight is not finite
     */
    public static <U, I> Request<U, I> forHistory(Map<? extends I, Double> weights) {
        Map<I, Double> history = new LinkedHashMap<>(weights);
        history.forEach((item, weight) -> check(Float.isFinite(weight.floatValue()), "weight", weight));
        return new Request<>(null, null, history);
    }

    /** Returns a request for items similar to the given one, which is itself left out. */
    public static <U, I> Request<U, I> similarTo(I item) {
        return new Request<>(null, Objects.requireNonNull(item, "item"), Map.of());
    }

    private static void check(boolean condition, String name, Object value) {
        if (!condition) {
            throw new IllegalArgumentException(name + " can't be " + value);
        }
    }

    /**
     * Sets how many recommendations to return at most; default 10.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Request<U, I> limit(int limit) {
        check(limit >= 0, "limit", limit);
        Request<U, I> copy = new Request<>(this);
        copy.limit = limit;
        return copy;
    }

    /** Lets items be recommended that the user interacted with already. By default these are left out. */
    public Request<U, I> includeSeen() {
        Request<U, I> copy = new Request<>(this);
        copy.includeSeen = true;
        return copy;
    }

    /** Recommends only from the given items, pinned ones included; called again, from those in both. */
    public Request<U, I> only(Collection<? extends I> candidates) {
        Request<U, I> copy = new Request<>(this);
        Set<I> set = new LinkedHashSet<>(candidates);
        if (only != null) {
            set.retainAll(only);
        }
        copy.only = set;
        return copy;
    }

    /** Never recommends the given items, in addition to those denied before. Stronger than all other rules. */
    public Request<U, I> deny(Collection<? extends I> items) {
        Request<U, I> copy = new Request<>(this);
        copy.denied = new LinkedHashSet<>(denied);
        copy.denied.addAll(items);
        return copy;
    }

    /** Never recommends the given item, in addition to those denied before. */
    public Request<U, I> deny(I item) {
        return deny(List.of(item));
    }

    /**
     * Recommends only items that pass a test, in addition to the tests before. It is asked once for each item of the catalogue
     * that passes the other rules, and for pinned ones, so it should be fast; for a few candidates use {@link #only}.
     */
    public Request<U, I> filter(Predicate<? super I> test) {
        Request<U, I> copy = new Request<>(this);
        Predicate<? super I> before = filter;
        copy.filter = before == null ? test : item -> before.test(item) && test.test(item);
        return copy;
    }

    /**
     * Multiplies the score of an item; a negative score is divided, so that a factor above 1 always helps. Several boosts of an
     * item multiply. An algorithm that reorders a list, such as {@code Diversify}, reorders it by the boosted scores. An item that
     * the model does not score has nothing to multiply.
     *
     * @param factor finite and more than 0
     */
    public Request<U, I> boost(I item, double factor) {
        checkFactor(factor);
        Request<U, I> copy = new Request<>(this);
        copy.boosts = new LinkedHashMap<>(boosts);
        copy.boosts.merge(item, factor, (a, b) -> a * b);
        return copy;
    }

    /**
     * Boosts all items that have a value of a category field of the data set, see {@link #boost(Object, double)}; none if no item
     * has the field or the value.
     */
    public Request<U, I> boostCategory(String field, String value, double factor) {
        checkFactor(factor);
        Request<U, I> copy = new Request<>(this);
        copy.categoryBoosts = append(categoryBoosts, new CategoryBoost(field, value, factor));
        return copy;
    }

    private static void checkFactor(double factor) {
        check(Float.isFinite((float) factor) && (float) factor > 0f, "boost factor", factor);
    }

    /**
     * Allows at most {@code max} items of each value of a category field of the data set; an item with several values needs room
     * in each, one without a value is free, and so are all if no item has the field. Pinned items go first, then better ones.
     */
    public Request<U, I> maxPerCategory(String field, int max) {
        check(max >= 0, "max", max);
        Request<U, I> copy = new Request<>(this);
        copy.caps = append(caps, new GroupCap<>(field, null, max));
        return copy;
    }

    /**
     * Allows at most {@code max} items of each group; an item whose group is null is free. Pinned items go first, then better
     * ones.
     */
    public Request<U, I> maxPerGroup(Function<? super I, ? extends @Nullable Object> group, int max) {
        check(max >= 0, "max", max);
        Request<U, I> copy = new Request<>(this);
        copy.caps = append(caps, new GroupCap<>(null, group, max));
        return copy;
    }

    /**
     * Puts an item at a place of the list, whatever its score, and even if the user interacted with it already. All other rules
     * hold: a pinned item that is denied, not among {@link #only}, fails a {@link #filter} or whose group is full because of the
     * pins before it is left out, and the others move up. {@link #forcePin} overrides that.
     *
     * <p>Pins count towards the limit and in their groups; the first ones win if there are more of them than the list has places.
     * A place beyond the end of the list means the end. An item that is pinned again moves.
     *
     * @param rank 1 for the first place
     * @throws IllegalArgumentException if the rank is less than 1 or has another item already
     */
    public Request<U, I> pin(I item, int rank) {
        return pin(new Pin<>(item, false), rank);
    }

    /**
     * Puts an item at a place of the list as {@link #pin} does, but whatever {@link #only}, {@link #filter} and caps say: for a
     * place that was sold, for example. Only {@link #deny} is stronger.
     *
     * @param rank 1 for the first place
     * @throws IllegalArgumentException if the rank is less than 1 or has another item already
     */
    public Request<U, I> forcePin(I item, int rank) {
        return pin(new Pin<>(item, true), rank);
    }

    private Request<U, I> pin(Pin<I> pin, int rank) {
        check(rank >= 1, "rank", rank);
        SortedMap<Integer, Pin<I>> changed = new TreeMap<>(pins);
        changed.values().removeIf(other -> other.item().equals(pin.item()));
        Pin<I> before = changed.put(rank, pin);
        if (before != null) {
            throw new IllegalArgumentException("rank " + rank + " has the pinned item '" + before.item() + "', so '"
                    + pin.item() + "' needs another one");
        }
        Request<U, I> copy = new Request<>(this);
        copy.pins = Collections.unmodifiableSortedMap(changed);
        return copy;
    }

    /**
     * Asks for an answer that reflects all events up to a version that an ingestion returned. A recommender that does not learn
     * from events ignores it.
     */
    public Request<U, I> atLeast(long version) {
        check(version >= 0, "version", version);
        Request<U, I> copy = new Request<>(this);
        copy.version = version;
        return copy;
    }

    private static <T> List<T> append(List<T> list, T element) {
        return Stream.concat(list.stream(), Stream.of(element)).toList();
    }

    /** Returns the user who asks; empty for a history or a similar item. */
    public Optional<U> user() {
        return Optional.ofNullable(user);
    }

    /** Returns the item to which similar ones are asked for. */
    public Optional<I> similarItem() {
        return Optional.ofNullable(similarTo);
    }

    /** Returns the history of somebody without an id, oldest first; a NaN weight says that the item is liked. */
    public Map<I, Double> history() {
        return Collections.unmodifiableMap(history);
    }

    /** Returns how many recommendations are asked for. */
    public int limit() {
        return limit;
    }

    /** Returns the version that the answer must reflect; 0 for any. */
    public long version() {
        return version;
    }

    boolean includesSeen() {
        return includeSeen;
    }

    @Nullable
    Set<I> only() {
        return only;
    }

    Set<I> denied() {
        return denied;
    }

    @Nullable
    Predicate<? super I> filter() {
        return filter;
    }

    Map<I, Double> boosts() {
        return boosts;
    }

    List<CategoryBoost> categoryBoosts() {
        return categoryBoosts;
    }

    List<GroupCap<I>> caps() {
        return caps;
    }

    /** Tells whether there are no boosts, caps and pins. */
    boolean isPlain() {
        return boosts.isEmpty() && categoryBoosts.isEmpty() && caps.isEmpty() && pins.isEmpty();
    }

    /** The pinned items by their ranks, ascending. */
    SortedMap<Integer, Pin<I>> pins() {
        return pins;
    }
}
