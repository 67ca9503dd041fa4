package org.recommender4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recommender4j.data.Matrices.row;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Features;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Matrices;
import org.recommender4j.data.Split;
import org.recommender4j.model.Model;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

class ComparisonTest {
    private static final int USERS = 90;
    private static final int ITEMS = 70;
    private static final Split SPLIT = Split.perUser(Matrices.random(USERS, ITEMS, 0.2, false, 4), 0.3, 1);

    /** Scores at random, with some luck with test items. */
    private static Model model(double luck, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] scores = new float[USERS][ITEMS];
        for (int user = 0; user < USERS; user++) {
            for (int item = 0; item < ITEMS; item++) {
                scores[user][item] =
                        (float) (random.nextDouble() + (SPLIT.test().contains(user, item) ? luck : 0));
            }
        }
        return new TableModel(scores);
    }

    private static Evaluation evaluation(Metric... metrics) {
        return Evaluation.builder(TrainingData.implicit(SPLIT.train()), SPLIT.test())
                .metrics(metrics)
                .build();
    }

    private static final Algorithm GOOD = FakeAlgorithm.of("Good", model(0.5, 1));
    private static final Algorithm BAD = FakeAlgorithm.of("Bad", model(0, 2));
    private static final Algorithm SAME = FakeAlgorithm.of("Same", model(0.5, 1));
    private static final Algorithm BROKEN = new FakeAlgorithm("Broken", Map.of(), options -> {
        throw new IllegalArgumentException("needs ratings");
    });

    @Test
    void allAreMeasuredAlikeAndThoseThatRefuseAreNamed() {
        Evaluation evaluation = evaluation(Metric.ndcg(10), Metric.coverage(10), Metric.auc());
        Comparison comparison = evaluation.compare(List.of(GOOD, BROKEN, BAD, GOOD));
        assertThat(comparison.entries()).extracting(Comparison.Entry::name).containsExactly("Good", "Bad", "Good 2");
        assertThat(comparison.failures()).containsExactly(Map.entry("Broken", "needs ratings"));
        for (String metric : List.of("ndcg@10", "coverage@10", "auc")) {
            double expected = evaluation.run(model(0.5, 1)).mean(metric);
            assertThat(comparison.mean("Good", metric)).isEqualTo(expected);
            assertThat(comparison.mean("Good 2", metric)).isEqualTo(expected);
        }
        assertThat(comparison.mean("Good", "ndcg@10")).isGreaterThan(comparison.mean("Bad", "ndcg@10"));
    }

    @Test
    void timesComeFromTheTickerAndTheListenerHearsEveryStage() {
        AtomicLong clock = new AtomicLong();
        List<String> heard = new ArrayList<>();
        Comparison comparison = Comparison.builder(evaluation(Metric.ndcg(10)))
                .add("mine", GOOD)
                .add(BROKEN)
                .training(Training.defaults().withThreads(1).withTicker(() -> clock.getAndAdd(1_000_000_000L)))
                .listener(p -> heard.add(p.number() + "/" + p.total() + " " + p.name() + " " + p.stage() + " "
                        + p.iteration() + "/" + p.iterations()))
                .curves(true)
                .run();
        Comparison.Entry entry = comparison.entry("mine");
        assertThat(entry.recommendTime()).isEqualTo(Duration.ofSeconds(1));
        // The algorithm reads the ticker three times itself.
        assertThat(entry.fitTime()).isEqualTo(Duration.ofSeconds(4));
        assertThat(entry.usersPerSecond()).isEqualTo(entry.result().users());
        assertThat(entry.curve()).extracting(Training.Progress::loss).containsExactly(7.5, 3.25);
        assertThat(heard)
                .containsExactly(
                        "1/2 mine FITTING 0/0",
                        "1/2 mine FITTING 1/2",
                        "1/2 mine FITTING 2/2",
                        "1/2 mine RECOMMENDING 0/0",
                        "1/2 mine DONE 0/0",
                        "2/2 Broken FITTING 0/0",
                        "2/2 Broken FITTING 1/2",
                        "2/2 Broken FITTING 2/2",
                        "2/2 Broken FAILED 0/0");
    }

    @Test
    void intervalsHoldTheMeanAndTestsTellRealDifferencesFromNone() {
        Comparison comparison = Comparison.builder(evaluation(Metric.ndcg(10), Metric.coverage(10)))
                .add(GOOD)
                .add(BAD)
                .add(SAME)
                .resamples(400)
                .run();
        for (String name : List.of("Good", "Bad")) {
            Comparison.Interval interval = comparison.interval(name, "ndcg@10");
            assertThat(comparison.mean(name, "ndcg@10")).isBetween(interval.low(), interval.high());
            assertThat(interval.high() - interval.low()).isBetween(0.01, 0.2);
            assertThat(comparison.intervals("ndcg@10")).containsEntry(name, interval);
        }
        assertThat(comparison.interval("Good", "coverage@10").isUndefined()).isTrue();

        List<Comparison.Difference> pairs = comparison.differences("ndcg@10");
        assertThat(pairs).hasSize(3);
        Comparison.Difference real = pairs.get(0);
        assertThat(real.first() + ">" + real.second()).isEqualTo("Good>Bad");
        assertThat(real.mean())
                .isCloseTo(comparison.mean("Good", "ndcg@10") - comparison.mean("Bad", "ndcg@10"), within(1e-12));
        assertThat(real.mean()).isBetween(real.interval().low(), real.interval().high());
        assertThat(real.tTestHolm()).isLessThan(0.001).isGreaterThanOrEqualTo(real.tTest());
        assertThat(real.bootstrapHolm()).isLessThan(0.02);
        assertThat(real.users()).isEqualTo(comparison.entry("Good").result().users());
        Comparison.Difference none = pairs.get(1);
        assertThat(none.second()).isEqualTo("Same");
        assertThat(none.mean()).isZero();
        assertThat(none.tTest()).isEqualTo(1);
        assertThat(none.bootstrap()).isEqualTo(1);

        assertThat(comparison.differences("ndcg@10", "Bad"))
                .extracting(d -> d.first() + ">" + d.second())
                .containsExactly("Good>Bad", "Same>Bad");
        assertThatThrownBy(() -> comparison.differences("coverage@10", "Bad"))
                .hasMessageContaining("no users' values of 'coverage@10'");
        assertThatThrownBy(() -> comparison.differences("ndcg@10", "Ugly")).hasMessageContaining("[Good, Bad, Same]");
    }

    @Test
    void allButTheTimesIsTheSameForAnyNumberOfThreads() {
        List<List<Comparison.Difference>> differences = new ArrayList<>();
        for (int threads : new int[] {1, 3}) {
            Evaluation evaluation = Evaluation.builder(TrainingData.implicit(SPLIT.train()), SPLIT.test())
                    .metrics(Metric.ndcg(10))
                    .threads(threads)
                    .build();
            differences.add(evaluation.compare(List.of(GOOD, BAD)).differences("ndcg@10"));
        }
        assertThat(differences.get(0)).isEqualTo(differences.get(1));
    }

    @Test
    void segmentsOfUsersByActivity() {
        Interactions train = Matrices.of(
                9, row(), row(0), row(0, 1), row(0, 1), row(0, 1, 2), row(0, 1, 2, 3, 4), row(1, 2, 3, 4, 5, 6), row());
        List<Segment> segments = Segment.usersByActivity(train);
        assertThat(segments)
                .extracting(Segment::toString)
                .containsExactly("0 (2)", "1 (1)", "2 (2)", "3 (1)", "5-6 (2)");
        assertThat(segments.get(2).contains(3)).isTrue();
        assertThat(segments.get(2).contains(4)).isFalse();
        assertThat(Segment.usersByActivity(Matrices.of(3, row(), row())))
                .extracting(Segment::toString)
                .containsExactly("0 (2)");
        assertThat(Segment.usersByActivity(Matrices.of(3, row(0, 2))))
                .extracting(Segment::toString)
                .containsExactly("2 (1)");
        int total = Segment.usersByActivity(SPLIT.train()).stream()
                .mapToInt(Segment::size)
                .sum();
        assertThat(total).isEqualTo(USERS);
    }

    @Test
    void segmentsOfItemsByPopularity() {
        // Users per item: 4 2 1 1 1 0; a third of 9 is 3.
        Interactions train = Matrices.of(6, row(0, 1, 2), row(0, 1, 3), row(0, 4), row(0));
        List<Segment> segments = Segment.itemsByPopularity(train);
        assertThat(segments)
                .extracting(Segment::toString)
                .containsExactly("head (1)", "middle (1)", "tail (3)", "new (1)");
        assertThat(segments.get(0).contains(0)).isTrue();
        assertThat(segments.get(1).contains(1)).isTrue();
        assertThat(segments.get(3).contains(5)).isTrue();
        assertThat(Segment.itemsByPopularity(Interactions.empty(2, 3)))
                .extracting(Segment::toString)
                .containsExactly("new (3)");
    }

    @Test
    void resultsOfSegments() {
        Interactions train = Matrices.of(5, row(0), row(0), row(1));
        Interactions test = Matrices.of(5, row(3, 4), row(2), row(2));
        Evaluation evaluation = Evaluation.builder(TrainingData.implicit(train), test)
                .metrics(Metric.recall(2), Metric.recall(2, Segment.of("special", 3, 2)))
                .build();
        // Lists: 4 1, 4 3, 2 0
        Comparison comparison = evaluation.compare(List.of(FakeAlgorithm.of(
                "Table",
                new TableModel(
                        new float[] {0, 8, 1, 2, 9}, new float[] {0, 0, 0, 8, 9}, new float[] {8, 0, 9, 0, 1}))));
        assertThat(comparison.mean("Table", "recall@2", Segment.of("first", 0, 1)))
                .isEqualTo(0.25);
        assertThat(comparison.mean("Table", "recall@2", Segment.of("last", 2))).isEqualTo(1);
        assertThat(comparison.mean("Table", "recall@2", Segment.of("nobody", 7)))
                .isNaN();
        assertThat(comparison.interval("Table", "recall@2", Segment.of("last", 2)))
                .isEqualTo(new Comparison.Interval(1, 1));
        assertThat(comparison
                        .interval("Table", "recall@2", Segment.of("nobody"))
                        .isUndefined())
                .isTrue();
        assertThat(comparison.entry("Table").result().values("recall@2[special]"))
                .containsExactly(0, 0, 1);
        assertThat(evaluation.compare(List.of(GOOD)).failures())
                .as("more items than the data")
                .hasSize(1);
    }

    @Test
    void exposureIsKeptForTheCutoffsThatWereMeasured() {
        EvaluationResult result = evaluation(Metric.coverage(3), Metric.gini(7)).run(model(0, 1));
        int shown = 0;
        for (int count : result.exposure(3)) {
            shown += count;
        }
        assertThat(shown).isEqualTo(3 * result.users());
        assertThatThrownBy(() -> result.exposure(5)).hasMessageContaining("only at [3, 7]");
    }

    @Test
    void theStandardMetricsSuitAnyData() {
        Evaluation evaluation = Evaluation.builder(TrainingData.implicit(SPLIT.train()), SPLIT.test())
                .standardMetrics(10)
                .build();
        assertThat(evaluation.metricNames())
                .contains("ndcg@10", "recall@1", "recall@50", "recall@10[head]", "recall@10[tail]", "coverage@10")
                .doesNotHaveDuplicates();
        assertThat(evaluation.run(model(0.5, 1)).means().values()).noneMatch(value -> value.isNaN());
    }

    @Test
    void mistakesAreNamed() {
        Comparison.Builder builder = Comparison.builder(evaluation(Metric.ndcg(10)));
        assertThatThrownBy(builder::run).isInstanceOf(IllegalStateException.class);
        builder.add("x", GOOD);
        assertThatThrownBy(() -> builder.add("x", BAD)).hasMessageContaining("'x' already");
        assertThatThrownBy(() -> builder.resamples(10)).hasMessageContaining("resamples");
        Comparison comparison = builder.run();
        assertThatThrownBy(() -> comparison.entry("y")).hasMessageContaining("only of [x]");
        assertThatThrownBy(() -> comparison.interval("x", "recall@3")).hasMessageContaining("was not measured");
        assertThatThrownBy(() -> comparison.intervals("recall@3")).hasMessageContaining("was not measured");
    }

    @Test
    void ratingsAreComparedByTheUsersLosses() {
        Interactions ratings = Matrices.random(USERS, ITEMS, 0.2, false, 4);
        Split split = Split.random(ratings, 0.3, 2);
        TrainingData train =
                new TrainingData(split.train(), Feedback.EXPLICIT, 4f, 1f, 5f, Features.none(), Features.none());
        Comparison comparison = Evaluation.builder(train, split.test())
                .metrics(Metric.rmse())
                .build()
                .compare(List.of(GOOD, BAD));
        assertThat(comparison.interval("Good", "rmse").isUndefined()).isTrue();
        assertThat(comparison.differences("rmse")).hasSize(1);
    }
}
