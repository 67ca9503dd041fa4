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
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

class FactorModelTest {
    private static final int USERS = 5;

    private final Interactions nothing = Interactions.empty(USERS, 0);

    private static FactorModel model(int items, int d) {
        SplittableRandom random = new SplittableRandom(31L * items + d);
        float[] users = floats(random, USERS * d);
        float[] rows = floats(random, items * d);
        Arrays.fill(users, 0, d, 0f);
        if (items > 2) {
            Arrays.fill(rows, 2 * d, 3 * d, 0f);
        }
        if (items > 40) {
            // Equal scores: the smaller index goes first.
            System.arraycopy(rows, 5 * d, rows, 40 * d, d);
            System.arraycopy(rows, 5 * d, rows, 33 * d, d);
        }
        float[] spectrum = new float[d];
        Arrays.fill(spectrum, 2f);
        AlsFoldIn foldIn = new AlsFoldIn(new AlsOptions(0.1, 0.1, 1), spectrum, items);
        return new FactorModel("Test", users, Panels.of(rows, items, d), d, foldIn, 1f, false);
    }

    private static float[] floats(SplittableRandom random, int n) {
        float[] result = new float[n];
        for (int i = 0; i < n; i++) {
            result[i] = (float) random.nextDouble() - 0.5f;
        }
        return result;
    }

