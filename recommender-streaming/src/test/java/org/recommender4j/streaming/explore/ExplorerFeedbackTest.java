package org.recommender4j.streaming.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.recommender4j.Recommendation;
import org.recommender4j.data.Dataset;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.Event;
import org.recommender4j.streaming.LiveRecommender;

class ExplorerFeedbackTest {
    private static final Duration WINDOW = Duration.ofMinutes(30);

    private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
    private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());
    private final List<String> learned = new ArrayList<>();

    /** Shows the candidates in their order, and writes down what it learns. */
    private final Explorer<String> explorer = new Explorer<>() {
        @Override
        public List<Impression<String>> choose(List<Recommendation<String>> candidates, int n, double[] context) {
            List<Impression<String>> shown = new ArrayList<>();
            for (int k = 0; k < Math.min(n, candidates.size()); k++) {
                shown.add(new Impression<>(candidates.get(k).item(), k, 0.5, context));
            }
            return shown;
        }

        @Override
        public void learn(Impression<String> impression, double reward) {
            learned.add(impression.item() + "@" + impression.position() + "=" + reward);
        }

        @Override
        public double[] probabilities(List<Recommendation<String>> candidates, double[] context) {
            return new double[candidates.size()];
        }
    };

    private LiveRecommender<String, String> start(ExplorerFeedback<String, String> feedback) {
        Dataset<String, String> data = Dataset.<String, String>builder()
                .add("u", "a")
                .add("v", "a")
                .add("w", "a")
                .add("v", "b")
                .add("w", "b")
                .add("w", "c")
                .build();
        return LiveRecommender.builder().clock(clock).signal(feedback).start(data, new Popularity());
    }

    private ExplorerFeedback<String, String> feedback() {
        return new ExplorerFeedback<>(
                explorer, WINDOW, clock, (event, weight) -> weight == 0 ? Double.NaN : weight > 0 ? 1 : 0);
    }

    @Test
    void eventsReachTheExplorerByThemselves() {
        ExplorerFeedback<String, String> feedback = feedback();
        try (LiveRecommender<String, String> live = start(feedback)) {
            List<Impression<String>> shown = feedback.choose("new", live.recommend("new", 3), 3);
            assertThat(shown).extracting(Impression::item).containsExactly("a", "b", "c");
            live.ingest(Event.impression("new", "b"));
            assertThat(learned).as("being shown says nothing yet").isEmpty();
            live.ingest(Event.view("other", "b"));
            assertThat(learned).as("it was shown to somebody else").isEmpty();
            live.ingest(Event.view("new", "b"));
            live.ingest(Event.purchase("new", "b"));
            assertThat(learned).as("once").containsExactly("b@1=1.0");
            live.ingestAll(List.of(Event.dislike("new", "a")));
            assertThat(learned).containsExactly("b@1=1.0", "a@0=0.0");
            millis.addAndGet(WINDOW.toMillis() - 1);
            live.ingest(Event.view("other", "a"));
            assertThat(feedback.waiting()).isEqualTo(1);
            millis.addAndGet(1);
            live.ingest(Event.view("new", "c"));
            assertThat(learned).as("too late").containsExactly("b@1=1.0", "a@0=0.0", "c@2=0.0");
            assertThat(live.metrics().failures()).isZero();
        }
    }

    @Test
    void whatIsShownAgainWasNotTakenBefore() {
        ExplorerFeedback<String, String> feedback = feedback();
        try (LiveRecommender<String, String> live = start(feedback)) {
            feedback.choose("new", live.recommend("new", 3), 2);
            millis.addAndGet(1000);
            feedback.choose("new", live.recommend("new", 3), 1);
            assertThat(learned).containsExactly("a@0=0.0");
            millis.addAndGet(WINDOW.toMillis() - 1000);
            feedback.expire();
            assertThat(learned).containsExactly("a@0=0.0", "b@1=0.0");
            assertThat(feedback.waiting()).as("the second showing").isEqualTo(1);
        }
    }

    @Test
    void nothingOfAForgottenUserWaits() {
        ExplorerFeedback<String, String> feedback = feedback();
        try (LiveRecommender<String, String> live = start(feedback)) {
            feedback.choose("u", live.recommend("u", 3), 2);
            feedback.choose("v", live.recommend("v", 3), 1);
            assertThat(live.forget("u").residue()).anyMatch(text -> text.contains("explorer"));
            assertThat(feedback.waiting()).isEqualTo(1);
            millis.addAndGet(WINDOW.toMillis());
            feedback.expire();
            assertThat(learned).hasSize(1);
        }
    }

    @Test
    void aRealExplorerFindsWhatPeopleTake() {
        ThompsonSampling<String> sampling = new ThompsonSampling<>(1, 5, 0.05, 3);
        ExplorerFeedback<String, String> feedback = new ExplorerFeedback<>(sampling, WINDOW);
        try (LiveRecommender<String, String> live = start(feedback)) {
            for (int k = 0; k < 400; k++) {
                String user = "guest " + k % 50;
                feedback.choose(user, live.recommend("nobody", 3), 1);
                live.ingest(Event.view(user, "c"));
            }
            assertThat(sampling.expectedReward("c")).isGreaterThan(0.9);
            assertThat(sampling.expectedReward("a")).isLessThan(0.2);
        }
    }

    @Test
    void badSettingsAreRefused() {
        assertThatThrownBy(() -> new ExplorerFeedback<String, String>(explorer, Duration.ZERO))
                .hasMessageContaining("window");
    }
}
