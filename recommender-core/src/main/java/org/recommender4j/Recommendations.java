package org.recommender4j;

import java.util.AbstractList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.stream.Collectors;
import org.recommender4j.model.Rule;

/**
 * A list of recommendations, best first, that also tells how it came about: which model answered, how many items were
 * eligible and how many each rule removed. Unmodifiable and thread-safe.
 *
 * @param <T> type of the ids
 */
public final class Recommendations<T> extends AbstractList<Recommendation<T>> implements RandomAccess {
    private final List<Recommendation<T>> entries;
    private final int eligible;
    private final Map<Rule, Integer> removed;

    Recommendations(List<Recommendation<T>> entries, int eligible, Map<Rule, Integer> removed) {
        this.entries = List.copyOf(entries);
        this.eligible = eligible;
        EnumMap<Rule, Integer> ordered = new EnumMap<>(Rule.class);
        ordered.putAll(removed);
        this.removed = Collections.unmodifiableMap(ordered);
    }

    @Override
    public Recommendation<T> get(int index) {
        return entries.get(index);
    }

    @Override
    public int size() {
        return entries.size();
    }

    /** Returns the ids alone, best first. */
    public List<T> items() {
        return entries.stream().map(Recommendation::item).toList();
    }

    /**
     * Returns which models gave this list, joined with a plus sign in the order of their first entry: {@code ImplicitAls},
     * {@code Popularity} when only a fallback had an answer, {@code ItemKnn+Popularity} when it filled up. Empty for an empty
     * list.
     */
    public String source() {
        return entries.stream().map(Recommendation::source).distinct().collect(Collectors.joining("+"));
    }

    /**
     * Returns how many items may be in the list by the rules that look at an item alone: what is listed, denied, seen and
     * filtered. Pinned items that stay in the list count too. Caps look at the list, so they are not in this number but in
     * {@link #removed()}: the list has {@code min(limit, eligible() - removed GROUP_FULL)} entries.
     */
    public int eligible() {
        return eligible;
    }

    /**
     * Returns how many items of the catalogue each rule removed, in the order of {@link Rule}. An item counts for the first rule
     * that removes it; rules that removed none are missing.
     */
    public Map<Rule, Integer> removed() {
        return removed;
    }
}
