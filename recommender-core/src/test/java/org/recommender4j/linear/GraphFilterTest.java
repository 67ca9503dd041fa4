package org.recommender4j.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.linalg.SymmetricEigen;
import org.recommender4j.model.ItemItemModel;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

class GraphFilterTest {
    private static final double USER = 0.3;
    private static final double ITEM = 0.4;
    private static final double POPULARITY = 0.1;
    private static final double LOW_PASS_POPULARITY = -0.07;

    /** The eigenvectors in front of the widest gap among the first ten: an iteration separates no narrow one. */
    private static double[][] vectors(double[][] gram) {
        double[][] copy = new double[gram.length][];
        Arrays.setAll(copy, i -> gram[i].clone());
        SymmetricEigen eigen = SymmetricEigen.of(copy);
        int best = 1;
        for (int k = 1; k < Math.min(10, gram.length - 1); k++) {
            best = gap(eigen, k) > gap(eigen, best) ? k : best;
        }
        return Arrays.copyOf(eigen.vectors(), best);
    }

    private static double gap(SymmetricEigen eigen, int k) {
        return eigen.values()[k - 1] / eigen.values()[k];
    }

    private static double[][] gram(Interactions data) {
        double[][] x = Dense.of(data);
        double[][] normal = Dense.scale(Dense.degrees(x, -USER), x, Dense.degrees(Dense.transpose(x), -ITEM));
        return Dense.multiply(Dense.transpose(normal), normal);
    }

    /** The formula of the class in double. */
    private static double[][] naive(Interactions data, double[][] vectors, double weight) {
        double[][] byItem = Dense.transpose(Dense.of(data));
        double[][] gram = gram(data);
        int n = gram.length;
        double[][] projection = Dense.multiply(Dense.transpose(vectors), vectors);
        double[][] low = Dense.scale(
                Dense.degrees(byItem, -ITEM - POPULARITY),
                projection,
                Dense.degrees(byItem, ITEM + LOW_PASS_POPULARITY));
        double mean = 0;
        for (double[] vector : vectors) {
            double[][] column = Dense.transpose(new double[][] {vector});
            mean += Dense.multiply(new double[][] {vector}, Dense.multiply(gram, column))[0][0] / vectors.length;
        }
        double[][] result = Dense.scale(Dense.degrees(byItem, -POPULARITY), gram, Dense.degrees(byItem, POPULARITY));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                result[i][j] = i == j ? 0 : result[i][j] + weight * mean * low[i][j];
            }
        }
        return result;
    }

    private static GraphFilter.Builder builder() {
        return GraphFilter.builder()
                .userExponent(USER)
                .itemExponent(ITEM)
                .popularity(POPULARITY)
                .lowPassPopularity(LOW_PASS_POPULARITY)
                .iterations(200);
    }

    private static Interactions train(GraphFilter.Builder builder, Interactions data) {
        ItemItemModel model = (ItemItemModel) builder.build().train(TrainingData.implicit(data), Training.defaults());
        return model.weights();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 33, 64, 150})
    void isTheFilterOfTheGraph(int items) {
        Interactions data = Dense.interactions(7 + items, 3 * items, items);
        double[][] vectors = vectors(gram(data));
        double[][] expected = naive(data, vectors, 0.7);
        Interactions weights =
                train(builder().factors(vectors.length).lowPassWeight(0.7).neighbors(items), data);
        for (int row = 0; row < items; row++) {
            for (int column = 0; column < items; column++) {
                int at = weights.find(row, column);
                double actual = at < 0 ? 0 : weights.weight(at);
                assertThat(actual)
                        .as("%d, %d", row, column)
                        .isCloseTo(Math.max(0, expected[row][column]), within(2e-4));
            }
        }
    }

    @Test
    void keepsTheLargestOfEachRow() {
        Interactions data = Dense.interactions(3, 400, 90);
        Interactions all = train(builder().factors(8).neighbors(90), data);
        Interactions few = train(builder().factors(8).neighbors(4), data);
        for (int row = 0; row < 90; row++) {
            int begin = all.begin(row);
            int[] best = IntStream.range(begin, all.end(row))
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(p -> -all.weight(p))
                            .thenComparing(p -> p))
                    .limit(4)
                    .mapToInt(all::column)
                    .sorted()
                    .toArray();
            assertThat(few.row(row)).isEqualTo(best);
            for (int column : best) {
                assertThat(few.weight(few.find(row, column))).isEqualTo(all.weight(all.find(row, column)));
            }
        }
    }

    @Test
    void ofEqualNumbersTheFirstItemsAreKept() {
        int items = 150;
        int[] all = IntStream.range(0, items).toArray();
        Interactions one = Interactions.of(items, new int[] {0, items}, all, null, null);
        for (double weight : new double[] {0, 1}) {
            Interactions rows = train(builder().lowPassWeight(weight).neighbors(4), one);
            assertThat(rows.row(2)).containsExactly(0, 1, 3, 4);
            assertThat(rows.row(140)).containsExactly(0, 1, 2, 3);
        }
    }

    @Test
    void moreFactorsThanDirectionsAddNothing() {
        // Two groups of items: two directions and no third.
        int[] offsets = IntStream.rangeClosed(0, 40).map(user -> 3 * user).toArray();
        int[] columns =
                IntStream.range(0, 120).map(k -> (k / 3 % 2) * 3 + k % 3).toArray();
        Interactions data = Interactions.of(6, offsets, columns, null, null);
        Interactions two = train(builder().factors(2).neighbors(6), data);
        Interactions six = train(builder().factors(6).neighbors(6), data);
        for (int row = 0; row < 6; row++) {
            for (int column = 0; column < 6; column++) {
                int a = two.find(row, column);
                int b = six.find(row, column);
                float expected = a < 0 ? 0 : two.weight(a);
                assertThat(expected > 0.01).isEqualTo(row / 3 == column / 3 && row != column);
                assertThat(b < 0 ? 0 : six.weight(b)).isCloseTo(expected, within(1e-5f));
            }
        }
    }

    @Test
    void withoutTheLowPassItIsTheWalkOfTwoSteps() {
        Interactions data = Dense.interactions(11, 300, 70);
        Interactions none = train(builder().lowPassWeight(0).neighbors(70), data);
        double[][] expected = naive(data, new double[1][70], 0);
        for (int row = 0; row < 70; row++) {
            for (int p = none.begin(row); p < none.end(row); p++) {
                assertThat((double) none.weight(p)).isCloseTo(expected[row][none.column(p)], within(1e-5));
            }
        }
    }

    @Test
    void settersRefuseNonsense() {
        assertThatThrownBy(() -> GraphFilter.builder().factors(-1)).hasMessageContaining("factors");
        assertThatThrownBy(() -> GraphFilter.builder().iterations(0)).hasMessageContaining("iterations");
        assertThatThrownBy(() -> GraphFilter.builder().neighbors(0)).hasMessageContaining("neighbors");
        assertThatThrownBy(() -> GraphFilter.builder().lowPassWeight(Double.NaN))
                .hasMessageContaining("lowPassWeight");
        assertThatThrownBy(() -> GraphFilter.builder().userExponent(-1)).hasMessageContaining("userExponent");
        assertThatThrownBy(() -> GraphFilter.builder().itemExponent(9)).hasMessageContaining("itemExponent");
        assertThatThrownBy(() -> GraphFilter.builder().popularity(9)).hasMessageContaining("popularity");
    }
}
