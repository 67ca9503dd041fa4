package org.recommender4j.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.Training;

class BayesianMfTest {
    private static final Training ONE = Training.defaults().withThreads(1);

    private static BayesianMf small(long seed) {
        return BayesianMf.builder()
                .factors(3)
                .burnIn(10)
                .draws(12)
                .unobservedWeight(0)
                .timeSpans(0)
                .seed(seed)
                .build();
    }

    @Test
    void findsTheRatingsThatWereLeftOut() {
        Interactions train = Ratings.random(1, 41, 37, 0.4);
        Model first = small(1).train(Ratings.of(train), ONE);
        Model second = small(2).train(Ratings.of(train), ONE);
        assertThat(Ratings.error(first, train)).isLessThan(0.15);
        assertThat(Ratings.error(second, train)).isLessThan(0.15);
        assertThat(first.state().floats("items")).isNotEqualTo(second.state().floats("items"));
    }

    @Test
    void theTrainedHistoryFoldsInToTheTrainedVectorAndReasonsAddUp() {
        Interactions train = Ratings.random(2, 30, 25, 0.4);
        Model model = small(3).train(Ratings.of(train), ONE);
        for (int user = 0; user < 29; user += 4) {
            Profile folded = Profile.ofUser(user, train, false);
            assertThat(Ratings.scores(model, folded))
                    .isEqualTo(Ratings.scores(model, Profile.ofUser(user, train, true)));
            double sum = model.explain(folded, 4).stream()
                    .mapToDouble(Contribution::value)
                    .sum();
            assertThat((float) sum).isCloseTo(model.scorer(folded).score(4), within(1e-3f));
        }
    }

    @Test
    void distributionsHaveTheirMoments() {
        SplittableRandom random = new SplittableRandom(9);
        int draws = 20_000;
        double gammaMean = 0;
        double gammaSquare = 0;
        double[][] wishart = new double[2][2];
        double[][] scale = {{2, 0.5}, {0.5, 1}};
        double[] normal = new double[3];
        for (int draw = 0; draw < draws; draw++) {
            double gamma = Normals.gamma(random, 3.5);
            gammaMean += gamma / draws;
            gammaSquare += gamma * gamma / draws;
            double[][] drawn = NormalWishart.wishart(scale, 5, random);
            for (int r = 0; r < 2; r++) {
                for (int c = 0; c < 2; c++) {
                    wishart[r][c] += drawn[r][c] / draws;
                }
            }
            double x = Normals.next(random);
            for (int power = 0; power < 3; power++) {
                normal[power] += Math.pow(x, power + 2) / draws;
            }
        }
        assertThat(gammaMean).isCloseTo(3.5, within(0.05));
        assertThat(gammaSquare - gammaMean * gammaMean).isCloseTo(3.5, within(0.15));
        for (int r = 0; r < 2; r++) {
            for (int c = 0; c < 2; c++) {
                assertThat(wishart[r][c]).isCloseTo(5 * scale[r][c], within(0.2));
            }
        }
        assertThat(normal[0]).isCloseTo(1, within(0.04));
        assertThat(normal[1]).isCloseTo(0, within(0.1));
        assertThat(normal[2]).isCloseTo(3, within(0.25));
    }

    @Test
    void theDistributionOfTheRowsIsFound() {
        int rows = 4000;
        RatingSide side = new RatingSide(new int[rows + 1], new int[0], new float[0], 1);
        SplittableRandom random = new SplittableRandom(4);
        for (int row = 0; row < rows; row++) {
            double x = Normals.next(random);
            side.vectors[row * side.stride] = (float) (2 + 0.5 * x);
            side.vectors[row * side.stride + 1] = (float) (x + 0.5 * Normals.next(random));
        }
        // The covariance is [[.25, .5], [.5, 1.25]], its inverse [[20, -8], [-8, 4]].
        double[][] precision = NormalWishart.draw(side, random, ONE);
        assertThat(precision[0][0]).isCloseTo(20, within(1.5));
        assertThat(precision[0][1]).isCloseTo(-8, within(0.8));
        assertThat(precision[1][1]).isCloseTo(4, within(0.4));
        assertThat(side.means[0]).isCloseTo(2f, within(0.05f));
        assertThat(side.means[(rows - 1) * side.stride + 1]).isCloseTo(0f, within(0.1f));
    }
}
