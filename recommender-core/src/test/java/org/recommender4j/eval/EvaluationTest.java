package org.recommender4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recommender4j.data.Matrices.row;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.data.Features;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Matrices;
import org.recommender4j.data.Profile;
import org.recommender4j.data.Split;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;
import org.recommender4j.popularity.Popularity;

class EvaluationTest {
    private static final Offset<Double> EXACT = within(1e-9);

    private static Evaluation evaluation(Interactions train, Interactions test, Metric... metrics) {
        return Evaluation.builder(TrainingData.implicit(train), test)
                .metrics(metrics)
                .build();
    }

    @Test
    void listsLeaveOutWhatWasSeenInTrainingAndMeansAreOverUsersWithATest() {
        Interactions train = Matrices.of(5, row(0), row(1, 2), row(3));
        Interactions test = Matrices.of(5, row(1, 4), row(0), row());
        Model model = new TableModel(
                new float[] {9, 1, 2, 3, 4}, // 4 3 | 2 1
                new float[] {0, 9, 9, 1, 2}, // 4 3 | 0
                new float[] {1, 1, 1, 1, 1});
        EvaluationResult result = evaluation(
                        train, test, Metric.recall(2), Metric.mrr(3), Metric.coverage(2), Metric.gini(2))
                .run(model);
        assertThat(result.users()).isEqualTo(2);
        assertThat(result.mean("recall@2")).isCloseTo((0.5 + 0) / 2, EXACT);
        assertThat(result.mean("mrr@3")).isCloseTo((1 + 1 / 3.0) / 2, EXACT);
        assertThat(result.mean("coverage@2")).isCloseTo(2 / 5.0, EXACT);
        // counts 0 0 0 2 2: (2 * 2 + 4 * 2) / (5 * 4)
        assertThat(result.mean("gini@2")).isCloseTo(0.6, EXACT);
        assertThat(result.values("mrr@3")).containsExactly(1, 1 / 3.0, Double.NaN);
        assertThat(result.means().keySet()).containsExactly("recall@2", "mrr@3", "coverage@2", "gini@2");
    }

    @Test
    void equalScoresRankTheSmallerItemFirst() {
        Model constant = new TableModel(new float[] {0, 0, 0, 0, 0});
        EvaluationResult result = evaluation(
                        Matrices.of(5, row(0)), Matrices.of(5, row(2)), Metric.mrr(5), Metric.auc())
                .run(constant);
        assertThat(result.mean("mrr@5")).isEqualTo(0.5);
        assertThat(result.mean("auc")).as("ties count half").isEqualTo(0.5);
    }

    @Test
    void areaUnderTheCurveCountsPairs() {
        // Liked: 1 (score 3) and 4 (score 1); others: 2 (2), 3 (3), 5 (no score); 0 was seen.
        Model model = new TableModel(new float[] {9, 3, 2, 3, 1, Scorer.UNSCORED});
        EvaluationResult result = evaluation(Matrices.of(6, row(0)), Matrices.of(6, row(1, 4)), Metric.auc())
                .run(model);
        // item 1: above 2 and 5, ties with 3; item 4: above 5
        assertThat(result.mean("auc")).isCloseTo((1 + 0.5 + 1 + 1) / 6, EXACT);
    }

    @Test
    void testItemsThatTheModelNeverSawAreMisses() {
        Model small = new TableModel(new float[] {1, 2, 3});
        EvaluationResult result = evaluation(
                        Matrices.of(5, row(0)), Matrices.of(5, row(2, 4)), Metric.recall(5), Metric.auc())
                .run(small);
        assertThat(result.mean("recall@5")).isEqualTo(0.5);
        // Others: 1 (score 2) and 3 (none). Item 2 is above both, item 4 ties with 3.
        assertThat(result.mean("auc")).isCloseTo((1 + 1 + 0 + 0.5) / 4, EXACT);
    }

