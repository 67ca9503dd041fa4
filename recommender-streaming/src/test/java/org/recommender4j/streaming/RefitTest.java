package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Dataset;
import org.recommender4j.factorization.ImplicitAls;
import org.recommender4j.model.ItemScores;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

class RefitTest {
    /** Events of 40 new users of a fourth group with items of its own. */
    private static void fourthGroup(LiveRecommender<String, String> live) {
        for (int user = 0; user < 40; user++) {
            for (int item = 0; item < 8; item++) {
                if ((user + item) % 3 != 0) {
                    live.ingest(Event.<String, String>view("u3-" + user, "i3-" + item)
                            .at(LiveData.START + user * 1000L));
                }
            }
        }
    }

    @Test
    void learnsWhatHappenedSince() {
        Algorithm als = ImplicitAls.builder().factors(6).build();
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), als)) {
            fourthGroup(live);
            assertThat(live.score("u3-1", "i3-2"))
                    .as("no item of it has a vector")
                    .isEmpty();
            RefitReport report = live.refit();
            assertThat(report.taken()).as(report.reason()).isTrue();
            assertThat(report.judged()).isGreaterThan(20);
            assertThat(report.after()).isGreaterThan(report.before());
            assertThat(report.version()).isEqualTo(live.version());
            assertThat(report.generation()).isEqualTo(2);
            assertThat(live.metrics().generation()).isEqualTo(2);
            assertThat(live.recommend("u3-1", 2).items()).allMatch(item -> item.startsWith("i3-"));
            assertThat(live.recommend("u3-1", 2).source()).isEqualTo("ImplicitAls");
        }
    }

    @Test
    void refreshedItemsDoNotFlatterTheServingModel() {
        try (LiveRecommender<String, String> plain = LiveData.live().start(LiveData.groups(), LiveData.als());
                LiveRecommender<String, String> refreshed = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            for (int k = 0; k < 60; k++) {
                Event<String, String> event = Event.<String, String>view("u0-" + k % 20, "fresh-" + k % 3)
                        .at(LiveData.START + k * 1000L);
                plain.ingest(event);
                refreshed.ingest(event);
            }
            assertThat(refreshed.refreshItems()).isEqualTo(3);
            assertThat(refreshed.score("u0-1", "fresh-0")).isPresent();
            RefitReport report = refreshed.refit();
            assertThat(report.judged()).isGreaterThan(20);
            assertThat(report.before()).isEqualTo(plain.refit().before());
        }
    }

    @Test
    void withoutAGateTheModelIsThatOfAllData() {
        LiveBuilder options = LiveData.live().gate(0, 0);
        try (LiveRecommender<String, String> live = options.start(LiveData.groups(), LiveData.als())) {
            var builder = LiveData.builder();
            for (int k = 0; k < 12; k++) {
                builder.add("late", "i1-" + k, 2, LiveData.START);
                live.ingest(Event.<String, String>click("late", "i1-" + k).at(LiveData.START));
            }
            assertThat(live.refit().reason()).isEqualTo("no gate");
            var expected = LiveData.als().fit(builder.build());
            for (String user : new String[] {"late", "u0-1", "u1-1", "u2-2"}) {
                assertThat(live.recommend(user, 9)).isEqualTo(expected.recommend(user, 9));
            }
        }
    }

    @Test
    void eventsDuringTheTrainingAreInTheNewModel() {
        AtomicReference<LiveRecommender<String, String>> running = new AtomicReference<>();
        AtomicInteger iterations = new AtomicInteger();
        Training training = Training.defaults().withListener(progress -> {
            LiveRecommender<String, String> live = running.get();
            if (live != null && iterations.incrementAndGet() == 2) {
                live.ingest(Event.purchase("newcomer", "i2-1"));
                live.ingest(Event.purchase("newcomer", "i2-2"));
                live.ingest(Event.purchase("newcomer", "only now"));
                live.ingest(
                        Event.dislike("u0-1", live.recommend("u0-1", 1).items().get(0)));
                live.forget("u1-1");
            }
        });
        try (LiveRecommender<String, String> live =
                LiveData.live().training(training).start(LiveData.groups(), LiveData.als())) {
            running.set(live);
            live.ingest(Event.view("u0-1", "i0-1"));
            assertThat(live.refit().taken()).isTrue();
            assertThat(iterations.get()).isGreaterThan(2);
            assertThat(live.recommend("newcomer", 3).source()).isEqualTo("ImplicitAls");
            assertThat(live.recommend("newcomer", 3).items()).allMatch(item -> item.startsWith("i2-"));
            assertThat(live.recommend("newcomer", 90).items()).doesNotContain("only now");
            assertThat(live.export("u1-1")).isEmpty();
            assertThat(live.audience("i1-1", 90).items()).doesNotContain("u1-1").contains("newcomer");
        }
    }

    @Test
    void aWorseModelIsHeldBack() {
        try (LiveRecommender<String, String> live =
                LiveData.live().start(LiveData.groups(), new GettingWorse(new AtomicInteger()))) {
            for (int user = 0; user < 20; user++) {
                for (int item = 0; item < 10; item++) {
                    live.ingest(Event.view("u0-" + user, "i0-" + item));
                    live.ingest(Event.view("u1-" + user, "i1-" + item));
                }
            }
            var before = live.recommend("u0-1", 5);
            RefitReport report = live.refit();
            assertThat(report.taken()).as(report.reason()).isFalse();
            assertThat(report.after()).isLessThan(report.before());
            assertThat(report.reason()).contains("recall");
            assertThat(live.recommend("u0-1", 5)).isEqualTo(before);
            assertThat(live.metrics().rollbacks()).isEqualTo(1);
            RefitReport failed = live.refit();
            assertThat(failed.taken()).isFalse();
            assertThat(failed.reason()).contains("third time");
            assertThat(live.recommend("u0-1", 5)).isEqualTo(before);
        }
    }

    @Test
    void anInterruptCancelsARefitAndTheModelGoesOnServing() {
        Algorithm als = ImplicitAls.builder().factors(6).build();
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), als)) {
            fourthGroup(live);
            var before = live.recommend("u0-1", 5);
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(live::refit).isInstanceOf(CancellationException.class);
            } finally {
                assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            }
            assertThat(live.recommend("u0-1", 5)).isEqualTo(before);
            assertThat(live.metrics().rollbacks()).isZero();
            assertThat(live.refit().taken()).as("a later refit").isTrue();
        }
    }

    /** ALS the first time, the same useless list for everybody the second time, a failure the third time. */
    private record GettingWorse(AtomicInteger times) implements Algorithm {
        @Override
        public Map<String, String> options() {
            return Map.of();
        }

        @Override
        public Algorithm with(Map<String, String> options) {
            return this;
        }

        @Override
        public Model train(TrainingData data, Training training) {
            return switch (times.incrementAndGet()) {
                case 1 -> LiveData.als().train(data, training);
                case 2 -> {
                    float[] scores = new float[data.items()];
                    java.util.Arrays.fill(scores, 24, scores.length, 1f);
                    yield new ItemScores("Useless", "index", scores);
                }
                default -> throw new IllegalStateException("third time");
            };
        }

        @Override
        public Model restore(ModelState state) {
            throw new IllegalArgumentException("not needed");
        }
    }

    @Test
    void aRefitComesByItselfAfterSoManyEvents() throws Exception {
        LiveBuilder options = LiveData.live().refitAfterEvents(200);
        try (LiveRecommender<String, String> live = options.start(LiveData.groups(), LiveData.als())) {
            fourthGroup(live);
            for (int k = 0; k < 1000 && live.metrics().generation() == 1; k++) {
                Thread.sleep(10);
            }
            assertThat(live.metrics().refits()).isPositive();
        }
    }

    @Test
    void itKeepsAnsweringForDataWithUserFeatures() {
        Dataset<String, String> data = LiveData.builder()
                .userNumber("u0-1", "age", 30)
                .userText("u2-0", "bio", "likes it")
                .build();
        try (LiveRecommender<String, String> live = LiveData.live().start(data, LiveData.als())) {
            live.ingest(Event.view("someone", "somewhat"));
            live.forget("u0-0");
            assertThat(live.refit().taken()).isTrue();
            assertThat(live.recommend("u0-1", 3)).hasSize(3);
        }
    }
}
