package org.recommender4j.factorization;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Training;

/**
 * One side of a rating model while it is trained, users or items: its ratings by row, and for each row a vector of d factors
 * and a bias, at distance {@code Kernels.stride(d + 1)}.
 */
final class RatingSide {
    private static final int ROWS = 32;

    final int count;
    final int factors;
    final int stride;
    /** {@code count + 1} numbers: where the ratings of a row begin. */
    final int[] offsets;
    /** For each rating the row of the other side. */
    final int[] columns;
    /** For each rating what is to be explained by the vectors and biases. */
    final float[] targets;

    final float[] vectors;
    /** The prior mean of each row, of the same layout as the vectors. */
    final float[] means;

    RatingSide(int[] offsets, int[] columns, float[] targets, int factors) {
        count = offsets.length - 1;
        this.offsets = offsets;
        this.columns = columns;
        this.targets = targets;
        this.factors = factors;
        stride = Kernels.stride(factors + 1);
        vectors = new float[count * stride];
        means = new float[count * stride];
    }

    int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** Fills the factors with normal numbers of a standard deviation. */
    void initialize(long seed, double deviation) {
        float[] normal = new float[factors];
        for (int row = 0; row < count; row++) {
            Normals.fill(new SplittableRandom(mix(seed, row)), normal, factors, deviation);
            System.arraycopy(normal, 0, vectors, row * stride, factors);
        }
    }

    static long mix(long seed, long number) {
        return seed * 0x9E3779B97F4A7C15L + (number + 1) * 0xD1342543DE82EF95L;
    }

    /** How the rows of a side are drawn: the seed of the step, and the standard deviation of a rating. */
    record Draw(long seed, double deviation) {}

    /**
     * Solves all rows with the other side fixed, or draws them.
     *
     * @param prior the prior precision, in units of the precision of a rating
     * @throws ArithmeticException if a number overflows
     */
    void solve(RatingSide other, RowPrior prior, @Nullable Draw draw, Training training) {
        RowSource source =
                (column, out, at) -> System.arraycopy(other.vectors, column * other.stride, out, at, other.factors + 1);
        Parallel.forBlocks(
                count,
                ROWS,
                training.threads(),
                training.executor(),
                () -> new RatingSolver(factors),
                (block, from, to, solver) -> {
                    float[] noise = draw == null ? null : new float[factors + 1];
                    float last = Float.NaN;
                    for (int row = from; row < to; row++) {
                        float scale = prior.scale(length(row));
                        if (scale != last) {
                            solver.prior(prior, 0, length(row));
                            last = scale;
                        }
                        if (noise != null && draw != null) {
                            Normals.fill(new SplittableRandom(mix(draw.seed, row)), noise, factors + 1, draw.deviation);
                        }
                        if (!solver.solve(
                                source,
                                columns,
                                targets,
                                offsets[row],
                                offsets[row + 1],
                                means,
                                row * stride,
                                noise,
                                vectors,
                                row * stride)) {
                            throw new ArithmeticException("a vector overflows");
                        }
                    }
                });
    }

    /** Returns the sum of squared errors over all ratings. */
    double squaredError(RatingSide other) {
        double sum = 0;
        for (int row = 0; row < count; row++) {
            for (int p = offsets[row]; p < offsets[row + 1]; p++) {
                double error = error(row, p, other);
                sum += error * error;
            }
        }
        return sum;
    }

    /** Returns what is not explained of the rating at a position of a row. */
    float error(int row, int p, RatingSide other) {
        int at = row * stride;
        int to = columns[p] * stride;
        return targets[p]
                - vectors[at + factors]
                - other.vectors[to + factors]
                - Kernels.dot(vectors, at, other.vectors, to, factors);
    }

    /** Returns rows of this side without padding. */
    float[] compact(float[] padded) {
        int n = factors + 1;
        float[] result = new float[count * n];
        for (int row = 0; row < count; row++) {
            System.arraycopy(padded, row * stride, result, row * n, n);
        }
        return result;
    }
}
