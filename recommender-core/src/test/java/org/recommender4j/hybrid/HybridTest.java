package org.recommender4j.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.recommender4j.Algorithm;
import org.recommender4j.Recommender;
import org.recommender4j.TestData;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;
import org.recommender4j.data.Profile;
import org.recommender4j.factorization.ImplicitAls;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;
import org.recommender4j.popularity.Popularity;

class HybridTest {
    private static final float NONE = Scorer.UNSCORED;
    private static final TrainingData FIVE_ITEMS =
            TrainingData.implicit(Interactions.builder().add(0, 4, 1f).build(1, 5, DuplicatePolicy.FAIL));
    /** Knows item 4. */
    private static final Profile PROFILE = Profile.ofItems(4);

    private static float[] scores(Model model, Profile profile) {
        float[] scores = new float[model.items()];
        model.scorer(profile).score(0, scores.length, scores);
        return scores;
    }

    private static Model train(Algorithm algorithm) {
        return algorithm.train(FIVE_ITEMS, Training.defaults());
    }

    private static int[] order(Model model, Profile profile) {
        TopN top = new TopN(model.items(), Eligibility.all(model.items()));
        model.topN(profile, top);
        return top.items();
    }

    @Test
    void blendAddsWeightedScoresOnOneScale() {
        // Without item 4, the history: 0 to 1 by minimum and maximum; the unscored item counts as the lowest.
        Model model = train(Blend.builder()
                .add(new FixedScores(0f, 5f, 10f, 2f, 100f), 1)
                .add(new FixedScores(-1f, NONE, -3f, -2f, NONE), 0.5)
                .normalization(Normalization.MIN_MAX)
                .build());
        assertThat(scores(model, PROFILE)).containsExactly(0f + 0.5f, 0.5f, 1f, 0.2f + 0.25f, 10f);
    }

    @Test
    void blendByZScoreByHand() {
        Model model = train(
                Blend.builder().add(new FixedScores(1f, 2f, 3f, 4f, 77f), 2).build());
        double deviation = Math.sqrt(1.25);
        float[] scores = scores(model, PROFILE);
        for (int item = 0; item < 4; item++) {
            assertThat((double) scores[item]).isCloseTo(2 * (item - 1.5) / deviation, within(1e-6));
        }
    }

    @Test
    void whatNobodyScoresIsNotRecommendedAndAMemberWithoutAnswerIsLeftOut() {
        Model model = train(Blend.builder()
                .add(new FixedScores(NONE, 1f, 2f, 3f, 4f))
                .add(new FixedScores(NONE, NONE, NONE, NONE, NONE))
                .build());
        assertThat(scores(model, PROFILE)[0]).isEqualTo(NONE);
        assertThat(order(model, PROFILE)).containsExactly(4, 3, 2, 1);
        assertThat(model.answers(Profile.empty())).isFalse();
    }

    @Test
    void popularityAsAMemberDoesNotMakeAStrangerKnown() {
        Model model = train(Blend.builder()
                .add(new FixedScores(1f, 2f, 3f, 4f, 5f))
                .add(new Popularity())
                .build());
        assertThat(model.answers(Profile.empty())).isFalse();
        assertThat(model.answers(PROFILE)).isTrue();
        assertThat(train(Blend.builder().add(new Popularity()).build()).answers(Profile.empty()))
                .isTrue();
    }

    @Test
    void reasonsOfABlendAddUpToItsScoreUpToTheShift() {
        Model model = train(Blend.builder()
                .add(new FixedScores(0f, 5f, 10f, 2f, 0f), 3)
                .add(new FixedScores(0f, 0f, 8f, 4f, 0f), 1)
                .normalization(Normalization.MAX)
                .build());
        List<Contribution> reasons = model.explain(PROFILE, 2);
        assertThat(reasons).containsExactly(Contribution.ofItem(4, 4f));
        assertThat(scores(model, PROFILE)[2]).isEqualTo(4f);
    }

    @Test
    void learnedWeightsPreferTheMemberThatPredicts() {
        Dataset<String, String> data = TestData.blocks();
        Blend blend = Blend.builder()
                .add(ImplicitAls.builder().factors(8).build())
                .add(new Popularity(), 10)
                .learnWeights(true)
                .build();
        BlendModel model = (BlendModel) blend.train(TrainingData.of(data), Training.defaults());
        float[] weights = model.state().floats("weights");
        assertThat(weights[0] / weights[1]).isGreaterThan(1f);
        Model given = Blend.builder()
                .add(ImplicitAls.builder().factors(8).build(), weights[0])
                .add(new Popularity(), weights[1])
                .build()
                .train(TrainingData.of(data), Training.defaults());
        Profile profile = Profile.ofUser(3, data.interactions(), true);
        assertThat(scores(model, profile)).isEqualTo(scores(given, profile));
    }

