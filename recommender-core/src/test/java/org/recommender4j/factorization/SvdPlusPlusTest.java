package org.recommender4j.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.TimedModel;
import org.recommender4j.model.Training;

class SvdPlusPlusTest {
    private static final Training ONE = Training.defaults().withThreads(1);

    @Test
    void theRegressionSolvesItsNormalEquations() {
        int users = 19;
        int items = 13;
        Interactions train = Ratings.random(8, users, items, 0.4);
        RatingData data = RatingData.of(Ratings.of(train), 1);
        RatingSide byUser = data.users(2);
        byUser.initialize(3, 1);
        HistoryRegression regression = new HistoryRegression(byUser, data.items(2), 0.5, 2, ONE);
        regression.solve(items + 5);
        for (int k = 0; k < 3; k++) {
            double[][] a = new double[items][items + 1];
            for (int u = 0; u < users; u++) {
                int length = train.length(u);
                for (int p = train.begin(u); p < train.end(u); p++) {
                    double weight = Math.sqrt(length);
                    for (int q = train.begin(u); q < train.end(u); q++) {
                        a[train.column(p)][train.column(q)] += weight / length;
                    }
                    a[train.column(p)][items] += weight / Math.sqrt(length) * byUser.vectors[u * byUser.stride + k];
                }
            }
            for (int j = 0; j < items; j++) {
                a[j][j] += 2;
            }
            double[] expected = Naive.solve(a);
            for (int j = 0; j < items; j++) {
                assertThat(regression.solution()[j * byUser.stride + k]).isCloseTo((float) expected[j], within(1e-3f));
            }
            // The means are what the solution predicts.
            double mean = 0;
            for (int p = train.begin(2); p < train.end(2); p++) {
                mean += expected[train.column(p)] / Math.sqrt(train.length(2));
            }
            assertThat(byUser.means[2 * byUser.stride + k]).isCloseTo((float) mean, within(1e-3f));
        }
    }

    /** Users rate either even or odd items, all alike; only whom a user rates tells what the user likes. */
    @Test
    void whatIsRatedSaysSomethingWithoutTheRatings() {
        SplittableRandom random = new SplittableRandom(5);
        InteractionsBuilder builder = Interactions.builder();
        for (int user = 0; user < 80; user++) {
            for (int item = 0; item < 24; item++) {
                if (item < 20 ? item % 2 == user % 2 && random.nextInt(3) > 0 : user < 70) {
                    builder.add(user, item, item < 20 ? 3f : item % 2 == user % 2 ? 5f : 1f);
                }
            }
        }
        Interactions train = builder.build(80, 24, DuplicatePolicy.LAST);
        Model model = SvdPlusPlus.builder()
                .factors(4)
                .iterations(30)
                .unobservedWeight(0)
                .regularization(0.2)
                .regularizationExponent(0)
                .implicitRegularization(1)
                .build()
                .train(Ratings.of(train), ONE);
        for (int user = 70; user < 80; user++) {
            float[] scores = Ratings.scores(model, Profile.ofUser(user, train, true));
            int liked = user % 2 == 0 ? 20 : 21;
            int disliked = user % 2 == 0 ? 21 : 20;
            assertThat(scores[liked]).isGreaterThan(scores[disliked] + 1.5f);
        }
    }

    @Test
    void theTrainedHistoryFoldsInToTheTrainedVectorAndReasonsAddUp() {
        Interactions train = Ratings.random(2, 30, 25, 0.4);
        Model model = SvdPlusPlus.builder()
                .timeSpans(0)
                .implicitRegularization(5)
                .build()
                .train(Ratings.of(train), ONE);
        for (int user = 0; user < 29; user++) {
            Profile folded = Profile.ofUser(user, train, false);
            assertThat(Ratings.scores(model, folded))
                    .isEqualTo(Ratings.scores(model, Profile.ofUser(user, train, true)));
            double sum = model.explain(folded, 4).stream()
                    .mapToDouble(Contribution::value)
                    .sum();
            assertThat((float) sum).isCloseTo(model.scorer(folded).score(4), within(1e-4f));
        }
        List<Contribution> none = model.explain(Profile.empty(), 4);
        assertThat(none).hasSize(1);
    }

    @Test
    void biasesDrift() {
        InteractionsBuilder builder = Interactions.builder();
        SplittableRandom random = new SplittableRandom(6);
        // Item 0 falls from 5 to 2 over the years, and user 1 rates everything one star lower from the middle on.
        for (int user = 0; user < 60; user++) {
            for (int item = 0; item < 20; item++) {
                long time = random.nextInt(1000);
                float rating = item == 0 ? 5 - 3 * time / 1000f : 3.5f;
                rating -= user == 1 && time >= 500 ? 1 : 0;
                builder.add(user, item, rating, time);
            }
        }
        Interactions train = builder.build(60, 20, DuplicatePolicy.LAST);
        SvdPlusPlus algorithm =
                SvdPlusPlus.builder().timeSpans(10).driftRegularization(1).build();
        Model model = algorithm.train(Ratings.of(train), ONE);
        TimedModel timed = (TimedModel) algorithm.restore(model.state());
        Profile user = Profile.ofUser(3, train, true);
        assertThat(timed.scorer(user, 20).score(0))
                .isGreaterThan(timed.scorer(user, 980).score(0) + 1.5f);
        assertThat(timed.scorer(user, 20).score(5)).isCloseTo(3.5f, within(0.3f));
        Profile moody = Profile.ofUser(1, train, true);
        assertThat(timed.scorer(moody, 200).score(5))
                .isGreaterThan(timed.scorer(moody, 800).score(5) + 0.4f);
        assertThat(timed.scorer(moody, -1).score(5))
                .isEqualTo(timed.scorer(moody, 0).score(5));
        // Without a time it is that of the newest rating.
        long newest = 0;
        for (int k = 0; k < user.size(); k++) {
            newest = Math.max(newest, user.time(k));
        }
        assertThat(timed.scorer(user).score(0))
                .isEqualTo(timed.scorer(user, newest).score(0));
        assertThat(timed.scorer(user).score(0)).isLessThan(3.2f);
    }

    @Test
    void spansKeepEqualTimesTogether() {
        Interactions ratings = Interactions.of(
                8, new int[] {0, 8}, new int[] {0, 1, 2, 3, 4, 5, 6, 7}, null, new long[] {5, 5, 5, 5, 5, 5, 9, 9});
        Drift drift = Drift.of(ratings, 4);
        assertThat(drift.edges).containsExactly(9);
        assertThat(drift.span(4)).isZero();
        assertThat(drift.span(8)).isZero();
        assertThat(drift.span(9)).isEqualTo(1);
        assertThat(drift.span(Long.MAX_VALUE)).isEqualTo(1);
        assertThat(Drift.of(Interactions.empty(2, 3), 4).spans).isEqualTo(1);
    }
}
