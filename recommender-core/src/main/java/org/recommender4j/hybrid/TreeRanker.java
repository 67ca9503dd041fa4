package org.recommender4j.hybrid;

import java.util.Arrays;
import org.recommender4j.model.ModelState;

/**
 * Gradient-boosted trees for the log-odds that an item is liked (Friedman 2001, with second-order leaf values): complete
 * binary trees of fixed depth over features cut into at most 64 bins. Fitting takes O(rows features depth) per tree.
 */
final class TreeRanker implements Ranker {
    private static final int TREES = 80;
    private static final int DEPTH = 4;
    private static final int NODES = (1 << DEPTH) - 1;
    private static final int LEAVES = 1 << DEPTH;
    private static final int BINS = 64;
    private static final double LEARNING_RATE = 0.1;
    private static final double RIDGE = 5.0;
    private static final double MIN_HESSIAN = 2.0;

    private final int features;
    /** Per tree and inner node, level by level: the feature, and above which value to go right. */
    private final int[] splitFeatures;

    private final float[] splitValues;
    private final float[] leaves;

    private TreeRanker(int features, int[] splitFeatures, float[] splitValues, float[] leaves) {
        this.features = features;
        this.splitFeatures = splitFeatures;
        this.splitValues = splitValues;
        this.leaves = leaves;
    }

    static TreeRanker restore(ModelState state, int features) {
        int[] splitFeatures = state.ints("splitFeatures", 0, features - 1);
        if (splitFeatures.length % NODES != 0) {
            throw new IllegalArgumentException(
                    "trees have " + NODES + " splits each, but there are " + splitFeatures.length);
        }
        int trees = splitFeatures.length / NODES;
        return new TreeRanker(
                features,
                splitFeatures,
                state.floats("splitValues", splitFeatures.length),
                state.finiteFloats("leaves", (long) trees * LEAVES));
    }

    @Override
    public ModelState state() {
        return new ModelState()
                .put("splitFeatures", splitFeatures)
                .put("splitValues", splitValues)
                .put("leaves", leaves);
    }

    @Override
    public float score(float[] rows, int k) {
        float sum = 0;
        int base = k * features;
        for (int tree = 0; tree * NODES < splitFeatures.length; tree++) {
            int node = 0;
            for (int level = 0; level < DEPTH; level++) {
                int split = tree * NODES + node;
                node = 2 * node + 1 + (rows[base + splitFeatures[split]] > splitValues[split] ? 1 : 0);
            }
            sum += leaves[tree * LEAVES + node - NODES];
        }
        return sum;
    }

    static TreeRanker fit(Rows rows) {
        return new Fit(rows).run();
    }

    private static final class Fit {
        private final Rows rows;
        private final int n;
        private final int features;
        private final float[][] cuts;
        private final byte[][] bins;
        private final double[] odds;
        private final double[] gradients;
        private final double[] hessians;
        private final int[] nodes;

        Fit(Rows rows) {
            this.rows = rows;
            n = rows.size();
            features = rows.features();
            cuts = new float[features][];
            bins = new byte[features][n];
            odds = new double[n];
            gradients = new double[n];
            hessians = new double[n];
            nodes = new int[n];
            for (int f = 0; f < features; f++) {
                bin(f);
            }
        }

        /** Cuts a feature at its quantiles. */
        private void bin(int f) {
            float[] sorted = new float[n];
            for (int row = 0; row < n; row++) {
                sorted[row] = rows.value(row, f);
            }
            Arrays.sort(sorted);
            float[] found = new float[BINS - 1];
            int count = 0;
            for (int b = 1; b < BINS; b++) {
                float cut = n == 0 ? 0f : sorted[(int) ((long) b * n / BINS)];
                // Rows go right when they are above the cut, so the largest value cuts nothing off.
                if (n > 0 && cut < sorted[n - 1] && (count == 0 || cut > found[count - 1])) {
                    found[count++] = cut;
                }
            }
            cuts[f] = Arrays.copyOf(found, count);
            for (int row = 0; row < n; row++) {
                int at = Arrays.binarySearch(cuts[f], rows.value(row, f));
                bins[f][row] = (byte) (at >= 0 ? at : -at - 1);
            }
        }

