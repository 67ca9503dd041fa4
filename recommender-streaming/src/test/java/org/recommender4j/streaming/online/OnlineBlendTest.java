package org.recommender4j.streaming.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

class OnlineBlendTest {
    private static OnlineModel knn() {
        return IncrementalItemKnn.builder().shrinkage(0).build().start();
    }

    @Test
    void addsTheSharesOfTheBestScores() {
        OnlineModel popular = new DecayedPopularity().start();
        OnlineModel similar = knn();
        OnlineBlend blend =
                OnlineBlend.builder().add(popular, 1).add(similar, 3).build();
        OnlineModelContractTest.feed(blend, OnlineModelContractTest.blocks(20, 500, 1));
        Profile profile = Profile.ofItems(2, 5);
        float[] a = OnlineModelContractTest.scores(popular, profile);
        float[] b = OnlineModelContractTest.scores(similar, profile);
        float bestA = max(a);
        float bestB = max(b);
        float[] sum = OnlineModelContractTest.scores(blend, profile);
        for (int item = 0; item < 20; item++) {
            float expected = a[item] / bestA + (b[item] == Scorer.UNSCORED ? 0 : 3 * b[item] / bestB);
            assertThat(sum[item]).isCloseTo(expected, offset(1e-5f));
        }
        int[] best = OnlineModelContractTest.best(blend, profile, 20);
        assertThat(best).hasSize(20);
        for (int k = 1; k < best.length; k++) {
            assertThat(sum[best[k]]).isLessThanOrEqualTo(sum[best[k - 1]]);
        }
        float explained = 0;
        for (var part : blend.explain(profile, best[0])) {
            explained += part.value();
        }
        assertThat(explained).isCloseTo(sum[best[0]], offset(1e-4f));
    }

    private static float max(float[] scores) {
        float max = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            max = Math.max(max, score);
        }
        return max;
    }

    @Test
    void aMemberThatDoesNotAnswerIsLeftOut() {
        OnlineBlend blend = OnlineBlend.builder()
                .add(new DecayedPopularity().start(), 1)
                .add(knn(), 1)
                .build();
        assertThat(OnlineModelContractTest.best(blend, Profile.empty(), 3)).isEmpty();
        blend.update(0, 4, 1, 0);
        assertThat(blend.answers(Profile.empty())).isTrue();
        assertThat(OnlineModelContractTest.best(blend, Profile.empty(), 3)).containsExactly(4, 0, 1);
        assertThat(OnlineModelContractTest.scores(blend, Profile.empty())[4]).isEqualTo(1f);
        assertThat(blend.forget(0).removed()).isEqualTo(2);
        assertThatThrownBy(() -> OnlineBlend.builder().build()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> OnlineBlend.builder().add(knn(), 0)).hasMessageContaining("weight");
    }

    @Test
    void aBoostReachesWhatIsFarBelowTheBestOfEachMember() {
        OnlineBlend blend = OnlineBlend.builder()
                .add(new DecayedPopularity().start(), 1)
                .add(knn(), 1)
                .build();
        for (int item = 0; item < 400; item++) {
            for (int user = 0; user < 41 - item / 10; user++) {
                blend.update(user, item, 1, 0);
            }
        }
        Eligibility all = Eligibility.all(400);
        TopN plain = new TopN(3, all);
        blend.topN(Profile.empty(), plain);
        assertThat(plain.items()).doesNotContain(390);
        TopN boosted = new TopN(3, all, new int[] {390}, new float[] {1e6f});
        blend.topN(Profile.empty(), boosted);
        assertThat(boosted.items()).containsExactly(390, plain.items()[0], plain.items()[1]);
    }
}
