package org.recommender4j.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.Training;

class BiasedMfTest {
    private static final Training ONE = Training.defaults().withThreads(1);

    private static BiasedMf.Builder small(BiasedMf.Solver solver) {
        BiasedMf.Builder builder = BiasedMf.builder()
                .solver(solver)
                .factors(3)
                .regularization(0.05)
                .biasRegularization(0.1)
                .regularizationExponent(0.2)
                .unobservedWeight(0);
        return solver == BiasedMf.Solver.SGD ? builder.iterations(150).learningRate(0.03) : builder;
    }

    @ParameterizedTest
    @EnumSource(BiasedMf.Solver.class)
    void findsTheRatingsThatWereLeftOut(BiasedMf.Solver solver) {
        Interactions train = Ratings.random(1, 41, 37, 0.4);
        Model model = small(solver).build().train(Ratings.of(train), ONE);
        assertThat(Ratings.error(model, train)).isLessThan(0.12);
        Model biases = small(BiasedMf.Solver.ALS).regularization(1e6).build().train(Ratings.of(train), ONE);
        assertThat(Ratings.error(biases, train)).isBetween(0.5, 0.7);
    }

    @ParameterizedTest
    @EnumSource(BiasedMf.Solver.class)
    void theTrainedHistoryFoldsInToTheTrainedVector(BiasedMf.Solver solver) {
        Interactions train = Ratings.random(2, 30, 25, 0.4);
        Model model = small(solver).build().train(Ratings.of(train), ONE);
        for (int user = 0; user < 29; user++) {
            float[] stored = Ratings.scores(model, Profile.ofUser(user, train, true));
            assertThat(Ratings.scores(model, Profile.ofUser(user, train, false)))
                    .isEqualTo(stored);
        }
    }