    @Test
    void theTestPartMayHaveNewUsersAndItems() {
        Model model = new TableModel(new float[] {1, 2, 3});
        EvaluationResult result = evaluation(
                        Matrices.of(3, row(0)),
                        Matrices.of(5, row(2, 4), row(1)),
                        Metric.recall(3),
                        Metric.auc(),
                        Metric.novelty(3),
                        Metric.coverage(3))
                .run(model);
        assertThat(result.values("recall@3")).containsExactly(0.5, 0);
        assertThat(result.unanswered()).isEqualTo(1);
        assertThat(result.mean("coverage@3")).isEqualTo(2 / 5.0);
        assertThatThrownBy(() -> evaluation(Matrices.of(3, row(0)), Matrices.of(2, row(1)), Metric.recall(3)))
                .hasMessageContaining("all rows and columns");
    }

    @Test
    void usersWithoutAnAnswerGetEmptyListsAndAreCounted() {
        Model oneUser = new TableModel(new float[] {1, 2, 3});
        EvaluationResult result = evaluation(
                        Matrices.of(3, row(0), row(0)),
                        Matrices.of(3, row(2), row(2)),
                        Metric.recall(1),
                        Metric.auc(),
                        Metric.novelty(1))
                .run(oneUser);
        assertThat(result.unanswered()).isEqualTo(1);
        assertThat(result.values("recall@1")).containsExactly(1, 0);
        assertThat(result.values("auc")).containsExactly(1, 0.5);
        assertThat(result.values("novelty@1")).containsExactly(1, Double.NaN);
        assertThat(result.mean("novelty@1")).as("undefined values are left out").isEqualTo(1);
    }

    @Test
    void stagesFillTheListOneAfterTheOther() {
        Model first = new TableModel(new float[] {5, Scorer.UNSCORED, 7, Scorer.UNSCORED, Scorer.UNSCORED});
        Model second = new TableModel(new float[] {9, 1, 8, 2, 3});
        EvaluationResult result = evaluation(
                        Matrices.of(5, row(0)), Matrices.of(5, row(3, 4)), Metric.mrr(3), Metric.recall(3))
                .run(new Chain(List.of(first, second)));
        // 2 from the first, then 4 and 3 from the second
        assertThat(result.mean("mrr@3")).isEqualTo(0.5);
        assertThat(result.mean("recall@3")).isEqualTo(1);
    }

    private record Chain(List<Model> stages) implements Model {
        @Override
        public String name() {
            return "Chain";
        }

        @Override
        public int users() {
            return stages.get(0).users();
        }

        @Override
        public int items() {
            return stages.get(0).items();
        }

        @Override
        public boolean answers(Profile profile) {
            return true;
        }

        @Override
        public Scorer scorer(Profile profile) {
            return stages.get(0).scorer(profile);
        }

        @Override
        public ModelState state() {
            return new ModelState();
        }
    }

    @Test
    void candidatesLimitLists() {
        Model model = new TableModel(new float[] {9, 8, 7, 6, 5});
        TrainingData train = TrainingData.implicit(Matrices.of(5, row(0)));
        EvaluationResult result = Evaluation.builder(train, Matrices.of(5, row(4)))
                .metrics(Metric.mrr(5), Metric.auc(), Metric.coverage(5))
                .candidates(4, 3, 0, 3)
                .build()
                .run(model);
        assertThat(result.mean("mrr@5")).isEqualTo(0.5);
        assertThat(result.mean("auc")).isZero();
        assertThat(result.mean("coverage@5")).isEqualTo(0.4);
    }

