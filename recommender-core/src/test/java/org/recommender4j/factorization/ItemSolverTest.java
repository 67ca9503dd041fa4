package org.recommender4j.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Model;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

class ItemSolverTest {
    @Test
    void solvesTheNormalEquations() {
        for (int d : new int[] {1, 7, 33}) {
            SplittableRandom random = new SplittableRandom(d);
            int users = 1100;
            float[] all = new float[users * d];
            for (int k = 0; k < all.length; k++) {
                all[k] = (float) (random.nextDouble() - 0.4);
            }
            AlsOptions options = new AlsOptions(0.01, 0.02, 1);
            int m = 70;
            float[][] vectors = new float[m][d];
            float[] weights = new float[m];
            double observed = 0;
            for (int k = 0; k < m; k++) {
                System.arraycopy(all, k * d, vectors[k], 0, d);
                weights[k] = 1 + random.nextInt(3);
                observed += weights[k];
            }
            double[][] system = new double[d][d + 1];
            for (int r = 0; r < d; r++) {
                for (int c = 0; c < d; c++) {
                    for (int u = 0; u < users; u++) {
                        double weight = 0.01 + (u < m ? weights[u] : 0);
                        system[r][c] += weight * all[u * d + r] * all[u * d + c];
                    }
                }
                system[r][r] += options.penalty(observed, users);
                for (int k = 0; k < m; k++) {
                    system[r][d] += weights[k] * vectors[k][r];
                }
            }
            double[] expected = Naive.solve(system);
            float[] actual = new ItemSolver(all, d, options).solve(vectors, weights);
            for (int k = 0; k < d; k++) {
                assertThat((double) actual[k]).as("d = %d, %d", d, k).isCloseTo(expected[k], within(1e-4));
            }
        }
    }

    @Test
    void aModelTakesNewItemsNewUsersAndForgets() {
        InteractionsBuilder builder = Interactions.builder();
        for (int user = 0; user < 20; user++) {
            for (int item = 0; item < 10; item++) {
                if (item % 2 == user % 2) {
                    builder.add(user, item, 1);
                }
            }
        }
        Interactions data = builder.build(DuplicatePolicy.SUM);
        FactorModel model = (FactorModel)
                ImplicitAls.builder().factors(4).build().train(TrainingData.implicit(data), Training.defaults());
        float[][] even = new float[6][];
        for (int k = 0; k < even.length; k++) {
            even[k] = model.userVector(Profile.ofUser(2 * k, data, true));
        }
        Optional<float[]> vector = model.solveItem(even, new float[] {1, 1, 1, 1, 1, 1});
        FactorModel larger = model.withItems(12, new int[] {11}, new float[][] {vector.orElseThrow()});
        assertThat(larger.items()).isEqualTo(12);
        assertThat(larger.itemVector(3)).isEqualTo(model.itemVector(3));
        assertThat(larger.itemVector(10)).containsOnly(0f);
        assertThat(larger.scorer(Profile.ofUser(18, data, true)).score(11)).isGreaterThan(0.3f);
        assertThat(larger.scorer(Profile.ofUser(19, data, true)).score(11)).isLessThan(0.1f);
        Model without = larger.withoutUser(4).orElseThrow();
        assertThat(without.answers(Profile.ofUser(4, data, true))).isFalse();
        assertThat(without.answers(Profile.ofUser(6, data, true))).isTrue();
        assertThat(larger.answers(Profile.ofUser(4, data, true))).isTrue();
        assertThat(larger.withoutUser(99)).containsSame(larger);
        FactorModel swapped = model.withUsers(new float[] {1, 2, 3, 4});
        assertThat(swapped.users()).isEqualTo(1);
        assertThat(swapped.userVector(Profile.empty().withUser(0, true))).containsExactly(1f, 2f, 3f, 4f);
    }
}
