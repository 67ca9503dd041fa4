package org.recommender4j.streaming;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.recommender4j.Explanation;
import org.recommender4j.Recommendation;
import org.recommender4j.Recommendations;
import org.recommender4j.Recommender;
import org.recommender4j.Request;
import org.recommender4j.model.Rule;

/** Compares what a live recommender says with what its twin knows. */
final class ApiChecks {
    /** Algorithms whose lists are not in the order of their scores. */
    private static final Set<String> RERANKED = Set.of("Calibrate", "CategoryCap", "DampPopularity", "Diversify");
    /** Algorithms that answer by a popularity of their own, as of their training. */
    private static final Set<String> POPULAR =
            Set.of("Popularity", "Fallback", "Switch", "Cascade", "Blend", "RankFusion", "FeatureStack");

    private final ApiStart start;

    ApiChecks(ApiStart start) {
        this.start = start;
    }

    static void check(boolean holds, String what, Object... details) {
        if (!holds) {
            throw new AssertionError(what + ": " + List.of(details));
        }
    }

    static void same(Object actual, Object expected, String what) {
        check(expected.equals(actual), what, "is " + actual, "should be " + expected);
    }

    private static boolean near(double a, double b) {
        return Math.abs(a - b) <= 1e-6 + 1e-4 * Math.max(Math.abs(a), Math.abs(b));
    }

    /** The rules of a request once more, on ids. */
    record Rules(int limit, Set<String> seen, Set<String> denied, Set<String> only, Predicate<String> filter, int cap) {
        Rules(int limit, Set<String> seen) {
            this(limit, seen, Set.of(), Set.of(), item -> true, Integer.MAX_VALUE);
        }

        Rule refuses(String item) {
            if (!only.isEmpty() && !only.contains(item)) {
                return Rule.NOT_LISTED;
            }
            if (denied.contains(item)) {
                return Rule.DENIED;
            }
            if (seen.contains(item)) {
                return Rule.SEEN;
            }
            return filter.test(item) ? null : Rule.FILTERED;
        }
    }

    void list(ApiTwin twin, Recommendations<String> list, Rules rules, boolean boosted) {
        Set<String> eligible = new HashSet<>();
        Map<Rule, Integer> removed = new TreeMap<>();
        for (String item : twin.items) {
            Rule rule = rules.refuses(item);
            if (rule == null) {
                eligible.add(item);
            } else {
                removed.merge(rule, 1, Integer::sum);
            }
        }
        shape(list, eligible, "recommend");
        same(list.eligible(), eligible.size(), "eligible of recommend");
        Map<Rule, Integer> told = new TreeMap<>(list.removed());
        told.remove(Rule.GROUP_FULL);
        same(told, removed, "removed");
        Map<String, Integer> full = new HashMap<>();
        for (String item : list.items()) {
            twin.groupsOf(item).forEach(group -> full.merge(group, 1, Integer::sum));
        }
        check(full.values().stream().allMatch(n -> n <= rules.cap), "a group beyond its cap", list, full);
        if (list.size() < Math.min(rules.limit, eligible.size())) {
            for (String item : eligible) {
                check(
                        list.items().contains(item)
                                || twin.groupsOf(item).stream()
                                        .anyMatch(group -> full.getOrDefault(group, 0) >= rules.cap),
                        "a list that is too short",
                        list,
                        item);
            }
        }
        check(list.size() <= rules.limit, "a list that is too long", list);
        if (!boosted) {
            scores(twin, list);
        }
    }

    private void scores(ApiTwin twin, Recommendations<String> list) {
        Map<String, Float> last = new HashMap<>();
        for (Recommendation<String> entry : list) {
            Float before = last.put(entry.source(), entry.score());
            check(
                    before == null || before >= entry.score() || RERANKED.contains(start.algorithm()),
                    "not in the order of the scores",
                    list);
            if (entry.source().equals("Popularity") && !POPULAR.contains(start.algorithm())) {
                check(
                        near(entry.score(), told(twin, entry.item())),
                        "popularity is not that of a recount",
                        entry,
                        told(twin, entry.item()));
            }
        }
    }

    /** A popularity of too few people is not told of. */
    private double told(ApiTwin twin, String item) {
        return twin.people(item) < start.minGroup() ? 0 : twin.popularity(item);
    }

    private static void shape(Recommendations<String> list, Set<String> allowed, String what) {
        Set<String> found = new HashSet<>();
        int rank = 0;
        for (Recommendation<String> entry : list) {
            check(allowed.contains(entry.item()), what + " lists what it must not", entry, allowed);
            check(found.add(entry.item()), what + " lists twice", entry, list);
            check(entry.rank() == ++rank, what + " counts ranks wrong", list);
            check(Float.isFinite(entry.score()), what + " has a score that is none", entry);
            check(!entry.source().isEmpty(), what + " has no source", entry);
        }
    }

    void audience(ApiTwin twin, Recommendations<String> people, String item, int n) {
        if (!twin.items.contains(item)) {
            check(people.isEmpty(), "an audience of an unknown item", people);
            return;
        }
        List<String> without = twin.usersWithout(item);
        // So few are not left out: the rest of all would tell who they are.
        boolean tooFew = twin.users.size() - without.size() < start.minGroup();
        List<String> expected = tooFew ? List.copyOf(twin.users.keySet()) : without;
        shape(people, new HashSet<>(expected), "audience");
        int size = Math.min(n, expected.size());
        same(people.size(), size < start.minGroup() ? 0 : size, "size of an audience");
        same(people.eligible(), expected.size(), "eligible of an audience");
    }

