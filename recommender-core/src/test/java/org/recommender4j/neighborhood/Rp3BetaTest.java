package org.recommender4j.neighborhood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.ItemItemModel;
import org.recommender4j.model.Model;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

class Rp3BetaTest {
    @Test
    void aScoreIsThatOfTheWalk() {
        int users = 50;
        int items = 23;
        Interactions data = Naive.random(31, users, items, 1);
        Model model = Rp3Beta.builder()
                .alpha(0.8)
                .userAlpha(0.7)
                .beta(0.3)
                .shrinkage(0.5)
                .neighbors(6)
                .build()
                .train(TrainingData.implicit(data), Training.defaults());
        Interactions audiences = data.transpose();
        for (int source = 0; source < items; source++) {
            Scorer scorer = model.scorer(Profile.ofItems(source));
            for (int target = 0; target < items; target++) {
                double[] walks = new double[items];
                for (int from = 0; from < items; from++) {
                    double sum = 0;
                    int common = 0;
                    for (int user = 0; user < users && from != target; user++) {
                        if (data.contains(user, from) && data.contains(user, target)) {
                            sum += Math.pow(data.length(user), -0.7);
                            common++;
                        }
                    }
                    walks[from] = common == 0
                            ? 0
                            : sum
                                    / Math.pow(audiences.length(from), 0.8)
                                    / Math.pow(audiences.length(target), 0.3)
                                    * common
                                    / (common + 0.5);
                }
                boolean kept = java.util.Arrays.binarySearch(Naive.best(walks, 6), source) >= 0;
                float expected = kept ? (float) walks[source] : Scorer.UNSCORED;
                float actual = scorer.score(target);
                if (kept) {
                    assertThat(actual).isCloseTo(expected, within(1e-5f));
                } else {
                    assertThat(actual).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void keepsTheBestOfEachGoalOrOfEachSource() {
        Interactions data = Naive.random(33, 60, 30, 1);
        ItemItemModel all = (ItemItemModel)
                Rp3Beta.builder().neighbors(1000).build().train(TrainingData.implicit(data), Training.defaults());
        double[][] full = new double[30][30];
        for (int row = 0; row < 30; row++) {
            for (int p = all.weights().begin(row); p < all.weights().end(row); p++) {
                full[row][all.weights().column(p)] = all.weights().weight(p);
            }
        }
        for (boolean keepGoals : new boolean[] {false, true}) {
            ItemItemModel few = (ItemItemModel) Rp3Beta.builder()
                    .neighbors(4)
                    .keepGoals(keepGoals)
                    .build()
                    .train(TrainingData.implicit(data), Training.defaults());
            Interactions rows = keepGoals ? few.weights() : few.weights().transpose();
            for (int row = 0; row < 30; row++) {
                double[] values = new double[30];
                for (int other = 0; other < 30; other++) {
                    values[other] = keepGoals ? full[row][other] : full[other][row];
                }
                assertThat(rows.row(row)).isEqualTo(Naive.best(values, 4));
                for (int p = rows.begin(row); p < rows.end(row); p++) {
                    assertThat(rows.weight(p)).isCloseTo((float) values[rows.column(p)], within(1e-6f));
                }
            }
        }
    }

    @Test
    void theLengthOfAHistoryIsBounded() {
        Interactions data = Naive.random(32, 200, 60, 1);
        ItemItemModel limited = (ItemItemModel)
                Rp3Beta.builder().maxHistory(3).build().train(TrainingData.implicit(data), Training.defaults());
        ItemItemModel full = (ItemItemModel) new Rp3Beta().train(TrainingData.implicit(data), Training.defaults());
        assertThat(limited.weights().size())
                .isPositive()
                .isLessThan(full.weights().size());
    }

    @Test
    void refusesOptionsOutOfRange() {
        for (String option : new String[] {"alpha", "userAlpha", "beta", "shrinkage", "weightExponent"}) {
            for (String value : new String[] {"-0.1", "NaN"}) {
                assertThatThrownBy(() -> new Rp3Beta().with(Map.of(option, value)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(option);
            }
        }
        for (String option : new String[] {"neighbors", "maxHistory"}) {
            assertThatThrownBy(() -> new Rp3Beta().with(Map.of(option, "0")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(option);
        }
    }
}
