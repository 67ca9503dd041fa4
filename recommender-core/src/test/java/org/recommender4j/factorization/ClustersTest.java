package org.recommender4j.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recommender4j.model.Training;

class ClustersTest {
    private static final Training ONE = Training.defaults().withThreads(1);

    private static float[] floats(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] result = new float[n];
        for (int k = 0; k < n; k++) {
            result[k] = (float) (random.nextDouble() + random.nextDouble() - 1);
        }
        return result;
    }

    private static RowSource rows(float[] values, int d) {
        return (k, out, offset) -> System.arraycopy(values, k * d, out, offset, d);
    }

    private static double distance(float[] rows, int row, float[] centers, int center, int d) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
            double difference = (double) rows[row * d + j] - centers[center * d + j];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "7, 3, 5", "1000, 37, 16", "1030, 100, 33", "33, 33, 2"})
    void eachVectorJoinsTheNearestCenter(int size, int count, int d) {
        float[] vectors = floats(size * d, 1);
        float[] centers = floats(count * d, 2);
        int[] nearest = Clusters.nearest(size, d, rows(vectors, d), centers, ONE);
        for (int k = 0; k < size; k++) {
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < count; c++) {
                least = Math.min(least, distance(vectors, k, centers, c, d));
            }
            assertThat(distance(vectors, k, centers, nearest[k], d)).isCloseTo(least, within(1e-5));
        }
    }

    @Test
    void ofTwoEqualCentersTheFirstIsTaken() {
        float[] centers = new float[80];
        Arrays.fill(centers, 0.5f);
        assertThat(Clusters.nearest(9, 2, rows(floats(18, 1), 2), centers, ONE)).containsOnly(0);
    }

    @Test
    void findsGroupsThatLieApart() {
        int groups = 20;
        int d = 10;
        float[] vectors = floats(3000 * d, 5);
        for (int k = 0; k < 3000; k++) {
            vectors[k * d + k % groups % d] += k % groups < d ? 30 : -30;
        }
        int[] clusters = Clusters.divide(3000, d, rows(vectors, d), 60, 1, ONE);
        int[] groupOf = new int[60];
        Arrays.fill(groupOf, -1);
        for (int k = 0; k < 3000; k++) {
            int known = groupOf[clusters[k]];
            assertThat(known == -1 || known == k % groups).isTrue();
            groupOf[clusters[k]] = k % groups;
        }
    }

    @Test
    void theNumberOfThreadsDoesNotMatter() {
        float[] vectors = floats(5000 * 8, 3);
        int[] one = Clusters.divide(5000, 8, rows(vectors, 8), 70, 1, ONE);
        int[] four = Clusters.divide(
                5000, 8, rows(vectors, 8), 70, 1, Training.defaults().withThreads(4));
        assertThat(four).isEqualTo(one);
        assertThat(Arrays.stream(one).distinct().count()).isGreaterThan(60);
    }

    @Test
    void meansAreThoseOfTheMembersAndAnEmptyClusterKeepsIts() {
        float[] means = {9, 9, 7, 8};
        Clusters.means(rows(new float[] {1, 2, 3, 6}, 2), 2, new int[] {0, 0}, means);
        assertThat(means).containsExactly(2, 4, 7, 8);
    }

    @Test
    void vectorsThatAreNotNumbersDoNoHarm() {
        float[] vectors = floats(200 * 4, 3);
        vectors[17] = Float.NaN;
        vectors[99] = Float.POSITIVE_INFINITY;
        vectors[401] = Float.MAX_VALUE;
        int[] clusters = Clusters.divide(200, 4, rows(vectors, 4), 10, 1, ONE);
        assertThat(Arrays.stream(clusters)).allMatch(cluster -> cluster >= 0 && cluster < 10);
    }
}
