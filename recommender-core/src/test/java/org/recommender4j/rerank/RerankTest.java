package org.recommender4j.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recommender4j.Algorithm;
import org.recommender4j.Recommender;
import org.recommender4j.Request;
import org.recommender4j.TestData;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Features;
import org.recommender4j.data.FeaturesBuilder;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.factorization.ImplicitAls;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.ItemScores;
import org.recommender4j.model.Model;
import org.recommender4j.model.TopN;
import org.recommender4j.model.TrainingData;
import org.recommender4j.popularity.Popularity;

class RerankTest {
    private static final float[] SCORES = {1f, 0.9f, 0.8f, 0.3f};
    private static final int[] ITEMS = {0, 1, 2, 3};

    /** Items 0, 1 and 4 are red, 2 is red and blue, 3 and 5 are blue. */
    private static TrainingData data() {
        FeaturesBuilder features = Features.builder();
        for (int red : new int[] {0, 1, 2, 4}) {
            features.category("colour", red, "red", 1f);
        }
        for (int blue : new int[] {2, 3, 5}) {
            features.category("colour", blue, "blue", 1f);
        }
        Interactions interactions = Interactions.builder()
                .add(0, 4, 1f)
                .add(0, 5, 1f)
                .add(1, 4, 1f)
                .add(2, 0, 1f)
                .add(3, 0, 1f)
                .build(4, 6, DuplicatePolicy.FAIL);
        return new TrainingData(
                interactions, Feedback.IMPLICIT, Float.MIN_VALUE, 0f, 1f, features.build(6), Features.none());
    }

    @Test
    void marginalRelevanceByHand() {
        ItemVectors vectors = ItemVectors.of(data(), "");
        // 0 first; then 1 has 0.9 - 1, 2 has 0.8 - cosine, 3 has 0.3 - 0: with equal shares the blue one wins.
        assertThat(new MarginalRelevance(vectors, 0.5).of(Profile.empty(), ITEMS, SCORES, 2))
                .containsExactly(0, 3);
        assertThat(new MarginalRelevance(vectors, 1).of(Profile.empty(), ITEMS, SCORES, 4))
                .containsExactly(0, 1, 2, 3);
        ItemVectors.Comparison comparison = vectors.new Comparison();
        comparison.set(0);
        assertThat(comparison.with(1)).isCloseTo(1f, within(1e-6f));
        assertThat(comparison.with(3)).isEqualTo(0f);
        assertThat(comparison.with(2)).isBetween(0.3f, 0.9f);
    }

    @Test
    void itemsWithoutCategoriesAreAlikeByTheirUsers() {
        ItemVectors vectors = ItemVectors.of(TrainingData.implicit(data().interactions()), "");
        ItemVectors.Comparison comparison = vectors.new Comparison();
        comparison.set(4);
        assertThat(comparison.with(5)).isGreaterThan(0.5f);
        assertThat(comparison.with(0)).isEqualTo(0f);
    }

    @Test
    void calibrationFollowsTheHistory() {
        Shares shares = Shares.of(data(), "colour");
        // Half red, half blue in the history: the blue item comes second, in spite of its score.
        assertThat(new Calibration(shares, 0.9).of(Profile.ofItems(4, 5), new int[] {0, 1, 3}, SCORES, 2))
                .containsExactly(0, 2);
        assertThat(new Calibration(shares, 0.9).of(Profile.ofItems(4), new int[] {0, 1, 3}, SCORES, 2))
                .containsExactly(0, 1);
        assertThat(new Calibration(shares, 0.9).of(Profile.empty(), ITEMS, SCORES, 2))
                .isEmpty();
    }

    @Test
    void divergenceByHand() {
        double[] target = {0.75, 0.25};
        assertThat(Calibration.divergence(target, new double[] {3, 1}, 4)).isCloseTo(0, within(1e-12));
        double expected =
                0.75 * Math.log(0.75 / (0.99 * 0.5 + 0.01 * 0.75)) + 0.25 * Math.log(0.25 / (0.99 * 0.5 + 0.01 * 0.25));
        assertThat(Calibration.divergence(target, new double[] {1, 1}, 2)).isCloseTo(expected, within(1e-12));
        assertThat(Calibration.divergence(target, new double[2], 0)).isCloseTo(Math.log(100), within(1e-9));
    }

