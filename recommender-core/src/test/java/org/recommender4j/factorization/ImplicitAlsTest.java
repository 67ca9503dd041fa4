package org.recommender4j.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.Recommender;
import org.recommender4j.Request;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Features;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

class ImplicitAlsTest {
    private static final Training ONE = Training.defaults().withThreads(1);

    /** Random data with some structure: weights 1 to 4, an empty user, an empty item, a user of everything. */
    private static Interactions data(long seed, int users, int items) {
        SplittableRandom random = new SplittableRandom(seed);
        InteractionsBuilder builder = Interactions.builder();
        for (int user = 1; user < users; user++) {
            for (int item = 1; item < items; item++) {
                double chance = user == 1 ? 1 : user % 3 == item % 3 ? 0.3 : 0.03;
                if (random.nextDouble() < chance) {
                    builder.add(user, item, 1 + random.nextInt(4));
                }
            }
        }
        return builder.build(users, items, DuplicatePolicy.FAIL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 33, 64})
    void aHalfStepEqualsTheNaiveDoublePrecisionSolution(int d) {
        Interactions data = data(d, 70, 50);
        AlsOptions options = new AlsOptions(0.2, 0.05, 0.8);
        AlsTrainer trainer = new AlsTrainer(data, d, d, options, ONE);
        trainer.initialize(5, 0.5);
        trainer.iterate(true, false);
        trainer.iterate(false, true);
        // The users were solved last, with the items as they are now.
        float[] items = trainer.items();
        int stride = trainer.stride();
        for (int user = 0; user < data.rows(); user++) {
            double observed = 0;
            double[][] a = new double[d][d + 1];
            for (int item = 0; item < data.columns(); item++) {
                int p = data.find(user, item);
                double w = p >= 0 ? data.weight(p) : 0;
                observed += w;
                for (int r = 0; r < d; r++) {
                    double y = items[item * stride + r];
                    a[r][d] += w * y;
                    for (int c = 0; c < d; c++) {
                        a[r][c] += (w + 0.2) * y * items[item * stride + c];
                    }
                }
            }
            for (int r = 0; r < d; r++) {
                a[r][r] += 0.05 * Math.pow(observed + 0.2 * data.columns(), 0.8);
            }
            double[] expected = Naive.solve(a);
            for (int k = 0; k < d; k++) {
                assertThat((double) trainer.users()[user * stride + k])
                        .as("user %d, factor %d", user, k)
                        .isCloseTo(expected[k], within(1e-3));
            }
        }
    }

    @Test
    void theReportedLossIsTheObjectiveAndNeverRises() {
        Interactions data = data(3, 60, 40);
        AlsOptions options = new AlsOptions(0.1, 0.02, 1);
        AlsTrainer trainer = new AlsTrainer(data, 5, 5, options, ONE);
        trainer.initialize(5, 0.5);
        double last = Double.POSITIVE_INFINITY;
        for (int iteration = 0; iteration < 12; iteration++) {
            trainer.iterate(iteration == 0, false);
            double loss = trainer.loss();
            assertThat(loss).isCloseTo(naiveLoss(trainer, data, 5), within(1e-4 * loss));
            assertThat(loss).isLessThan(last * (1 + 1e-6));
            last = loss;
        }
    }

    @Test
    void blocksLowerTheLossEachTimeAndEndWhereExactSolutionsDo() {
        Interactions data = data(3, 150, 120);
        AlsOptions options = new AlsOptions(0.1, 0.02, 1);
        AlsTrainer exact = new AlsTrainer(data, 9, 9, options, ONE);
        AlsTrainer blocks = new AlsTrainer(data, 9, 2, options, ONE);
        exact.initialize(5, 0.5);
        blocks.initialize(5, 0.5);
        double last = Double.POSITIVE_INFINITY;
        for (int iteration = 0; iteration < 60; iteration++) {
            exact.iterate(iteration == 0, false);
            blocks.iterate(iteration == 0, false);
            double loss = blocks.loss();
            assertThat(loss).isLessThan(last * (1 + 1e-6));
            last = loss;
        }
        assertThat(blocks.users()).isNotEqualTo(exact.users());
        assertThat(last).isCloseTo(exact.loss(), within(1e-3 * last));
    }

