package org.recommender4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recommender4j.data.Matrices.row;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.Features;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Matrices;

/** What lists are like, worked out by hand. */
class BeyondAccuracyTest {
    private static final Offset<Double> EXACT = within(1e-9);

    /** Items 0 to 5 have 4, 3, 2, 1, 1 and 0 of 4 users; user 0 knows 0, 1 and 4. */
    private static final Interactions TRAIN = Matrices.of(6, row(0, 1, 4), row(0, 1, 2), row(0, 1, 2), row(0, 3));

    /** User 0 wants 2, 3 and 5; user 4 is new and wants 0. */
    private static final Interactions TEST = Matrices.of(6, row(2, 3, 5), row(), row(), row(), row(0));

    private static final Features GENRES = Features.builder()
            .category("genre", 0, "a")
            .category("genre", 1, "a")
            .category("genre", 1, "b")
            .category("genre", 2, "b")
            .category("genre", 3, "c")
            .build(5);

    private static Ranking ranking(int user, int... items) {
        return new Ranking(user, items, TEST, TRAIN.transpose(), () -> Double.NaN);
    }

    @Test
    void diversityByUsersIsOneMinusTheMeanCosine() {
        // 1 and 2 share two of 3 and 2 users; 1 and 3 none, 2 and 3 none.
        double similar = 2 / Math.sqrt(3 * 2);
        assertThat(Metric.diversity(3).of(ranking(0, 1, 2, 3))).isCloseTo(1 - similar / 3, EXACT);
        assertThat(Metric.diversity(2).of(ranking(0, 1, 2, 3))).isCloseTo(1 - similar, EXACT);
        assertThat(Metric.diversity(2).of(ranking(0, 5, 2)))
                .as("an item of nobody")
                .isEqualTo(1);
        assertThat(Metric.diversity(2).of(ranking(0, 1)))
                .as("no pair, no diversity")
                .isNaN();
    }

    @Test
    void diversityByCategories() {
        UserMetric metric = Metric.diversity(10, GENRES, "genre");
        assertThat(metric.name()).isEqualTo("genre_diversity@10");
        assertThat(metric.of(ranking(0, 0, 1))).isCloseTo(1 - 1 / Math.sqrt(2), EXACT);
        assertThat(metric.of(ranking(0, 0, 3))).isEqualTo(1);
        assertThat(metric.of(ranking(0, 4, 5))).as("nothing is known of either").isEqualTo(1);
        assertThatThrownBy(() -> Metric.diversity(10, GENRES, "colour")).hasMessageContaining("[genre]");
    }

    @Test
    void serendipityLeavesOutWhatEverybodyWouldExpect() {
        // Unknown to user 0, the most popular first: 2, 3, 5.
        assertThat(Metric.serendipity(1, TRAIN).of(ranking(0, 2))).isZero();
        assertThat(Metric.serendipity(1, TRAIN).of(ranking(0, 3))).isEqualTo(1);
        assertThat(Metric.serendipity(2, TRAIN).of(ranking(0, 5, 3))).isEqualTo(0.5);
        assertThat(Metric.serendipity(4, TRAIN).of(ranking(0, 5, 3))).isZero();
        // A new user knows nothing, so that item 0 is the first to expect.
        assertThat(Metric.serendipity(1, TRAIN).of(ranking(4, 0))).isZero();
    }

    @Test
    void calibrationComparesTheMixOfCategories() {
        UserMetric metric = Metric.calibration(2, GENRES, "genre");
        assertThat(metric.name()).isEqualTo("genre_calibration@2");
        // History 0, 1, of 4 nothing is known: a 3/4, b 1/4.
        assertThat(metric.of(ranking(0, 0, 1))).isCloseTo(0, EXACT);
        // List 2, 3: b 1/2, c 1/2.
        double expected = 0.75 * Math.log(0.75 / (0.01 * 0.75)) + 0.25 * Math.log(0.25 / (0.99 * 0.5 + 0.01 * 0.25));
        assertThat(metric.of(ranking(0, 2, 3, 0))).isCloseTo(expected, EXACT);
        assertThat(metric.of(ranking(0, 5, 4))).as("no category in the list").isNaN();
        assertThat(metric.of(ranking(4, 0, 1))).as("no history").isNaN();
    }

    @Test
    void popularityOfTheListAndItsLift() {
        assertThat(Metric.popularity(2).of(ranking(0, 2, 3, 5))).isCloseTo((2 + 1) / 8.0, EXACT);
        // The history has 4, 3 and 1 users.
        assertThat(Metric.popularityLift(2).of(ranking(0, 2, 3))).isCloseTo(1.5 / (8 / 3.0) - 1, EXACT);
        assertThat(Metric.popularity(2).of(ranking(0))).isNaN();
        assertThat(Metric.popularityLift(2).of(ranking(4, 0))).as("no history").isNaN();
    }

    @Test
    void theHistoryIsThatOfTraining() {
        assertThat(ranking(0).history()).containsExactly(0, 1, 4);
        assertThat(ranking(4).history()).isEmpty();
    }
}
