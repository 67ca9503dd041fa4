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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for recommendations, how many, and by which rules. The rules apply inside the search: the list has exactly {@code
 * min(limit, eligible)} entries and never one that a rule forbids.
 *
 * <pre>{@code
 * Request.<String, String>forUser("42")
 *     .limit(10)
 *     .filter(id -> stock.has(id))
 *     .maxPerCategory("brand", 2)
 *     .pin("new-release", 1)
 * }</pre>
 *
 * <p>Immutable: each method returns a changed copy. Thread-safe if the given predicates and functions are. Ids that the
 * recommender does not know are ignored in every rule; an unknown user gets the fallback.
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
    private Map<Integer, I> pins = Map.of();
    private long version;

    /** Multiplies the score of items with a category value. */
    record CategoryBoost(String field, String value, double factor) {}

    /** At most so many items of each group; the group is a category field of the data set or a function of the id. */
    record GroupCap<I>(@Nullable String field, @Nullable Function<? super I, ?> group, int max) {}

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

    /** Recommends only from the given items; called again, from those in both. */
    public Request<U, I> only(Collection<? extends I> candidates) {
        Request<U, I> copy = new Request<>(this);
        Set<I> set = new LinkedHashSet<>(candidates);
        if (only != null) {
            set.retainAll(only);
        }
        copy.only = set;
        return copy;
    }

    /** Never recommends the given items, in addition to those denied before. Stronger than {@link #pin}. */
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
     * that passes the other rules, so it should be fast; for a few candidates use {@link #only}.
     */
    public Request<U, I> filter(Predicate<? super I> test) {
        Request<U, I> copy = new Request<>(this);
        Predicate<? super I> before = filter;
        copy.filter = before == null ? test : item -> before.test(item) && test.test(item);
        return copy;
    }

    /**
     * Multiplies the score of an item; a negative score is divided, so that a factor above 1 always helps. Several boosts of an
     * item multiply.
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

    /** Boosts all items that have a value of a category field of the data set, see {@link #boost(Object, double)}. */
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
     * in each, one without a value is free. Better items go first.
     */
    public Request<U, I> maxPerCategory(String field, int max) {
        check(max >= 0, "max", max);
        Request<U, I> copy = new Request<>(this);
        copy.caps = append(caps, new GroupCap<>(field, null, max));
        return copy;
    }

    /** Allows at most {@code max} items of each group; an item whose group is null is free. Better items go first. */
    public Request<U, I> maxPerGroup(Function<? super I, ? extends @Nullable Object> group, int max) {
        check(max >= 0, "max", max);
        Request<U, I> copy = new Request<>(this);
        copy.caps = append(caps, new GroupCap<>(null, group, max));
        return copy;
    }

    /**
     * Puts an item at a place of the list, whatever its score; only {@link #deny} is stronger. It counts towards the limit; a
     * place beyond the end of the list means the end.
     *
     * @param rank 1 for the first place
     */
    public Request<U, I> pin(I item, int rank) {
        check(rank >= 1, "rank", rank);
        Request<U, I> copy = new Request<>(this);
        copy.pins = new LinkedHashMap<>(pins);
        copy.pins.values().remove(item);
        copy.pins.put(rank, item);
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

    Map<Integer, I> pins() {
        return pins;
    }
}
