package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.recommender4j.Algorithm;
import org.recommender4j.Explanation;
import org.recommender4j.Recommendation;
import org.recommender4j.Recommendations;
import org.recommender4j.Recommender;
import org.recommender4j.Request;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.model.Rule;
import org.recommender4j.popularity.Popularity;

class LiveRecommenderTest {
    @Test
    void withoutEventsItAnswersAsTheFittedRecommender() {
        Dataset<String, String> data = LiveData.groups();
        for (Algorithm algorithm : algorithms()) {
            Recommender<String, String> fitted = algorithm.fit(data);
            try (LiveRecommender<String, String> live = LiveData.live().start(data, algorithm)) {
                for (String user : List.of("u0-3", "u1-5", "u2-19")) {
                    assertThat(own(live.recommend(user, 5), algorithm))
                            .isEqualTo(own(fitted.recommend(user, 5), algorithm));
                    assertThat(live.score(user, "i1-2")).isEqualTo(fitted.score(user, "i1-2"));
                    Explanation<String> expected = fitted.explain(user, "i1-2");
                    if (expected.source().equals(algorithm.name()) && !(algorithm instanceof Popularity)) {
                        assertThat(live.explain(user, "i1-2")).isEqualTo(expected);
                    }
                }
                assertThat(own(live.audience("i1-2", 7), algorithm))
                        .isEqualTo(own(fitted.audience("i1-2", 7), algorithm));
                assertThat(own(live.similarItems("i1-2", 7), algorithm))
                        .isEqualTo(own(fitted.similarItems("i1-2", 7), algorithm));
            }
        }
    }

    /** One of each kind; the fast ones. */
    private static List<Algorithm> algorithms() {
        Set<String> names = Set.of(
                "ImplicitAls",
                "Popularity",
                "UserKnn",
                "ItemKnn",
                "Ease",
                "IncrementalItemKnn",
                "IncrementalMf",
                "SessionKnn");
        return Algorithm.all().stream()
                .filter(algorithm -> names.contains(algorithm.name()))
                .toList();
    }

    /** What the model says for itself: popularity decays here and does not there. */
    private static List<Recommendation<String>> own(Recommendations<String> list, Algorithm algorithm) {
        return list.stream()
                .filter(entry -> entry.source().equals(algorithm.name()))
                .toList();
    }

