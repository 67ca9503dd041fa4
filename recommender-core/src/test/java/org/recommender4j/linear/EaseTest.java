package org.recommender4j.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.data.Features;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

class EaseTest {
    /** The closed form of the paper in double. */
    private static double[][] naive(Interactions data, double regularization) {
        double[][] x = Dense.of(data);
        double[][] gram = Dense.multiply(Dense.transpose(x), x);
        for (int i = 0; i < gram.length; i++) {
            gram[i][i] += regularization;
        }
        double[][] p = Dense.inverse(gram);
        double[][] b = new double[p.length][p.length];
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < p.length; j++) {
                b[i][j] = i == j ? 0 : -p[i][j] / p[j][j];
            }
        }
        return b;
    }

    private static Model train(Interactions data, double regularization) {
        return Ease.builder()
                .regularization(regularization)
                .build()
                .train(TrainingData.implicit(data), Training.defaults());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 33, 100, 170})
    void isTheClosedForm(int items) {
        Interactions data = Dense.interactions(items, 3 * items, items);
        double[][] b = naive(data, 2);
        Model model = train(data, 2);
        for (int user = 0; user < data.rows(); user++) {
            Profile profile = Profile.ofUser(user, data, true);
            assertThat(model.answers(profile)).isEqualTo(data.length(user) > 0);
            float[] scores = new float[items];
            model.scorer(profile).score(0, items, scores);
            for (int item = 0; item < items; item++) {
                if (data.transpose().length(item) == 0) {
                    assertThat(scores[item]).isEqualTo(Scorer.UNSCORED);
                    continue;
                }
                double expected = 0;
                for (int j : data.row(user)) {
                    expected += b[j][item];
                }
                assertThat((double) scores[item]).isCloseTo(expected, within(1e-5));
            }
        }
    }

    @Test
    void contributionsAddUpToTheScore() {
        Interactions data = Dense.interactions(5, 200, 60);
        Model model = train(data, 5);
        Profile session = Profile.ofItems(3, 1, 59, 20, 4, 1_000);
        for (int item = 0; item < 59; item++) {
            List<Contribution> parts = model.explain(session, item);
            assertThat(parts).extracting(Contribution::item).isSubsetOf(3, 1, 20, 4);
            float score = model.scorer(session).score(item);
            if (score != Scorer.UNSCORED) {
                assertThat(parts.stream().mapToDouble(Contribution::value).sum())
                        .isCloseTo(score, within(1e-5));
            }
        }
        assertThat(model.explain(session, 59)).isEmpty();
        assertThat(model.similarItems(59)).isEmpty();
        assertThat(model.similarItems(1_000)).isEmpty();
        assertThat(model.answers(Profile.ofItems(59, 1_000))).isFalse();
    }

    @Test
    void onlyLikedItemsCount() {
        Interactions ratings = Interactions.of(
                3, new int[] {0, 2, 4, 6, 7}, new int[] {0, 1, 0, 1, 0, 2, 2}, new float[] {5, 4, 4, 5, 4, 1, 5}, null);
        TrainingData data = new TrainingData(ratings, Feedback.EXPLICIT, 4f, 1f, 5f, Features.none(), Features.none());
        Model model = new Ease().train(data, Training.defaults());
        Interactions liked = ratings.atLeast(4f, true);
        Model same = new Ease().train(TrainingData.implicit(liked), Training.defaults());
        Profile history = Profile.ofHistory(-1, new int[] {0, 2}, new float[] {5, 1}, null);
        assertThat(model.scorer(history).score(1))
                .isEqualTo(same.scorer(Profile.ofItems(0)).score(1));
        assertThat(model.answers(Profile.ofHistory(-1, new int[] {0}, new float[] {3}, null)))
                .isFalse();
    }

    @Test
    void refusesACatalogueThatDoesNotFitBeforeItAllocates() {
        int items = 100_000;
        int[] offsets = new int[items + 1];
        Arrays.setAll(offsets, i -> i);
        int[] columns = new int[items];
        Arrays.setAll(columns, i -> i);
        TrainingData large = TrainingData.implicit(Interactions.of(items, offsets, columns, null, null));
        assertThatThrownBy(() -> new Ease().train(large, Training.defaults()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("40102 MB")
                .hasMessageContaining("100000 items")
                .hasMessageContaining("2048")
                .hasMessageContaining("GraphFilter");
        TrainingData small = TrainingData.implicit(Dense.interactions(1, 2_000, 600));
        Ease tight = Ease.builder().maxMemoryMb(1).build();
        assertThatThrownBy(() -> tight.train(small, Training.defaults()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("maxMemoryMb");
        // Only items with users take memory.
        assertThat(tight.train(TrainingData.implicit(Interactions.empty(3, items)), Training.defaults())
                        .items())
                .isEqualTo(items);
    }

    @Test
    void saysSoWhenFloatsDoNotSuffice() {
        int[] offsets = new int[101];
        Arrays.setAll(offsets, user -> 2 * user);
        int[] columns = new int[200];
        Arrays.setAll(columns, k -> k % 2);
        Interactions twins = Interactions.of(2, offsets, columns, null, null);
        assertThatThrownBy(() -> train(twins, 1e-6))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("regularization");
    }

    @Test
    void refusesABrokenState() {
        Ease ease = new Ease();
        Model model = train(Dense.interactions(2, 50, 20), 5);
        ModelState good = model.state();
        assertThat(ease.restore(good).scorer(Profile.ofItems(1, 2)).score(3))
                .isEqualTo(model.scorer(Profile.ofItems(1, 2)).score(3));
        int[] items = good.ints("items");
        int[] repeated = items.clone();
        repeated[1] = repeated[0];
        float[] weights = good.floats("weights").clone();
        weights[7] = Float.NaN;
        for (ModelState bad : List.of(
                state(repeated, good.floats("weights"), "20"),
                state(items, good.floats("weights"), "3"),
                state(items, good.floats("weights"), "-1"),
                state(items, new float[5], "20"),
                state(items, weights, "20"))) {
            assertThatThrownBy(() -> ease.restore(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static ModelState state(int[] items, float[] weights, String count) {
        return new ModelState()
                .put("items", items)
                .put("weights", weights)
                .put("itemCount", count)
                .put("positiveFrom", "1");
    }

    @Test
    void settersRefuseNonsense() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Ease.builder().regularization(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("regularization")
                    .hasMessageContaining(Double.toString(bad));
        }
        assertThatThrownBy(() -> Ease.builder().maxMemoryMb(0)).hasMessageContaining("maxMemoryMb");
    }
}
