package org.recommender4j.factorization;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.model.ModelState;

/**
 * The vector of a user by the steps of the training with the items fixed, from 0: a number of passes over the history with
 * falling step size, each step with another random item. The same history gives the same vector. Time O(passes n d) for n items:
 * 30 passes up to 10,000 items, fewer for longer histories, and never fewer than 3.
 */
final class BprFoldIn implements FoldIn {
    private static final int PASSES = 30;
    /** A history that needs more steps than this gets fewer passes: each step teaches as much, and there are enough of them. */
    private static final int STEPS = 300_000;

    private static final int LEAST_PASSES = 3;
    /** Some ten thousand steps of decay are smaller than the least float. */
    private static final float LEAST_SCALE = 1e-30f;

    private final BprOptions options;
    private final int factors;

    BprFoldIn(BprOptions options, int factors) {
        this.options = options;
        this.factors = factors;
    }

    static BprFoldIn restore(ModelState state, int dimensions, int itemCount) {
        return new BprFoldIn(BprOptions.restore(state), state.integer("factors", 1, dimensions));
    }

    @Override
    public void fold(ItemFactors items, int[] history, float[] weights, float[] out) {
        float[] parts = parts(items, history);
        for (int k = 0; k < history.length; k++) {
            Kernels.axpy(1f, parts, k * factors, out, 0, factors);
        }
        if (items.dimension() > factors) {
            out[factors] = 1f;
        }
    }

    @Override
    public float[] explain(ItemFactors items, int[] history, float[] weights, int item) {
        float[] parts = parts(items, history);
        float[] row = new float[items.dimension()];
        items.row(item, row, 0);
        float[] result = new float[history.length];
        for (int k = 0; k < result.length; k++) {
            result[k] = Kernels.dot(parts, k * factors, row, 0, factors);
        }
        return result;
    }

    /** Returns what the steps of each item of the history add to the vector, one row per item. */
    private float[] parts(ItemFactors items, int[] history) {
        int width = items.dimension();
        int size = history.length;
        float[] rows = new float[Math.multiplyExact(size, width)];
        History had = new History(history, items.size());
        for (int k = 0; k < size; k++) {
            items.row(history[k], rows, k * width);
        }
        float[] parts = new float[Math.multiplyExact(size, factors)];
        float[] vector = new float[width];
        if (width > factors) {
            vector[factors] = 1f;
        }
        float[] other = new float[width];
        SplittableRandom random = new SplittableRandom(options.seed());
        // The decay of the vector is that of its parts, kept as one number.
        float scale = 1f;
        int passes = passes(size);
        for (int pass = 0; pass < passes; pass++) {
            float rate = options.learningRate() * (passes - pass) / passes;
            float keep = 1 - rate * options.regularization();
            for (int k = 0; k < size; k++) {
                float score = Kernels.dot(vector, 0, rows, k * width, width);
                float step = step(items, had, vector, score, random, other) * rate;
                if (step != 0) {
                    Kernels.scale(keep, vector, 0, vector, 0, factors);
                    Kernels.axpy(step, rows, k * width, vector, 0, factors);
                    Kernels.axpy(-step, other, 0, vector, 0, factors);
                    scale *= keep;
                    Kernels.axpy(step / scale, rows, k * width, parts, k * factors, factors);
                    Kernels.axpy(-step / scale, other, 0, parts, k * factors, factors);
                    float limit = options.limit(Kernels.dot(vector, 0, vector, 0, factors));
                    Kernels.scale(limit, vector, 0, vector, 0, factors);
                    scale *= limit;
                    if (scale < LEAST_SCALE) {
                        Kernels.scale(scale, parts, 0, parts, 0, parts.length);
                        scale = 1f;
                    }
                }
            }
        }
        Kernels.scale(scale, parts, 0, parts, 0, parts.length);
        return parts;
    }

    private static int passes(int size) {
        return Math.max(LEAST_PASSES, Math.min(PASSES, STEPS / Math.max(1, size)));
    }

    /** What must not be drawn. */
    private static final class History {
        final boolean isLong;
        private final long[] bits;
        private final int[] sorted;

        History(int[] history, int items) {
            isLong = Seen.isLong(history.length, items);
            bits = isLong ? Seen.bits(history, 0, history.length, items) : new long[0];
            sorted = history.clone();
            Arrays.sort(sorted);
        }

        boolean contains(int item) {
            return isLong ? Seen.contains(bits, item) : Arrays.binarySearch(sorted, item) >= 0;
        }
    }

    /** Draws another item, leaves its vector in {@code other}, and returns how strongly the pair is pulled apart. */
    private float step(
            ItemFactors items, History had, float[] vector, float score, SplittableRandom random, float[] other) {
        float highest = Float.NEGATIVE_INFINITY;
        int best = -1;
        for (int draw = 1; draw <= options.negatives(); draw++) {
            int candidate = random.nextInt(items.size());
            if (had.isLong && had.contains(candidate)) {
                continue;
            }
            float candidateScore = items.score(vector, candidate);
            boolean taken = options.warp() ? candidateScore > score - 1 : candidateScore > highest || best < 0;
            if (taken && (had.isLong || !had.contains(candidate))) {
                best = candidate;
                highest = candidateScore;
                if (options.warp()) {
                    items.row(best, other, 0);
                    return PairLoss.warp(items.size(), draw);
                }
            }
        }
        if (best < 0) {
            return 0;
        }
        items.row(best, other, 0);
        return options.warp() ? 0 : PairLoss.sigmoid(highest - score);
    }

    @Override
    public void addTo(ModelState state) {
        options.addTo(state);
    }
}
