package org.recommender4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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
import org.recommender4j.data.Features;
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
 * until the list is full or the model has no more. Pins are counted first, and put into their places at the end.
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
    private final List<Pin> pins;

    /** At most {@code max} items of each group; {@code groups} gives the groups of an item. */
    private record Cap(int max, IntFunction<List<Object>> groups) {}

    /** An item with a place. */
    private record Pin(int item, int rank, boolean forced) {}

    private record Pick(int item, float score, String source) {}

    private CompiledRules(
            IdMap<T> ids,
            int limit,
            Eligibility eligibility,
            int[] boosted,
            float[] factors,
            List<Cap> caps,
            List<Pin> pins) {
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
        return new CompiledRules<>(ids, limit, eligibility, NO_ITEMS, NO_FACTORS, List.of(), List.of());
    }

    static <I> CompiledRules<I> compile(
            View<?, I> view, Request<?, ? super I> request, Profile profile, int similarTo) {
        IdMap<I> ids = view.items();
        int itemCount = view.itemCount();
        Eligibility.Builder builder = Eligibility.builder(itemCount);
        int[] denied = indices(ids, itemCount, request.denied());
        int[] only = request.only() == null ? null : indices(ids, itemCount, request.only());
        if (only != null) {
            builder.only(only);
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
        List<Pin> pins = new ArrayList<>();
        request.pins().forEach((rank, pin) -> {
            int item = ids.indexOf(pin.item());
            if (item >= 0 && item < itemCount && item != similarTo && Arrays.binarySearch(denied, item) < 0) {
                // What the other rules let pass was removed as seen, which a pin may be.
                boolean allowed = pin.forced()
                        || eligibility.test(item)
                        || ((only == null || Arrays.binarySearch(only, item) >= 0)
                                && (filter == null || filter.test(ids.key(item))));
                if (allowed) {
                    pins.add(new Pin(item, rank, pin.forced()));
                }
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
            Features features = view.itemFeatures();
            int value = features.categoryFields().contains(boost.field())
                    ? features.values(boost.field()).indexOf(boost.value())
                    : -1;
            if (value >= 0) {
                for (int item : features.categories(boost.field()).transpose().row(value)) {
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
        Features features = view.itemFeatures();
        if (!features.categoryFields().contains(field)) {
            return item -> List.of();
        }
        Interactions values = features.categories(field);
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
        Filling filling = new Filling();
        for (Stage stage : stages) {
            filling.fillFrom(stage);
        }
        List<Pick> list = filling.picks;
        int eligible = eligibility.eligible();
        for (Pin pin : filling.pinned) {
            list.add(Math.min(pin.rank - 1, list.size()), new Pick(pin.item, 0f, "pinned"));
            eligible += eligibility.test(pin.item) ? 0 : 1;
        }
        List<Recommendation<T>> result = new ArrayList<>(list.size());
        for (Pick pick : list) {
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
        /** How many items are to be found beside the pinned ones. */
        private final int wanted;

        private final List<Pin> pinned = new ArrayList<>();
        private final List<Pick> picks = new ArrayList<>();
        /** The items of the list; made when a second search begins, as one search names no item twice. */
        private @Nullable Set<Integer> taken;

        /** The eligible items whose group is full. */
        private final Set<Integer> refused = new HashSet<>();

        private final List<Map<Object, Integer>> counts = new ArrayList<>();
        /** How many eligible items are neither in the list nor refused. */
        private int open = eligibility.eligible();

        Filling() {
            caps.forEach(cap -> counts.add(new HashMap<>()));
            if (!pins.isEmpty()) {
                taken = new HashSet<>();
                for (Pin pin : pins) {
                    place(pin, taken);
                }
            }
            wanted = Math.min(limit - pinned.size(), open);
        }

        private void place(Pin pin, Set<Integer> items) {
            if (pinned.size() == limit) {
                return;
            }
            boolean fits = admit(pin.item, pin.forced);
            if (fits) {
                pinned.add(pin);
                items.add(pin.item);
            }
            if (eligibility.test(pin.item)) {
                open--;
                if (!fits) {
                    refused.add(pin.item);
                }
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
            noteTaken();
            long depth = (long) wanted + (taken == null ? 0 : taken.size());
            do {
                TopN top = new TopN((int) Math.min(depth, eligibility.items()), eligibility, boosted, factors);
                stage.search().accept(top);
                int[] items = top.items();
                float[] scores = top.scores();
                // From the first on: a live model may have learned since the shorter search before this one.
                for (int k = 0; k < items.length && picks.size() < wanted; k++) {
                    take(items[k], scores[k], stage.source());
                }
                if (items.length < depth) {
                    return;
                }
                noteTaken();
                depth *= 2;
            } while (!isDone());
        }

        private void noteTaken() {
            if (taken == null && !picks.isEmpty()) {
                Set<Integer> items = new HashSet<>();
                picks.forEach(pick -> items.add(pick.item));
                taken = items;
            }
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
