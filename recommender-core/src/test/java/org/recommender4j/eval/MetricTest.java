package org.recommender4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recommender4j.data.Matrices.row;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Matrices;

/** Each formula against values worked out by hand. */
class MetricTest {
    private static final Offset<Double> EXACT = within(1e-9);

    /** T = {2, 7, 8} with weights 3, 1 and 5. */
    private static final Interactions TEST =
            Interactions.builder().add(0, 2, 3f).add(0, 7, 1f).add(0, 8, 5f).build(8, 10, DuplicatePolicy.FAIL);

    /** Of 8 users, 4 know item 5, 1 knows item 2, 8 know item 9, nobody knows any other. */
    private static final Interactions TRAIN =
            Matrices.of(10, row(5, 9), row(5, 9), row(5, 9), row(5, 9), row(2, 9), row(9), row(9), row(9));

    /** Hits at the places 2 and 5. */
    private static final Ranking LIST = ranking(5, 2, 9, 0, 7);

    private static Ranking ranking(int... items) {
        return new Ranking(0, items, TEST, TRAIN.transpose(), () -> Double.NaN);
    }

    private static void check(UserMetric metric, double expected) {
        assertThat(metric.of(LIST)).as(metric.name()).isCloseTo(expected, EXACT);
    }

    @Test
    void recallDividesByAllTestItems() {
        check(Metric.recall(1), 0);
        check(Metric.recall(3), 1 / 3.0);
        check(Metric.recall(5), 2 / 3.0);
        check(Metric.recall(1000), 2 / 3.0);
    }

    @Test
    void cappedRecallDividesByWhatFits() {
        check(Metric.cappedRecall(1), 0);
        check(Metric.cappedRecall(2), 1 / 2.0);
        check(Metric.cappedRecall(5), 2 / 3.0);
    }

    @Test
    void precisionOfAShortListStillDividesByTheCutoff() {
        check(Metric.precision(2), 1 / 2.0);
        check(Metric.precision(5), 2 / 5.0);
        check(Metric.precision(10), 2 / 10.0);
    }

    @Test
    void hitRateIsOneFromTheFirstHitOn() {
        check(Metric.hitRate(1), 0);
        check(Metric.hitRate(2), 1);
        check(Metric.hitRate(5), 1);
    }

    @Test
    void ndcgDiscountsByTheLogarithmOfThePlace() {
        // (1/log2(3) + 1/log2(6)) / (1 + 1/log2(3) + 1/log2(4))
        check(Metric.ndcg(5), 0.4776237035032179);
        // (1/log2(3)) / (1 + 1/log2(3)): the ideal list is cut at k, too
        check(Metric.ndcg(2), 0.38685280723454163);
        assertThat(Metric.ndcg(20).of(ranking(8, 2, 7))).isCloseTo(1, EXACT);
    }

    @Test
    void gradedNdcgGainsTheWeight() {
        // (3/log2(3) + 1/log2(6)) / (5 + 3/log2(3) + 1/2)
        check(Metric.gradedNdcg(5), 0.30836021257403323);
        assertThat(Metric.gradedNdcg(3).of(ranking(8, 2, 7))).isCloseTo(1, EXACT);
        assertThat(Metric.gradedNdcg(3).of(ranking(7, 2, 8))).isLessThan(1);
    }

    @Test
    void averagePrecisionDividesByWhatFits() {
        // (1/2 + 2/5) / 3 and (1/2) / 2
        check(Metric.map(5), 0.3);
        check(Metric.map(2), 0.25);
    }

    @Test
    void reciprocalRankIsOfTheFirstHit() {
        check(Metric.mrr(5), 0.5);
        check(Metric.mrr(1), 0);
    }

    @Test
    void noveltyIsInBitsAndAnUnknownItemCountsAsOneOfASingleUser() {
        // items 5, 2, 9, 0: -log2 of 4/8, 1/8, 8/8 and 1/8
        check(Metric.novelty(4), (1 + 3 + 0 + 3) / 4.0);
        check(Metric.novelty(1), 1);
        assertThat(Metric.novelty(4).of(ranking())).isNaN();
    }

    @Test
    void anEmptyListIsAMiss() {
        Ranking empty = ranking();
        for (UserMetric metric : List.of(
                Metric.recall(5),
                Metric.cappedRecall(5),
                Metric.precision(5),
                Metric.hitRate(5),
                Metric.ndcg(5),
                Metric.gradedNdcg(5),
                Metric.map(5),
                Metric.mrr(5))) {
            assertThat(metric.of(empty)).as(metric.name()).isZero();
        }
    }

    @Test
    void coverageAndGiniCountExposure() {
        int[] exposure = {3, 0, 6, 1, 0};
        assertThat(Metric.coverage(5).of(exposure)).isCloseTo(0.6, EXACT);
        // (-4*0 - 2*0 + 0*1 + 2*3 + 4*6) / (5 * 10)
        assertThat(Metric.gini(5).of(exposure)).isCloseTo(0.6, EXACT);
        assertThat(exposure).as("only read").containsExactly(3, 0, 6, 1, 0);
        assertThat(Metric.gini(5).of(new int[] {2, 2, 2})).isCloseTo(0, EXACT);
        assertThat(Metric.gini(5).of(new int[] {0, 0, 0, 7})).isCloseTo(0.75, EXACT);
        assertThat(Metric.gini(5).of(new int[] {0, 0})).isNaN();
    }

    @Test
    void ratingErrors() {
        RatingMetric rmse = Metric.rmse();
        RatingMetric mae = Metric.mae();
        double squares = rmse.loss(3, 5) + rmse.loss(4.5, 4) + rmse.loss(1, 1);
        double absolute = mae.loss(3, 5) + mae.loss(4.5, 4) + mae.loss(1, 1);
        assertThat(rmse.of(squares / 3)).isCloseTo(Math.sqrt(4.25 / 3), EXACT);
        assertThat(mae.of(absolute / 3)).isCloseTo(2.5 / 3, EXACT);
    }

    @Test
    void namesSayTheConventionAndTheCutoff() {
        assertThat(List.of(Metric.recall(20), Metric.cappedRecall(7), Metric.auc(), Metric.gini(3), Metric.rmse()))
                .extracting(Metric::name)
                .containsExactly("recall@20", "capped_recall@7", "auc", "gini@3", "rmse");
    }

    @Test
    void aCutoffOutsideOfTheRangeIsNamed() {
        assertThatThrownBy(() -> Metric.recall(0)).hasMessageContaining("k must be in [1, 1048576], but is 0");
        assertThatThrownBy(() -> Metric.ndcg(Integer.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Metric.coverage(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyMetricStaysBetweenNoneAndPerfect() {
        Ranking perfect = ranking(8, 2, 7);
        IntStream.rangeClosed(1, 6).forEach(k -> {
            for (UserMetric metric : List.of(Metric.recall(k), Metric.ndcg(k), Metric.map(k), Metric.mrr(k))) {
                assertThat(metric.of(LIST)).as(metric.name()).isBetween(0.0, metric.of(perfect));
                assertThat(metric.of(perfect)).as(metric.name()).isLessThanOrEqualTo(1 + 1e-12);
            }
        });
    }
}