    @Test
    void withBlocksTooThreadsChangeNoBitAndFoldingInGivesTheTrainedVector() {
        Interactions data = data(8, 300, 150);
        assertThat(data.length(1)).isGreaterThan(100);
        ImplicitAls.Builder blocks =
                ImplicitAls.builder().factors(12).iterations(4).blockSize(5);
        FactorModel one = train(data, blocks);
        Model many = blocks.build()
                .train(TrainingData.implicit(data), Training.defaults().withThreads(3));
        for (String tensor : List.of("users", "items", "spectrum")) {
            assertThat(many.state().floats(tensor)).isEqualTo(one.state().floats(tensor));
        }
        FactorModel exact = train(data, blocks.blockSize(12));
        assertThat(exact.state().floats("items")).isNotEqualTo(one.state().floats("items"));
        float[] stored = one.userVector(Profile.ofUser(1, data, true));
        assertThat(one.userVector(Profile.ofUser(1, data, false))).isEqualTo(stored);
    }

    private static double naiveLoss(AlsTrainer trainer, Interactions data, int d) {
        double loss = 0;
        double[] items = new double[data.columns()];
        for (int user = 0; user < data.rows(); user++) {
            double observed = 0;
            for (int item = 0; item < data.columns(); item++) {
                double score = dot(trainer.users(), user, trainer.items(), item, trainer.stride(), d);
                int p = data.find(user, item);
                double w = p >= 0 ? data.weight(p) : 0;
                observed += w;
                items[item] += w;
                loss += 0.1 * score * score + w * (1 - score) * (1 - score);
            }
            loss += 0.02
                    * (observed + 0.1 * data.columns())
                    * dot(trainer.users(), user, trainer.users(), user, trainer.stride(), d);
        }
        for (int item = 0; item < data.columns(); item++) {
            loss += 0.02
                    * (items[item] + 0.1 * data.rows())
                    * dot(trainer.items(), item, trainer.items(), item, trainer.stride(), d);
        }
        return loss;
    }