        TreeRanker run() {
            int positives = 0;
            for (boolean label : rows.labels()) {
                positives += label ? 1 : 0;
            }
            int trees = positives == 0 || positives == n ? 0 : TREES;
            double start = trees == 0 ? 0 : StrictMath.log(positives / (double) (n - positives));
            Arrays.fill(odds, start);
            int[] splitFeatures = new int[trees * NODES];
            float[] splitValues = new float[trees * NODES];
            float[] leaves = new float[trees * LEAVES];
            for (int tree = 0; tree < trees; tree++) {
                grow(splitFeatures, splitValues, leaves, tree);
            }
            return new TreeRanker(features, splitFeatures, splitValues, leaves);
        }

        private void grow(int[] splitFeatures, float[] splitValues, float[] leaves, int tree) {
            for (int row = 0; row < n; row++) {
                double p = 1 / (1 + StrictMath.exp(-odds[row]));
                gradients[row] = (rows.labels()[row] ? 1 : 0) - p;
                hessians[row] = p * (1 - p);
                nodes[row] = 0;
            }
            for (int level = 0; level < DEPTH; level++) {
                int first = (1 << level) - 1;
                int width = 1 << level;
                Best best = new Best(width);
                double[] g = new double[width * BINS];
                double[] h = new double[width * BINS];
                for (int f = 0; f < features; f++) {
                    Arrays.fill(g, 0);
                    Arrays.fill(h, 0);
                    byte[] bin = bins[f];
                    for (int row = 0; row < n; row++) {
                        int at = (nodes[row] - first) * BINS + bin[row];
                        g[at] += gradients[row];
                        h[at] += hessians[row];
                    }
                    for (int node = 0; node < width; node++) {
                        best.consider(node, f, g, h, cuts[f].length);
                    }
                }
                for (int node = 0; node < width; node++) {
                    int split = tree * NODES + first + node;
                    splitFeatures[split] = best.feature[node];
                    splitValues[split] =
                            best.gain[node] > 0 ? cuts[best.feature[node]][best.bin[node]] : Float.POSITIVE_INFINITY;
                }
                for (int row = 0; row < n; row++) {
                    int node = nodes[row] - first;
                    boolean right = best.gain[node] > 0 && bins[best.feature[node]][row] > best.bin[node];
                    nodes[row] = 2 * nodes[row] + 1 + (right ? 1 : 0);
                }
            }
            double[] g = new double[LEAVES];
            double[] h = new double[LEAVES];
            for (int row = 0; row < n; row++) {
                g[nodes[row] - NODES] += gradients[row];
                h[nodes[row] - NODES] += hessians[row];
            }
            for (int leaf = 0; leaf < LEAVES; leaf++) {
                leaves[tree * LEAVES + leaf] = (float) (LEARNING_RATE * g[leaf] / (h[leaf] + RIDGE));
            }
            for (int row = 0; row < n; row++) {
                odds[row] += leaves[tree * LEAVES + nodes[row] - NODES];
            }
        }
    }

    /** The best split of each node of a level so far. */
    private static final class Best {
        final double[] gain;
        final int[] feature;
        final int[] bin;

        Best(int width) {
            gain = new double[width];
            feature = new int[width];
            bin = new int[width];
        }

        void consider(int node, int f, double[] g, double[] h, int cuts) {
            double allG = 0;
            double allH = 0;
            for (int b = 0; b < BINS; b++) {
                allG += g[node * BINS + b];
                allH += h[node * BINS + b];
            }
            double whole = allG * allG / (allH + RIDGE);
            double leftG = 0;
            double leftH = 0;
            for (int b = 0; b < cuts; b++) {
                leftG += g[node * BINS + b];
                leftH += h[node * BINS + b];
                double rightG = allG - leftG;
                double rightH = allH - leftH;
                if (leftH >= MIN_HESSIAN && rightH >= MIN_HESSIAN) {
                    double value = leftG * leftG / (leftH + RIDGE) + rightG * rightG / (rightH + RIDGE) - whole;
                    if (value > gain[node] + 1e-9) {
                        gain[node] = value;
                        feature[node] = f;
                        bin[node] = b;
                    }
                }
            }
        }
    }
}
