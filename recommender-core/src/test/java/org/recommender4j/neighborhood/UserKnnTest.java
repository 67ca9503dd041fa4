package org.recommender4j.neighborhood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recommender4j.Algorithm;
import org.recommender4j.TestData;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

class UserKnnTest {
    private static final int USERS = 70;
    private static final int ITEMS = 25;

    private static Profile untrained(Interactions data, int user, int as) {
        Profile stored = Profile.ofUser(user, data, true);
        return Profile.ofHistory(as, stored.items(), stored.weights(), null);
    }

    @Test
    void aScoreIsTheSumOfTheSimilaritiesOfThoseWhoLikeTheItem() {
        Interactions data = Naive.random(11, USERS, ITEMS, 1);
        Model model = UserKnn.builder()
                .weighting(Weighting.NONE)
                .shrinkage(0)
                .asymmetry(0.5)
                .amplification(2)
                .popularityPenalty(0.3)
                .neighbors(7)
                .build()
                .train(TrainingData.implicit(data), Training.defaults());
        double[][] users = Naive.dense(data);
        for (int user = 2; user < USERS; user += 5) {
            double[] similarities = new double[USERS];
            for (int other = 0; other < USERS; other++) {
                similarities[other] = other == user || Naive.common(users[user], users[other]) == 0
                        ? 0
                        : Naive.similarity(Similarity.COSINE, false, 0.5, users[user], users[other]);
            }
            Scorer scorer = model.scorer(Profile.ofUser(user, data, true));
            for (int item = 0; item < ITEMS; item++) {
                double score = 0;
                for (int neighbor : Naive.best(similarities, 7)) {
                    score += data.contains(neighbor, item) ? Math.pow(similarities[neighbor], 2) : 0;
                }
                score *= Math.pow(Math.max(1, data.transpose().length(item)), -0.3);
                float actual = scorer.score(item);
                assertThat(actual == Scorer.UNSCORED ? 0 : actual).isCloseTo((float) score, within(1e-4f));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void aHistoryThatIsFoldedInIsAnsweredLikeATrainedOne(Similarity similarity) {
        Interactions counts = Naive.random(12, USERS, ITEMS, 1, 2, 5);
        for (boolean explicit : new boolean[] {false, true}) {
            for (boolean ratings : new boolean[] {false, true}) {
                if (similarity == Similarity.ADJUSTED_COSINE && !(explicit && ratings)) {
                    continue;
                }
                Algorithm algorithm = UserKnn.builder()
                        .similarity(similarity)
                        .predictRatings(ratings)
                        .weightExponent(0.5)
                        .neighbors(9)
                        .build();
                TrainingData data = explicit ? ItemKnnTest.ratings(counts) : TrainingData.implicit(counts);
                Model model = algorithm.train(data, Training.defaults());
                Model restored = algorithm.restore(model.state());
                for (int user = 0; user < USERS; user += 7) {
                    Profile trained = Profile.ofUser(user, counts, true);
                    Profile folded = untrained(counts, user, user);
                    float[] expected = new float[ITEMS];
                    float[] actual = new float[ITEMS];
                    model.scorer(trained).score(0, ITEMS, expected);
                    model.scorer(folded).score(0, ITEMS, actual);
                    for (int item = 0; item < ITEMS; item++) {
                        if (expected[item] == Scorer.UNSCORED) {
                            assertThat(actual[item]).isEqualTo(Scorer.UNSCORED);
                        } else {
                            assertThat(actual[item]).isCloseTo(expected[item], within(1e-4f));
                        }
                    }
                    ItemKnnTest.assertSame(model, restored, trained);
                    ItemKnnTest.assertSame(model, restored, folded);
                }
            }
        }
    }

    @Test
    void aUserIsNotTheOwnNeighborButATwinIs() {
        Interactions data = Naive.random(13, USERS, ITEMS, 1);
        Model model = UserKnn.builder()
                .weighting(Weighting.NONE)
                .neighbors(1)
                .build()
                .train(TrainingData.implicit(data), Training.defaults());
        int user = 5;
        // To a session with this user's history the user is the nearest, so that all of the history is scored, and only
        // that.
        Scorer session = model.scorer(untrained(data, user, -1));
        for (int item = 0; item < ITEMS; item++) {
            assertThat(session.score(item) != Scorer.UNSCORED).isEqualTo(data.contains(user, item));
        }
        Scorer own = model.scorer(untrained(data, user, user));
        boolean same = true;
        for (int item = 0; item < ITEMS; item++) {
            same &= own.score(item) != Scorer.UNSCORED == data.contains(user, item);
        }
        assertThat(same).isFalse();
    }

    @Test
    void explanationsAddUpToTheScore() {
        Interactions data = Naive.random(14, USERS, ITEMS, 1, 3);
        for (Similarity similarity : new Similarity[] {Similarity.COSINE, Similarity.JACCARD, Similarity.PEARSON}) {
            Model model = UserKnn.builder()
                    .similarity(similarity)
                    .weightExponent(0.5)
                    .neighbors(10)
                    .build()
                    .train(TrainingData.implicit(data), Training.defaults());
            int explained = 0;
            for (int user = 2; user < USERS; user += 6) {
                for (Profile profile : new Profile[] {Profile.ofUser(user, data, true), untrained(data, user, -1)}) {
                    for (int item = 0; item < ITEMS; item++) {
                        float score = model.scorer(profile).score(item);
                        double sum = 0;
                        for (Contribution part : model.explain(profile, item)) {
                            assertThat(data.contains(user, part.item())).isTrue();
                            sum += part.value();
                            explained++;
                        }
                        assertThat((float) sum)
                                .isCloseTo(score == Scorer.UNSCORED ? 0 : score, within(1e-3f * (1 + Math.abs(score))));
                    }
                }
            }
            assertThat(explained).isGreaterThan(100);
        }
    }

    @Test
    void predictsRatingsByTheFormula() {
        Interactions data = Naive.random(21, USERS, ITEMS, 1, 2, 3, 4, 5);
        for (Centering centering : Centering.values()) {
            Model model = UserKnn.forRatings()
                    .centering(centering)
                    .neighbors(8)
                    .shrinkage(1)
                    .build()
                    .train(ItemKnnTest.ratings(data), Training.defaults());
            Baseline baseline = centering == Centering.MEAN ? Baseline.ofUsers(data, 3) : Baseline.ofBoth(data, 3);
            Interactions neighbors = model.state().matrix("neighbors");
            for (int user = 1; user < USERS; user += 11) {
                Profile profile = Profile.ofUser(user, data, true);
                for (int item = 0; item < ITEMS; item++) {
                    double sum = 0;
                    double total = 0;
                    for (int q = neighbors.begin(user); q < neighbors.end(user); q++) {
                        int neighbor = neighbors.column(q);
                        int at = data.find(neighbor, item);
                        if (at >= 0) {
                            sum += neighbors.weight(q)
                                    * (data.weight(at) - baseline.ofUser(neighbor) - baseline.ofItem(item));
                            total += neighbors.weight(q);
                        }
                    }
                    double expected = baseline.ofUser(user) + baseline.ofItem(item) + sum / (total + 0.5);
                    float score = model.scorer(profile).score(item);
                    assertThat(score).isCloseTo((float) expected, within(1e-4f));
                    assertThat((float) model.explain(profile, item).stream()
                                    .mapToDouble(Contribution::value)
                                    .sum())
                            .isCloseTo(score, within(1e-4f));
                }
            }
        }
    }

    @Test
    void timesDoNotStayInTheModel() {
        Interactions data = TestData.random(3, 30, 20).interactions();
        assertThat(data.hasTimes()).isTrue();
        Model likes = new UserKnn().train(TrainingData.implicit(data), Training.defaults());
        assertThat(likes.state().has("positives/columns")).isTrue();
        assertThat(likes.state().has("positives/times")).isFalse();
        Model ratings = UserKnn.forRatings().build().train(ItemKnnTest.ratings(data), Training.defaults());
        assertThat(ratings.state().has("ratings/columns")).isTrue();
        assertThat(ratings.state().has("ratings/times")).isFalse();
    }

    @Test
    void survivesStrangeProfiles() {
        Interactions data = Naive.random(2, 10, 5, 1, 5);
        for (Algorithm algorithm :
                new Algorithm[] {new UserKnn(), UserKnn.forRatings().build()}) {
            Model model = algorithm.train(ItemKnnTest.ratings(data), Training.defaults());
            float[] scores = new float[5];
            Profile newer = Profile.ofHistory(99, new int[] {4, 5, 70}, new float[] {5, 5, 5}, null);
            model.scorer(newer).score(0, 5, scores);
            for (float score : scores) {
                assertThat(score).isNotNaN();
            }
            assertThat(model.answers(Profile.ofItems(5, 70))).isFalse();
            assertThat(model.answers(Profile.empty())).isFalse();
        }
    }

    @Test
    void refusesAStateThatDoesNotFit() {
        Interactions data = Naive.random(2, 10, 5, 1, 5);
        for (Algorithm algorithm :
                new Algorithm[] {new UserKnn(), UserKnn.forRatings().build()}) {
            ModelState good = algorithm
                    .train(ItemKnnTest.ratings(data), Training.defaults())
                    .state();
            ModelState bad = new ModelState();
            good.texts().forEach(bad::put);
            good.tensors().forEach((name, tensor) -> {
                if (!name.startsWith("neighbors/")) {
                    bad.put(name, tensor);
                }
            });
            bad.put("neighbors", Interactions.empty(9, 10));
            assertThatThrownBy(() -> algorithm.restore(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("neighbors");
            assertThatThrownBy(() -> algorithm.restore(new ModelState())).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new UserKnn().with(Map.of("popularityPenalty", "-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("popularityPenalty");
    }
}
