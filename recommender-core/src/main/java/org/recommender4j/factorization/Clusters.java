package org.recommender4j.factorization;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Training;

/**
 * Divides vectors among clusters, each to the nearest center, by Lloyd's algorithm on a sample (S. Lloyd, Least Squares
 * Quantization in PCM, 1982). The nearest center c of x has the largest {@code x c - c c / 2}: a product of vectors that have one
 * dimension more, so the scoring kernels find it.
 */
final class Clusters {
    private static final int ROUNDS = 8;
    private static final int SAMPLE_PER_CLUSTER = 48;
    private static final int BLOCK = 1024;

    private final int dimension;
    private final RowSource rows;
    private final Training training;
    private final Panels centers;

    private Clusters(int count, int dimension, RowSource rows, Training training) {
        this.dimension = dimension;
        this.rows = rows;
        this.training = training;
        centers = Panels.zeros(count, dimension + 1);
    }

    /**
     * Returns the cluster of each vector. Takes O(size count dimension).
     *
     * @param count how many clusters, at most {@code size}; some may stay empty
     * @param seed of the sample
     */
    static int[] divide(int size, int dimension, RowSource rows, int count, long seed, Training training) {
        int sampled = (int) Math.min(size, (long) SAMPLE_PER_CLUSTER * count);
        int[] sample = sample(size, sampled, seed);
        float[] kept = new float[Math.multiplyExact(sampled, dimension)];
        for (int k = 0; k < sampled; k++) {
            rows.copy(sample[k], kept, k * dimension);
        }
        RowSource copies = (k, out, offset) -> System.arraycopy(kept, k * dimension, out, offset, dimension);
        Clusters clusters = new Clusters(count, dimension, copies, training);
        float[] means = Arrays.copyOf(kept, count * dimension);
        for (int round = 0; round < ROUNDS; round++) {
            clusters.center(means);
            means(copies, dimension, clusters.nearest(sampled), means);
        }
        return nearest(size, dimension, rows, means, training);
    }

    /** Returns the cluster of each vector, by the centers, row-major. */
    static int[] nearest(int size, int dimension, RowSource rows, float[] centers, Training training) {
        Clusters clusters = new Clusters(centers.length / dimension, dimension, rows, training);
        clusters.center(centers);
        return clusters.nearest(size);
    }

    /** Writes the mean of each cluster; that of an empty one stays as it is. */
    static void means(RowSource rows, int dimension, int[] clusters, float[] means) {
        double[] sums = new double[means.length];
        int[] counts = new int[means.length / dimension];
        float[] row = new float[dimension];
        for (int k = 0; k < clusters.length; k++) {
            rows.copy(k, row, 0);
            counts[clusters[k]]++;
            int at = clusters[k] * dimension;
            for (int j = 0; j < dimension; j++) {
                sums[at + j] += row[j];
            }
        }
        for (int at = 0; at < means.length; at++) {
            int count = counts[at / dimension];
            means[at] = count == 0 ? means[at] : (float) (sums[at] / count);
        }
    }

    private static int[] sample(int size, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] all = new int[size];
        Arrays.setAll(all, k -> k);
        for (int k = 0; k < count; k++) {
            int other = random.nextInt(k, size);
            int taken = all[other];
            all[other] = all[k];
            all[k] = taken;
        }
        return Arrays.copyOf(all, count);
    }

    private void center(float[] means) {
        float[] row = new float[dimension + 1];
        for (int cluster = 0; cluster < centers.size(); cluster++) {
            double square = 0;
            for (int j = 0; j < dimension; j++) {
                row[j] = means[cluster * dimension + j];
                square += (double) row[j] * row[j];
            }
            row[dimension] = (float) (-square / 2);
            centers.setRow(cluster, row, 0);
        }
    }

    private int[] nearest(int size) {
        int[] result = new int[size];
        Parallel.forBlocks(
                size, BLOCK, training.threads(), training.executor(), Nearest::new, (b, from, to, memory) -> {
                    for (int k = from; k < to; k += Panels.USERS) {
                        memory.find(k, Math.min(to - k, Panels.USERS), result);
                    }
                });
        return result;
    }

    /** The memory of a thread: the scores of all centers for eight vectors. */
    private final class Nearest {
        private final int width = dimension + 1;
        private final float[] vectors = new float[Panels.USERS * width];
        private final float[] packed = new float[Panels.USERS * width];
        private final float[] best = new float[Panels.USERS];
        private final float[] scores = new float[Panels.USERS * Panels.WIDTH];

        void find(int first, int count, int[] result) {
            for (int r = 0; r < count; r++) {
                rows.copy(first + r, vectors, r * width);
                vectors[r * width + dimension] = 1;
                result[first + r] = 0;
            }
            Kernels.packUsers(vectors, 0, width, count, width, packed, 0);
            Arrays.fill(best, 0, count, Float.NEGATIVE_INFINITY);
            Arrays.fill(best, count, best.length, Float.POSITIVE_INFINITY);
            int end = centers.panelCount();
            for (int panel = 0; panel < end; panel++) {
                long found = centers.scanBlock(packed, 0, panel, end, best, 0, scores);
                panel = (int) found;
                for (int mask = (int) (found >>> 32); mask != 0; mask &= mask - 1) {
                    int r = Integer.numberOfTrailingZeros(mask);
                    if (r < count) {
                        result[first + r] = best(r, panel, result[first + r]);
                    }
                }
            }
        }

        /** Returns the best center so far: the earlier one of two that are equally near. */
        private int best(int r, int panel, int before) {
            int result = before;
            int lanes = Math.min(Panels.WIDTH, centers.size() - panel * Panels.WIDTH);
            for (int lane = 0; lane < lanes; lane++) {
                float score = scores[r * Panels.WIDTH + lane];
                if (score > best[r]) {
                    best[r] = score;
                    result = panel * Panels.WIDTH + lane;
                }
            }
            return result;
        }
    }
}
