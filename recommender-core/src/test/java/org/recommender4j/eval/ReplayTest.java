package org.recommender4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.recommender4j.Algorithm;
import org.recommender4j.Explanation;
import org.recommender4j.Recommendations;
import org.recommender4j.Recommender;
import org.recommender4j.Request;
import org.recommender4j.TestData;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.data.Interactions;

class ReplayTest {
    /** Events in the order of time: a1 b1 | a2 | b2 c1 a3 c2, where the bars end warm-up and tuning. */
    private static Dataset<String, String> tiny() {
        return Dataset.<String, String>builder()
                .add("c", "2", 1, 70)
                .add("a", "3", 1, 60)
                .add("c", "1", 1, 50)
                .add("b", "2", 1, 40)
                .add("a", "2", 1, 30)
                .add("b", "1", 1, 20)
                .add("a", "1", 1, 10)
                .build();
    }

    /** Fits the most popular items to all that it was told, whenever it is asked. */
    private static final class Counting implements Recommender<String, String> {
        final List<String[]> pairs = new ArrayList<>();
        final List<String> log = new ArrayList<>();

        void learn(String user, String item) {
            log.add("learn " + user + item);
            pairs.add(new String[] {user, item});
        }

        @Override
        public Recommendations<String> recommend(Request<? extends String, ? super String> request) {
            log.add("ask " + request.user().orElseThrow());
            DatasetBuilder<String, String> told = Dataset.builder();
            pairs.forEach(pair -> told.add(pair[0], pair[1]));
            return Algorithm.named("Popularity").fit(told.build()).recommend(request);
        }

        @Override
        public OptionalDouble score(String user, String item) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Recommendations<String> audience(String item, int n) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Explanation<String> explain(String user, String item) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void save(Path file) {
            throw new UnsupportedOperationException();
        }
    }

    private static Counting warm(Replay<String, String> replay) {
        Counting counting = new Counting();
        Dataset<String, String> data = replay.warmUp();
        Interactions known = data.interactions();
        for (int user = 0; user < known.rows(); user++) {
            for (int item : known.row(user)) {
                counting.learn(data.users().key(user), data.items().key(item));
            }
        }
        counting.log.clear();
        return counting;
    }

    @Test
    void asksThenScoresThenLearnsInTheOrderOfTime() {
        Replay<String, String> replay =
                Replay.builder(tiny()).warmUp(2 / 7.0).tuning(1 / 7.0).window(2).build();
        assertThat(replay.events()).isEqualTo(5);
        Counting counting = warm(replay);
        assertThat(counting.pairs).containsExactlyInAnyOrder(new String[] {"a", "1"}, new String[] {"b", "1"});
        ReplayResult result =
                replay.run("counting", () -> counting, event -> counting.learn(event.user(), event.item()));
        assertThat(counting.log)
                .containsExactly(
                        "ask a",
                        "learn a2",
                        "ask b",
                        "learn b2",
                        "ask c",
                        "learn c1",
                        "ask a",
                        "learn a3",
                        "ask c",
                        "learn c2");
        // a2: nothing listed; b2: first; c1: 1 has 2 events, 2 has 2, first; a3: unknown; c2: first
        assertThat(result.tuning().events()).isEqualTo(1);
        assertThat(result.tuning().recall()).isZero();
        ReplayResult.Part test = result.test();
        assertThat(test.events()).isEqualTo(4);
        assertThat(test.recall()).isEqualTo(0.75);
        assertThat(test.mrr()).isEqualTo(0.75);
        assertThat(test.ndcg()).isEqualTo(0.75);
        assertThat(test.newUsers()).isEqualTo(1);
        assertThat(test.recallOfNewUsers()).isEqualTo(1);
        assertThat(test.from()).contains(Instant.ofEpochMilli(40));
        assertThat(test.to()).contains(Instant.ofEpochMilli(70));
        assertThat(result.windows()).extracting(ReplayResult.Part::events).containsExactly(2, 2, 1);
        assertThat(result.windows()).extracting(ReplayResult.Part::recall).containsExactly(0.5, 0.5, 1.0);
    }