    private static double dot(float[] a, int row, float[] b, int other, int stride, int d) {
        double sum = 0;
        for (int k = 0; k < d; k++) {
            sum += (double) a[row * stride + k] * b[other * stride + k];
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 33, 64, 100})
    void theNumberOfThreadsChangesNoBit(int d) {
        TrainingData data = TrainingData.implicit(data(8, 2500, 300));
        ImplicitAls algorithm = ImplicitAls.builder().factors(d).iterations(2).build();
        Model one = algorithm.train(data, ONE);
        for (int threads : new int[] {2, 8}) {
            Model many = algorithm.train(data, Training.defaults().withThreads(threads));
            for (String tensor : List.of("users", "items", "spectrum")) {
                assertThat(many.state().floats(tensor)).isEqualTo(one.state().floats(tensor));
            }
        }
        Model other =
                ImplicitAls.builder().factors(d).iterations(2).seed(2).build().train(data, ONE);
        assertThat(other.state().floats("users")).isNotEqualTo(one.state().floats("users"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 33, 64})
    void foldingInTheTrainedHistoryGivesTheSameBits(int d) {
        Interactions data = data(4, 200, 90);
        FactorModel model = train(data, ImplicitAls.builder().factors(d).iterations(3));
        for (int user = 0; user < data.rows(); user++) {
            float[] stored = model.userVector(Profile.ofUser(user, data, true));
            assertThat(model.userVector(Profile.ofUser(user, data, false))).isEqualTo(stored);
        }
    }

    private static FactorModel train(Interactions data, ImplicitAls.Builder builder) {
        return (FactorModel) builder.build().train(TrainingData.implicit(data), ONE);
    }

    @Test
    void explanationsAddUpToTheScore() {
        Interactions data = data(4, 120, 90);
        FactorModel model = train(data, ImplicitAls.builder().factors(16));
        for (int user = 0; user < data.rows(); user++) {
            Profile profile = Profile.ofUser(user, data, true);
            Scorer scorer = model.scorer(profile);
            for (int item = 0; item < data.columns(); item += 7) {
                List<Contribution> parts = model.explain(profile, item);
                assertThat(parts).hasSize(data.length(user));
                double sum = 0;
                for (Contribution part : parts) {
                    sum += part.value();
                }
                assertThat(sum).isCloseTo(scorer.score(item), within(1e-4));
            }
        }
    }

    @Test
    void ratingsCountOnceTheyAreGoodAndAllTheSame() {
        int[] offsets = {0, 3, 5};
        int[] columns = {0, 1, 2, 0, 1};
        Interactions rated = Interactions.of(3, offsets, columns, new float[] {5, 4, 1, 4, 5}, null);
        TrainingData data = new TrainingData(rated, Feedback.EXPLICIT, 4f, 1f, 5f, Features.none(), Features.none());
        FactorModel model =
                (FactorModel) ImplicitAls.builder().factors(2).build().train(data, ONE);
        float[] first = model.userVector(Profile.ofUser(0, rated, true));
        assertThat(model.userVector(Profile.ofUser(1, rated, true))).isEqualTo(first);
        assertThat(model.userVector(Profile.ofUser(0, rated, false))).isEqualTo(first);
        assertThat(model.answers(Profile.ofHistory(-1, new int[] {0}, new float[] {3.9f}, null)))
                .isFalse();
        assertThat(model.answers(Profile.ofItems(2))).isFalse();
        assertThat(model.answers(Profile.ofHistory(-1, new int[] {0}, new float[] {4}, null)))
                .isTrue();
    }

    @Test
    void weightsOfAnySizeGiveFiniteNumbers() {
        float[] weights = {0f, -3f, Float.MIN_VALUE, 1e-30f, 1f, 1e10f, 1e30f, Float.MAX_VALUE};
        for (double exponent : new double[] {0, 1, 2}) {
            InteractionsBuilder builder = Interactions.builder();
            for (int user = 0; user < 30; user++) {
                for (int item = user % 5; item < 40; item += 1 + user % 3) {
                    builder.add(user, item, weights[(user * 7 + item) % weights.length]);
                }
            }
            FactorModel model = train(
                    builder.build(30, 40, DuplicatePolicy.FAIL),
                    ImplicitAls.builder().factors(8).regularizationExponent(exponent));
            for (String tensor : List.of("users", "items", "spectrum")) {
                for (float value : model.state().floats(tensor)) {
                    assertThat(value).isFinite();
                }
            }
            float[] folded = model.userVector(
                    Profile.ofHistory(-1, new int[] {1, 2, 3}, new float[] {1e-40f, Float.MAX_VALUE, -1}, null));
            for (float value : folded) {
                assertThat(value).isFinite();
            }
        }
    }

    @Test
    void aHandfulOfUsersOfAHandfulOfItemsTrainsByTheDefaults() {
        for (int users : new int[] {1, 2, 8, 30}) {
            for (int items : new int[] {1, 2, 5}) {
                DatasetBuilder<Integer, Integer> builder = Dataset.builder();
                for (int user = 0; user < users; user++) {
                    builder.add(user, user % items);
                }
                Dataset<Integer, Integer> data = builder.build();
                Recommender<Integer, Integer> recommender = ImplicitAls.builder()
                        .factors(128)
                        .iterations(40)
                        .build()
                        .fit(data);
                assertThat(recommender
                                .recommend(Request.<Integer, Integer>forUser(0).includeSeen())
                                .items())
                        .as("%d users, %d items", users, items)
                        .startsWith(0);
                assertThat(new ImplicitAls().fit(data).score(0, 0).orElseThrow())
                        .isBetween(0.2, 1.0);
            }
        }
    }

    @Test
    void emptyAndTinyDataTrain() {
        for (int users = 0; users < 2; users++) {
            for (int items = 0; items < 2; items++) {
                FactorModel model = train(Interactions.empty(users, items), ImplicitAls.builder());
                assertThat(model.users()).isEqualTo(users);
                assertThat(model.items()).isEqualTo(items);
                assertThat(model.answers(Profile.ofItems(0))).isFalse();
                TopN top = new TopN(3, Eligibility.all(items));
                model.topN(Profile.empty(), top);
                assertThat(top.size()).isEqualTo(items);
            }
        }
        Interactions one = Interactions.builder().add(0, 0, 1f).build(1, 1, DuplicatePolicy.FAIL);
        for (int d : new int[] {1, 64}) {
            // The minimum of (1 - s)^2 + a s^2 lies at 1 / (1 + a); the regularization takes a little off.
            for (double a : new double[] {0.1, 1}) {
                FactorModel model = train(one, ImplicitAls.builder().factors(d).unobservedWeight(a));
                double score = model.scorer(Profile.ofUser(0, one, true)).score(0);
                assertThat(score).isBetween(0.98 / (1 + a), 1 / (1 + a));
            }
        }
        FactorModel unregularized = train(data(2, 20, 20), ImplicitAls.builder().regularization(0));
        for (float value : unregularized.state().floats("users")) {
            assertThat(value).isFinite();
        }
    }

    @Test
    void overflowNamesTheIteration() {
        TrainingData data = TrainingData.implicit(data(2, 20, 20));
        AlsTrainer trainer = new AlsTrainer(data.positives(), 4, 4, new AlsOptions(1, 0.1, 1), ONE);
        trainer.initialize(1, 1e25);
        assertThatThrownBy(() -> trainer.iterate(true, true))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("overflow");
        InteractionsBuilder builder = Interactions.builder();
        builder.add(0, 0, 1f);
        ImplicitAls extreme = ImplicitAls.builder()
                .unobservedWeight(1e-9)
                .regularization(0)
                .initScale(1e-6)
                .build();
        Model model = extreme.train(TrainingData.implicit(builder.build(1, 1, DuplicatePolicy.FAIL)), ONE);
        assertThat(model.scorer(Profile.ofItems(0)).score(0)).isFinite();
    }

    @Test
    void theListenerHearsOfEachIteration() {
        List<Training.Progress> heard = new ArrayList<>();
        ImplicitAls.builder()
                .iterations(4)
                .build()
                .train(TrainingData.implicit(data(2, 20, 20)), ONE.withListener(heard::add));
        assertThat(heard).extracting(Training.Progress::iteration).containsExactly(1, 2, 3, 4);
        assertThat(heard).allSatisfy(progress -> assertThat(progress.loss()).isPositive());
    }

    @Test
    void optionsOutOfRangeAreNamed() {
        ImplicitAls.Builder builder = ImplicitAls.builder();
        assertThatThrownBy(() -> builder.factors(0))
                .hasMessageContaining("factors")
                .hasMessageContaining("0");
        assertThatThrownBy(() -> builder.unobservedWeight(-1)).hasMessageContaining("unobservedWeight");
        assertThatThrownBy(() -> builder.regularization(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> builder.regularizationExponent(-0.1)).hasMessageContaining("-0.1");
        ImplicitAls before = builder.factors(8).build();
        builder.factors(9);
        assertThat(before.options()).containsEntry("factors", "8");
    }

    @Test
    void sessionsOfAGroupGetItsItems() {
        Interactions data = data(21, 300, 120);
        FactorModel model = train(data, ImplicitAls.builder().factors(8));
        for (int group = 0; group < 3; group++) {
            int g = group;
            int[] session = {group + 3, group + 30, group + 60, group + 99};
            TopN top = new TopN(10, Eligibility.allExcept(120, session));
            model.topN(Profile.ofItems(session), top);
            assertThat(Arrays.stream(top.items()).filter(item -> item % 3 == g).count())
                    .isGreaterThanOrEqualTo(9);
        }
    }

    @Test
    void aCrawlerAndAHitGiveTheSameBytesOnAnyNumberOfThreads() {
        InteractionsBuilder builder = Interactions.builder();
        int many = RidgeSolver.BLOCK + 300;
        for (int k = 0; k < many; k++) {
            builder.add(0, k, 1f);
            builder.add(k, 0, 1f);
            builder.add(k, 1 + k % 97, 1f);
        }
        TrainingData data = TrainingData.implicit(builder.build(many, many, DuplicatePolicy.MAX));
        ImplicitAls algorithm = ImplicitAls.builder().factors(4).iterations(2).build();
        float[] expected = algorithm
                .train(data, Training.defaults().withThreads(1))
                .state()
                .floats("users");
        assertThat(expected).doesNotContain(Float.NaN).isNotEqualTo(new float[expected.length]);
        assertThat(algorithm
                        .train(data, Training.defaults().withThreads(3))
                        .state()
                        .floats("users"))
                .isEqualTo(expected);
    }
}
