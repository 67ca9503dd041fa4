package org.recommender4j.neighborhood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recommender4j.Algorithm;
import org.recommender4j.Explanation;
import org.recommender4j.Recommender;
import org.recommender4j.TestData;
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

class ItemKnnTest {
    static TrainingData ratings(Interactions interactions) {
        return new TrainingData(interactions, Feedback.EXPLICIT, 4f, 1f, 5f, Features.none(), Features.none());
    }

    static void assertSame(Model first, Model second, Profile profile) {
        float[] expected = new float[first.items()];
        float[] actual = new float[second.items()];
        first.scorer(profile).score(0, first.items(), expected);
        second.scorer(profile).score(0, second.items(), actual);
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void aScoreIsTheSumOfTheSimilaritiesToTheHistory() {
        Interactions data = Naive.random(11, 60, 25, 1);
        Algorithm algorithm = ItemKnn.builder()
                .weighting(Weighting.NONE)
                .shrinkage(2)
                .asymmetry(0.6)
                .neighbors(7)
                .build();
        Model model = algorithm.train(TrainingData.implicit(data), Training.defaults());
        double[][] items = Naive.dense(data.transpose());
        for (int user = 2; user < 60; user += 9) {
            Profile profile = Profile.ofUser(user, data, true);
            for (int item = 0; item < 25; item++) {
                double[] similarities = new double[25];
                for (int other = 0; other < 25; other++) {
                    int n = Naive.common(items[item], items[other]);
                    similarities[other] = item == other || n == 0
                            ? 0
                            : Naive.similarity(Similarity.COSINE, false, 0.6, items[item], items[other]) * n / (n + 2);
                }
                double score = 0;
                for (int neighbor : Naive.best(similarities, 7)) {
                    score += data.contains(user, neighbor) ? similarities[neighbor] : 0;
                }
                float actual = model.scorer(profile).score(item);
                assertThat(actual == Scorer.UNSCORED ? 0 : actual).isCloseTo((float) score, within(1e-4f));
            }
        }
    }

    @Test
    void weightsOfImplicitFeedbackCountToTheirPower() {
        // One user of each item pair; who plays item 0 more wants what is near it more.
        Interactions data =
                Interactions.of(4, new int[] {0, 2, 4}, new int[] {0, 1, 2, 3}, new float[] {2, 2, 2, 2}, null);
        Profile profile = Profile.ofHistory(-1, new int[] {0, 2}, new float[] {9, 4}, null);
        for (double exponent : new double[] {0, 0.5, 1}) {
            Model model = ItemKnn.builder()
                    .weighting(Weighting.NONE)
                    .shrinkage(0)
                    .weightExponent(exponent)
                    .build()
                    .train(TrainingData.implicit(data), Training.defaults());
            assertThat(model.scorer(profile).score(1)).isCloseTo((float) Math.pow(9, exponent), within(1e-5f));
            assertThat(model.scorer(profile).score(3)).isCloseTo((float) Math.pow(4, exponent), within(1e-5f));
        }
    }

    @Test
    void dislikedItemsAreNoNeighborsOfLists() {
        Interactions data = Naive.random(3, 40, 12, 1, 5);
        Model model = new ItemKnn().train(ratings(data), Training.defaults());
        Profile disliked = Profile.ofHistory(-1, new int[] {0, 1, 2}, new float[] {1, 2, 3.9f}, null);
        assertThat(model.answers(disliked)).isFalse();
        Profile mixed = Profile.ofHistory(-1, new int[] {0, 1}, new float[] {5, 1}, null);
        Profile liked = Profile.ofHistory(-1, new int[] {0}, new float[] {4}, null);
        assertSame(model, model, mixed);
        float[] first = new float[12];
        float[] second = new float[12];
        model.scorer(mixed).score(0, 12, first);
        model.scorer(liked).score(0, 12, second);
        assertThat(first).isEqualTo(second);
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void predictsRatingsByTheFormula(Similarity similarity) {
        Interactions data = Naive.random(21, 30, 14, 1, 2, 3, 4, 5);
        for (Centering centering : Centering.values()) {
            Algorithm algorithm = ItemKnn.forRatings()
                    .similarity(similarity)
                    .centering(centering)
                    .neighbors(6)
                    .build();
            Model model = algorithm.train(ratings(data), Training.defaults());
            Baseline baseline = centering == Centering.MEAN ? Baseline.ofItems(data, 3) : Baseline.ofBoth(data, 3);
            Interactions neighbors =
                    algorithm.train(ratings(data), Training.defaults()).state().matrix("neighbors");
            for (int user = 0; user < 30; user += 3) {
                Profile profile = Profile.ofUser(user, data, true);
                for (int item = 0; item < 14 && user > 0; item++) {
                    double usual = baseline.ofUser(user) + baseline.ofItem(item);
                    double sum = 0;
                    double total = 0;
                    for (int p = data.begin(user); p < data.end(user); p++) {
                        int at = neighbors.find(data.column(p), item);
                        if (at >= 0) {
                            double deviation = data.weight(p) - baseline.ofUser(user) - baseline.ofItem(data.column(p));
                            sum += neighbors.weight(at) * deviation;
                            total += neighbors.weight(at);
                        }
                    }
                    float expected = (float) (usual + sum / (total + 0.5));
                    assertThat(model.scorer(profile).score(item)).isCloseTo(expected, within(1e-4f));
                    List<Contribution> parts = model.explain(profile, item);
                    assertThat((float) parts.stream()
                                    .mapToDouble(Contribution::value)
                                    .sum())
                            .isCloseTo(expected, within(1e-4f));
                }
                assertSame(model, algorithm.restore(model.state()), profile);
            }
            // A column has at most six neighbors, and a row is what it is one of.
            for (int item = 0; item < 14; item++) {
                assertThat(neighbors.transpose().length(item)).isLessThanOrEqualTo(6);
            }
        }
    }

    @Test
    void likedNeighborsRaiseAPredictionAndDislikedOnesLowerIt() {
        Recommender<String, String> recommender =
                ItemKnn.forRatings().shrinkage(2).build().fit(TestData.ratedBlocks());
        assertThat(recommender.score("u1-3", "i1-2").orElseThrow())
                .isGreaterThan(recommender.score("u1-3", "i2-2").orElseThrow() + 0.5);
        Explanation<String> why = recommender.explain("u1-3", "i1-2");
        assertThat(why.reasons()).extracting(Explanation.Reason::label).contains("usual rating");
        assertThat(recommender.similarItems("i1-2", 3).items()).allMatch(item -> item.startsWith("i1-"));
        assertThat(recommender.recommend("nobody", 3).source()).isEqualTo("Popularity");
    }

    @Test
    void survivesStrangeProfilesAndEmptyRatings() {
        Interactions data = Naive.random(2, 10, 5, 1, 5);
        Model model = ItemKnn.forRatings().build().train(ratings(data), Training.defaults());
        float[] scores = new float[5];
        Profile newer = Profile.ofHistory(99, new int[] {4, 5, 70}, new float[] {3, 3, 3}, null);
        model.scorer(newer).score(0, 5, scores);
        for (float score : scores) {
            assertThat(score).isFinite();
        }
        assertThat(model.answers(Profile.ofItems(5, 70))).isFalse();
        assertThat(model.similarItems(70)).isEmpty();
        Model nothing = ItemKnn.forRatings().build().train(ratings(Interactions.empty(2, 3)), Training.defaults());
        assertThat(nothing.scorer(Profile.ofItems(1)).score(0)).isFinite();
    }

    @Test
    void refusesWhatItCanNotDo() {
        assertThatThrownBy(() -> ItemKnn.builder()
                        .similarity(Similarity.ADJUSTED_COSINE)
                        .build()
                        .train(TrainingData.implicit(Naive.random(1, 5, 5, 1)), Training.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("adjusted_cosine");
        Map<String, List<String>> bad = Map.of(
                "neighbors", List.of("0", "-3"),
                "shrinkage", List.of("-1", "NaN"),
                "significance", List.of("-1"),
                "asymmetry", List.of("1.1", "NaN"),
                "amplification", List.of("0", "11", "NaN"),
                "weightExponent", List.of("-0.1", "NaN"),
                "maxHistory", List.of("0"),
                "similarity", List.of("euclid"));
        bad.forEach((option, values) -> values.forEach(value -> {
            for (Algorithm algorithm : List.of(new ItemKnn(), new UserKnn())) {
                String name = option.equals("maxHistory") && algorithm instanceof UserKnn ? "maxAudience" : option;
                assertThatThrownBy(() -> algorithm.with(Map.of(name, value)))
                        .as("%s=%s", name, value)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(name);
            }
        }));
    }

    @Test
    void optionsOfABuilderDoNotReachAnAlgorithmMadeBefore() {
        ItemKnn.Builder builder = ItemKnn.builder().neighbors(5);
        ItemKnn first = builder.build();
        builder.neighbors(9);
        assertThat(first.options()).containsEntry("neighbors", "5");
        assertThat(first.with(Map.of("neighbors", "3")).options()).containsEntry("neighbors", "3");
        assertThat(first.options()).containsEntry("neighbors", "5");
    }

    @Test
    void refusesAStateThatDoesNotFit() {
        Interactions data = Naive.random(2, 10, 5, 1, 5);
        Algorithm algorithm = ItemKnn.forRatings().build();
        ModelState good = algorithm.train(ratings(data), Training.defaults()).state();
        ModelState bad = new ModelState().put("baseline", good.child("baseline"));
        bad.put("neighbors", Interactions.empty(4, 5));
        assertThatThrownBy(() -> algorithm.restore(bad)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> algorithm.restore(new ModelState())).isInstanceOf(IllegalArgumentException.class);
    }
}