    @Test
    void dampingPutsTheRareFirst() {
        Popularities popularities = Popularities.of(data());
        assertThat(popularities.of(0)).isEqualTo(1f);
        assertThat(popularities.of(1)).isEqualTo(0f);
        assertThat(popularities.of(5)).isCloseTo((float) (Math.log(2) / Math.log(3)), within(1e-6f));
        assertThat(new Damping(popularities, 0.3).of(Profile.empty(), ITEMS, SCORES, 4))
                .containsExactly(1, 2, 0, 3);
        assertThat(new Damping(popularities, 0).of(Profile.empty(), ITEMS, SCORES, 4))
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void cappingMovesWhatIsTooMuchBehind() {
        Shares shares = Shares.of(data(), "");
        assertThat(new Capping(shares, 1).of(Profile.empty(), ITEMS, SCORES, 4)).containsExactly(0, 3, 1, 2);
    }

    @Test
    void aListIsReorderedAndKeepsItsLengthAndSource() {
        Dataset<String, String> data = TestData.blocks();
        Recommender<String, String> plain =
                ImplicitAls.builder().factors(8).build().fit(data);
        Recommender<String, String> diverse = Diversify.around(
                        ImplicitAls.builder().factors(8).build())
                .relevance(0.3)
                .field("group")
                .build()
                .fit(data);
        List<String> before = plain.recommend("u1-1", 4).items();
        List<String> after = diverse.recommend("u1-1", 4).items();
        assertThat(after.get(0)).isEqualTo(before.get(0));
        assertThat(before.stream().map(item -> item.charAt(1)).distinct()).hasSize(1);
        assertThat(after.stream().map(item -> item.charAt(1)).distinct()).hasSize(4);
        assertThat(diverse.recommend("u1-1", 4).source()).isEqualTo("Diversify");
        assertThat(diverse.recommend("u1-1", 100))
                .hasSize(plain.recommend("u1-1", 100).size());
        // A longer list begins as the shorter one.
        assertThat(diverse.recommend("u1-1", 30).items().subList(0, 4)).isEqualTo(after);
        // Rules are obeyed before the reordering.
        assertThat(diverse.recommend(Request.<String, String>forUser("u1-1")
                                .filter(item -> item.startsWith("i1"))
                                .limit(3))
                        .items())
                .hasSize(3)
                .allMatch(item -> item.startsWith("i1"));
    }

    /** An item k of 400 is liked by the fewer people the larger k is; three brands. */
    private static Dataset<String, String> shop() {
        DatasetBuilder<String, String> builder = Dataset.builder();
        for (int k = 0; k < 400; k++) {
            builder.itemCategories("i" + k, "brand", "b" + k % 3);
            for (int user = 0; user < 41 - k / 10; user++) {
                builder.add("u" + user, "i" + k);
            }
        }
        return builder.build();
    }

    static Stream<Algorithm> around() {
        return Stream.of(
                Diversify.around(new Popularity()).build(),
                Calibrate.around(new Popularity()).build(),
                DampPopularity.around(new Popularity()).build(),
                CategoryCap.around(new Popularity()).build());
    }

    @ParameterizedTest
    @MethodSource("around")
    void aBoostReachesItemsFarBelowTheDepth(Algorithm reranker) {
        Recommender<String, String> recommender = reranker.fit(shop());
        Request<String, String> request =
                Request.<String, String>forHistory("i1", "i2", "i3", "i4").limit(20);
        assertThat(recommender.recommend(request).items()).doesNotContain("i358");
        assertThat(recommender.recommend(request.boost("i358", 1e6)).items())
                .first()
                .isEqualTo("i358");
        List<String> brand =
                recommender.recommend(request.boostCategory("brand", "b1", 1e6)).items();
        assertThat(brand.stream().filter(item -> Integer.parseInt(item.substring(1)) % 3 == 1))
                .hasSizeGreaterThanOrEqualTo(reranker.name().equals("CategoryCap") ? 3 : 7);
        // Without the boosted item the others are as they were.
        assertThat(recommender.recommend(request.boost("i358", 1e6).deny("i358")))
                .isEqualTo(recommender.recommend(request));
    }

    @Test
    void whatIsReorderedIsTheBoostedList() {
        TrainingData data = data();
        Order order = new Damping(Popularities.of(data), 1);
        float[] scores = {5f, 3f, 2f, -1f, -2f, 4f};
        Model inner = new ItemScores("inner", "", scores);
        Model model = new RerankedModel("outer", inner, 4, order);
        // Boosted: 0 has 5, 1 has 3, 2 has 8, 3 has -0.5, 4 has -2, 5 has 2; the first four of them are 2, 0, 1, 5.
        TopN top = new TopN(6, Eligibility.all(6), new int[] {2, 3, 5}, new float[] {4f, 2f, 0.5f});
        model.topN(Profile.empty(), top);
        int[] pool = {2, 0, 1, 5};
        int[] places = order.of(Profile.empty(), pool, new float[] {1f, 0.5f, 1 / 6f, 0f}, 4);
        assertThat(top.items())
                .containsExactly(pool[places[0]], pool[places[1]], pool[places[2]], pool[places[3]], 3, 4);
        assertThat(top.scores()).containsExactly(8f, 5f, 3f, 2f, -0.5f, -2f);
    }

    @Test
    void scoresOfAListDescend() {
        Recommender<String, String> damped =
                DampPopularity.around(new Popularity()).strength(2).build().fit(TestData.blocks());
        float previous = Float.POSITIVE_INFINITY;
        for (var entry : damped.recommend("u0-1", 50)) {
            assertThat(entry.score()).isLessThan(previous);
            previous = entry.score();
        }
    }

    @Test
    void anUnknownFieldIsNamed() {
        for (Algorithm algorithm : List.of(
                Calibrate.around(new Popularity()).field("colour").build(),
                CategoryCap.around(new Popularity()).field("colour").build(),
                Diversify.around(new Popularity()).field("colour").build())) {
            assertThatThrownBy(() -> algorithm.fit(TestData.blocks()))
                    .as(algorithm.name())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("colour");
        }
    }
}
