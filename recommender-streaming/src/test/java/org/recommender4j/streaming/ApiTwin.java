package org.recommender4j.streaming;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.EventKinds;
import org.recommender4j.data.Features;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;

/**
 * What a live recommender should know, in maps of ids and nothing else: no indices, no shared arrays, no running counts. All that
 * can be counted is counted anew at each question.
 */
final class ApiTwin {
    /** A user and an item. */
    record Entry(float weight, long time, boolean derived) {}

    final Map<String, Map<String, Entry>> users = new LinkedHashMap<>();
    final Set<String> items = new LinkedHashSet<>();
    final Map<String, Set<String>> groups = new HashMap<>();
    private final Set<String> recentIds = new LinkedHashSet<>();
    private final ApiStart start;
    private final EventKinds kinds = EventKinds.defaults().with(ApiStart.OWN_KIND, 3);
    private final boolean explicit;
    private final float positiveFrom;
    private final float min;
    private final float max;
    long version;
    private long latest;

    ApiTwin(ApiStart start, Dataset<String, String> data) {
        this.start = start;
        explicit = data.feedback() == Feedback.EXPLICIT;
        positiveFrom = data.positiveFrom();
        min = data.minRating();
        max = data.maxRating();
        Interactions all = data.interactions();
        Features features = data.itemFeatures();
        for (int item = 0; item < all.columns(); item++) {
            items.add(data.items().key(item));
            for (int value : features.categories(ApiStart.FIELD).row(item)) {
                group(data.items().key(item), features.values(ApiStart.FIELD).get(value));
            }
        }
        for (int user = 0; user < all.rows(); user++) {
            Map<String, Entry> history = new TreeMap<>();
            users.put(data.users().key(user), history);
            for (int p = all.begin(user); p < all.end(user); p++) {
                history.put(data.items().key(all.column(p)), new Entry(all.weight(p), all.time(p), false));
                latest = Math.max(latest, all.time(p));
            }
        }
    }

    private ApiTwin(ApiTwin other) {
        start = other.start;
        explicit = other.explicit;
        positiveFrom = other.positiveFrom;
        min = other.min;
        max = other.max;
        version = other.version;
        latest = other.latest;
        other.users.forEach((user, history) -> users.put(user, new TreeMap<>(history)));
        items.addAll(other.items);
        other.groups.forEach((item, values) -> groups.put(item, new TreeSet<>(values)));
        recentIds.addAll(other.recentIds);
    }

    ApiTwin copy() {
        return new ApiTwin(this);
    }

    private void group(String item, String value) {
        groups.computeIfAbsent(item, key -> new TreeSet<>()).add(value);
    }

    /** Applies an event that makes sense; returns whether it was new. */
    boolean apply(Event<String, String> event, long now) {
        String id = start.rememberedIds() > 0 ? event.id().orElse(null) : null;
        if (id != null && recentIds.contains(id)) {
            return false;
        }
        version++;
        if (id != null) {
            recentIds.add(id);
            if (recentIds.size() > start.rememberedIds()) {
                recentIds.remove(recentIds.iterator().next());
            }
        }
        items.add(event.item());
        Map<String, Entry> history = users.computeIfAbsent(event.user(), key -> new TreeMap<>());
        long time = event.hasTime() ? event.epochMillis() : now;
        @Nullable Entry old = history.get(event.item());
        @Nullable Entry next = explicit ? rated(event, time, old) : weighed(weight(event), time, old);
        if (next != null) {
            history.put(event.item(), next);
            latest = Math.max(latest, time);
        }
        return true;
    }

    private float weight(Event<String, String> event) {
        float weight = Double.isNaN(event.value()) ? kinds.weight(event.kind()) : (float) event.value();
        return Double.isNaN(event.seconds()) ? weight : weight * (float) event.completion();
    }

    private @Nullable Entry weighed(float weight, long time, @Nullable Entry old) {
        if (weight == 0) {
            return null;
        }
        if (old == null) {
            return new Entry(weight, time, false);
        }
        double half = start.halfLifeHours() == 0
                ? 1
                : Math.pow(2, -Math.abs(time - old.time) / (start.halfLifeHours() * 3_600_000.0));
        double sum = old.time < time ? old.weight * half + weight : old.weight + weight * half;
        return new Entry((float) sum, Math.max(old.time, time), false);
    }

    /** A rating stands until a later one; what was concluded from another event stands until a rating or a later event. */
    private @Nullable Entry rated(Event<String, String> event, long time, @Nullable Entry old) {
        boolean derived = !event.kind().equals(Event.RATING);
        float rating;
        if (derived) {
            float weight = weight(event);
            if (weight == 0) {
                return null;
            }
            rating = weight < 0 ? min : weight >= kinds.weight("like") ? max : positiveFrom;
        } else {
            rating = (float) event.value();
        }
        if (old == null) {
            return new Entry(rating, time, derived);
        }
        boolean keeps = old.derived == derived ? time < old.time : derived;
        return keeps
                ? new Entry(old.weight, Math.max(old.time, time), old.derived)
                : new Entry(rating, Math.max(old.time, time), derived);
    }

    void describe(String item, List<String> values) {
        version++;
        items.add(item);
        values.forEach(value -> group(item, value));
    }

    /** Returns what was known of the user, or null if there was no such user. */
    @Nullable
    Map<String, Entry> forget(String user) {
        Map<String, Entry> history = users.remove(user);
        if (history != null) {
            version++;
        }
        return history;
    }

    Map<String, Entry> history(String user) {
        return users.getOrDefault(user, Map.of());
    }

    boolean likes(Entry entry) {
        return entry.weight >= positiveFrom;
    }

    int people(String item) {
        int people = 0;
        for (Map<String, Entry> history : users.values()) {
            Entry entry = history.get(item);
            people += entry != null && likes(entry) ? 1 : 0;
        }
        return people;
    }

    /** Returns how many people like an item, each counting half after the half-life of a week. */
    double popularity(String item) {
        double sum = 0;
        for (Map<String, Entry> history : users.values()) {
            Entry entry = history.get(item);
            if (entry != null && likes(entry)) {
                sum += Math.pow(2, -(latest - entry.time) / (7 * 86_400_000.0));
            }
        }
        return sum + 1e-6 * people(item);
    }

    List<String> usersWithout(String item) {
        List<String> result = new ArrayList<>();
        users.forEach((user, history) -> {
            if (!history.containsKey(item)) {
                result.add(user);
            }
        });
        return result;
    }

    List<String> itemsWhere(Predicate<String> test) {
        return items.stream().filter(test).toList();
    }

    /** Returns the trends that there should be, by item, of those that at least so many people like. */
    Map<String, Integer> trends(int least, Predicate<String> test) {
        Map<String, Integer> result = new TreeMap<>();
        for (String item : items) {
            int people = people(item);
            if (people >= Math.max(1, least) && test.test(item)) {
                result.put(item, people);
            }
        }
        return result;
    }

    Set<String> groupsOf(String item) {
        return groups.getOrDefault(item, Collections.emptySet());
    }
}
