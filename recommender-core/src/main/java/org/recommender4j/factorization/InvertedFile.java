package org.recommender4j.factorization;

import java.util.Arrays;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.TopN;
import org.recommender4j.model.Training;

/**
 * Items by clusters of near vectors, to scan only the clusters, and of these only the panels, that are likely to hold one of
 * the best.
 *
 * <p>A score is that of the center of the cluster, and the product of the user's vector with the difference of the item's
 * vector to the center. The mean square of the latter, for a difference of length 1, is known for each direction of the user's
 * vector; so the length of a difference tells how much it may add: a number of deviations, which are roots of the mean square, is
 * reckoned with, and no more than Cauchy and Schwarz allow. How many are needed is found out from searches. Clusters are taken from the highest of these estimates down, until it is
 * below the score that an item needs, and so are the panels of a cluster, in which items stand by the length of the
 * difference. So the search goes on as long as rules leave the list short, and takes longer for a user whose best
 * items are spread over many clusters.
 *
 * <p>Memory: {@code 4 d + 8} bytes per item. Immutable; thread-safe. Inverted files for nearest neighbors are those of H. Jegou,
 * M. Douze, C. Schmid, Product Quantization for Nearest Neighbor Search, PAMI 2011; the estimate in place of a fixed number of
 * clusters is ours.
 */
final class InvertedFile {
    private static final int WIDTH = Panels.WIDTH;
    /** From how many differences the mean squares are taken. */
    private static final int SAMPLE = 1 << 14;

    private static final int SAMPLE_VALUES = 1 << 24;

    private final ItemFactors items;
    private final int[] clusterOf;
    private final float[] means;
    private final Panels centers;
    private final Panels panels;
    /** The item at each place, or -1. */
    private final int[] itemsAt;
    /** For each cluster the first of its panels, and the end. */
    private final int[] starts;
    /** For each panel the length of its longest difference; descending in each cluster. */
    private final float[] spreads;
    /** For each pair of dimensions the mean product in differences of length 1. */
    private final Panels covariance;

    /**
     * Puts items in order.
     *
     * @param clusterOf the cluster of each item, below {@code clusters}; kept
     */
    InvertedFile(ItemFactors items, int[] clusterOf, int clusters) {
        this.items = items;
        this.clusterOf = clusterOf;
        int d = items.dimension();
        means = new float[Math.multiplyExact(clusters, d)];
        Clusters.means(items::row, d, clusterOf, means);
        centers = Panels.of(means, clusters, d);
        int[] ends = new int[clusters + 1];
        for (int cluster : clusterOf) {
            ends[cluster + 1]++;
        }
        starts = new int[clusters + 1];
        for (int c = 0; c < clusters; c++) {
            starts[c + 1] = starts[c] + Parallel.blocks(ends[c + 1], WIDTH);
            ends[c + 1] += ends[c];
        }
        panels = Panels.zeros(starts[clusters] * WIDTH, d);
        itemsAt = new int[panels.size()];
        Arrays.fill(itemsAt, -1);
        spreads = new float[starts[clusters]];
        long[] order = order(ends);
        for (int c = 0; c < clusters; c++) {
            fill(order, ends[c], ends[c + 1], starts[c] * WIDTH);
        }
        covariance = covariance();
    }

    /** Returns the items cluster by cluster, those that differ most from the center first, with the lengths. */
    private long[] order(int[] ends) {
        long[] order = new long[items.size()];
        int[] next = ends.clone();
        float[] row = new float[items.dimension()];
        for (int item = 0; item < order.length; item++) {
            subtractCenter(item, row, 0);
            order[next[clusterOf[item]]++] = ItemFactors.descending(ItemFactors.length(row, 0), item);
        }
        for (int c = 0; c + 1 < ends.length; c++) {
            Arrays.sort(order, ends[c], ends[c + 1]);
        }
        return order;
    }

    private void subtractCenter(int item, float[] out, int offset) {
        int d = items.dimension();
        items.row(item, out, offset);
        int center = clusterOf[item] * d;
        for (int j = 0; j < d; j++) {
            out[offset + j] -= means[center + j];
        }
    }

    private void fill(long[] order, int from, int to, int firstPlace) {
        float[] row = new float[items.dimension()];
        for (int k = from; k < to; k++) {
            int place = firstPlace + k - from;
            int item = (int) order[k];
            if ((k - from) % WIDTH == 0) {
                spreads[place / WIDTH] = ItemFactors.described(order[k]);
            }
            items.row(item, row, 0);
            panels.setRow(place, row, 0);
            itemsAt[place] = item;
        }
    }

    private Panels covariance() {
        int d = items.dimension();
        int stride = Kernels.stride(d);
        int count = Math.min(items.size(), Math.min(SAMPLE, SAMPLE_VALUES / stride));
        float[] differences = new float[Math.multiplyExact(count, stride)];
        double squares = 0;
        for (int k = 0; k < count; k++) {
            subtractCenter((int) ((long) k * items.size() / count), differences, k * stride);
            for (int j = 0; j < d; j++) {
                squares += (double) differences[k * stride + j] * differences[k * stride + j];
            }
        }
        double[][] sums = Gram.of(differences, count, d, Training.defaults().withThreads(1));
        double all = squares;
        return Panels.of(d, d, (row, out) -> {
            for (int j = 0; j < d; j++) {
                out[j] = all == 0 ? 0f : (float) (sums[row][j] / all);
            }
        });
    }

