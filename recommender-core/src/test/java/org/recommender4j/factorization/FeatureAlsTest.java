package org.recommender4j.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.recommender4j.Recommender;
import org.recommender4j.TestData;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.data.Features;
import org.recommender4j.data.FeaturesBuilder;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.TextAnalyzer;
import org.recommender4j.model.FeatureMatrix;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

class FeatureAlsTest {
    /** Users of group g like items of group g; the last item and the last user of each group have features only. */
    private static DatasetBuilder<String, String> groups() {
        SplittableRandom random = new SplittableRandom(7);
        DatasetBuilder<String, String> builder = Dataset.builder();
        for (int group = 0; group < 3; group++) {
            for (int item = 0; item < 20; item++) {
                builder.itemCategories("i" + group + "-" + item, "genre", "g" + group);
            }
            for (int user = 0; user < 20; user++) {
                builder.userCategories("u" + group + "-" + user, "team", "t" + group);
                for (int item = 0; item < 19; item++) {
                    if (user < 19 && random.nextDouble() < 0.5) {
                        builder.add("u" + group + "-" + user, "i" + group + "-" + item);
                    }
                }
            }
        }
        return builder;
    }

    @Test
    void newItemsAndUsersAreKnownByTheirFeatures() {
        Recommender<String, String> recommender = new FeatureAls().fit(groups().build());
        double own = recommender.score("u1-3", "i1-19").orElseThrow();
        assertThat(own)
                .isGreaterThan(5 * Math.abs(recommender.score("u0-3", "i1-19").orElseThrow()));
        var list = recommender.recommend("u2-19", 10);
        assertThat(list.source()).isEqualTo("FeatureAls");
        assertThat(list.items()).allMatch(item -> item.startsWith("i2-"));
        assertThat(recommender.audience("i1-19", 10).items()).allMatch(user -> user.startsWith("u1-"));
    }

    @Test
    void withoutFeaturesItIsImplicitAls() {
        TrainingData data = TrainingData.implicit(TestData.random(3, 50, 40).interactions());
        ImplicitAls als = ImplicitAls.builder().factors(5).iterations(3).build();
        FactorModel plain = (FactorModel) als.train(data, Training.defaults());
        FactorModel same = (FactorModel) FeatureAls.builder().als(als).build().train(data, Training.defaults());
        assertThat(same.state().floats("items")).isEqualTo(plain.state().floats("items"));
        assertThat(same.state().floats("users")).isEqualTo(plain.state().floats("users"));
    }

    @Test
    void aFoldInCountsOnTheItemsAsTheyAreInTheEnd() {
        TrainingData data = TrainingData.of(groups().build());
        ImplicitAls als = ImplicitAls.builder().factors(5).iterations(3).build();
        ModelState state = FeatureAls.builder()
                .als(als)
                .build()
                .train(data, Training.defaults())
                .state();
        float[] items = state.floats("items");
        float[] spectrum = state.floats("spectrum");
        for (int r = 0; r < 5; r++) {
            for (int c = 0; c < 5; c++) {
                double sum = 0;
                for (int at = 0; at < items.length; at += 5) {
                    sum += (double) items[at + r] * items[at + c];
                }
                assertThat(sum).isCloseTo(r == c ? spectrum[r] : 0, within(1e-4 * spectrum[0]));
            }
        }
    }

