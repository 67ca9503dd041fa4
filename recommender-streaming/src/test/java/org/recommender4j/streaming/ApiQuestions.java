package org.recommender4j.streaming;

import static org.recommender4j.streaming.ApiChecks.check;
import static org.recommender4j.streaming.ApiChecks.same;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.recommender4j.Recommendations;
import org.recommender4j.Request;

/** Asks, and compares the answers with the twin. */
record ApiQuestions(
        ApiStart start, LiveRecommender<String, String> live, ApiTwin twin, ApiChecks checks, Consumer<Object> say) {
    void recommend(SplittableRandom random) {
        String user = ApiEvents.user(random);
        Set<String> seen = twin.history(user).keySet();
        ApiChecks.Rules rules = new ApiChecks.Rules(
                random.nextInt(3) == 0 ? 100 : random.nextInt(8),
                random.nextInt(4) == 0 ? Set.of() : seen,
                some(random),
                some(random),
                filter(random),
                random.nextInt(3) == 0 ? random.nextInt(3) : Integer.MAX_VALUE);
        Request<String, String> request = Request.<String, String>forUser(user)
                .limit(rules.limit())
                .deny(rules.denied())
                .filter(rules.filter())
                .atLeast(twin.version);
        if (!rules.seen().equals(seen)) {
            request = request.includeSeen();
        }
        if (!rules.only().isEmpty()) {
            request = request.only(rules.only());
        }
        if (rules.cap() < Integer.MAX_VALUE) {
            request = request.maxPerCategory(ApiStart.FIELD, rules.cap());
        }
        boolean boosted = random.nextInt(3) == 0;
        if (boosted) {
            request = request.boost(ApiEvents.item(random), 0.1 + random.nextInt(40))
                    .boostCategory(ApiStart.FIELD, "g1", 3);
        }
        say.accept(user + " " + rules + (boosted ? " boosted" : ""));
        Recommendations<String> list = live.recommend(request);
        checks.list(twin, list, rules, boosted);
        Recommendations<String> again = live.recommend(request);
        same(again, list, "the same call twice");
        same(again.removed(), list.removed(), "removed of the same call twice");
    }

    private static Set<String> some(SplittableRandom random) {
        Set<String> result = new HashSet<>();
        if (random.nextInt(4) == 0) {
            for (int k = 0; k < 5; k++) {
                result.add(ApiEvents.item(random));
            }
        }
        return result;
    }

    private static Predicate<String> filter(SplittableRandom random) {
        return random.nextInt(4) == 0 ? item -> !item.endsWith("3") : item -> true;
    }

    void history(SplittableRandom random) {
        Map<String, Double> weights = new LinkedHashMap<>();
        double liked = start.explicit() ? 5 : Math.max(1, start.positiveFrom());
        for (int k = random.nextInt(5); k >= 0; k--) {
            weights.put(ApiEvents.item(random), liked);
        }
        say.accept(weights.keySet());
        Request<String, String> request =
                Request.<String, String>forHistory(weights.keySet()).limit(7);
        Set<String> known = new HashSet<>(weights.keySet());
        known.retainAll(twin.items);
        Recommendations<String> list = live.recommend(request);
        checks.list(twin, list, new ApiChecks.Rules(7, known), false);
        same(
                list,
                live.recommend(Request.<String, String>forHistory(weights).limit(7)),
                "a history of items that are liked");
    }

    void similar(SplittableRandom random) {
        String item = ApiEvents.item(random);
        int n = random.nextInt(20);
        say.accept(item + " " + n);
        Recommendations<String> list = live.similarItems(item, n);
        checks.similar(twin, list, item, n);
        same(live.similarItems(item, n), list, "the same call twice");
    }

    void audience(SplittableRandom random) {
        String item = ApiEvents.item(random);
        int n = random.nextInt(16);
        say.accept(item + " " + n);
        Recommendations<String> people = live.audience(item, n);
        checks.audience(twin, people, item, n);
        same(live.audience(item, n), people, "the same call twice");
    }

    void explain(SplittableRandom random) {
        String user = ApiEvents.user(random);
        String item = ApiEvents.item(random);
        say.accept(user + " " + item);
        checks.explanation(twin, live.explain(user, item), live.score(user, item), item);
        same(live.explain(user, item), live.explain(user, item), "the same call twice");
    }

    void all(SplittableRandom random) {
        List<String> users = new ArrayList<>(twin.users.keySet());
        users.add("nobody");
        int n = random.nextInt(9);
        say.accept(n);
        live.recommendAll(users, n, Runnable::run, (user, list) -> {
            same(list, live.recommend(user, n), "recommendAll");
        });
    }

    void trends(SplittableRandom random) {
        String value = "g" + random.nextInt(6);
        say.accept(value);
        checks.trends(twin, live.trends(1000), item -> true);
        checks.trends(
                twin,
                live.trends(1000, ApiStart.FIELD, value),
                item -> twin.groupsOf(item).contains(value));
        same(live.trends(2), live.trends(1000).stream().limit(2).toList(), "fewer trends");
    }

    void analytics(SplittableRandom random) {
        same(live.analytics().isPresent(), start.analytics(), "whether there are reports");
        live.analytics().ifPresent(reports -> {
            String user = ApiEvents.user(random);
            String item = ApiEvents.item(random);
            Set<String> known = twin.users.keySet();
            check(reports.user(user, 3).isEmpty() || known.contains(user), "a report on somebody unknown", user);
            List<String> people = reports.itemAudience(item, 100);
            check(known.containsAll(people), "a report with somebody unknown", people);
            check(
                    people.stream().allMatch(one -> twin.history(one).containsKey(item)),
                    "a report with somebody who did nothing",
                    item,
                    people);
            check(known.containsAll(reports.categoryAudience("g1", 100)), "a report with somebody unknown");
            check(known.containsAll(reports.dormantUsers()), "a report with somebody unknown");
            reports.item(item);
            reports.trending(5);
            reports.contentGaps();
        });
    }
}