    @Test
    void placesCountLikeInLists() {
        ReplayResult.Counter counter = new ReplayResult.Counter(10);
        counter.add(0, false, Instant.EPOCH);
        counter.add(2, true, Instant.EPOCH);
        counter.add(-1, true, Instant.EPOCH);
        ReplayResult.Part part = counter.part();
        assertThat(part.recall()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(part.mrr()).isCloseTo((1 + 1 / 3.0) / 3, within(1e-12));
        assertThat(part.ndcg()).isCloseTo((1 + 0.5) / 3, within(1e-12));
        assertThat(part.recallOfNewUsers()).isEqualTo(0.5);
        assertThat(new ReplayResult.Counter(10).part().recall()).isNaN();
    }

    @Test
    void refittingLearnsWhatTheWarmUpDoesNotKnow() {
        Dataset<String, String> data = TestData.blocks();
        Replay<String, String> replay =
                Replay.builder(data).warmUp(0.1).tuning(0.1).length(5).build();
        Algorithm algorithm = Algorithm.named("ImplicitAls").with(Map.of("factors", "8", "iterations", "4"));
        ReplayResult stale = replay.run(algorithm, Integer.MAX_VALUE);
        ReplayResult fresh = replay.run(algorithm, 100);
        assertThat(fresh.test().recall()).isGreaterThan(stale.test().recall() + 0.1);
        assertThat(fresh.name()).isEqualTo("ImplicitAls");
        assertThat(fresh.tuning().events() + fresh.test().events()).isEqualTo(replay.events());
        assertThat(fresh.windows().stream().mapToInt(ReplayResult.Part::events).sum())
                .isEqualTo(replay.events());
        assertThat(fresh.windows()).hasSizeBetween(30, 40);
        assertThat(fresh).isEqualTo(replay.run(algorithm, 100));
    }

    @Test
    void theWarmUpHoldsTheOldestEventsAndNothingElse() {
        Dataset<String, String> data = TestData.blocks();
        Interactions warm = Replay.builder(data).build().warmUp().interactions();
        assertThat(warm.size())
                .isEqualTo((int) Math.round(0.2 * data.interactions().size()));
        long newest = 0;
        for (int p = 0; p < warm.size(); p++) {
            newest = Math.max(newest, warm.time(p));
        }
        int older = 0;
        for (int p = 0; p < data.interactions().size(); p++) {
            older += data.interactions().time(p) < newest ? 1 : 0;
        }
        assertThat(older).isLessThan(warm.size());
    }

    @Test
    void dislikesAreLearnedButNotForeseen() {
        Dataset<String, String> data = Dataset.<String, String>builder()
                .ratings(1, 5)
                .add("a", "1", 5, 10)
                .add("b", "1", 1, 20)
                .add("b", "2", 5, 30)
                .build();
        List<Double> learned = new ArrayList<>();
        Counting counting = new Counting();
        ReplayResult result = Replay.builder(data)
                .warmUp(0)
                .tuning(0)
                .build()
                .run("x", () -> counting, event -> learned.add(event.weight()));
        assertThat(learned).containsExactly(5.0, 1.0, 5.0);
        assertThat(result.test().events()).isEqualTo(2);
        assertThat(result.test().newUsers()).as("b is known by the dislike").isEqualTo(1);
    }

    @Test
    void mistakesAreNamed() {
        Dataset<String, String> timeless =
                Dataset.<String, String>builder().add("a", "b").build();
        assertThatThrownBy(() -> Replay.builder(timeless)).hasMessageContaining("no times to replay by");
        Replay.Builder<String, String> builder = Replay.builder(tiny());
        assertThatThrownBy(() -> builder.warmUp(1.5)).hasMessageContaining("warmUp");
        assertThatThrownBy(() -> builder.length(0)).hasMessageContaining("length");
        assertThatThrownBy(() -> builder.window(0)).hasMessageContaining("window");
        assertThatThrownBy(() -> builder.build().run(Algorithm.named("Popularity"), 0))
                .hasMessageContaining("every");
        ReplayResult nothing = builder.warmUp(1).build().run(Algorithm.named("Popularity"), 1);
        assertThat(nothing.windows()).isEmpty();
        assertThat(nothing.test().recall()).isNaN();
    }
}