    @Test
    void anApproximateSearchIsThatOfTheItemsAsTheyAreInTheEnd() {
        SplittableRandom random = new SplittableRandom(5);
        DatasetBuilder<Integer, Integer> builder = Dataset.builder();
        for (int item = 0; item < 9_000; item++) {
            builder.add(random.nextInt(400), item % 6_000);
            builder.itemCategories(item, "genre", "g" + random.nextInt(60));
            builder.addItem(item);
        }
        TrainingData data = TrainingData.of(builder.build());
        ImplicitAls als = ImplicitAls.builder()
                .factors(4)
                .iterations(2)
                .retrieval(Retrieval.APPROXIMATE)
                .build();
        ModelState state = FeatureAls.builder()
                .als(als)
                .build()
                .train(data, Training.defaults())
                .state();
        float[] vectors = state.floats("items");
        ItemFactors items =
                new ItemFactors(9_000, 4, (item, out, offset) -> System.arraycopy(vectors, item * 4, out, offset, 4));
        ModelState expected = new ModelState();
        ApproximateSearch.of(items, state.floats("users"), Training.defaults()).addTo(expected);
        assertThat(state.ints("clusters")).isEqualTo(expected.ints("clusters"));
        assertThat(state.text("deviations")).isEqualTo(expected.text("deviations"));
    }

    @Test
    void theMapSolvesTheNormalEquations() {
        SplittableRandom random = new SplittableRandom(11);
        int rows = 70;
        int d = 5;
        FeaturesBuilder builder = Features.builder();
        for (int row = 0; row < rows; row++) {
            builder.category("c", row, "v" + random.nextInt(9));
            builder.vector("x", row, new float[] {(float) random.nextDouble(), (float) random.nextDouble(), 1f});
        }
        FeatureMatrix features =
                FeatureMatrix.of(builder.build(rows), Map.of(), FeatureMatrix.Weighting.TFIDF, TextAnalyzer.standard());
        float[] vectors = new float[rows * d];
        float[] weights = new float[rows];
        for (int k = 0; k < vectors.length; k++) {
            vectors[k] = (float) random.nextDouble(-1, 1);
        }
        for (int row = 0; row < rows; row++) {
            weights[row] = row % 7 == 0 ? 0f : (float) random.nextDouble();
        }
        float[] fast = new FeatureRidge(features, d, Training.defaults()).predict(vectors, weights, 0.5);
        double[] slow = naive(features, vectors, weights, d, 0.5);
        for (int k = 0; k < fast.length; k++) {
            assertThat((double) fast[k]).isCloseTo(slow[k], within(2e-3));
        }
    }

    /** Gaussian elimination of the normal equations. */
    private static double[] naive(FeatureMatrix features, float[] vectors, float[] weights, int d, double lambda) {
        Interactions sparse = features.sparse();
        int rows = features.rows();
        int n = sparse.columns() + features.dimensions();
        double[][] x = new double[rows][n];
        for (int row = 0; row < rows; row++) {
            for (int p = sparse.begin(row); p < sparse.end(row); p++) {
                x[row][sparse.column(p)] = sparse.weight(p);
            }
            for (int k = 0; k < features.dimensions(); k++) {
                x[row][sparse.columns() + k] = features.dense()[row * features.dimensions() + k];
            }
        }
        double[][] a = new double[n][n + d];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a[i][j] += weights[row] * x[row][i] * x[row][j];
                }
                for (int k = 0; k < d; k++) {
                    a[i][n + k] += weights[row] * x[row][i] * vectors[row * d + k];
                }
            }
        }
        for (int i = 0; i < n; i++) {
            a[i][i] += lambda;
        }
        for (int i = 0; i < n; i++) {
            for (int other = 0; other < n; other++) {
                if (other != i) {
                    double factor = a[other][i] / a[i][i];
                    for (int j = i; j < n + d; j++) {
                        a[other][j] -= factor * a[i][j];
                    }
                }
            }
        }
        double[] result = new double[rows * d];
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < d; k++) {
                for (int i = 0; i < n; i++) {
                    result[row * d + k] += x[row][i] * a[i][n + k] / a[i][i];
                }
            }
        }
        return result;
    }

    @Test
    void onlyImplicitAlsFitsInside() {
        assertThatThrownBy(() -> new FeatureAls().with(Map.of("als", "Popularity")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ImplicitAls");
        assertThat(new FeatureAls()
                        .with(Map.of("als", "ImplicitAls{factors=5}"))
                        .options()
                        .get("als"))
                .contains("factors=5");
    }
}