    @Test
    void anEventIsSeenByTheNextCall() {
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            String best = live.recommend("u0-1", 1).items().get(0);
            long version = live.ingest(Event.view("u0-1", best));
            assertThat(version).isEqualTo(1);
            Recommendations<String> after = live.recommend(
                    Request.<String, String>forUser("u0-1").limit(50).atLeast(version));
            assertThat(after.items()).doesNotContain(best);
            assertThat(after.removed()).containsKey(Rule.SEEN);
        }
    }

    @Test
    void aNewUserIsKnownAfterOneEvent() {
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            assertThat(live.recommend("new", 3).source()).isEqualTo("Popularity");
            live.ingest(Event.like("new", "i2-4"));
            Recommendations<String> list = live.recommend("new", 3);
            assertThat(list.source()).isEqualTo("ImplicitAls");
            assertThat(list.items()).allMatch(item -> item.startsWith("i2-")).doesNotContain("i2-4");
            live.ingest(Event.purchase("new", "i0-4"));
            live.ingest(Event.purchase("new", "i0-5"));
            live.ingest(Event.dislike("new", "i2-4"));
            live.ingest(Event.dislike("new", "i2-4"));
            assertThat(live.recommend("new", 3).items()).allMatch(item -> item.startsWith("i0-"));
        }
    }

    @Test
    void aChangedHistoryIsFoldedInAsTheFittedModelDoes() {
        Dataset<String, String> data = LiveData.groups();
        Recommender<String, String> fitted = LiveData.als().fit(data);
        try (LiveRecommender<String, String> live = LiveData.live().start(data, LiveData.als())) {
            live.ingestAll(List.of(Event.view("x", "i0-1"), Event.click("x", "i1-1"), Event.view("x", "i0-1")));
            Recommendations<String> expected =
                    fitted.recommend(Request.<String, String>forHistory(new TreeMap<>(Map.of("i0-1", 2.0, "i1-1", 2.0)))
                            .limit(9));
            assertThat(live.recommend("x", 9)).isEqualTo(expected);
            assertThat(live.audience("i0-2", 70).items()).contains("x");
            assertThat(live.score("x", "i0-2").getAsDouble())
                    .isEqualTo(live.audience("i0-2", 70).stream()
                            .filter(entry -> entry.item().equals("x"))
                            .findFirst()
                            .orElseThrow()
                            .score());
        }
    }

    @Test
    void aNewItemCanBeRecommendedAtOnceAndHasAVectorAfterARefresh() {
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            live.itemCategories("brand new", "group", "g1");
            for (int user = 0; user < 10; user++) {
                live.ingest(Event.like("u1-" + user, "brand new"));
            }
            for (int user = 0; user < 10; user++) {
                live.ingest(Event.like("visitor " + user, "brand new"));
            }
            assertThat(live.recommend("stranger", 1).items()).containsExactly("brand new");
            assertThat(live.score("u1-15", "brand new")).isEmpty();
            assertThat(live.refreshItems()).isPositive();
            assertThat(live.score("u1-15", "brand new").getAsDouble()).isGreaterThan(0.5);
            assertThat(live.score("u0-15", "brand new").getAsDouble()).isLessThan(0.3);
            assertThat(live.recommend("u1-15", 4).items()).contains("brand new");
            assertThat(live.recommend(Request.<String, String>forUser("u2-1")
                                    .maxPerCategory("group", 1)
                                    .limit(3))
                            .items())
                    .hasSize(3)
                    .anyMatch(item -> item.startsWith("i1-") || item.equals("brand new"));
            assertThat(live.trends(9, "group", "g1")).extracting(Trend::item).contains("brand new");
            assertThat(live.trends(9, "group", "no value")).isEmpty();
            assertThat(live.trends(9, "no field", "g1")).isEmpty();
            assertThat(live.refreshItems()).as("nothing happened since").isZero();
        }
    }

    @Test
    void trendsForgetWhatIsOldAndCountEachPersonOnce() {
        LiveData.Clock clock = new LiveData.Clock();
        LiveBuilder options = LiveRecommender.builder()
                .clock(clock)
                .popularityHalfLife(Duration.ofHours(1))
                .minGroup(2);
        try (LiveRecommender<String, String> live = options.start(LiveData.groups(), new Popularity())) {
            clock.millis.addAndGet(Duration.ofDays(2000).toMillis());
            for (int k = 0; k < 50; k++) {
                live.ingest(Event.view("bot", "i0-0"));
            }
            live.ingest(Event.view("a", "i0-1"));
            live.ingest(Event.view("b", "i0-1"));
            live.ingest(Event.view("a", "only one"));
            List<Trend<String>> trends = live.trends(3);
            assertThat(trends.get(0).item()).isEqualTo("i0-1");
            assertThat(trends.get(0).score()).isCloseTo(2.0, within(1e-3));
            assertThat(trends.get(1).score()).isCloseTo(1.0, within(1e-3));
            assertThat(trends.get(2).score()).as("old, by how many").isBetween(1e-6, 1e-4);
            assertThat(live.trends(100)).extracting(Trend::item).doesNotContain("only one");
            clock.millis.addAndGet(Duration.ofHours(1).toMillis());
            live.ingest(Event.view("c", "i2-1"));
            assertThat(live.trends(1).get(0).score()).isCloseTo(1.0, within(1e-3));
            live.ingest(Event.dislike("a", "i0-1"));
            assertThat(live.trends(100).stream().filter(t -> t.item().equals("i0-1")))
                    .allMatch(trend -> trend.score() < 0.51);
        }
    }

    @Test
    void theCurrentSessionCanWeighMore() {
        LiveData.Clock clock = new LiveData.Clock();
        LiveBuilder options = LiveRecommender.builder().clock(clock).sessionWeight(0.9);
        try (LiveRecommender<String, String> live = options.start(LiveData.groups(), LiveData.als())) {
            assertThat(live.recommend("u0-1", 3).items()).allMatch(item -> item.startsWith("i0-"));
            live.ingest(Event.view("u0-1", "i2-3"));
            live.ingest(Event.view("u0-1", "i2-4"));
            assertThat(live.recommend("u0-1", 3).items()).allMatch(item -> item.startsWith("i2-"));
            clock.millis.addAndGet(Duration.ofHours(2).toMillis());
            assertThat(live.recommend("u0-1", 1).items())
                    .as("the session is over")
                    .allMatch(item -> item.startsWith("i0-"));
        }
    }

    @Test
    void ratingsReplaceAndLateOnesDoNot() {
        DatasetBuilder<String, String> builder =
                Dataset.<String, String>builder().ratings(1, 5);
        for (int user = 0; user < 10; user++) {
            for (int item = 0; item < 6; item++) {
                builder.add("u" + user, "i" + item, (user + item) % 2 == 0 ? 5 : 1, LiveData.START - 1000);
            }
        }
        try (LiveRecommender<String, String> live = LiveData.live().start(builder.build(), LiveData.als())) {
            live.ingest(Event.<String, String>rating("u0", "i0", 2).at(LiveData.START));
            live.ingest(Event.<String, String>rating("u0", "i0", 4).at(LiveData.START - 500));
            live.ingest(Event.like("u0", "i0"));
            live.ingest(Event.<String, String>view("new", "i1"));
            assertThat(weightOf(live, "u0", "i0"))
                    .as("neither the late one nor a like")
                    .isEqualTo(2);
            assertThat(weightOf(live, "new", "i1")).isEqualTo(3.8, within(1e-6));
            live.ingest(Event.like("new", "i1"));
            assertThat(weightOf(live, "new", "i1")).isEqualTo(5);
            live.ingest(Event.rating("new", "i1", 1));
            assertThat(weightOf(live, "new", "i1")).isEqualTo(1);
            assertThatThrownBy(() -> live.ingest(Event.rating("new", "i1", 6)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("6");
        }
    }

    private static double weightOf(LiveRecommender<String, String> live, String user, String item) {
        return live.export(user).orElseThrow().history().stream()
                .filter(entry -> entry.item().equals(item))
                .findFirst()
                .orElseThrow()
                .weight();
    }

    @Test
    void weightsDecayByTheTimeOfTheirEventsInWhateverOrder() {
        for (boolean late : new boolean[] {false, true}) {
            LiveBuilder options =
                    LiveData.live().historyHalfLife(Duration.ofDays(1)).kind("view", 3);
            try (LiveRecommender<String, String> live = options.start(LiveData.groups(), LiveData.als())) {
                List<Event<String, String>> events = List.of(
                        Event.<String, String>view("x", "i0-0").at(LiveData.START - 86_400_000L),
                        Event.<String, String>watch("x", "i0-0", 30, 60).at(LiveData.START),
                        Event.<String, String>impression("x", "i0-0").at(LiveData.START));
                live.ingest(events.get(late ? 1 : 0));
                live.ingest(events.get(late ? 0 : 1));
                assertThat(live.ingest(events.get(2))).isEqualTo(3);
                assertThat(weightOf(live, "x", "i0-0")).isEqualTo(3 * 0.5 + 4 * 0.5, within(1e-6));
            }
        }
    }

    @Test
    void aVersionFromTheFutureIsWaitedForAndThenRefused() {
        LiveBuilder options = LiveData.live().versionTimeout(Duration.ofMillis(5));
        try (LiveRecommender<String, String> live = options.start(LiveData.groups(), LiveData.als())) {
            Request<String, String> request =
                    Request.<String, String>forUser("u0-0").atLeast(7);
            assertThatThrownBy(() -> live.recommend(request))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("version 7");
        }
    }

    @Test
    void anEmptyDataSetIsAStart() {
        Dataset<String, String> nothing = Dataset.<String, String>builder().build();
        for (Algorithm algorithm : algorithms()) {
            try (LiveRecommender<String, String> live = LiveData.live().start(nothing, algorithm)) {
                assertThat(live.recommend("a", 3)).isEmpty();
                live.ingest(Event.view("a", "x"));
                live.ingest(Event.view("a", "y"));
                live.ingest(Event.view("b", "x"));
                assertThat(live.recommend("b", 3).items()).as(algorithm.name()).containsExactly("y");
                assertThat(live.refit())
                        .matches(report -> report.taken() || report.reason().contains("learns"));
                assertThat(live.recommend("b", 3).items()).containsExactly("y");
            }
        }
    }
}
