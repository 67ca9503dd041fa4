package org.recommender4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.recommender4j.AbstractRecommender.Stage;
import org.recommender4j.data.IdMap;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Rule;
import org.recommender4j.model.TopN;

/**
 * The rules of one request in dense indices, and how a list is filled by them.
 *
 * <p>Eligibility and boosts act inside the search. Caps per group depend on the order of the list, so they are applied to the
 * search's result from the best item down; when they leave the list short, the search is repeated for twice as many items,
 * until the list is full or the model has no more. Pins come last, into their places.
 */
final class CompiledRules<T> {
    private static final int[] NO_ITEMS = {};
    private static final float[] NO_FACTORS = {};

    private final IdMap<T> ids;
    private final int limit;
    private final Eligibility eligibility;
    private final int[] boosted;
    private final float[] factors;
    private final List<Cap> caps;
    private final SortedMap<Integer, Integer> pins;

    /** At most {@code max} items of each group; {@code groups} gives the groups of an item. */
    private record Cap(int max, IntFunction<List<Object>> groups) {}

    private record Pick(int item, float score, String source) {}

    private CompiledRules(
            IdMap<T> ids,
            int limit,
            Eligibility eligibility,
            int[] boosted,
            float[] factors,
            List<Cap> caps,
            SortedMap<Integer, Integer> pins) {
        this.ids = ids;
        this.limit = limit;
        this.eligibility = eligibility;
        this.boosted = boosted;
        this.factors = factors;
        this.caps = caps;
        this.pins = pins;
    }

    /** Returns rules that are nothing but an eligibility. */
    static <T> CompiledRules<T> plain(IdMap<T> ids, int limit, Eligibility eligibility) {
        return new CompiledRules<>(
                ids, limit, eligibility, NO_ITEMS, NO_FACTORS, List.of(), Collections.emptySortedMap());
    }

    static <I> CompiledRules<I> compile(
            View<?, I> view, Request<?, ? super I> request, Profile profile, int similarTo) {
        IdMap<I> ids = view.items();
        int itemCount = view.itemCount();
        Eligibility.Builder builder = Eligibility.builder(itemCount);
        int[] denied = indices(ids, itemCount, request.denied());
        if (request.only() != null) {
            builder.only(indices(ids, itemCount, request.only()));
        }
        if (similarTo >= 0) {
            builder.seen(new int[] {similarTo});
        } else if (!request.includesSeen()) {
            builder.seen(profile.items());
        }
        Predicate<? super I> filter = request.filter();
        if (filter != null) {
            builder.filter(item -> filter.test(ids.key(item)));
        }
        Eligibility eligibility = builder.deny(denied).build();
        if (request.isPlain()) {
            return plain(ids, request.limit(), eligibility);
        }
        SortedMap<Integer, Integer> pins = new TreeMap<>();
        request.pins().forEach((rank, item) -> {
            int index = ids.indexOf(item);
            if (index >= 0 && index < itemCount && Arrays.stream(denied).noneMatch(d -> d == index)) {
                pins.put(rank, index);
            }
        });
        SortedMap<Integer, Double> boosts = boosts(view, request);
        int[] boosted = new int[boosts.size()];
        float[] factors = new float[boosts.size()];
        int n = 0;
        for (Map.Entry<Integer, Double> boost : boosts.entrySet()) {
            boosted[n] = boost.getKey();
            factors[n++] = (float) Math.max(Float.MIN_NORMAL, Math.min(Float.MAX_VALUE, boost.getValue()));
        }
        List<Cap> caps = request.caps().stream()
                .map(cap ->
                        new Cap(cap.max(), cap.field() == null ? groups(ids, cap.group()) : groups(view, cap.field())))
                .toList();
        return new CompiledRules<>(ids, request.limit(), eligibility, boosted, factors, caps, pins);
    }

    private static <I> int[] indices(IdMap<I> ids, int itemCount, Collection<?> keys) {
        if (keys.isEmpty()) {
            return NO_ITEMS;
        }
        return keys.stream()
                .mapToInt(ids::indexOf)
                .filter(i -> i >= 0 && i < itemCount)
                .sorted()
                .toArray();
    }

    private static <I> SortedMap<Integer, Double> boosts(View<?, I> view, Request<?, ? super I> request) {
        TreeMap<Integer, Double> result = new TreeMap<>();
        request.boosts().forEach((item, factor) -> {
            int index = view.items().indexOf(item);
            if (index >= 0 && index < view.itemCount()) {
                result.put(index, factor);
            }
        });
        for (Request.CategoryBoost boost : request.categoryBoosts()) {
            int value = view.itemFeatures().values(boost.field()).indexOf(boost.value());
            if (value >= 0) {
                Interactions itemsOfValue =
                        view.itemFeatures().categories(boost.field()).transpose();
                for (int item : itemsOfValue.row(value)) {
                    result.merge(item, boost.factor(), (a, b) -> a * b);
                }
            }
        }
        return result;
    }