    @Test
    void weightSearchNeverMakesItWorse() {
        SplittableRandom random = new SplittableRandom(1);
        List<Holdout.Candidates> users = new ArrayList<>();
        for (int u = 0; u < 40; u++) {
            int n = 50;
            float[][] scores = new float[3][n];
            boolean[] relevant = new boolean[n];
            int[] items = new int[n];
            int count = 0;
            for (int k = 0; k < n; k++) {
                items[k] = k;
                relevant[k] = random.nextInt(10) == 0;
                count += relevant[k] ? 1 : 0;
                scores[0][k] = (float) random.nextDouble();
                scores[1][k] = (float) random.nextDouble() + (relevant[k] ? 0.5f : 0f);
                scores[2][k] = -scores[1][k];
            }
            if (count > 0) {
                users.add(new Holdout.Candidates(Profile.empty(), items, scores, relevant, count));
            }
        }
        WeightSearch search = new WeightSearch(users);
        float[] start = {1f, 1f, 1f};
        float[] found = search.search(start);
        assertThat(search.ndcg(found)).isGreaterThan(search.ndcg(start) + 0.1);
        assertThat(found[1]).isGreaterThan(2 * found[0]).isGreaterThan(found[2]);
        assertThat(search.ndcg(new float[] {0f, 1f, 0f})).isLessThanOrEqualTo(search.ndcg(found) + 0.01);
    }

    @Test
    void rankFusionByHand() {
        Model model = train(RankFusion.builder()
                .add(new FixedScores(9f, 8f, 7f, 6f, 99f))
                .add(new FixedScores(1f, 3f, NONE, 2f, NONE))
                .rankConstant(60)
                .build());
        float[] scores = scores(model, PROFILE);
        double[] expected = {1 / 61.0 + 1 / 63.0, 1 / 62.0 + 1 / 61.0, 1 / 63.0, 1 / 64.0 + 1 / 62.0, 1 / 61.0};
        for (int item = 0; item < 5; item++) {
            assertThat((double) scores[item]).as("item %d", item).isCloseTo(expected[item], within(1e-8));
        }
    }

    @Test
    void cascadeReordersTheFirstOnesBestAndKeepsTheRestBehind() {
        Model model = train(Cascade.builder()
                .members(new FixedScores(9f, 8f, 7f, 6f, 5f), new FixedScores(1f, 2f, 3f, 4f, 5f))
                .candidates(2)
                .build());
        assertThat(order(model, PROFILE)).containsExactly(1, 0, 2, 3, 4);
    }

    @Test
    void switchChoosesByHistoryAndByItem() {
        Interactions data =
                Interactions.builder().add(0, 0, 1f).add(0, 1, 1f).add(1, 0, 1f).build(2, 5, DuplicatePolicy.FAIL);
        FixedScores cold = new FixedScores(5f, 4f, 3f, 2f, 1f);
        FixedScores warm = new FixedScores(1f, 2f, 3f, 4f, 5f);
        Model byUser = Switch.builder()
                .members(cold, warm)
                .userFrom(2)
                .build()
                .train(TrainingData.implicit(data), Training.defaults());
        assertThat(order(byUser, Profile.ofItems(0))).containsExactly(0, 1, 2, 3, 4);
        assertThat(order(byUser, Profile.ofItems(0, 1))).containsExactly(4, 3, 2, 1, 0);
        Model byItem = Switch.builder()
                .members(cold, warm)
                .userFrom(1)
                .itemFrom(2)
                .build()
                .train(TrainingData.implicit(data), Training.defaults());
        // Only item 0 has two interactions: it keeps the warm score, which is the lowest; the others have the cold
        // ones.
        assertThat(order(byItem, Profile.ofItems(0))).containsExactly(1, 2, 3, 4, 0);
    }

    @Test
    void fallbackFillsAListFromOneMemberAfterTheOther() {
        Recommender<String, String> recommender = Fallback.builder()
                .add(ImplicitAls.builder().factors(4).build())
                .add(new Popularity())
                .build()
                .fit(TestData.blocks());
        assertThat(recommender.recommend("u1-1", 5).source()).isEqualTo("ImplicitAls");
        assertThat(recommender.recommend("nobody", 5).source()).isEqualTo("Popularity");
    }

    @Test
    void wrongMembersAreRefused() {
        assertThatThrownBy(() -> Blend.builder().build()).hasMessageContaining("members");
        assertThatThrownBy(() -> Blend.builder().add(new Popularity(), -1)).hasMessageContaining("weight");
        assertThatThrownBy(() -> Blend.builder().add(new Popularity(), Double.NaN))
                .hasMessageContaining("weight");
        assertThatThrownBy(() -> Blend.builder().add(new Popularity(), 0).build())
                .hasMessageContaining("above 0");
        assertThatThrownBy(() -> Cascade.builder().build()).hasMessageContaining("2");
        assertThatThrownBy(() -> new Cascade().with(Map.of("members", "Popularity")))
                .hasMessageContaining("2 members");
        assertThatThrownBy(() -> new Blend().with(Map.of("weights", "1"))).hasMessageContaining("weights");
    }

