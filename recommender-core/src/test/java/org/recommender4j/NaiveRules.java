package org.recommender4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.Rule;

/** The rules of a request, applied to the list of everything as the documentation says, slowly. */
final class NaiveRules {
    private final Dataset<String, String> data;
    private final String user;
    private int limit;
    private boolean includeSeen;
    private Set<String> only;
    private final Set<String> denied = new HashSet<>();
    private String refusedEnd;
    private final Map<String, Double> boosts = new TreeMap<>();
    private String boostedShelf;
    private int maxPerGroup = Integer.MAX_VALUE;
    private int maxPerEnd = Integer.MAX_VALUE;
    private final TreeMap<Integer, String> pins = new TreeMap<>();
    private final Set<String> forced = new HashSet<>();

    record Answer(List<Recommendation<String>> list, int eligible, Map<Rule, Integer> removed) {}

    private NaiveRules(Dataset<String, String> data, String user) {
        this.data = data;
        this.user = user;
    }

    static NaiveRules random(SplittableRandom random, Dataset<String, String> data, String user) {
        NaiveRules rules = new NaiveRules(data, user);
        List<String> items = TestData.items(data);
        rules.limit = random.nextInt(0, 70);
        rules.includeSeen = random.nextBoolean();
        if (random.nextBoolean()) {
            rules.denied.addAll(sample(random, items, 20));
        }
        if (random.nextInt(3) == 0) {
            rules.only = sample(random, items, 30);
        }
        rules.refusedEnd = random.nextBoolean() ? "3" : "none";
        if (random.nextBoolean()) {
            for (String item : sample(random, items, 10)) {
                rules.boosts.put(item, Math.pow(10, random.nextInt(-6, 7)));
            }
        }
        rules.boostedShelf = random.nextInt(3) == 0 ? "s1" : "none";
        if (random.nextBoolean()) {
            rules.maxPerGroup = random.nextInt(0, 8);
        }
        if (random.nextInt(3) == 0) {
            rules.maxPerEnd = random.nextInt(0, 5);
        }
        if (random.nextBoolean()) {
            int rank = 1;
            for (String item : sample(random, items, random.nextInt(1, 6))) {
                rules.pins.put(rank, item);
                rank += random.nextInt(1, 5);
                if (random.nextInt(3) == 0) {
                    rules.forced.add(item);
                }
            }
        }
        return rules;
    }

    private static Set<String> sample(SplittableRandom random, List<String> items, int count) {
        Set<String> result = new HashSet<>(Set.of("unknown item"));
        for (int k = 0; k < count; k++) {
            result.add(items.get(random.nextInt(items.size())));
        }
        return result;
    }

    int limit() {
        return limit;
    }

    Request<String, String> request() {
        Request<String, String> request = Request.<String, String>forUser(user)
                .limit(limit)
                .deny(denied)
                .filter(item -> !item.endsWith(refusedEnd))
                .boostCategory("shelf", boostedShelf, 3);
        if (includeSeen) {
            request = request.includeSeen();
        }
        if (only != null) {
            request = request.only(only);
        }
        for (Map.Entry<String, Double> boost : boosts.entrySet()) {
            request = request.boost(boost.getKey(), boost.getValue());
        }
        if (maxPerGroup < Integer.MAX_VALUE) {
            request = request.maxPerCategory("group", maxPerGroup);
        }
        if (maxPerEnd < Integer.MAX_VALUE) {
            request = request.maxPerGroup(NaiveRules::end, maxPerEnd);
        }
        for (Map.Entry<Integer, String> pin : pins.entrySet()) {
            request = forced.contains(pin.getValue())
                    ? request.forcePin(pin.getValue(), pin.getKey())
                    : request.pin(pin.getValue(), pin.getKey());
        }
        return request;
    }

    private static String end(String item) {
        return item.equals("cold item") ? null : item.substring(item.length() - 1);
    }

    private boolean isSeen(String item) {
        int index = data.users().indexOf(user);
        return index >= 0 && data.interactions().contains(index, data.items().indexOf(item));
    }

    /** Returns the first rule that removes an item, null if none does. */
    private Rule removedBy(String item, boolean seenCounts) {
        if (only != null && !only.contains(item)) {
            return Rule.NOT_LISTED;
        } else if (denied.contains(item)) {
            return Rule.DENIED;
        } else if (seenCounts && !includeSeen && isSeen(item)) {
            return Rule.SEEN;
        }
        return item.endsWith(refusedEnd) ? Rule.FILTERED : null;
    }

    boolean mayBeIn(String item) {
        boolean pinned = pins.containsValue(item) && !denied.contains(item);
        return removedBy(item, !pinned) == null || (pinned && forced.contains(item));
    }

