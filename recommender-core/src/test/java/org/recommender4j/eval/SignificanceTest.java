package org.recommender4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignificanceTest {
    /** Expected values from scipy 1.10.1: {@code 2 * scipy.stats.t.sf(t, df)}. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 1, 0.7048327646991336",
        "2.0, 1, 0.2951672353008664",
        "2.228138851986274, 10, 0.049999999999999975",
        "1.0, 7, 0.3506166628202075",
        "3.3, 29, 0.0025669142292085835",
        "26.73058668009674, 39, 1.0888085577132367e-26",
        "1.96, 29857, 0.05000507764226454",
        "0.01, 1000, 0.9920232819321873",
        "0, 5, 1",
        "Infinity, 5, 0"
    })
    void studentsTIsThatOfAnotherImplementation(double t, double df, double expected) {
        assertThat(StudentT.twoSided(t, df)).isCloseTo(expected, Percentage.withPercentage(1e-8));
        assertThat(StudentT.twoSided(-t, df)).isEqualTo(StudentT.twoSided(t, df));
    }

    @Test
    void thePairedTTestIsThatOfAnotherImplementation() {
        double[] a = {.30, .25, .50, .10, .40, .00, .60};
        double[] b = {.20, .25, .35, .15, .30, .00, .40};
        double[] differences = new double[a.length + 1];
        Arrays.setAll(differences, k -> k < a.length ? a[k] - b[k] : Double.NaN);
        // scipy.stats.ttest_rel(a, b)
        assertThat(Significance.tTest(differences)).isCloseTo(0.08214815061065199, within(1e-12));
        assertThat(Significance.defined(differences)).isEqualTo(7);
    }

    @Test
    void noDifferenceIsNotSignificantAndAConstantOneIs() {
        assertThat(Significance.tTest(new double[] {0, 0, 0})).isEqualTo(1);
        assertThat(Significance.tTest(new double[] {0.5, 0.5, 0.5})).isZero();
        assertThat(Significance.tTest(new double[] {0.5})).isNaN();
        assertThat(Significance.tTest(new double[] {})).isNaN();
    }

    @Test
    void holmMultipliesTheSmallestByTheNumberOfTests() {
        assertThat(Significance.holm(new double[] {.01, .04, .03, .005}))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(.03, .06, .06, .02);
        assertThat(Significance.holm(new double[] {.5, Double.NaN, .4}))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(.8, Double.NaN, .8);
        assertThat(Significance.holm(new double[] {.9, .8})).containsExactly(1, 1);
        assertThat(Significance.holm(new double[0])).isEmpty();
    }

    private static double[] normal(int n, double mean, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] result = new double[n];
        // Irwin and Hall: the sum of 12 uniform numbers has variance 1.
        Arrays.setAll(result, k -> random.doubles(12).sum() - 6 + mean);
        return result;
    }

    @Test
    void resampledMeansSpreadLikeTheMean() {
        double[] values = normal(400, 3, 1);
        double[] means = new Bootstrap(4000, 5).means(new double[][] {values}, 2, ForkJoinPool.commonPool())[0];
        // The standard error is 1 / 20.
        assertThat(Bootstrap.quantile(means, 0.5))
                .isCloseTo(Arrays.stream(values).average().orElse(0), within(0.005));
        assertThat(Bootstrap.quantile(means, 0.975) - Bootstrap.quantile(means, 0.025))
                .isCloseTo(2 * 1.96 / 20, within(0.02));
    }

    @Test
    void anIntervalCoversTheTruthAboutAsOftenAsItSays() {
        int covered = 0;
        for (int run = 0; run < 200; run++) {
            double[][] values = {normal(60, 0, 100 + run)};
            double[] means = new Bootstrap(300, run).means(values, 1, Runnable::run)[0];
            covered += Bootstrap.quantile(means, 0.025) < 0 && Bootstrap.quantile(means, 0.975) > 0 ? 1 : 0;
        }
        assertThat(covered).isBetween(178, 199);
    }

    @Test
    void aColumnsMeansAreTheSameAloneAndAmongOthersOnAnyNumberOfThreads() {
        double[] first = normal(83, 0, 1);
        double[] second = normal(83, 0, 2);
        second[7] = Double.NaN;
        Bootstrap bootstrap = new Bootstrap(200, 9);
        double[][] both = bootstrap.means(new double[][] {first, second}, 4, ForkJoinPool.commonPool());
        assertThat(both[0]).isEqualTo(bootstrap.means(new double[][] {first}, 1, Runnable::run)[0]);
        assertThat(both[1]).isEqualTo(bootstrap.means(new double[][] {second}, 1, Runnable::run)[0]);
    }

    @Test
    void undefinedValuesAreLeftOutOfResamples() {
        double[] values = {2, Double.NaN, 2, Double.NaN};
        double[] means = new Bootstrap(100, 9).means(new double[][] {values}, 1, Runnable::run)[0];
        assertThat(means).hasSizeLessThan(100).containsOnly(2);
        assertThat(new Bootstrap(100, 9).means(new double[][] {{Double.NaN}}, 1, Runnable::run)[0])
                .isEmpty();
        assertThat(Bootstrap.quantile(new double[0], 0.5)).isNaN();
        assertThat(Bootstrap.pValue(new double[0])).isNaN();
    }

    @Test
    void theBootstrapAgreesWithTheTTest() {
        for (double mean : new double[] {0, 0.1, 0.2}) {
            double[] differences = normal(150, mean, 77);
            double[] means =
                    new Bootstrap(4000, 5).means(new double[][] {differences}, 2, ForkJoinPool.commonPool())[0];
            assertThat(Bootstrap.pValue(means)).isCloseTo(Significance.tTest(differences), within(0.03));
        }
        assertThat(Bootstrap.pValue(new double[] {1, 2, 3})).as("never 0").isEqualTo(0.5);
    }
}
