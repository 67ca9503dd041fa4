package org.recommender4j.streaming.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Scorer;

class SessionModelTest {
    private static final long MINUTE = 60_000L;

    @Test
    void scoresAsTheFormulaSays() {
        SessionKnn algorithm = SessionKnn.builder()
                .neighbors(1000)
                .positionDecay(2)
                .neighborDecay(1.5)
                .recencyHalfLifeDays(0.01)
                .rarity(1)
                .backward(0.5)
                .build();
        OnlineModel model = algorithm.start();
        SplittableRandom random = new SplittableRandom(4);
        List<int[]> sessions = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        for (int s = 0; s < 70; s++) {
            int[] items = random.ints(random.nextInt(1, 8), 0, 25).toArray();
            sessions.add(items);
            times.add(s * MINUTE + items.length - 1);
            for (int k = 0; k < items.length; k++) {
                model.update(s, items[k], 1, s * MINUTE + k);
            }
        }
        int[] current = {9, 4, 17}; // Newest first.
        double[] expected = new double[25];
        long now = 0;
        for (int s = 0; s < sessions.size(); s++) {
            for (int item : current) {
                now = contains(sessions.get(s), item) ? Math.max(now, times.get(s)) : now;
            }
        }
        for (int s = 0; s < sessions.size(); s++) {
            int[] items = sessions.get(s);
            double overlap = 0;
            int common = -1;
            for (int p = current.length - 1; p >= 0; p--) {
                if (contains(items, current[p])) {
                    overlap += Math.exp(-p / 2.0);
                    for (int k = 0; k < items.length; k++) {
                        common = items[k] == current[p] ? k : common;
                    }
                }
            }
            double age = (now - times.get(s)) / 86_400_000.0;
            double similarity = overlap / Math.sqrt(3.0 * items.length) * Math.pow(0.5, age / 0.01);
            for (int k = 0; k < items.length && common >= 0; k++) {
                if (k != common) {
                    int item = items[k];
                    long having = sessions.stream()
                            .filter(other -> contains(other, item))
                            .count();
                    expected[item] += similarity
                            * Math.exp(-Math.abs(k - common) / 1.5)
                            * Math.log(1 + 70.0 / having)
                            * (k < common ? 0.5 : 1);
                }
            }
        }
        Scorer scorer = model.scorer(Profile.ofItems(17, 4, 9));
        for (int item = 0; item < 25; item++) {
            if (expected[item] == 0) {
                assertThat(scorer.score(item)).isEqualTo(Scorer.UNSCORED);
            } else {
                assertThat((double) scorer.score(item)).isCloseTo(expected[item], offset(1e-5 * expected[item]));
            }
        }
    }

    private static boolean contains(int[] items, int item) {
        for (int each : items) {
            if (each == item) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aGapBeginsANewSession() {
        OnlineModel model = SessionKnn.builder().sessionGapMinutes(30).build().start();
        model.update(0, 1, 1, 0);
        model.update(0, 2, 1, 30 * MINUTE);
        model.update(0, 3, 1, 61 * MINUTE);
        Scorer scorer = model.scorer(Profile.ofItems(2));
        assertThat(scorer.score(1)).isPositive();
        assertThat(scorer.score(3)).isEqualTo(Scorer.UNSCORED);
        // And so with the history of the one who asks.
        model.update(5, 7, 1, 62 * MINUTE);
        model.update(5, 3, 1, 63 * MINUTE);
        Profile now = Profile.ofHistory(-1, new int[] {2, 7}, null, new long[] {0, 31 * MINUTE});
        assertThat(model.scorer(now).score(1)).isEqualTo(Scorer.UNSCORED);
        assertThat(model.scorer(now).score(3)).isPositive();
    }

    @Test
    void theOwnSessionDoesNotVote() {
        OnlineModel model = new SessionKnn().start();
        model.update(0, 1, 1, 0);
        model.update(0, 2, 1, 1);
        Profile own = Profile.ofHistory(0, new int[] {1}, null, null);
        assertThat(model.answers(own)).isFalse();
        assertThat(model.scorer(own).score(2)).isEqualTo(Scorer.UNSCORED);
        assertThat(model.scorer(Profile.ofItems(1)).score(2)).isPositive();
    }

    @Test
    void remembersTheNewestSessionsOnly() {
        OnlineModel model =
                SessionKnn.builder().maxSessions(10).sessionsPerItem(3).build().start();
        for (int s = 0; s < 40; s++) {
            model.update(s, 0, 1, s * MINUTE);
            model.update(s, 1 + s, 1, s * MINUTE + 1);
        }
        Scorer scorer = model.scorer(Profile.ofItems(0));
        for (int s = 0; s < 40; s++) {
            assertThat(scorer.score(1 + s) > 0).as("session %d", s).isEqualTo(s >= 37);
        }
        assertThat(model.state().child("sessions").ints("users")).hasSize(10);
        // An item of a session that is gone leads nowhere.
        assertThat(model.answers(Profile.ofItems(3))).isFalse();
        assertThat(model.forget(39).residue()).contains("older sessions");
        assertThat(model.forget(2).removed()).isZero();
    }

    @Test
    void aSessionWithoutEndStaysShort() {
        OnlineModel model = new SessionKnn().start();
        for (int k = 0; k < 1000; k++) {
            model.update(0, k, 1, k);
        }
        assertThat(model.state().child("sessions").ints("items")).hasSize(200).startsWith(800);
        assertThat(model.answers(Profile.ofItems(700))).isFalse();
    }

    @Test
    void aReasonIsByHowMuchTheScoreFallsWithoutTheItem() {
        OnlineModel model = SessionKnn.builder().sessionItems(3).build().start();
        for (int user = 0; user < 30; user++) {
            for (int k = 0; k < 4; k++) {
                model.update(user, (user * 3 + k * k) % 8, 1, user * 24 * 60 * MINUTE + k);
            }
        }
        int[] items =
                java.util.stream.IntStream.range(0, 50_000).map(k -> 49_999 - k).toArray();
        Profile profile = Profile.ofHistory(-1, items, null, null);
        for (int item = 0; item < 8; item++) {
            float score = model.scorer(profile).score(item);
            float[] value = new float[3];
            for (int k = 0; k < 3 && Float.isFinite(score); k++) {
                float without =
                        model.scorer(profile.without(items.length - 1 - k)).score(item);
                value[k] = score - (Float.isFinite(without) ? without : 0);
            }
            float[] told = new float[3];
            model.explain(profile, item).forEach(reason -> told[reason.item()] = reason.value());
            assertThat(told).as("item %d", item).containsExactly(value);
        }
    }
}