    private static <I> IntFunction<List<Object>> groups(
            IdMap<I> ids, @Nullable Function<? super I, ? extends @Nullable Object> group) {
        return item -> {
            Object value = group == null ? null : group.apply(ids.key(item));
            return value == null ? List.of() : List.of(value);
        };
    }

    private static IntFunction<List<Object>> groups(View<?, ?> view, String field) {
        Interactions values = view.itemFeatures().categories(field);
        return item -> {
            List<Object> result = new ArrayList<>();
            for (int p = item < values.rows() ? values.begin(item) : 0;
                    item < values.rows() && p < values.end(item);
                    p++) {
                result.add(values.column(p));
            }
            return result;
        };
    }

    /** Returns an empty list for a search of all that may be wanted of one stage, when there are no caps and pins. */
    TopN search() {
        return new TopN(limit, eligibility, boosted, factors);
    }

    /** Fills a list from one stage after the other. */
    Recommendations<T> fill(List<Stage> stages) {
        int eligible = eligibility.eligible();
        for (int item : pins.values()) {
            eligible += eligibility.test(item) ? 0 : 1;
        }
        int wanted = Math.min(limit, eligible);
        Filling filling = new Filling(Math.max(0, wanted - pins.size()));
        for (Stage stage : stages) {
            filling.fillFrom(stage);
        }
        List<Pick> list = filling.picks;
        pins.forEach((rank, item) -> list.add(Math.min(rank - 1, list.size()), new Pick(item, 0f, "pinned")));
        List<Recommendation<T>> result = new ArrayList<>(Math.min(limit, list.size()));
        for (Pick pick : list.subList(0, Math.min(limit, list.size()))) {
            result.add(new Recommendation<>(ids.key(pick.item), pick.score, result.size() + 1, pick.source));
        }
        Map<Rule, Integer> removed = eligibility.removed();
        if (!filling.refused.isEmpty()) {
            removed = new EnumMap<>(Rule.class);
            removed.putAll(eligibility.removed());
            removed.put(Rule.GROUP_FULL, filling.refused.size());
        }
        return new Recommendations<>(result, eligible, removed);
    }

    /** A list while it is being filled. */
    private final class Filling {
        private final int wanted;
        private final List<Pick> picks = new ArrayList<>();
        /** The items of the list; made when a second search begins, as one search names no item twice. */
        private @Nullable Set<Integer> taken;

        private final Set<Integer> refused = new HashSet<>();
        private final List<Map<Object, Integer>> counts = new ArrayList<>();
        /** How many eligible items are neither in the list nor refused. */
        private int open = eligibility.eligible();

        Filling(int wanted) {
            this.wanted = wanted;
            caps.forEach(cap -> counts.add(new HashMap<>()));
            if (!pins.isEmpty()) {
                taken = new HashSet<>(pins.values());
                pins.values().forEach(item -> admit(item, true));
                taken.forEach(item -> open -= eligibility.test(item) ? 1 : 0);
            }
        }

        /** Tells whether another search would be in vain: the list is full, or all that may enter has been looked at. */
        private boolean isDone() {
            return picks.size() >= wanted || open == 0;
        }

        void fillFrom(Stage stage) {
            if (isDone()) {
                return;
            }
            if (taken == null && !picks.isEmpty()) {
                Set<Integer> items = new HashSet<>();
                picks.forEach(pick -> items.add(pick.item));
                taken = items;
            }
            long depth = (long) wanted + (taken == null ? 0 : taken.size());
            int done = 0;
            do {
                TopN top = new TopN((int) Math.min(depth, eligibility.items()), eligibility, boosted, factors);
                stage.search().accept(top);
                int[] items = top.items();
                float[] scores = top.scores();
                // A longer search begins with the same items as the shorter one before it.
                for (int k = done; k < items.length && picks.size() < wanted; k++) {
                    take(items[k], scores[k], stage.source());
                }
                if (items.length < depth) {
                    return;
                }
                done = items.length;
                depth *= 2;
            } while (!isDone());
        }

        private void take(int item, float score, String source) {
            if ((taken != null && taken.contains(item)) || refused.contains(item)) {
                return;
            }
            if (admit(item, false)) {
                if (taken != null) {
                    taken.add(item);
                }
                picks.add(new Pick(item, score, source));
            } else {
                refused.add(item);
            }
            open--;
        }

        /** Counts an item in its groups unless one of them is full. */
        private boolean admit(int item, boolean always) {
            if (caps.isEmpty()) {
                return true;
            }
            List<List<Object>> groups = new ArrayList<>();
            for (int c = 0; c < caps.size(); c++) {
                groups.add(caps.get(c).groups.apply(item));
                for (Object group : groups.get(c)) {
                    if (!always && counts.get(c).getOrDefault(group, 0) >= caps.get(c).max) {
                        return false;
                    }
                }
            }
            for (int c = 0; c < caps.size(); c++) {
                for (Object group : groups.get(c)) {
                    counts.get(c).merge(group, 1, Integer::sum);
                }
            }
            return true;
        }
    }
}
