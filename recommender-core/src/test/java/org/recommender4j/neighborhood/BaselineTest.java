package org.recommender4j.neighborhood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;

class BaselineTest {
    private final Interactions ratings = Naive.random(5, 40, 15, 1, 2, 4, 5);

    @Test
    void biasesAreWhereTheObjectiveHasItsMinimum() {
        Baseline baseline = Baseline.ofBoth(ratings, 3);
        double mean = 0;
        for (int p = 0; p < ratings.size(); p++) {
            mean += ratings.weight(p) / ratings.size();
        }
        Interactions deviations = baseline.deviations(ratings);
        for (int user = 0; user < 40; user++) {
            double gradient = 0;
            for (int p = deviations.begin(user); p < deviations.end(user); p++) {
                gradient += deviations.weight(p);
            }
            assertThat(gradient).isCloseTo(15 * (baseline.ofUser(user) - mean), within(1e-3));
        }
        for (int item = 0; item < 15; item++) {
            double gradient = 0;
            Interactions users = deviations.transpose();
            for (int p = users.begin(item); p < users.end(item); p++) {
                gradient += users.weight(p);
            }
            assertThat(gradient).isCloseTo(10 * baseline.ofItem(item), within(1e-3));
        }
    }

    @Test
    void meansAreMeans() {
        Baseline users = Baseline.ofUsers(ratings, 3);
        Baseline items = Baseline.ofItems(ratings, 3);
        double sum = 0;
        for (int p = ratings.begin(7); p < ratings.end(7); p++) {
            sum += ratings.weight(p);
        }
        assertThat(users.ofUser(7)).isCloseTo((float) (sum / ratings.length(7)), within(1e-5f));
        assertThat(users.ofItem(3)).isZero();
        sum = 0;
        Interactions audiences = ratings.transpose();
        for (int p = audiences.begin(3); p < audiences.end(3); p++) {
            sum += audiences.weight(p);
        }
        assertThat(items.ofUser(7) + items.ofItem(3)).isCloseTo((float) (sum / audiences.length(3)), within(1e-5f));
    }

    @Test
    void aFoldedInUserHasTheTrainedBias() {
        for (Baseline baseline : new Baseline[] {Baseline.ofBoth(ratings, 3), Baseline.ofUsers(ratings, 3)}) {
            for (int user = 0; user < 40; user++) {
                Profile trained = Profile.ofUser(user, ratings, true);
                Profile folded = Profile.ofHistory(user, trained.items(), trained.weights(), null);
                assertThat(baseline.ofProfile(folded)).isCloseTo(baseline.ofProfile(trained), within(1e-5f));
            }
        }
        assertThat(Baseline.zero(40, 15).ofProfile(Profile.ofUser(3, ratings, false)))
                .isZero();
    }

    @Test
    void withoutRatingsTheGuessIsTheMiddle() {
        Baseline baseline = Baseline.ofBoth(Interactions.empty(2, 2), 3.5f);
        assertThat(baseline.ofUser(0) + baseline.ofItem(1)).isEqualTo(3.5f);
    }
}
