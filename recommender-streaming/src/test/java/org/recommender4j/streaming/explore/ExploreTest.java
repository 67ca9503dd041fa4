package org.recommender4j.streaming.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.recommender4j.Recommendation;

/** A world whose click rates are known: item k is clicked with {@code RATES[k]}; in the rain twice as often if it is odd. */
class ExploreTest {
    private static final double[] RATES = {0.10, 0.05, 0.30, 0.02, 0.08, 0.12};

    private static List<Recommendation<Integer>> candidates() {
        List<Recommendation<Integer>> result = new ArrayList<>();
        for (int k = 0; k < RATES.length; k++) {
            result.add(new Recommendation<>(k, 1f - 0.1f * k, k + 1, "test"));
        }
        return result;
    }

    private static double rate(int item, double[] context) {
        return context.length > 0 && context[0] > 0 && item % 2 == 1 ? 2 * RATES[item] : RATES[item];
    }

    private static LinUcb<Integer> linUcb(double epsilon, long seed) {
        return new LinUcb<>(
                RATES.length + 1,
                (candidate, context) -> {
                    double[] x = new double[RATES.length + 1];
                    x[candidate.item()] = 1;
                    x[RATES.length] = context.length > 0 ? context[0] * (candidate.item() % 2) : 0;
                    return x;
                },
                0.3,
                epsilon,
                seed);
    }

    private static List<LongFunction<Explorer<Integer>>> explorers() {
        return List.of(
                seed -> new EpsilonGreedy<>(0.3, seed),
                seed -> new ThompsonSampling<>(1, 5, 0.1, seed),
                seed -> linUcb(0.1, seed));
    }

    @Test
    void propensitiesAreTheFrequencies() {
        for (LongFunction<Explorer<Integer>> maker : explorers()) {
            Explorer<Integer> explorer = maker.apply(5);
            // What is known stays the same from here on.
            for (int item = 0; item < RATES.length; item++) {
                double[] features = new double[RATES.length + 1];
                features[item] = 1;
                for (int k = 0; k < 6; k++) {
                    explorer.learn(new Impression<>(item, 0, 1, features), k < item ? 1 : 0);
                }
            }
            double[] inverse = new double[RATES.length];
            int rounds = 6_000;
            for (int k = 0; k < rounds; k++) {
                List<Impression<Integer>> shown = explorer.choose(candidates(), 2);
                assertThat(shown).hasSize(2);
                assertThat(shown.get(0).item()).isNotEqualTo(shown.get(1).item());
                inverse[shown.get(0).item()] += 1 / shown.get(0).propensity();
            }
            for (int item = 0; item < RATES.length; item++) {
                assertThat(inverse[item] / rounds)
                        .as("%s, item %d", explorer.getClass().getSimpleName(), item)
                        .isCloseTo(1.0, offset(0.4));
            }
        }
    }

    @Test
    void choosesAllInTheEndAndNothingFromNothing() {
        for (LongFunction<Explorer<Integer>> maker : explorers()) {
            Explorer<Integer> explorer = maker.apply(1);
            assertThat(explorer.choose(List.of(), 5)).isEmpty();
            assertThat(explorer.choose(candidates(), 0)).isEmpty();
            assertThat(explorer.choose(candidates(), 99))
                    .extracting(Impression::item)
                    .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
            assertThat(Arrays.stream(explorer.probabilities(candidates(), Explorer.NO_CONTEXT))
                            .sum())
                    .isCloseTo(1.0, offset(1e-9));
            assertThat(maker.apply(1).choose(candidates(), 6))
                    .extracting(Impression::item)
                    .isEqualTo(maker.apply(1).choose(candidates(), 6).stream()
                            .map(Impression::item)
                            .toList());
        }
    }

    @Test
    void learnsWhatIsBest() {
        SplittableRandom world = new SplittableRandom(9);
        ThompsonSampling<Integer> thompson = new ThompsonSampling<>(1, 5, 0.0, 3);
        LinUcb<Integer> linear = linUcb(0.0, 3);
        for (Explorer<Integer> explorer : List.of(thompson, linear)) {
            int best = 0;
            for (int k = 0; k < 4000; k++) {
                Impression<Integer> shown = explorer.choose(candidates(), 1).get(0);
                explorer.learn(shown, world.nextDouble() < RATES[shown.item()] ? 1 : 0);
                best += k >= 2000 && shown.item() == 2 ? 1 : 0;
            }
            assertThat(best).as(explorer.getClass().getSimpleName()).isGreaterThan(1700);
        }
        assertThat(thompson.expectedReward(2)).isCloseTo(0.3, offset(0.04));
    }

