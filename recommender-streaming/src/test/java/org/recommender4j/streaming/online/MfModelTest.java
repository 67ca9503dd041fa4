package org.recommender4j.streaming.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.ModelState;

class MfModelTest {
    private static final IncrementalMf OPTIONS = IncrementalMf.builder()
            .factors(5)
            .regularization(0.1)
            .unobservedWeight(0.05)
            .build();

    /** The objective as it is defined, over all pairs. */
    private static double objective(MfModel model) {
        ModelState state = model.state();
        float[] p = state.floats("userFactors");
        float[] q = state.floats("itemFactors");
        int users = p.length / 5;
        int items = q.length / 5;
        float[][] weights = new float[users][items];
        ModelState events = state.child("events");
        int at = 0;
        for (int n = 0; n < events.ints("users").length; n++) {
            for (int k = 0; k < events.ints("counts")[n]; k++, at++) {
                weights[events.ints("users")[n]][events.ints("items")[at]] = events.floats("weights")[at];
            }
        }
        double sum = 0;
        for (float value : p) {
            sum += OPTIONS.regularization * value * value;
        }
        for (float value : q) {
            sum += OPTIONS.regularization * value * value;
        }
        for (int u = 0; u < users; u++) {
            for (int i = 0; i < items; i++) {
                double dot = 0;
                for (int f = 0; f < 5; f++) {
                    dot += p[5 * u + f] * q[5 * i + f];
                }
                float w = weights[u][i];
                double target = w > 0 ? 1 : 0;
                sum += w == 0 ? 0.05 * dot * dot : Math.abs(w) * (target - dot) * (target - dot);
            }
        }
        return sum;
    }

    @Test
    void everySweepImprovesTheObjective() {
        MfModel model = new MfModel(OPTIONS);
        List<OnlineModelContractTest.Event> events = OnlineModelContractTest.blocks(21, 250, 8);
        OnlineModelContractTest.feed(model, events);
        for (int k = 0; k < 15; k++) {
            model.update(k, 19, k % 3 - 1.5f, 1_000_000_000L + k);
        }
        double before = objective(model);
        for (int sweep = 0; sweep < 6; sweep++) {
            model.sweep();
            double after = objective(model);
            assertThat(after).isLessThan(before);
            before = after;
        }
    }

    @Test
    void anEventIsInTheNextAnswer() {
        MfModel model = new MfModel(OPTIONS);
        OnlineModelContractTest.feed(model, OnlineModelContractTest.blocks(20, 800, 8));
        int user = 77;
        model.update(user, 13, 1, 1_000_000_000L);
        Profile profile = Profile.ofHistory(user, new int[] {13}, null, null);
        assertThat(OnlineModelContractTest.best(model, profile, 5))
                .satisfies(best -> assertThat(best[0]).isGreaterThanOrEqualTo(10));
        float liked = model.scorer(profile).score(13);
        model.update(user, 13, -1, 1_000_000_001L);
        assertThat(model.scorer(profile).score(13)).isLessThan(liked);
    }

    @Test
    void foldingInGivesAboutTheSameAsLearning() {
        MfModel model = new MfModel(OPTIONS);
        OnlineModelContractTest.feed(model, OnlineModelContractTest.blocks(20, 800, 8));
        for (int sweep = 0; sweep < 10; sweep++) {
            model.sweep();
        }
        model.update(50, 3, 1, 1_000_000_000L);
        model.update(50, 4, 1, 1_000_000_001L);
        float[] known = OnlineModelContractTest.scores(model, Profile.ofHistory(50, new int[] {3, 4}, null, null));
        float[] folded = OnlineModelContractTest.scores(model, Profile.ofItems(3, 4));
        for (int item = 0; item < known.length; item++) {
            assertThat(folded[item]).isCloseTo(known[item], org.assertj.core.data.Offset.offset(0.15f));
        }
    }

    @Test
    void forgettingTheOnlyUserOfAnItemForgetsTheItem() {
        MfModel model = new MfModel(OPTIONS);
        OnlineModelContractTest.feed(model, OnlineModelContractTest.blocks(20, 400, 8));
        model.update(5, 33, 1, 1_000_000_000L);
        Profile profile = Profile.ofItems(3);
        assertThat(model.scorer(profile).score(33)).isFinite();
        model.forget(5);
        assertThat(model.scorer(profile).score(33)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(model.audience(3).orElseThrow().score(5)).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void reasonsAddUpToTheScoreOfALongHistoryToo() {
        MfModel model = new MfModel(OPTIONS);
        OnlineModelContractTest.feed(model, OnlineModelContractTest.blocks(20, 800, 8));
        int items = 20_000;
        for (int item = 0; item < items; item++) {
            model.update(30, item, 1, 1_000_000_000L + item);
        }
        model.update(31, 3, 1, 2_000_000_000L);
        for (int user : new int[] {1, 30, 31}) {
            int[] history = user == 30
                    ? java.util.stream.IntStream.range(0, items).toArray()
                    : user == 31 ? new int[] {3} : new int[] {11, 13, 17};
            Profile profile = Profile.ofHistory(user, history, null, null).withUser(user, true);
            List<Contribution> reasons = model.explain(profile, 5);
            double sum = reasons.stream().mapToDouble(Contribution::value).sum();
            assertThat(sum).isCloseTo(model.scorer(profile).score(5), org.assertj.core.data.Offset.offset(1e-4));
            assertThat(reasons.get(0).item()).isEqualTo(history[0]);
            assertThat(reasons.get(reasons.size() - 1).label()).isEqualTo("earlier steps of learning");
        }
        assertThat(model.explain(Profile.ofItems(1), items + 5)).isEmpty();
    }
}