    @Test
    void weightsOfABlendSurviveOtherMembersAndOnesFitAnyNumber() {
        Algorithm blend = Blend.builder()
                .add(new Popularity(), 2)
                .add(new ImplicitAls(), 0.5)
                .build();
        assertThat(blend.with(Map.of("members", "ItemKnn, UserKnn")).options()).containsEntry("weights", "2.0, 0.5");
        assertThatThrownBy(() -> blend.with(Map.of("members", "ItemKnn")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 members, but 2 weights");
        assertThat(blend.with(Map.of("weights", "1", "members", "ItemKnn"))
                        .with(Map.of("members", "Popularity, ItemKnn, UserKnn"))
                        .options())
                .containsEntry("weights", "1.0, 1.0, 1.0");
    }

    @Test
    void treesAndLogisticRegressionFindASignal() {
        SplittableRandom random = new SplittableRandom(5);
        int n = 4000;
        float[] values = new float[n * 3];
        boolean[] labels = new boolean[n];
        for (int row = 0; row < n; row++) {
            for (int f = 0; f < 3; f++) {
                values[row * 3 + f] = (float) random.nextDouble();
            }
            // Only both together: beyond a linear model.
            boolean both = values[row * 3] > 0.7f && values[row * 3 + 1] > 0.7f;
            labels[row] = random.nextDouble() < (both ? 0.9 : 0.05);
        }
        Rows rows = new Rows(3, values, labels);
        Ranker trees = TreeRanker.fit(rows);
        Ranker logistic = LogisticRanker.fit(rows);
        float[] probe = {0.9f, 0.9f, 0.1f, 0.9f, 0.1f, 0.9f, 0.1f, 0.1f, 0.5f};
        assertThat(trees.score(probe, 0)).isGreaterThan(trees.score(probe, 1) + 2f);
        assertThat(trees.score(probe, 0)).isGreaterThan(trees.score(probe, 2) + 2f);
        assertThat(logistic.score(probe, 0)).isGreaterThan(logistic.score(probe, 1));
        assertThat(logistic.score(probe, 1)).isGreaterThan(logistic.score(probe, 2));
        assertThat(TreeRanker.restore(trees.state(), 3).score(probe, 0)).isEqualTo(trees.score(probe, 0));
    }

    @Test
    void logisticRegressionEqualsTheClosedFormOfOneBinaryFeature() {
        // 30 of 100 with the feature, 10 of 100 without: the odds ratio is (30/70)/(10/90), up to the small ridge.
        float[] values = new float[200];
        boolean[] labels = new boolean[200];
        for (int row = 0; row < 200; row++) {
            values[row] = row < 100 ? 1f : 0f;
            labels[row] = row < 30 || (row >= 100 && row < 110);
        }
        Ranker ranker = LogisticRanker.fit(new Rows(1, values, labels));
        double difference = ranker.score(new float[] {1f, 0f}, 0) - ranker.score(new float[] {1f, 0f}, 1);
        assertThat(difference).isCloseTo(Math.log((30 / 70.0) / (10 / 90.0)), within(0.15));
    }

    @Test
    void rankersTakeRowsWithoutAnyPositive() {
        Rows none = new Rows(2, new float[20], new boolean[10]);
        assertThat(TreeRanker.fit(none).score(new float[2], 0)).isEqualTo(0f);
        assertThat(LogisticRanker.fit(none).score(new float[2], 0)).isEqualTo(0f);
        Rows empty = new Rows(2, new float[0], new boolean[0]);
        assertThat(TreeRanker.fit(empty).score(new float[2], 0)).isEqualTo(0f);
        assertThat(LogisticRanker.fit(empty).score(new float[2], 0)).isEqualTo(0f);
    }

    @Test
    void aStackBeatsItsMembersOnWhatNeedsBoth() {
        // Users like the items of their own group that are in their own parity: each member sees one of the two.
        InteractionsBuilder builder = Interactions.builder();
        SplittableRandom random = new SplittableRandom(9);
        int items = 120;
        for (int user = 0; user < 200; user++) {
            for (int item = 0; item < items; item++) {
                boolean likes = item % 4 == user % 4;
                if (random.nextDouble() < (likes ? 0.4 : 0.01)) {
                    builder.add(user, item, 1f);
                }
            }
        }
        Interactions data = builder.build(200, items, DuplicatePolicy.FAIL);
        for (FeatureStack.Learner learner : FeatureStack.Learner.values()) {
            Model stack = FeatureStack.builder()
                    .add(new Popularity())
                    .add(ImplicitAls.builder().factors(4).build())
                    .learner(learner)
                    .build()
                    .train(TrainingData.implicit(data), Training.defaults());
            int right = 0;
            for (int user = 0; user < 200; user++) {
                Profile profile = Profile.ofUser(user, data, true);
                TopN top = new TopN(5, Tiers.unseen(items, profile));
                stack.topN(profile, top);
                for (int item : top.items()) {
                    right += item % 4 == user % 4 ? 1 : 0;
                }
            }
            assertThat(right).as("%s", learner).isGreaterThan(950);
        }
    }
}
