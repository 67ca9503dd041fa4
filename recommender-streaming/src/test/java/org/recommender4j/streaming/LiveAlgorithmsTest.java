package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.recommender4j.Algorithm;
import org.recommender4j.Explanation;
import org.recommender4j.Recommendation;
import org.recommender4j.Recommendations;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.streaming.online.IncrementalItemKnn;

/**
 * Every algorithm, alone, with a member and with sessions, among users and items that its training did not know: all questions are
 * answered, and the answers fit together.
 */
class LiveAlgorithmsTest {
    private static final Set<String> REORDER = Set.of("Calibrate", "CategoryCap", "DampPopularity", "Diversify");
    /** A rating is of the user's last one in {@code score}, and of the latest of all in {@code audience}. */
    private static final Set<String> DRIFT = Set.of("BayesianMf", "SvdPlusPlus");

    private static final List<String> USERS =
            List.of("u0", "u1", "u2", "u7", "u9", "looked", "disliked", "one new", "busy", "gone", "nobody");
    private static final List<String> ITEMS = List.of("i0", "i1", "i5", "new", "newer", "described", "nothing");

    enum Setting {
        ALONE,
        WITH_A_MEMBER,
        WITH_SESSIONS;

        LiveBuilder builder() {
            LiveBuilder builder = LiveData.live();
            return switch (this) {
                case ALONE -> builder;
                case WITH_A_MEMBER -> builder.member(new IncrementalItemKnn(), 0.5);
                case WITH_SESSIONS -> builder.sessionWeight(0.3);
            };
        }
    }

    static Stream<Arguments> cases() {
        return Algorithm.all().stream()
                .map(LiveAlgorithmsTest::small)
                .flatMap(algorithm ->
                        Stream.of(Setting.values()).map(setting -> Arguments.of(algorithm.name(), setting, algorithm)));
    }

    private static Algorithm small(Algorithm algorithm) {
        Map<String, String> options = new HashMap<>(Map.of("iterations", "2", "factors", "4"));
        options.keySet().retainAll(algorithm.options().keySet());
        return algorithm.with(options);
    }

    private static Dataset<String, String> data() {
        DatasetBuilder<String, String> builder = Dataset.builder();
        for (int user = 0; user < 12; user++) {
            for (int k = 0; k < 4; k++) {
                int item = (user * 5 + k * (1 + user % 3)) % 9;
                builder.add("u" + user, "i" + item, 1, LiveData.START - 86_400_000L * (k + 1));
            }
        }
        for (int item = 0; item < 9; item++) {
            builder.itemCategories("i" + item, "group", "g" + item % 3);
            builder.itemText("i" + item, "title", "title " + item % 4);
        }
        return builder.addUser("u12").build();
    }

    private static void goOn(LiveRecommender<String, String> live) {
        live.ingest(Event.view("u0", "new"));
        live.ingest(Event.view("u1", "i0"));
        live.ingest(Event.impression("looked", "i1"));
        live.ingest(Event.dislike("disliked", "i0"));
        live.ingest(Event.view("one new", "newer"));
        for (int item = 0; item < 4; item++) {
            live.ingest(Event.view("busy", "i" + item));
        }
        live.ingest(Event.purchase("busy", "newer"));
        live.ingest(Event.view("gone", "i5"));
        live.addItem("described");
        live.itemCategories("described", "group", "g1");
        live.forget("gone");
        live.forget("u9");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void answersAmongNewUsersAndItems(String name, Setting setting, Algorithm algorithm) {
        try (LiveRecommender<String, String> live = setting.builder().start(data(), algorithm)) {
            String model = name + (setting == Setting.WITH_A_MEMBER ? "+IncrementalItemKnn" : "");
            boolean reorders = REORDER.contains(name);
            goOn(live);
            check(live, model, reorders);
            live.refit();
            live.ingest(Event.view("u2", "newest"));
            live.refreshItems();
            check(live, model, reorders);
        }
    }

    private static void check(LiveRecommender<String, String> live, String model, boolean reorders) {
        Map<String, List<Recommendation<String>>> lists = new HashMap<>();
        for (String user : USERS) {
            Recommendations<String> list = live.recommend(user, 50);
            lists.put(user, list);
            assertList(list, 50);
            live.export(user).ifPresent(known -> {
                List<String> seen =
                        known.history().stream().map(HistoryEntry::item).toList();
                assertThat(list.items()).noneMatch(seen::contains);
            });
            for (Recommendation<String> entry : list) {
                if (entry.source().equals(model) && !reorders) {
                    assertThat(live.score(user, entry.item()))
                            .as("%s for %s", entry, user)
                            .hasValue(entry.score());
                }
            }
            for (String item : ITEMS) {
                assertExplained(live.explain(user, item), live.score(user, item));
            }
        }
        live.recommendAll(USERS, 50, (user, list) -> assertThat(list).isEqualTo(lists.get(user)));
        for (String item : ITEMS) {
            Recommendations<String> similar = live.similarItems(item, 50);
            assertList(similar, 50);
            assertThat(similar.items()).doesNotContain(item);
            assertAudience(live, item, model);
        }
    }

    private static void assertList(Recommendations<String> list, int limit) {
        assertThat(list).hasSize(Math.min(limit, list.eligible()));
        assertThat(list.items()).doesNotHaveDuplicates();
        for (int k = 0; k < list.size(); k++) {
            Recommendation<String> entry = list.get(k);
            assertThat(entry.score()).as("%s", entry).isFinite();
            if (k > 0 && entry.source().equals(list.get(k - 1).source())) {
                assertThat(entry.score()).isLessThanOrEqualTo(list.get(k - 1).score());
            }
        }
    }

    private static void assertExplained(Explanation<String> explanation, OptionalDouble score) {
        if (score.isPresent()) {
            assertThat(explanation.score()).isEqualTo(score);
        }
        Set<Object> causes = new HashSet<>();
        for (Explanation.Reason<String> reason : explanation.reasons()) {
            assertThat(reason.contribution()).isFinite();
            assertThat(causes.add(List.of(reason.item(), reason.label())))
                    .as("%s", explanation)
                    .isTrue();
        }
    }

    private static void assertAudience(LiveRecommender<String, String> live, String item, String model) {
        Recommendations<String> audience = live.audience(item, 50);
        assertList(audience, 50);
        for (String user : audience.items()) {
            assertThat(live.export(user).orElseThrow().history())
                    .as(user)
                    .noneMatch(entry -> entry.item().equals(item));
        }
        for (Recommendation<String> entry : audience) {
            if (entry.source().equals(model) && !DRIFT.contains(model)) {

                assertThat(live.score(entry.item(), item))
                        .as("%s for %s", entry, item)
                        .isPresent();
                assertThat(live.score(entry.item(), item).getAsDouble())
                        .as("%s for %s", entry, item)
                        .isCloseTo(entry.score(), within(1e-5));
            }
        }
    }
}
