package org.recommender4j.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recommender4j.TestData;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

class BprTest {
    private static final Training ONE = Training.defaults().withThreads(1);

    private static Interactions data() {
        return TestData.random(5, 120, 70).interactions();
    }

    @Test
    void theTableIsClose() {
        for (float x = -20; x < 20; x += 0.037f) {
            assertThat(PairLoss.sigmoid(x)).isCloseTo((float) (1 / (1 + Math.exp(-x))), within(3e-5f));
        }
        assertThat(PairLoss.sigmoid(Float.NaN)).isZero();
        assertThat(PairLoss.sigmoid(Float.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(PairLoss.warp(100, 1)).isCloseTo((float) Math.log(101), within(1e-5f));
        assertThat(PairLoss.warp(10, 50)).isCloseTo((float) Math.log(2), within(1e-5f));
    }

    /** With one user and two items of one part there is one step to take: up the gradient of the log-likelihood. */
    @Test
    void aStepGoesUpTheGradient() {
        Interactions one = Interactions.of(2, new int[] {0, 1}, new int[] {1}, null, null);
        BprOptions options = new BprOptions(false, 0.1f, 0.02f, 1, 2f, 3);
        boolean stepped = false;
        for (int iteration = 1; iteration < 300 && !stepped; iteration++) {
            BprTrainer trainer = new BprTrainer(one, 5, true, 2, options, ONE);
            float[] user = trainer.userRows();
            float[] good = new float[6];
            float[] bad = new float[6];
            trainer.itemRow(1, good);
            trainer.itemRow(0, bad);
            trainer.iterate(iteration, 0.1);
            float[] after = trainer.userRows();
            float[] goodAfter = new float[6];
            float[] badAfter = new float[6];
            trainer.itemRow(1, goodAfter);
            trainer.itemRow(0, badAfter);
            stepped = badAfter[0] != bad[0];
            for (int k = 0; k < 6 && stepped; k++) {
                int at = k;
                if (k < 5) {
                    assertThat((double) after[k] - user[k])
                            .isCloseTo(0.1 * (gradient(user, good, bad, user, at) - 0.02 * user[k]), within(1e-4));
                }
                assertThat((double) goodAfter[k] - good[k])
                        .isCloseTo(0.1 * (gradient(user, good, bad, good, at) - 0.02 * good[k]), within(1e-4));
                assertThat((double) badAfter[k] - bad[k])
                        .isCloseTo(0.1 * (gradient(user, good, bad, bad, at) - 0.02 * bad[k]), within(1e-4));
            }
        }
        assertThat(stepped).isTrue();
    }

    private static double gradient(float[] user, float[] good, float[] bad, float[] changed, int k) {
        float old = changed[k];
        changed[k] = old + 0.01f;
        double more = likelihood(user, good, bad);
        changed[k] = old - 0.01f;
        double less = likelihood(user, good, bad);
        changed[k] = old;
        return (more - less) / 0.02;
    }

    private static double likelihood(float[] user, float[] good, float[] bad) {
        double difference = 0;
        for (int k = 0; k < user.length; k++) {
            difference += user[k] * ((double) good[k] - bad[k]);
        }
        return -Math.log(1 + Math.exp(-difference));
    }

    @ParameterizedTest
    @EnumSource(Bpr.Loss.class)
    void theSameOnAnyNumberOfThreads(Bpr.Loss loss) {
        Bpr algorithm = Bpr.builder().loss(loss).factors(7).iterations(3).build();
        TrainingData data = TrainingData.implicit(data());
        float[] first = algorithm.train(data, ONE).state().floats("items");
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Training four = Training.defaults().withThreads(4).withExecutor(pool);
            assertThat(algorithm.train(data, four).state().floats("items")).isEqualTo(first);
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Bpr.Loss.class)
    void theHistoryRanksAboveTheRestForTrainedAndNewUsers(Bpr.Loss loss) {
        Interactions blocks = TestData.blocks().interactions();
        for (boolean biases : new boolean[] {true, false}) {
            Model model = Bpr.builder()
                    .loss(loss)
                    .factors(8)
                    .iterations(40)
                    .biases(biases)
                    .build()
                    .train(TrainingData.implicit(blocks), ONE);
            assertThat(order(model, blocks, true)).isGreaterThan(0.95);
            assertThat(order(model, blocks, false)).isGreaterThan(0.95);
        }
    }

    /** The share of pairs of an item of the history and another one that are in the right order. */
    private static double order(Model model, Interactions data, boolean trained) {
        long right = 0;
        long all = 0;
        for (int user = 0; user < data.rows(); user++) {
            if (data.length(user) == 0) {
                continue;
            }
            Profile profile = Profile.ofUser(user, data, trained);
            float[] scores = Ratings.scores(model, profile);
            int[] row = data.row(user);
            for (int item = 0; item < scores.length; item++) {
                // Another item of the same group is not a wrong answer.
                if (item / 15 != row[0] / 15) {
                    for (int own : row) {
                        right += scores[own] > scores[item] ? 1 : 0;
                        all++;
                    }
                }
            }
        }
        return right / (double) all;
    }

    @ParameterizedTest
    @EnumSource(Bpr.Loss.class)
    void reasonsAndTheBiasAddUpToTheScoreOfANewUser(Bpr.Loss loss) {
        FactorModel model = (FactorModel) Bpr.builder()
                .loss(loss)
                .factors(6)
                .iterations(10)
                .biases(true)
                .build()
                .train(TrainingData.implicit(data()), ONE);
        Profile profile = Profile.ofItems(7, 2, 11);
        for (int item : new int[] {0, 2, 30}) {
            List<Contribution> reasons = model.explain(profile, item);
            assertThat(reasons).extracting(Contribution::item).containsExactly(7, 2, 11);
            double sum = reasons.stream().mapToDouble(Contribution::value).sum();
            float bias = model.itemVector(item)[6];
            assertThat(sum + bias).isCloseTo(model.scorer(profile).score(item), within(1e-4));
        }
        assertThat(model.userVector(profile)).isEqualTo(model.userVector(profile));
    }

    @Test
    void aUserOfEverythingAndTooLargeSteps() {
        Interactions all = Interactions.of(3, new int[] {0, 3, 3}, new int[] {0, 1, 2}, null, null);
        for (Bpr.Loss loss : Bpr.Loss.values()) {
            Model model = Bpr.builder().loss(loss).build().train(TrainingData.implicit(all), ONE);
            assertThat(Ratings.scores(model, Profile.ofUser(0, all, false))).hasSize(3);
            assertThat(model.answers(Profile.ofUser(1, all, true))).isFalse();
        }
        Bpr wild = Bpr.builder()
                .learningRate(10)
                .initScale(1000)
                .regularization(0.5)
                .build();
        assertThatThrownBy(() -> wild.train(TrainingData.implicit(data()), ONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Bpr diverges in iteration")
                .hasMessageContaining("learningRate");
    }

    @ParameterizedTest
    @EnumSource(Retrieval.class)
    void theModelFindsItemsAsItIsToldAndKeepsTheWay(Retrieval retrieval) {
        Bpr algorithm = Bpr.builder().iterations(2).retrieval(retrieval).build();
        Model model = algorithm.train(TrainingData.implicit(data()), ONE);
        assertThat(model.state().texts()).containsEntry("retrieval", retrieval.name());
        assertThat(new Bpr().restore(model.state()).state().texts())
                .isEqualTo(model.state().texts());
    }

    @ParameterizedTest
    @EnumSource(Bpr.Loss.class)
    void reasonsOfALongHistoryAreFiniteAndAddUpToTheScore(Bpr.Loss loss) {
        int items = 12_000;
        DatasetBuilder<Integer, Integer> builder = Dataset.builder();
        for (int item = 0; item < items; item++) {
            builder.add(item % 40, item).add((item + 1) % 40, item);
        }
        TrainingData data = TrainingData.of(builder.build());
        FactorModel model = (FactorModel) Bpr.builder()
                .loss(loss)
                .factors(4)
                .iterations(2)
                .negatives(2)
                .regularization(0.05)
                .build()
                .train(data, Training.defaults());
        for (int length : new int[] {1_000, 4_000, 11_500, 12_000}) {
            int[] history = new int[length];
            Arrays.setAll(history, k -> k);
            Profile profile = Profile.ofItems(history);
            float score = model.scorer(profile).score(items - 1);
            double sum = 0;
            for (Contribution part : model.explain(profile, items - 1)) {
                sum += part.value();
            }
            assertThat(score).isFinite();
            assertThat(sum).isCloseTo(score, within(1e-3 * (1 + Math.abs(score))));
        }
    }

    @Test
    void theSetOfALongHistoryIsThatOfTheRow() {
        SplittableRandom random = new SplittableRandom(3);
        for (int items : new int[] {1, 63, 64, 65, 200}) {
            DatasetBuilder<Integer, Integer> builder = Dataset.builder();
            for (int item = 0; item < items; item++) {
                builder.add(0, item);
                for (int user = 1; user < 5; user++) {
                    if (random.nextDouble() < user * 0.08) {
                        builder.add(user, item);
                    }
                }
            }
            Interactions rows = builder.build().interactions();
            Seen seen = Seen.of(rows);
            assertThat(seen.row(0)).isNotEmpty();
            for (int user = 0; user < rows.rows(); user++) {
                long[] row = seen.row(user);
                assertThat(row.length > 0).isEqualTo(rows.length(user) > items / 8);
                for (int item = 0; row.length > 0 && item < items; item++) {
                    assertThat(Seen.contains(row, item)).isEqualTo(rows.contains(user, item));
                }
            }
        }
    }
}