    @Test
    void learnsWhatDependsOnTheSituation() {
        SplittableRandom world = new SplittableRandom(2);
        LinUcb<Integer> explorer = linUcb(0.2, 4);
        for (int k = 0; k < 6000; k++) {
            double[] context = {k % 2};
            Impression<Integer> shown =
                    explorer.choose(candidates(), 1, context).get(0);
            double rate = shown.item() % 2 == 1 && k % 2 == 1 ? 0.5 : 0.2;
            explorer.learn(shown, world.nextDouble() < rate ? 1 : 0);
        }
        double[] rain = explorer.probabilities(candidates(), new double[] {1});
        assertThat(rain[1] + rain[3] + rain[5]).isGreaterThan(0.8);
    }

    /** Many small logs: the estimates are right on average, and as far off as their standard errors say. */
    @Test
    void estimatesAreUnbiasedAndKnowTheirError() {
        double[] target = {0.05, 0.4, 0.3, 0.05, 0.1, 0.1};
        double truth = 0;
        for (int item = 0; item < RATES.length; item++) {
            truth += target[item] * RATES[item];
        }
        SplittableRandom world = new SplittableRandom(77);
        int logs = 400;
        double[][] values = new double[3][logs];
        double[] errors = new double[3];
        for (int log = 0; log < logs; log++) {
            OffPolicy estimate = new OffPolicy();
            Explorer<Integer> logger = new EpsilonGreedy<>(0.6, log);
            for (int k = 0; k < 400; k++) {
                Impression<Integer> shown = logger.choose(candidates(), 1).get(0);
                int item = shown.item();
                double reward = world.nextDouble() < RATES[item] ? 1 : 0;
                // Predictions that are wrong by a factor.
                double predicted = 1.3 * RATES[item];
                estimate.add(reward, shown.propensity(), target[item], predicted, 1.3 * truth);
            }
            OffPolicy.Estimate[] all = {estimate.ips(), estimate.snips(), estimate.doublyRobust()};
            for (int e = 0; e < 3; e++) {
                values[e][log] = all[e].value();
                errors[e] += all[e].standardError() / logs;
                assertThat(all[e].impressions()).isEqualTo(400);
                assertThat(all[e].effectiveImpressions()).isBetween(40.0, 400.0);
            }
        }
        for (int e = 0; e < 3; e++) {
            double mean = Arrays.stream(values[e]).average().orElseThrow();
            double expected = truth;
            double spread = Math.sqrt(Arrays.stream(values[e])
                    .map(value -> (value - expected) * (value - expected))
                    .average()
                    .orElseThrow());
            assertThat(mean).as("estimate %d", e).isCloseTo(truth, offset(4 * spread / Math.sqrt(logs)));
            assertThat(errors[e]).as("error of %d", e).isCloseTo(spread, offset(0.2 * spread));
        }
        assertThat(errors[2]).isLessThan(errors[0]);
    }

    @Test
    void aLogOfOnePolicyJudgesAnother() {
        SplittableRandom world = new SplittableRandom(8);
        ThompsonSampling<Integer> good = new ThompsonSampling<>(1, 5, 0.05, 3);
        Explorer<Integer> logger = new EpsilonGreedy<>(0.5, 6);
        double[] features = {};
        for (int item = 0; item < RATES.length; item++) {
            for (int k = 0; k < 500; k++) {
                good.learn(new Impression<>(item, 0, 1, features), world.nextDouble() < RATES[item] ? 1 : 0);
            }
        }
        OffPolicy estimate = new OffPolicy();
        double earned = 0;
        double[] probabilities = good.probabilities(candidates(), Explorer.NO_CONTEXT);
        for (int k = 0; k < 20_000; k++) {
            Impression<Integer> shown = logger.choose(candidates(), 1).get(0);
            double reward = world.nextDouble() < rate(shown.item(), Explorer.NO_CONTEXT) ? 1 : 0;
            earned += reward;
            estimate.add(reward, shown.propensity(), probabilities[shown.item()]);
        }
        assertThat(earned / 20_000).isLessThan(0.13);
        assertThat(estimate.snips().value())
                .isCloseTo(0.29, offset(4 * estimate.snips().standardError()));
        assertThat(estimate.snips().value()).isGreaterThan(0.2);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> new EpsilonGreedy<String>(1.5, 0)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> new ThompsonSampling<String>(0, 1, 0, 0)).hasMessageContaining("priorClicks");
        assertThatThrownBy(() -> new Impression<>("a", 0, 0, new double[0])).hasMessageContaining("propensity");
        assertThatThrownBy(() -> new OffPolicy().add(1, 0, 1)).hasMessageContaining("propensity");
        assertThatThrownBy(() -> new OffPolicy().add(Double.NaN, 1, 1)).hasMessageContaining("reward");
        OffPolicy estimate = new OffPolicy();
        assertThat(estimate.ips().value()).isNaN();
        estimate.add(1, 1, 1);
        assertThatThrownBy(estimate::doublyRobust).isInstanceOf(IllegalStateException.class);
        LinUcb<String> wrong = new LinUcb<>(2, (candidate, context) -> new double[3], 1, 0, 0);
        assertThatThrownBy(() -> wrong.choose(List.of(new Recommendation<>("a", 1, 1, "x")), 1))
                .hasMessageContaining("3 features");
    }
}