    private Profile user(int user) {
        return Profile.ofUser(user, nothing, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32, 33, 97, 1025, 2000})
    void listsBlocksAndSingleScoresAgreeToTheBit(int items) {
        for (int d : new int[] {1, 7, 33, 64}) {
            FactorModel model = model(items, d);
            for (int user = 1; user < USERS; user++) {
                Scorer scorer = model.scorer(user(user));
                float[] all = new float[items];
                scorer.score(0, items, all);
                int[] excluded = items > 5 ? new int[] {1, 4, items - 1} : new int[0];
                for (int n : new int[] {0, 1, 10, items + 5}) {
                    TopN expected = new TopN(n, Eligibility.allExcept(items, excluded));
                    for (int item = 0; item < items; item++) {
                        assertThat(scorer.score(item)).isEqualTo(all[item]);
                        expected.offer(item, all[item]);
                    }
                    TopN actual = new TopN(n, Eligibility.allExcept(items, excluded));
                    model.topN(user(user), actual);
                    assertThat(actual.items()).isEqualTo(expected.items());
                    assertThat(actual.scores()).isEqualTo(expected.scores());
                }
                int[] candidates = {0, items / 2, items - 1};
                Eligibility listed = Eligibility.builder(items).only(candidates).build();
                TopN top = new TopN(3, listed);
                model.topN(user(user), top);
                for (int k = 0; k < top.size(); k++) {
                    assertThat(top.scores()[k]).isEqualTo(all[top.items()[k]]);
                }
                assertThat(top.size()).isEqualTo(listed.eligible());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 33, 97, 2000})
    void aBatchGivesTheSameLists(int items) {
        for (int d : new int[] {1, 33, 64}) {
            FactorModel model = model(items, d);
            List<Profile> profiles = new ArrayList<>();
            List<TopN> batch = new ArrayList<>();
            List<TopN> single = new ArrayList<>();
            for (int k = 0; k < 300; k++) {
                profiles.add(k % 5 == 0 ? Profile.ofItems(k % items) : user(k % 5));
                Eligibility.Builder rules = Eligibility.builder(items).seen(new int[] {k % items});
                if (k % 7 == 6) {
                    rules.only(new int[] {0, items / 2, items - 1, k % items});
                }
                Eligibility eligibility = rules.build();
                batch.add(new TopN(k % 13, eligibility, new int[] {0}, new float[] {1 + k % 3}));
                single.add(new TopN(k % 13, eligibility, new int[] {0}, new float[] {1 + k % 3}));
            }
            model.topN(profiles, batch);
            for (int k = 0; k < 300; k++) {
                model.topN(profiles.get(k), single.get(k));
                assertThat(batch.get(k).items()).isEqualTo(single.get(k).items());
                assertThat(batch.get(k).scores()).isEqualTo(single.get(k).scores());
            }
        }
    }

    @Test
    void boostsReachItemsBelowTheThreshold() {
        FactorModel model = model(500, 16);
        TopN plain = new TopN(100, Eligibility.all(500));
        model.topN(user(1), plain);
        int lifted = plain.items()[60];
        TopN boosted = new TopN(3, Eligibility.all(500), new int[] {lifted}, new float[] {1000f});
        model.topN(user(1), boosted);
        assertThat(boosted.items()[0]).isEqualTo(lifted);
    }

    @Test
    void zeroVectorsHaveNoAnswer() {
        FactorModel model = model(50, 8);
        assertThat(model.answers(user(0))).isFalse();
        assertThat(model.answers(user(1))).isTrue();
        assertThat(model.answers(Profile.ofItems(2))).isFalse();
        assertThat(model.answers(Profile.ofItems(2, 3))).isTrue();
        assertThat(model.answers(Profile.ofItems(50, 1000))).isFalse();
        assertThat(model.answers(Profile.empty())).isFalse();
        assertThat(model.similarItems(2)).isEmpty();
        assertThat(model.similarItems(99)).isEmpty();
        assertThat(model.audience(2)).isEmpty();
        assertThat(model.explain(Profile.ofItems(2), 3)).isEmpty();
    }

    @Test
    void itemsAddedAfterTheTrainingAreIgnored() {
        FactorModel model = model(50, 8);
        float[] known = model.userVector(Profile.ofItems(3, 7));
        assertThat(model.userVector(Profile.ofItems(3, 50, 7, 2_000_000))).isEqualTo(known);
        assertThat(model.userVector(Profile.ofUser(
                        7,
                        Interactions.builder().add(7, 3, 1f).add(7, 7, 1f).build(8, 50, DuplicatePolicy.FAIL),
                        true)))
                .isEqualTo(known);
    }

    @Test
    void similarityIsTheCosineAndTheAudienceTheScore() {
        FactorModel model = model(77, 13);
        float[] cosine = new float[77];
        model.similarItems(9).orElseThrow().score(0, 77, cosine);
        float[] a = model.itemVector(9);
        for (int item = 0; item < 77; item++) {
            float[] b = model.itemVector(item);
            double dot = 0;
            double aa = 0;
            double bb = 0;
            for (int k = 0; k < 13; k++) {
                dot += a[k] * b[k];
                aa += a[k] * a[k];
                bb += b[k] * b[k];
            }
            if (item == 2) {
                assertThat(cosine[item]).isEqualTo(Scorer.UNSCORED);
            } else {
                assertThat((double) cosine[item]).isCloseTo(dot / Math.sqrt(aa * bb), within(1e-5));
            }
        }
        float[] audience = new float[3];
        model.audience(9).orElseThrow().score(2, 5, audience);
        for (int user = 2; user < 5; user++) {
            assertThat(audience[user - 2]).isEqualTo(model.scorer(user(user)).score(9));
        }
    }

    @Test
    void aRestoredModelIsEqual() {
        FactorModel model = model(77, 13);
        Model restored = new ImplicitAls().restore(model.state());
        assertThat(restored.users()).isEqualTo(USERS);
        assertThat(restored.state().texts()).isEqualTo(model.state().texts());
        for (Profile profile : new Profile[] {user(3), Profile.ofItems(4, 9)}) {
            float[] expected = new float[77];
            float[] actual = new float[77];
            model.scorer(profile).score(0, 77, expected);
            restored.scorer(profile).score(0, 77, actual);
            assertThat(actual).isEqualTo(expected);
            assertThat(restored.explain(profile, 5)).isEqualTo(model.explain(profile, 5));
        }
    }

    @Test
    void aStateThatDoesNotFitIsRefused() {
        ImplicitAls algorithm = new ImplicitAls();
        assertThatThrownBy(() -> algorithm.restore(new ModelState())).isInstanceOf(IllegalArgumentException.class);
        ModelState flat = new ModelState().put("items", new float[6]).put("users", new float[6], 2, 3);
        assertThatThrownBy(() -> algorithm.restore(flat))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("items");
        ModelState wrong = new ModelState().put("items", new float[6], 3, 2).put("users", new float[6], 2, 3);
        assertThatThrownBy(() -> algorithm.restore(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("users");
    }
}
