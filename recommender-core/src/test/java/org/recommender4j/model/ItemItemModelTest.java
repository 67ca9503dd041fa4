package org.recommender4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;
import org.recommender4j.data.Profile;

class ItemItemModelTest {
    private final SplittableRandom random = new SplittableRandom(17);

    /** Sparse, with negative weights, some empty rows, and pairs of weights that cancel each other. */
    private Interactions matrix(int items) {
        InteractionsBuilder builder = Interactions.builder();
        for (int row = 0; row < items; row++) {
            for (int k = 0; k < row % 7; k++) {
                builder.add(row, random.nextInt(items), (random.nextInt(9) - 4) / 2f);
            }
        }
        return builder.build(items, items, DuplicatePolicy.LAST);
    }

    private Profile profile(int items, int length) {
        int[] history =
                random.ints(0, items).distinct().limit(Math.min(items, length)).toArray();
        float[] weights = new float[history.length];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = random.nextInt(5) / 2f;
        }
        return Profile.ofHistory(-1, history, weights, null);
    }

    private static float naive(Interactions weights, Profile profile, float positiveFrom, double exponent, int item) {
        float sum = 0;
        boolean mentioned = false;
        for (int k = 0; k < profile.size(); k++) {
            if (profile.weight(k) >= positiveFrom && weights.contains(profile.item(k), item)) {
                mentioned = true;
                sum += (float) StrictMath.pow(profile.weight(k), exponent)
                        * weights.weight(weights.find(profile.item(k), item));
            }
        }
        return mentioned ? sum : Scorer.UNSCORED;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 257, 1500})
    void everyWayToAScoreIsTheSumOfTheRows(int items) {
        Interactions weights = matrix(items);
        for (double exponent : new double[] {0, 0.5, 1, 2}) {
            ItemItemModel model = new ItemItemModel("Test", weights, 0.5f, exponent);
            for (int length : new int[] {0, 1, 5, 40}) {
                Profile profile = profile(items, length);
                float[] expected = new float[items];
                for (int item = 0; item < items; item++) {
                    expected[item] = naive(weights, profile, 0.5f, exponent, item);
                }
                float[] block = new float[items];
                model.scorer(profile).score(0, items, block);
                assertThat(block).isEqualTo(expected);
                Scorer single = model.scorer(profile);
                int[] all = new int[items];
                for (int item = 0; item < items; item++) {
                    assertThat(single.score(item)).isEqualTo(expected[item]);
                    all[item] = items - 1 - item;
                }
                for (int count : new int[] {Math.min(items, 3), items}) {
                    float[] listed = new float[count];
                    model.scorer(profile).score(all, count, listed);
                    for (int k = 0; k < count; k++) {
                        assertThat(listed[k]).isEqualTo(expected[all[k]]);
                    }
                }
                boolean any = false;
                for (int k = 0; k < profile.size(); k++) {
                    any |= profile.weight(k) >= 0.5f && weights.length(profile.item(k)) > 0;
                }
                assertThat(model.answers(profile)).isEqualTo(any);
            }
        }
    }

    @Test
    void whatAddsUpToZeroHasAScoreAndWhatIsNotMentionedHasNone() {
        Interactions weights =
                Interactions.of(4, new int[] {0, 2, 3, 3, 3}, new int[] {2, 3, 2}, new float[] {1, 0, -1}, null);
        ItemItemModel model = new ItemItemModel("Test", weights, 1f, 1);
        float[] scores = new float[4];
        model.scorer(Profile.ofItems(0, 1)).score(0, 4, scores);
        assertThat(scores).containsExactly(Scorer.UNSCORED, Scorer.UNSCORED, 0f, 0f);
        TopN top = new TopN(4, Eligibility.all(4));
        model.topN(Profile.ofItems(0, 1), top);
        assertThat(top.items()).containsExactly(2, 3);
    }

    @Test
    void explanationsAreTheSummands() {
        int items = 60;
        Interactions weights = matrix(items);
        ItemItemModel model = new ItemItemModel("Test", weights, 0.5f, 1);
        int explained = 0;
        for (int round = 0; round < 50; round++) {
            Profile profile = profile(items, 12);
            List<Integer> history = Arrays.stream(profile.items()).boxed().toList();
            for (int item = 0; item < items; item++) {
                float score = model.scorer(profile).score(item);
                List<Contribution> parts = model.explain(profile, item);
                assertThat(parts.isEmpty()).isEqualTo(score == Scorer.UNSCORED);
                if (!parts.isEmpty()) {
                    assertThat(parts.stream().mapToDouble(Contribution::value).sum())
                            .isEqualTo(score);
                    assertThat(history)
                            .containsAll(parts.stream().map(Contribution::item).toList());
                    explained++;
                }
            }
        }
        assertThat(explained).isGreaterThan(100);
    }

    @Test
    void similarItemsAreTheRow() {
        Interactions weights =
                Interactions.of(3, new int[] {0, 2, 2, 3}, new int[] {1, 2, 0}, new float[] {.5f, .25f, 1}, null);
        ItemItemModel model = new ItemItemModel("Test", weights, 1f, 1);
        assertThat(model.similarItems(0).orElseThrow().score(2)).isEqualTo(.25f);
        assertThat(model.similarItems(0).orElseThrow().score(0)).isEqualTo(Scorer.UNSCORED);
        assertThat(model.similarItems(1)).isEmpty();
        assertThat(model.similarItems(3)).isEmpty();
    }

    @Test
    void survivesHostileHistories() {
        ItemItemModel model = new ItemItemModel("Test", matrix(30), 0f, 1);
        float[] scores = new float[30];
        Profile newer =
                Profile.ofHistory(7, new int[] {29, 30, 1_000_000}, new float[] {Float.MAX_VALUE, 1, 1}, new long[3]);
        model.scorer(newer).score(0, 30, scores);
        for (float score : scores) {
            assertThat(score == Scorer.UNSCORED || Float.isFinite(score)).isTrue();
        }
        assertThat(model.answers(Profile.empty())).isFalse();
        assertThat(new ItemItemModel("Test", Interactions.empty(0, 0), 0f, 1).answers(newer))
                .isFalse();
    }

    @Test
    void comesBackFromItsStateAndRefusesABadOne() {
        Interactions weights = matrix(40);
        ItemItemModel model = new ItemItemModel("Test", weights, 2f, 0.5);
        ItemItemModel same = ItemItemModel.restore("Test", model.state());
        assertThat(same.state().texts()).isEqualTo(model.state().texts());
        Profile profile = profile(40, 10);
        for (int item = 0; item < 40; item++) {
            assertThat(same.scorer(profile).score(item))
                    .isEqualTo(model.scorer(profile).score(item));
        }
        assertThatThrownBy(() -> new ItemItemModel("Test", Interactions.empty(2, 3), 1f, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 x 3");
        assertThatThrownBy(() -> new ItemItemModel("Test", Interactions.empty(2, 2), 1f, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exponent");
        ModelState state = new ModelState().put("positiveFrom", "1").put("exponent", "1");
        assertThatThrownBy(() -> ItemItemModel.restore("Test", state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weights");
        state.put("weights", Interactions.empty(2, 3));
        assertThatThrownBy(() -> ItemItemModel.restore("Test", state)).isInstanceOf(IllegalArgumentException.class);
    }
}