    int[] clusterOf() {
        return clusterOf;
    }

    /** Returns the same clusters with other items: those that are changed, or new, join the nearest one. */
    InvertedFile over(ItemFactors others, int[] changed) {
        int[] result = Arrays.copyOf(clusterOf, others.size());
        RowSource rows = (k, out, offset) -> others.row(changed[k], out, offset);
        int[] nearest = Clusters.nearest(
                changed.length,
                items.dimension(),
                rows,
                means,
                Training.defaults().withThreads(1));
        for (int k = 0; k < changed.length; k++) {
            result[changed[k]] = nearest[k];
        }
        return new InvertedFile(others, result, centers.size());
    }

    /** Offers the items that it finds, or returns false if no search by clusters can be made for this vector and list. */
    boolean search(float[] vector, double deviations, TopN top) {
        double norm = ItemFactors.length(vector, 0);
        if (!(norm > 0 && norm < Float.POSITIVE_INFINITY) || top.capacity() > items.size() / 16) {
            return false;
        }
        new Search(vector, Math.min(norm, deviations * deviation(vector))).run(top);
        return true;
    }

    /** Returns how many deviations a search has to reckon with to find an item that needs a score. */
    double needed(float[] vector, int item, float score) {
        int cluster = clusterOf[item];
        int panel = starts[cluster];
        while (!holds(panel, item)) {
            panel++;
        }
        double missing = (double) score - centers.dot(vector, 0, cluster);
        double deviation = deviation(vector) * spreads[panel];
        return missing <= 0 || !(deviation > 0) ? 0 : missing / deviation;
    }

    private boolean holds(int panel, int item) {
        for (int lane = 0; lane < WIDTH; lane++) {
            if (itemsAt[panel * WIDTH + lane] == item) {
                return true;
            }
        }
        return false;
    }

    /** The root of the mean square of products of a vector with differences of length 1. */
    private double deviation(float[] vector) {
        int d = vector.length;
        float[] products = new float[d];
        covariance.score(vector, 0, 0, d, products, 0);
        double square = 0;
        for (int j = 0; j < d; j++) {
            square += (double) products[j] * vector[j];
        }
        return Math.sqrt(Math.max(0, square));
    }

    /** The search for one list. */
    private final class Search {
        private final float[] vector;
        private final double slope;
        private final float[] near = new float[Parallel.blocks(centers.size(), WIDTH) * WIDTH];
        private final float[] scores = new float[WIDTH];

        Search(float[] vector, double slope) {
            this.vector = vector;
            this.slope = slope;
            centers.score(vector, 0, 0, centers.size(), near, 0);
        }

        private float estimate(int cluster, int panel) {
            float estimate = (float) (near[cluster] + slope * spreads[panel]);
            return Float.isNaN(estimate) ? Float.POSITIVE_INFINITY : estimate;
        }

        void run(TopN top) {
            Queue queue = new Queue(centers.size());
            for (int c = 0; c < centers.size(); c++) {
                if (starts[c] < starts[c + 1]) {
                    queue.add(estimate(c, starts[c]), c);
                }
            }
            queue.order();
            while (!queue.isEmpty() && queue.best() >= top.threshold()) {
                scan(queue.take(), top);
            }
        }

        private void scan(int cluster, TopN top) {
            int end = starts[cluster + 1];
            for (int panel = starts[cluster]; ; panel++) {
                float threshold = top.threshold();
                end = reachable(cluster, threshold, panel, end);
                panel = panel < end ? panels.scan(vector, 0, panel, end, threshold, scores) : end;
                if (panel >= end) {
                    return;
                }
                for (int lane = 0; lane < WIDTH; lane++) {
                    int item = itemsAt[panel * WIDTH + lane];
                    if (scores[lane] >= top.threshold() && item >= 0) {
                        top.offer(item, scores[lane]);
                    }
                }
            }
        }

        private int reachable(int cluster, float threshold, int from, int to) {
            int end = to;
            while (end > from && estimate(cluster, end - 1) < threshold) {
                end--;
            }
            return end;
        }
    }

    /** Clusters by their estimates: a binary heap with the highest on top. */
    private static final class Queue {
        private final long[] heap;
        private int size;

        Queue(int capacity) {
            heap = new long[capacity];
        }

        void add(float estimate, int cluster) {
            int bits = Float.floatToRawIntBits(estimate + 0f);
            int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
            heap[size++] = (long) ordered << 32 | (~cluster & 0xFFFFFFFFL);
        }

        void order() {
            for (int k = size / 2 - 1; k >= 0; k--) {
                sink(k, heap[k]);
            }
        }

        boolean isEmpty() {
            return size == 0;
        }

        float best() {
            int ordered = (int) (heap[0] >> 32);
            return Float.intBitsToFloat(ordered ^ ((ordered >> 31) & Integer.MAX_VALUE));
        }

        int take() {
            int cluster = ~(int) heap[0];
            long last = heap[--size];
            if (size > 0) {
                sink(0, last);
            }
            return cluster;
        }

        private void sink(int from, long entry) {
            int hole = from;
            for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
                if (child + 1 < size && heap[child + 1] > heap[child]) {
                    child++;
                }
                if (entry >= heap[child]) {
                    break;
                }
                heap[hole] = heap[child];
                hole = child;
            }
            heap[hole] = entry;
        }
    }
}