    @Test
    void gradientDescentIsTheSameOnAnyNumberOfThreads() {
        Interactions train = Ratings.random(3, 60, 50, 0.3);
        BiasedMf algorithm = small(BiasedMf.Solver.SGD).iterations(3).build();
        float[] first = algorithm.train(Ratings.of(train), ONE).state().floats("items");
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Training four = Training.defaults().withThreads(4).withExecutor(pool);
            assertThat(algorithm.train(Ratings.of(train), four).state().floats("items"))
                    .isEqualTo(first);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void oneStepOfGradientDescent() {
        Interactions one = Interactions.of(1, new int[] {0, 1}, new int[] {0}, new float[] {4f}, null);
        RatingSide user = new RatingSide(new int[] {0, 1}, new int[1], new float[] {1.5f}, 2);
        RatingSide item = new RatingSide(new int[] {0, 1}, new int[1], new float[] {1.5f}, 2);
        System.arraycopy(new float[] {0.5f, -1f, 0.2f}, 0, user.vectors, 0, 3);
        System.arraycopy(new float[] {0.3f, 0.1f, -0.4f}, 0, item.vectors, 0, 3);
        new RatingSgd(one, user, item, 0.1, 0.2, 1, 9, ONE).iterate(1, 0.5);
        // error = 1.5 - 0.2 + 0.4 - (0.15 - 0.1) = 1.65
        float e = 1.65f;
        assertThat(new float[] {user.vectors[0], user.vectors[1], user.vectors[2]})
                .containsExactly(
                        new float[] {
                            0.5f + 0.5f * (e * 0.3f - 0.1f * 0.5f),
                            -1f + 0.5f * (e * 0.1f + 0.1f * 1f),
                            0.2f + 0.5f * (e - 0.2f * 0.2f)
                        },
                        within(1e-5f));
        assertThat(new float[] {item.vectors[0], item.vectors[1], item.vectors[2]})
                .containsExactly(
                        new float[] {
                            0.3f + 0.5f * (e * 0.5f - 0.1f * 0.3f),
                            0.1f + 0.5f * (-e - 0.1f * 0.1f),
                            -0.4f + 0.5f * (e + 0.2f * 0.4f)
                        },
                        within(1e-5f));
    }

    @Test
    void theObjectiveIsFlatAtTheSolution() {
        Interactions train = Ratings.random(5, 20, 17, 0.5);
        RatingData data = RatingData.of(Ratings.of(train), 1);
        RatingSide users = data.users(2);
        RatingSide items = data.items(2);
        users.initialize(1, 0.3);
        RowPrior.Unobserved unobserved = new RowPrior.Unobserved(0.02, -0.7);
        RatingAls als = new RatingAls(users, items, RowPrior.ridge(2, 0.4, 0.3), 0.5, unobserved, ONE);
        for (int iteration = 0; iteration < 400; iteration++) {
            als.iterate();
        }
        double best = objective(train, data.mean, users, items);
        for (RatingSide side : List.of(users, items)) {
            for (int at : new int[] {0, 1, 2, 5 * side.stride, 7 * side.stride + 2}) {
                float old = side.vectors[at];
                side.vectors[at] = old + 0.01f;
                double more = objective(train, data.mean, users, items);
                side.vectors[at] = old - 0.01f;
                double less = objective(train, data.mean, users, items);
                side.vectors[at] = old;
                assertThat((more - less) / 0.02).isCloseTo(0, within(0.01));
                assertThat(Math.min(more, less)).isGreaterThan(best);
            }
        }
    }

    /** The objective as the Javadoc says it. */
    private static double objective(Interactions train, float mean, RatingSide users, RatingSide items) {
        double sum = 0;
        for (int u = 0; u < train.rows(); u++) {
            for (int i = 0; i < train.columns(); i++) {
                float[] x = users.vectors;
                float[] y = items.vectors;
                int a = u * users.stride;
                int b = i * items.stride;
                double product = (double) x[a] * y[b] + (double) x[a + 1] * y[b + 1];
                sum += 0.02 * (product + 0.7) * (product + 0.7);
                int p = train.find(u, i);
                if (p >= 0) {
                    double error = train.weight(p) - mean - x[a + 2] - y[b + 2] - product;
                    sum += error * error;
                }
            }
        }
        for (RatingSide side : List.of(users, items)) {
            for (int row = 0; row < side.count; row++) {
                int at = row * side.stride;
                double x = side.vectors[at];
                double y = side.vectors[at + 1];
                double bias = side.vectors[at + 2];
                sum += Math.sqrt(Math.max(1, side.length(row))) * (0.4 * (x * x + y * y) + 0.3 * bias * bias);
            }
        }
        return sum;
    }

    @Test
    void reasonsAddUpToTheScore() {
        Interactions train = Ratings.random(6, 30, 25, 0.4);
        Model model = BiasedMf.withDefaults().train(Ratings.of(train), ONE);
        Profile profile = Profile.ofHistory(-1, new int[] {4, 1, 8}, new float[] {5, 1, 4}, null);
        List<Contribution> reasons = model.explain(profile, 6);
        assertThat(reasons).hasSize(4);
        double sum = reasons.stream().mapToDouble(Contribution::value).sum();
        assertThat((float) sum).isCloseTo(model.scorer(profile).score(6), within(1e-5f));
        // A better rating of an item of the same kind raises the prediction.
        Profile better = Profile.ofHistory(-1, new int[] {4, 1, 8}, new float[] {5, 1, 5}, null);
        assertThat(model.scorer(better).score(6))
                .isGreaterThan(model.scorer(profile).score(6));
    }

    @Test
    void predictionsStayOnTheScaleAndInOrder() {
        RatingScale scale = new RatingScale(3, 1, 5);
        float last = 0;
        for (float raw = -1; raw < 6; raw += 0.01f) {
            float clipped = scale.clip(raw);
            assertThat(clipped).isBetween(1f, 5f);
            assertThat(clipped).isGreaterThan(raw < 0.5 || raw > 5.5 ? last - 1e-6f : last);
            last = clipped;
            if (raw > 1.1 && raw < 4.9) {
                assertThat(clipped).isEqualTo(raw);
            }
        }
        assertThat(new RatingScale(2, 2, 2).clip(7)).isEqualTo(2);
        assertThat(scale.clip(Float.MAX_VALUE)).isEqualTo(5);
    }

    @Test
    void hostileData() {
        Interactions none = Interactions.empty(3, 4);
        Model empty = BiasedMf.withDefaults().train(Ratings.of(none), ONE);
        assertThat(empty.answers(Profile.ofUser(0, none, true))).isFalse();
        assertThat(empty.similarItems(0)).isEmpty();
        assertThat(empty.scorer(Profile.empty()).score(3)).isEqualTo(3f);

        Interactions same = Interactions.of(2, new int[] {0, 2}, new int[] {0, 1}, new float[] {4, 4}, null);
        Model constant = BiasedMf.withDefaults().train(Ratings.of(same), ONE);
        assertThat(constant.scorer(Profile.ofUser(0, same, true)).score(1)).isCloseTo(4f, within(1e-3f));

        // Ratings beyond the scale, and items that the model does not know.
        Profile wild = Profile.ofHistory(7, new int[] {0, 9}, new float[] {1e30f, -1e30f}, null);
        Scorer scorer = constant.scorer(wild);
        assertThat(scorer.score(0)).isFinite().isLessThanOrEqualTo(5f);
        assertThat(constant.answers(Profile.ofItems(9))).isFalse();
    }

    @Test
    void tooLargeAStepIsNamed() {
        BiasedMf algorithm = small(BiasedMf.Solver.SGD).learningRate(1).build();
        Interactions train = Ratings.random(6, 60, 55, 0.8);
        assertThatThrownBy(() -> algorithm.train(Ratings.of(train), ONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("BiasedMf diverges in iteration")
                .hasMessageContaining("learningRate");
    }

    @Test
    void aDamagedStateIsRefused() {
        BiasedMf algorithm = BiasedMf.withDefaults();
        Interactions train = Ratings.random(6, 9, 8, 0.8);
        ModelState good = algorithm.train(Ratings.of(train), ONE).state();
        assertThat(algorithm.restore(good).state().floats("users")).isEqualTo(good.floats("users"));
        for (String name : good.tensors().keySet()) {
            ModelState bad = new ModelState();
            good.texts().forEach(bad::put);
            good.tensors().forEach((key, tensor) -> {
                if (!key.equals(name)) {
                    bad.put(key, tensor);
                } else if (tensor.data() instanceof float[] floats) {
                    bad.put(key, new float[floats.length - 1]);
                } else {
                    bad.put(key, new int[1]);
                }
            });
            assertThatThrownBy(() -> algorithm.restore(bad)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void unseenItemsStandInForLowRatings() {
        Interactions positives =
                Interactions.of(6, new int[] {0, 2, 2, 8}, new int[] {1, 4, 0, 1, 2, 3, 4, 5}, null, null);
        RatingData data = RatingData.of(org.recommender4j.model.TrainingData.implicit(positives), 3);
        assertThat(data.ratings.length(0)).isEqualTo(4);
        assertThat(data.ratings.length(1)).isZero();
        assertThat(data.ratings.length(2)).isEqualTo(6);
        float sum = 0;
        for (int p = 0; p < data.ratings.size(); p++) {
            sum += data.ratings.weight(p);
        }
        assertThat(sum).isEqualTo(8);
        assertThat(data.ratings.weight(data.ratings.find(0, 1))).isEqualTo(1);
        assertThat(data.ratings.weight(data.ratings.find(0, 4))).isEqualTo(1);
    }
}