    @Test
    void ratingsBelowTheThresholdAreNothingToFind() {
        Interactions train = Interactions.of(4, new int[] {0, 1, 2}, new int[] {0, 0}, new float[] {1, 5}, null);
        Interactions test = Interactions.of(4, new int[] {0, 2, 3}, new int[] {1, 2, 3}, new float[] {4, 3, 2}, null);
        TrainingData data = new TrainingData(train, Feedback.EXPLICIT, 4f, 1f, 5f, Features.none(), Features.none());
        Model model = new TableModel(new float[] {0, 3, 9, 1}, new float[] {0, 1, 2, Float.NaN});
        EvaluationResult result = Evaluation.builder(data, test)
                .metrics(Metric.recall(2), Metric.rmse(), Metric.mae(), Metric.mrr(2))
                .build()
                .run(model);
        assertThat(result.users()).isEqualTo(1);
        assertThat(result.mean("recall@2")).isEqualTo(1);
        assertThat(result.mean("mrr@2")).isEqualTo(0.5);
        // Predicted 3 for 4; 9, clipped to 5, for 3; nothing, so the training mean 3, for 2.
        assertThat(result.ratings()).isEqualTo(3);
        assertThat(result.missing()).isEqualTo(1);
        assertThat(result.mean("rmse")).isCloseTo(Math.sqrt((1 + 4 + 1) / 3.0), EXACT);
        assertThat(result.mean("mae")).isCloseTo((1 + 2 + 1) / 3.0, EXACT);
        assertThat(result.values("mae")).containsExactly(1.5, 1);
        assertThat(result.means().keySet()).containsExactly("recall@2", "rmse", "mae", "mrr@2");
    }

    @Test
    void theFastPathEqualsANaiveOneForAnyNumberOfThreads() {
        int users = 201;
        int items = 1327;
        Split split = Split.perUser(Matrices.random(users, items, 0.02, false, 3), 0.3, 1);
        SplittableRandom random = new SplittableRandom(8);
        float[][] scores = new float[users][items];
        for (float[] row : scores) {
            for (int i = 0; i < items; i++) {
                row[i] = random.nextInt(50) == 0 ? Scorer.UNSCORED : random.nextInt(300) - 150f;
            }
        }
        Metric[] metrics = {
            Metric.recall(20),
            Metric.cappedRecall(5),
            Metric.precision(10),
            Metric.ndcg(20),
            Metric.gradedNdcg(20),
            Metric.map(20),
            Metric.mrr(50),
            Metric.auc(),
            Metric.novelty(20),
            Metric.coverage(3),
            Metric.gini(20)
        };
        Model model = new TableModel(scores);
        TrainingData train = TrainingData.implicit(split.train());
        ExecutorService pool = Executors.newFixedThreadPool(7);
        try {
            EvaluationResult one = Evaluation.builder(train, split.test())
                    .metrics(metrics)
                    .threads(1)
                    .build()
                    .run(model);
            EvaluationResult eight = Evaluation.builder(train, split.test())
                    .metrics(metrics)
                    .threads(8)
                    .executor(pool)
                    .build()
                    .run(model);
            assertThat(eight.means()).as("bit for bit").isEqualTo(one.means());
            double auc = 0;
            double recall = 0;
            int tested = 0;
            for (int user = 0; user < users; user++) {
                if (split.test().length(user) > 0) {
                    auc += naiveAuc(split, user, scores[user]);
                    recall += naiveRecall(split, user, scores[user]);
                    tested++;
                }
            }
            assertThat(one.users()).isEqualTo(tested);
            assertThat(one.mean("auc")).isCloseTo(auc / tested, EXACT);
            assertThat(one.mean("recall@20")).isCloseTo(recall / tested, EXACT);
        } finally {
            pool.shutdown();
        }
    }