    /** The groups of an item, each with how many of it may be in a list. */
    private Map<String, Integer> groups(String item) {
        Map<String, Integer> result = new HashMap<>();
        for (String value : values("group", item)) {
            result.put("group " + value, maxPerGroup);
        }
        if (end(item) != null) {
            result.put("end " + end(item), maxPerEnd);
        }
        return result;
    }

    private List<String> values(String field, String item) {
        Interactions matrix = data.itemFeatures().categories(field);
        return Arrays.stream(matrix.row(data.items().indexOf(item)))
                .mapToObj(column -> data.itemFeatures().values(field).get(column))
                .toList();
    }

    /** Returns the groups that have more items in a list than they may, forced ones aside. */
    List<String> tooMany(List<String> items) {
        Map<String, Integer> counts = new HashMap<>();
        List<String> result = new ArrayList<>();
        for (String item : items) {
            groups(item).forEach((group, max) -> {
                if (!forced.contains(item) && counts.merge(group, 1, Integer::sum) > max) {
                    result.add(group);
                }
            });
        }
        return result;
    }

    /** Returns the answer, given the list of everything without rules. */
    Answer answer(List<Recommendation<String>> all) {
        Map<Rule, Integer> removed = new EnumMap<>(Rule.class);
        int eligible = 0;
        for (String item : TestData.items(data)) {
            Rule rule = removedBy(item, true);
            eligible += rule == null ? 1 : 0;
            if (rule != null) {
                removed.merge(rule, 1, Integer::sum);
            }
        }
        Map<String, Integer> counts = new HashMap<>();
        Map<Integer, String> pinned = new TreeMap<>();
        Set<String> done = new HashSet<>();
        int full = 0;
        for (Map.Entry<Integer, String> pin : pins.entrySet()) {
            String item = pin.getValue();
            if (item.equals("unknown item") || !mayBeIn(item) || pinned.size() == limit) {
                continue;
            }
            boolean isEligible = removedBy(item, true) == null;
            if (admit(item, counts, forced.contains(item))) {
                pinned.put(pin.getKey(), item);
                eligible += isEligible ? 0 : 1;
            } else {
                full += isEligible ? 1 : 0;
            }
            done.add(item);
        }
        List<Recommendation<String>> list = new ArrayList<>();
        for (Recommendation<String> entry : boosted(all)) {
            String item = entry.item();
            if (list.size() == limit - pinned.size() || removedBy(item, true) != null || done.contains(item)) {
                continue;
            }
            if (admit(item, counts, false)) {
                list.add(entry);
            } else {
                full++;
            }
        }
        pinned.forEach(
                (rank, item) -> list.add(Math.min(rank - 1, list.size()), new Recommendation<>(item, 0f, 0, "pinned")));
        for (int k = 0; k < list.size(); k++) {
            Recommendation<String> entry = list.get(k);
            list.set(k, new Recommendation<>(entry.item(), entry.score(), k + 1, entry.source()));
        }
        if (full > 0) {
            removed.put(Rule.GROUP_FULL, full);
        }
        return new Answer(list, eligible, removed);
    }

    private boolean admit(String item, Map<String, Integer> counts, boolean always) {
        Map<String, Integer> groups = groups(item);
        if (!always && groups.entrySet().stream().anyMatch(g -> counts.getOrDefault(g.getKey(), 0) >= g.getValue())) {
            return false;
        }
        groups.keySet().forEach(group -> counts.merge(group, 1, Integer::sum));
        return true;
    }

    /** Sorts what each model gave by its boosted scores. */
    private List<Recommendation<String>> boosted(List<Recommendation<String>> all) {
        List<Recommendation<String>> result = new ArrayList<>();
        for (String source : all.stream().map(Recommendation::source).distinct().toList()) {
            all.stream()
                    .filter(entry -> entry.source().equals(source))
                    .map(entry -> new Recommendation<>(entry.item(), boosted(entry), 0, source))
                    .sorted(Comparator.<Recommendation<String>>comparingDouble(entry -> -entry.score())
                            .thenComparing(entry -> data.items().indexOf(entry.item())))
                    .forEach(result::add);
        }
        return result;
    }

    private float boosted(Recommendation<String> entry) {
        double factor = boosts.getOrDefault(entry.item(), 1.0);
        if (values("shelf", entry.item()).contains(boostedShelf)) {
            factor *= 3;
        }
        return entry.score() >= 0 ? entry.score() * (float) factor : entry.score() / (float) factor;
    }

    @Override
    public String toString() {
        return user + " limit " + limit + " seen " + includeSeen + " only " + only + " denied " + denied + " end "
                + refusedEnd + " boosts " + boosts + " shelf " + boostedShelf + " caps " + maxPerGroup + " " + maxPerEnd
                + " pins " + pins + " forced " + forced;
    }
}
