package org.recommender4j.neighborhood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.Training;

class NeighborhoodsTest {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private static Interactions all(Interactions vectors, Measure measure, int limit, int neighbors) {
        Comparison comparison = new Comparison(vectors, measure, limit);
        return Neighborhoods.of(vectors, comparison, neighbors, 1, Training.defaults())
                .transpose();
    }

    /** Many rows of few coordinates make the long way round the sums, few rows the short one; both must occur. */
    @ParameterizedTest
    @EnumSource(Similarity.class)
    void similaritiesAreThoseOfTheFormula(Similarity similarity) {
        boolean deviations = similarity == Similarity.ADJUSTED_COSINE;
        for (boolean common : new boolean[] {false, true}) {
            if (common != deviations && similarity != Similarity.PEARSON) {
                continue;
            }
            float[][] weights = common ? new float[][] {{-1, -.5f, .5f, 2}} : new float[][] {{1}, {.5f, 1, 3}};
            for (float[] values : weights) {
                for (int[] shape : new int[][] {{7, 67}, {67, 7}, {131, 40}}) {
                    compare(similarity, common, Naive.random(shape[0], shape[0], shape[1], values));
                }
            }
        }
    }

    private static void compare(Similarity similarity, boolean common, Interactions vectors) {
        double shrinkage = 1.5;
        double own = similarity == Similarity.CONDITIONAL_PROBABILITY ? 0 : 0.7;
        double other = similarity == Similarity.CONDITIONAL_PROBABILITY ? 1 : 0.3;
        double[][] dense = Naive.dense(vectors);
        int n = dense.length;
        for (int significance : new int[] {0, 4}) {
            Measure measure = new Measure(similarity, common, own, other, shrinkage, significance);
            Interactions found = all(vectors, measure, UNLIMITED, n);
            Interactions few = all(vectors, measure, UNLIMITED, 3);
            for (int row = 0; row < n; row++) {
                double[] values = new double[n];
                for (int column = 0; column < n; column++) {
                    int shared = Naive.common(dense[row], dense[column]);
                    double value = row == column || shared == 0
                            ? 0
                            : Naive.similarity(similarity, common, other, dense[row], dense[column])
                                    * shared
                                    / (shared + shrinkage)
                                    * (shared < significance ? shared / (double) significance : 1);
                    int at = found.find(row, column);
                    assertThat(at < 0 ? 0 : found.weight(at))
                            .as("%s of %d and %d", similarity, row, column)
                            .isCloseTo(
                                    (float) (value > 0 ? value : 0), within(1e-4f * (float) (value > 1 ? value : 1)));
                    values[column] = at < 0 ? 0 : found.weight(at);
                }
                assertThat(few.row(row)).isEqualTo(Naive.best(values, 3));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "true, 1", "false, 2.5"})
    void theFastWayOfTheCosineAgreesWithTheSlowOne(boolean weights, double unit) {
        for (int[] shape : new int[][] {{5, 90}, {300, 11}}) {
            Interactions vectors = weights
                    ? Naive.random(3, shape[0], shape[1], 1, 2, .25f)
                    : Naive.random(3, shape[0], shape[1], (float) unit);
            Interactions fast = all(vectors, new Measure(Similarity.COSINE, false, .5, .5, 0, 0), UNLIMITED, 20);
            Interactions slow = all(vectors, new Measure(Similarity.COSINE, false, .5, .5, 0, 1), UNLIMITED, 20);
            assertThat(fast.offsets()).isEqualTo(slow.offsets());
            assertThat(fast.columnIndices()).isEqualTo(slow.columnIndices());
            assertThat(fast.weights()).isEqualTo(slow.weights());
        }
    }

    @Test
    void amplificationTakesAPower() {
        Interactions vectors = Naive.random(5, 30, 20, 1);
        Comparison comparison = new Comparison(vectors, new Measure(Similarity.COSINE, false, .5, .5, 0, 0), UNLIMITED);
        Interactions plain = Neighborhoods.of(vectors, comparison, 5, 1, Training.defaults());
        for (double power : new double[] {2, 0.5}) {
            Interactions amplified = Neighborhoods.of(vectors, comparison, 5, power, Training.defaults());
            assertThat(amplified.columnIndices()).isEqualTo(plain.columnIndices());
            for (int p = 0; p < plain.size(); p++) {
                assertThat(amplified.weight(p)).isCloseTo((float) Math.pow(plain.weight(p), power), within(1e-6f));
            }
        }
    }

    @Test
    void longRowsOfTheIndexCountInPartAndAlwaysTheSamePart() {
        Interactions vectors = Naive.random(8, 400, 30, 1);
        Measure counts = new Measure(Similarity.CONDITIONAL_PROBABILITY, false, 0, 0, 0, 0);
        Interactions exact = all(vectors, counts, UNLIMITED, 1000);
        Interactions limited = all(vectors, counts, 50, 1000);
        Interactions again = all(vectors, counts, 50, 1000);
        assertThat(limited.weights()).isEqualTo(again.weights());
        assertThat(sum(limited)).isLessThan(0.8 * sum(exact)).isGreaterThan(0.05 * sum(exact));
        for (int row = 0; row < 400; row++) {
            // Of each of the row's entries there are at most 50 others.
            double total = 0;
            for (int p = limited.begin(row); p < limited.end(row); p++) {
                total += limited.weight(p);
                assertThat(limited.weight(p)).isLessThanOrEqualTo(exact.weight(exact.find(row, limited.column(p))));
            }
            assertThat(total).isLessThanOrEqualTo(50.0 * vectors.length(row));
        }
        Interactions weighted = Naive.random(8, 400, 30, 2);
        assertThat(all(weighted, counts, 50, 1000).weights()).hasSameSizeAs(limited.weights());
    }

    private static double sum(Interactions matrix) {
        double sum = 0;
        for (int p = 0; p < matrix.size(); p++) {
            sum += matrix.weight(p);
        }
        return sum;
    }

    @Test
    void nothingGivesNothing() {
        Measure cosine = new Measure(Similarity.COSINE, false, .5, .5, 0, 0);
        assertThat(all(Interactions.empty(0, 0), cosine, 10, 5).size()).isZero();
        assertThat(all(Interactions.empty(3, 2), cosine, 10, 5).rows()).isEqualTo(3);
        Interactions one = Interactions.of(2, new int[] {0, 2}, new int[] {0, 1}, null, null);
        assertThat(all(one, cosine, 10, 5).size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Weighting.class)
    void termsWeighWhatTheFormulaSays(Weighting weighting) {
        Interactions vectors = Naive.random(4, 20, 9, 1, 4, 9);
        Interactions weighted = new TermWeights(vectors, weighting, 0.5, 0).of(vectors);
        double[][] dense = Naive.dense(vectors);
        double all = Arrays.stream(dense)
                .flatMapToDouble(Arrays::stream)
                .filter(w -> !Double.isNaN(w))
                .map(Math::sqrt)
                .sum();
        for (int row = 0; row < 20; row++) {
            double length = Arrays.stream(dense[row])
                    .filter(w -> !Double.isNaN(w))
                    .map(Math::sqrt)
                    .sum();
            for (int p = vectors.begin(row); p < vectors.end(row); p++) {
                double w = Math.sqrt(vectors.weight(p));
                double idf = Math.log(20.0 / vectors.transpose().length(vectors.column(p)));
                double expected = switch (weighting) {
                    case NONE -> w;
                    case TFIDF -> w * idf;
                    case BM25 -> idf * w * 2.2 / (w + 1.2 * (.25 + .75 * length / (all / 20)));
                };
                assertThat(weighted.weight(p)).isCloseTo((float) expected, within(1e-5f));
            }
        }
        assertThat(new TermWeights(vectors, Weighting.NONE, 0, 0).of(vectors).hasWeights())
                .isFalse();
        assertThat(new TermWeights(vectors, Weighting.NONE, 1, 0).of(vectors).weights())
                .isEqualTo(vectors.weights());
    }

    @Test
    void aWeightIsBoundedBeforeItIsRaised() {
        assertThat(TermWeights.strength(-4f, 0.5)).isZero();
        assertThat(TermWeights.strength(Float.MAX_VALUE, 1)).isEqualTo((float) 1e15);
        assertThat(TermWeights.strength(Float.MAX_VALUE, 0)).isEqualTo(1f);
        assertThat(TermWeights.strength(9f, 0.5)).isEqualTo(3f);
    }
}