    private static double naiveAuc(Split split, int user, float[] scores) {
        double right = 0;
        int pairs = 0;
        for (int liked : split.test().row(user)) {
            for (int other = 0; other < scores.length; other++) {
                if (!split.test().contains(user, other) && !split.train().contains(user, other)) {
                    right += scores[liked] > scores[other] ? 1 : scores[liked] == scores[other] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return right / pairs;
    }

    private static double naiveRecall(Split split, int user, float[] scores) {
        long hits = IntStream.range(0, scores.length)
                .filter(i -> scores[i] != Scorer.UNSCORED && !split.train().contains(user, i))
                .boxed()
                .sorted((a, b) -> scores[a] != scores[b] ? Float.compare(scores[b], scores[a]) : Integer.compare(a, b))
                .limit(20)
                .filter(i -> split.test().contains(user, i))
                .count();
        return (double) hits / split.test().length(user);
    }

    @Test
    void mistakesAreNamed() {
        Interactions train = Matrices.of(3, row(0));
        Interactions test = Matrices.of(3, row(1));
        Evaluation.Builder builder = Evaluation.builder(TrainingData.implicit(train), test);
        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.metrics(Metric.rmse())).hasMessageContaining("rmse needs ratings");
        assertThatThrownBy(() -> builder.metrics(Metric.recall(3), Metric.recall(3)))
                .hasMessageContaining("'recall@3' already");
        assertThatThrownBy(() -> builder.threads(0)).hasMessageContaining("threads");
        assertThatThrownBy(() -> Evaluation.builder(TrainingData.implicit(train), train))
                .hasMessageContaining("row 0 and column 0");
        EvaluationResult result = evaluation(train, test, Metric.recall(1), Metric.coverage(1))
                .run(new TableModel(new float[] {1, 2, 3}));
        assertThatThrownBy(() -> result.mean("ndcg@1")).hasMessageContaining("only [recall@1, coverage@1]");
        assertThatThrownBy(() -> result.values("coverage@1")).hasMessageContaining("only of [recall@1]");
        assertThatThrownBy(
                        () -> evaluation(train, test, Metric.recall(1)).run(new TableModel(new float[] {1, 2, 3, 4})))
                .hasMessageContaining("trained on 4 items");
    }

    @Test
    void nobodyToTestMeansUndefined() {
        EvaluationResult result = evaluation(Matrices.of(3, row(0)), Matrices.of(3, row()), Metric.recall(1))
                .run(new TableModel(new float[] {1, 2, 3}));
        assertThat(result.users()).isZero();
        assertThat(result.mean("recall@1")).isNaN();
    }

    @Test
    void aDataSetAndItsSplitAreEnough() {
        DatasetBuilder<String, String> builder = Dataset.builder();
        for (int user = 0; user < 12; user++) {
            for (int item = 0; item < 6; item++) {
                builder.add("user" + user, "item" + (user + item) % 9, 1 + item);
            }
        }
        Dataset<String, String> data = builder.positiveFrom(3f).build();
        Split split = Split.perUser(data.interactions(), 0.3, 1);

        Evaluation evaluation =
                Evaluation.builder(data, split).metrics(Metric.recall(5)).build();

        assertThat(evaluation.train().positiveFrom()).isEqualTo(3f);
        assertThat(evaluation.train().interactions().size())
                .isEqualTo(split.train().size());
        assertThat(evaluation.run(new Popularity()).means())
                .isEqualTo(evaluation
                        .run(new Popularity().train(evaluation.train(), Training.defaults()))
                        .means());
        assertThatThrownBy(() -> Evaluation.builder(data, Split.random(Matrices.random(12, 8, 0.5, false, 3), 0.2, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the split is of other data");
    }

    @Test
    void resultsReadAsTables() {
        Interactions test = Matrices.of(3, row(0), row(1));
        Evaluation evaluation = Evaluation.builder(TrainingData.implicit(Interactions.empty(2, 3)), test)
                .metrics(Metric.recall(1), Metric.mrr(2))
                .build();
        Model model = new TableModel(new float[] {3, 2, 1}, new float[] {3, 2, 1});

        assertThat(evaluation.run(model)).hasToString("Table     2 users\nrecall@1   0.5000\nmrr@2      0.7500");
        assertThat(evaluation.compare(List.of(FakeAlgorithm.of("One", model))).toString())
                .matches("algorithm  recall@1   mrr@2 +fit\nOne          0.5000  0.7500  .*");
    }
}