    void similar(ApiTwin twin, Recommendations<String> list, String item, int n) {
        Set<String> others = new HashSet<>(twin.items);
        others.remove(item);
        shape(list, others, "similar items");
        same(list.size(), Math.min(n, others.size()), "number of similar items");
    }

    void explanation(ApiTwin twin, Explanation<String> explanation, OptionalDouble score, String item) {
        boolean known = twin.items.contains(item);
        check(known || score.isEmpty(), "a score of an unknown item", score);
        check(score.isEmpty() || Double.isFinite(score.getAsDouble()), "a score that is none", score);
        check(known || explanation.score().isEmpty(), "an explanation of an unknown item", explanation);
        check(known == !explanation.source().isEmpty(), "an explanation without a source", explanation);
        if (score.isPresent() && twin.users.size() > 0) {
            check(near(explanation.score().orElseThrow(), score.getAsDouble()), "explain differs from score", score);
        }
        Set<String> reasons = new HashSet<>();
        for (Explanation.Reason<String> reason : explanation.reasons()) {
            check(Float.isFinite(reason.contribution()), "a reason that is no number", explanation);
            check(
                    reason.item().isEmpty() || reasons.add(reason.item().get()),
                    "an item is twice among the reasons",
                    explanation);
        }
    }

    void trends(ApiTwin twin, List<Trend<String>> trends, Predicate<String> test) {
        Map<String, Integer> people = new TreeMap<>();
        double last = Double.MAX_VALUE;
        for (Trend<String> trend : trends) {
            check(people.put(trend.item(), trend.people()) == null, "a trend is listed twice", trends);
            check(trend.score() <= last, "trends are not in order", trends);
            last = trend.score();
            check(near(trend.score(), twin.popularity(trend.item())), "a trend is not that of a recount", trend);
        }
        same(people, twin.trends(start.minGroup(), test), "trends");
    }

    void export(ApiTwin twin, LiveRecommender<String, String> live, String user) {
        UserExport<String, String> export = live.export(user).orElse(null);
        same(export != null, twin.users.containsKey(user), "whether a user is known");
        if (export != null) {
            history(export.history(), twin.history(user), "history");
            check(export.vector().stream().allMatch(Float::isFinite), "a vector that is none", export);
        }
    }

    void history(List<HistoryEntry<String>> history, Map<String, ApiTwin.Entry> expected, String what) {
        Map<String, Long> times = new TreeMap<>();
        long last = 0;
        for (HistoryEntry<String> entry : history) {
            ApiTwin.Entry should = expected.get(entry.item());
            check(should != null, what + " with a wrong item", history, expected);
            check(near(entry.weight(), should.weight()), what + " with a wrong weight", entry, should);
            check(entry.time().toEpochMilli() == should.time(), what + " with a wrong time", entry, should);
            check(entry.time().toEpochMilli() >= last, what + " not by time", history);
            last = entry.time().toEpochMilli();
            check(times.put(entry.item(), last) == null, what + " with an item twice", history);
        }
        same(times.keySet(), expected.keySet(), what);
    }

    /** All that can be asked of everybody. */
    void everything(ApiTwin twin, LiveRecommender<String, String> live) {
        same(live.version(), twin.version, "version");
        for (String user : users(twin)) {
            export(twin, live, user);
            list(twin, live.recommend(user, 5), new Rules(5, twin.history(user).keySet()), false);
        }
        trends(twin, live.trends(1000), item -> true);
        for (String item : List.of("i0", "i" + (ApiStart.ITEMS + 1))) {
            audience(twin, live.audience(item, 100), item, 100);
            similar(twin, live.similarItems(item, 4), item, 4);
            for (String user : List.of("u0", "u" + (ApiStart.USERS + 1))) {
                explanation(twin, live.explain(user, item), live.score(user, item), item);
            }
        }
    }

    private static List<String> users(ApiTwin twin) {
        List<String> users = new ArrayList<>(twin.users.keySet());
        for (int user = 0; user < ApiStart.USERS + 2; user++) {
            if (!twin.users.containsKey("u" + user)) {
                users.add("u" + user);
            }
        }
        return users;
    }

    /** Returns all that should be the same after a change of the process. */
    static Map<String, String> answers(ApiTwin twin, Recommender<String, String> recommender) {
        Map<String, String> answers = new TreeMap<>();
        for (String user : users(twin)) {
            answers.put("list of " + user, text(recommender.recommend(user, 6)));
        }
        for (String item : twin.items) {
            answers.put("similar to " + item, text(recommender.similarItems(item, 4)));
        }
        answers.put("audience", text(recommender.audience("i1", 100)));
        answers.put(
                "anonymous",
                text(recommender.recommend(
                        Request.<String, String>forHistory("i1", "i4").limit(5))));
        return answers;
    }

    /** Scores to four digits, and those that are equal to so many by id: some are sums in another order after a restart. */
    private static String text(Recommendations<String> list) {
        return list.stream()
                .map(entry -> entry.source() + String.format(Locale.ROOT, " %.3e ", entry.score()) + entry.item())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
