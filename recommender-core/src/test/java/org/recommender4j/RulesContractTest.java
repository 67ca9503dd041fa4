package org.recommender4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recommender4j.data.Dataset;
import org.recommender4j.model.Rule;

/** The rules of a request, and audiences, hold whatever the algorithm. */
class RulesContractTest {
    /** Algorithms whose order is their own, so that what a rule leaves out changes it. */
    private static final Set<String> RERANKED = Set.of("Calibrate", "CategoryCap", "DampPopularity", "Diversify");

    private static final Dataset<String, String> BLOCKS = TestData.blocks();
    private static final Map<String, Recommender<String, String>> FITTED = new HashMap<>();

    static Stream<Algorithm> algorithms() {
        return Algorithm.all().stream();
    }

    private static Recommender<String, String> fitted(Algorithm algorithm) {
        return FITTED.computeIfAbsent(algorithm.name(), name -> algorithm.fit(BLOCKS));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void listsEqualThoseOfRulesAppliedOneByOne(Algorithm algorithm) {
        Recommender<String, String> recommender = fitted(algorithm);
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 80; round++) {
            String user = round % 10 == 0 ? "nobody" : "u" + random.nextInt(4) + "-" + random.nextInt(25);
            NaiveRules rules = NaiveRules.random(random, BLOCKS, user);
            Recommendations<String> list = recommender.recommend(rules.request());
            if (RERANKED.contains(algorithm.name())) {
                assertHolds(rules, list);
                continue;
            }
            Recommendations<String> all = recommender.recommend(
                    Request.<String, String>forUser(user).includeSeen().limit(100));
            NaiveRules.Answer expected = rules.answer(all);
            assertThat(list).as("round %d, %s", round, rules).isEqualTo(expected.list());
            assertThat(list.eligible()).as("round %d, %s", round, rules).isEqualTo(expected.eligible());
            assertThat(list.removed()).as("round %d, %s", round, rules).isEqualTo(expected.removed());
        }
    }

    /** What is true of any order. */
    private static void assertHolds(NaiveRules rules, Recommendations<String> list) {
        assertThat(list.items()).doesNotHaveDuplicates().allMatch(rules::mayBeIn);
        assertThat(rules.tooMany(list.items())).isEmpty();
        assertThat(list.size())
                .isEqualTo(
                        Math.min(rules.limit(), list.eligible() - list.removed().getOrDefault(Rule.GROUP_FULL, 0)));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void aBoostLiftsAnItemFromTheEndOfTheList(Algorithm algorithm) {
        Recommender<String, String> recommender = fitted(algorithm);
        Request<String, String> request =
                Request.<String, String>forUser("u1-1").includeSeen().limit(100);
        List<String> items = recommender.recommend(request).items();
        // There is nothing to multiply in a score of 0, and nothing above a positive one when it is divided.
        String last = items.stream()
                .filter(item -> recommender.score("u1-1", item).orElse(0) > 0)
                .reduce((before, after) -> after)
                .orElseThrow();
        assertThat(items.indexOf(last)).isGreaterThan(7);
        List<String> boosted =
                recommender.recommend(request.boost(last, 1e12).limit(3)).items();
        // A reranker still has its say: Calibrate wants the categories of the history first.
        assertThat(RERANKED.contains(algorithm.name()) ? boosted : boosted.subList(0, 1))
                .contains(last);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void capsAndPinsHold(Algorithm algorithm) {
        Recommender<String, String> recommender = fitted(algorithm);
        Request<String, String> request = Request.forUser("u1-1");
        Recommendations<String> capped = recommender.recommend(request.limit(8).maxPerCategory("group", 2));
        assertThat(capped.size()).isEqualTo(8);
        for (int group = 0; group < 4; group++) {
            String start = "i" + group + "-";
            assertThat(capped.items().stream().filter(item -> item.startsWith(start)))
                    .hasSizeLessThanOrEqualTo(2);
        }
        Recommendations<String> byId = recommender.recommend(request.limit(4).maxPerGroup(item -> item.charAt(1), 1));
        assertThat(byId.items().stream().map(item -> item.charAt(1)).distinct()).hasSize(4);

        Recommendations<String> pinned = recommender.recommend(
                request.limit(5).pin("i3-7", 2).pin("unknown item", 1).pin("cold item", 9));
        assertThat(pinned.size()).isEqualTo(5);
        assertThat(pinned.get(1).item()).isEqualTo("i3-7");
        assertThat(pinned.get(1).source()).isEqualTo("pinned");
        assertThat(pinned.get(4).item()).isEqualTo("cold item");
        assertThat(new HashSet<>(pinned.items())).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void anAudienceHasTheScoresOfItsUsers(Algorithm algorithm) {
        for (Dataset<String, String> data : List.of(BLOCKS, TestData.ratedBlocks(), TestData.weightedBlocks())) {
            Recommender<String, String> recommender = data == BLOCKS ? fitted(algorithm) : algorithm.fit(data);
            List<String> users = new ArrayList<>(data.users().keys());
            Set<String> itemsToAsk = new HashSet<>(List.of("i0-0", "i1-7", "i3-14"));
            if (data.items().indexOf("cold item") >= 0) {
                itemsToAsk.add("cold item");
            }
            for (String item : itemsToAsk) {
                Map<String, Recommendation<String>> audience = new HashMap<>();
                recommender.audience(item, users.size()).forEach(entry -> audience.put(entry.item(), entry));
                for (String user : users) {
                    boolean seen = data.interactions()
                            .contains(data.users().indexOf(user), data.items().indexOf(item));
                    OptionalDouble score = recommender.score(user, item);
                    Recommendation<String> entry = audience.get(user);
                    if (seen) {
                        assertThat(entry).isNull();
                    } else if (score.isPresent()) {
                        assertThat(entry).as("%s for %s", item, user).isNotNull();
                        assertThat(entry.score()).as("%s for %s", item, user).isEqualTo((float) score.getAsDouble());
                    } else if (entry != null) {
                        assertThat(entry.source()).as("%s for %s", item, user).isEqualTo("Popularity");
                    }
                }
            }
        }
    }
}
