package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.Algorithm;
import org.recommender4j.Recommender;
import org.recommender4j.data.Dataset;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.online.DecayedPopularity;

class ForgetTest {
    private static List<Event<String, String>> events() {
        SplittableRandom random = new SplittableRandom(9);
        List<Event<String, String>> events = new ArrayList<>();
        for (int k = 0; k < 400; k++) {
            String user = random.nextInt(6) == 0
                    ? "gone"
                    : random.nextInt(4) == 0
                            ? "guest " + random.nextInt(5)
                            : "u" + random.nextInt(3) + "-" + random.nextInt(20);
            String item = "i" + random.nextInt(3) + "-" + random.nextInt(12);
            String kind = new String[] {"view", "like", "purchase", "dislike"}[random.nextInt(4)];
            events.add(Event.<String, String>of(user, item, kind).at(LiveData.START + random.nextInt(1_000_000)));
        }
        return events;
    }

    /** Two users of the training data and a new one are forgotten; the other recommender never saw the new one. */
    @Test
    void afterwardsItIsAsIfTheUserHadNeverBeen() {
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), LiveData.als());
                LiveRecommender<String, String> other = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            int before = live.export("u0-0").orElseThrow().history().size();
            for (Event<String, String> event : events()) {
                live.ingest(event);
                if (!event.user().equals("gone")) {
                    other.ingest(event);
                }
            }
            Forgotten<String> removed = live.forget("gone");
            assertThat(removed.known()).isTrue();
            assertThat(removed.history()).hasSizeGreaterThan(20);
            assertThat(removed.residue()).as("no training saw the user").isEmpty();
            assertThat(removed.vector()).isTrue();
            assertThat(live.export("gone")).isEmpty();
            assertSame(live, other);
            live.refit();
            other.refit();
            assertSame(live, other);
            assertThat(before).isPositive();
        }
    }

    private static void assertSame(LiveRecommender<String, String> live, LiveRecommender<String, String> other) {
        for (String user : List.of("u0-1", "u1-3", "u2-7", "guest 1", "gone")) {
            assertThat(live.recommend(user, 9).items())
                    .as(user)
                    .isEqualTo(other.recommend(user, 9).items());
            assertThat(live.score(user, "i1-1")).isEqualTo(other.score(user, "i1-1"));
        }
        for (String item : List.of("i0-0", "i1-1", "i2-2")) {
            assertThat(live.audience(item, 90)).isEqualTo(other.audience(item, 90));
            assertThat(live.similarItems(item, 9)).isEqualTo(other.similarItems(item, 9));
        }
        List<Trend<String>> trends = live.trends(40);
        List<Trend<String>> expected = other.trends(40);
        assertThat(trends).hasSameSizeAs(expected);
        for (int k = 0; k < trends.size(); k++) {
            assertThat(trends.get(k).item()).isEqualTo(expected.get(k).item());
            assertThat(trends.get(k).people()).isEqualTo(expected.get(k).people());
            assertThat(trends.get(k).score()).isCloseTo(expected.get(k).score(), within(1e-5));
        }
    }

    @Test
    void aTrainedUserLeavesAResidueUntilTheNextRefit() {
        var builder = LiveData.builder();
        var without = Dataset.<String, String>builder();
        var data = builder.userText("u1-4", "bio", "a secret").build();
        data.items().keys().forEach(without::addItem);
        for (int user = 0; user < 60; user++) {
            String id = data.users().key(user);
            for (int p = data.interactions().begin(user);
                    p < data.interactions().end(user);
                    p++) {
                String item = data.items().key(data.interactions().column(p));
                if (!id.equals("u1-4")) {
                    without.add(id, item, 1, data.interactions().time(p));
                }
            }
        }
        try (LiveRecommender<String, String> live = LiveData.live().start(data, LiveData.als())) {
            float[] none = new float[3];
            assertThat(live.export("u1-4").orElseThrow().vector()).doesNotContain(none[0]);
            Forgotten<String> removed = live.forget("u1-4");
            assertThat(removed.vector()).isTrue();
            assertThat(removed.residue()).hasSize(1);
            assertThat(live.recommend("u1-4", 3).source()).isEqualTo("Popularity");
            assertThat(live.audience("i1-1", 90).items()).doesNotContain("u1-4").hasSizeGreaterThan(30);
            assertThat(live.forget("u1-4").known()).isFalse();
            live.refit();
            Recommender<String, String> never = LiveData.als().fit(without.build());
            for (String user : List.of("u0-1", "u1-3", "u1-5", "u2-19")) {
                assertThat(live.recommend(user, 9)).isEqualTo(never.recommend(user, 9));
            }
            live.ingest(Event.like("u1-4", "i2-2"));
            assertThat(live.export("u1-4").orElseThrow().history()).hasSize(1);
        }
    }

    /** Models that answer for anybody must not answer for nobody: the list could never be finished. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Timeout(60)
    void theForgottenAreInNoAudience(boolean member) {
        LiveBuilder options = LiveData.live();
        if (member) {
            options.member(new DecayedPopularity(), 1);
        }
        try (LiveRecommender<String, String> live = options.start(LiveData.groups(), new Popularity())) {
            int before = live.audience("i1-1", 99).size();
            assertThat(live.audience("i1-1", 99).items()).contains("u0-3");
            live.forget("u0-3");
            assertThat(live.audience("i1-1", 99).items()).hasSize(before - 1).doesNotContain("u0-3");
        }
    }

    @Test
    void anAudienceOfTooFewIsEmpty() {
        LiveBuilder options = LiveData.live().minGroup(30);
        try (LiveRecommender<String, String> live = options.start(LiveData.groups(), new Popularity())) {
            assertThat(live.audience("i0-1", 29)).isEmpty();
            assertThat(live.audience("i0-1", 30)).hasSize(30);
            assertThat(live.trends(5)).isEmpty();
        }
    }

    /** An algorithm that does something while it trains for the second time. */
    private record During(Algorithm algorithm, AtomicInteger trainings, AtomicReference<Runnable> action)
            implements Algorithm {
        During(Algorithm algorithm) {
            this(algorithm, new AtomicInteger(), new AtomicReference<>(() -> {}));
        }

        @Override
        public String name() {
            return algorithm.name();
        }

        @Override
        public Map<String, String> options() {
            return algorithm.options();
        }

        @Override
        public Algorithm with(Map<String, String> options) {
            return algorithm.with(options);
        }

        @Override
        public Model train(TrainingData data, Training training) {
            if (trainings.incrementAndGet() == 2) {
                action.get().run();
            }
            return algorithm.train(data, training);
        }

        @Override
        public Model restore(ModelState state) {
            return algorithm.restore(state);
        }
    }

    @Test
    void aRefitThatIsUnderWayIsReported() {
        List<Forgotten<String>> reports = new ArrayList<>();
        During during = new During(Algorithm.named("UserKnn"));
        try (LiveRecommender<String, String> live = LiveData.live().gate(0, 1).start(LiveData.groups(), during)) {
            live.ingest(Event.view("late", "i0-1"));
            during.action.set(() -> {
                live.ingest(Event.view("later", "i0-1"));
                reports.add(live.forget("late"));
                reports.add(live.forget("later"));
            });
            assertThat(live.refit().taken()).isTrue();
            assertThat(reports.get(0).residue()).singleElement().asString().contains("refit");
            assertThat(reports.get(1).residue())
                    .as("came after the refit began")
                    .isEmpty();
            live.ingest(Event.view("last", "i0-1"));
            assertThat(live.forget("last").residue()).as("the refit is over").isEmpty();
        }
    }

    @Test
    void refreshedItemsAreReported() {
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            live.ingest(Event.view("late", "i0-1"));
            live.refreshItems();
            assertThat(live.forget("late").residue()).singleElement().asString().contains("refreshed");
            live.refit();
            live.ingest(Event.view("later", "i0-1"));
            assertThat(live.forget("later").residue()).isEmpty();
        }
    }

    @Test
    void eventIdsOfTheForgottenAreNotReadableAndStillKnown(@TempDir Path folder) throws IOException {
        try (LiveRecommender<String, String> live =
                LiveData.live().create(folder, LiveData.groups(), new Popularity())) {
            live.ingest(Event.<String, String>purchase("SECRET", "i0-1").withId("order of SECRET"));
            assertThat(live.forget("SECRET").residue()).isEmpty();
        }
        assertThat(ForgetCrashTest.filesWith("SECRET", folder)).isEmpty();
        try (LiveRecommender<String, String> live = LiveData.live().open(folder, String.class, String.class)) {
            live.ingest(Event.<String, String>purchase("SECRET", "i0-1").withId("order of SECRET"));
            assertThat(live.metrics().duplicates()).isEqualTo(1);
            assertThat(live.export("SECRET"))
                    .as("an event that is sent again brings nobody back")
                    .isEmpty();
        }
    }

    @Test
    void whoIsForgottenIsNotCountedAmongTheUsers() {
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            live.forget("u0-1");
            assertThat(live.metrics().users()).isEqualTo(59);
            assertThat(live.toString()).contains("59 users");
            live.ingest(Event.view("u0-1", "i0-1"));
            assertThat(live.metrics().users()).isEqualTo(60);
        }
    }
}
