package org.recommender4j.factorization;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.recommender4j.internal.kernel.Cholesky;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Training;

/**
 * Finds the vector x that minimizes {@code sum over j of c[j] (1 - x . y[j])^2 + sum over k of p[k] x[k]^2}: one row of implicit
 * ALS. Belongs to one thread, and is scratch memory to be used again: about 4 (2 d^2 + 128 d) bytes.
 */
final class RidgeSolver {
    /*
     * With Z = C^1/2 Y P^-1/2, one row per item of the history, the solution can be had in two ways:
     *
     *     x = P^-1/2 (I + Z' Z)^-1 Z' C^1/2 1      a system of d unknowns, or
     *     x = P^-1/2 Z' (I + Z Z')^-1 C^1/2 1      a system of m unknowns for m items.
     *
     * They are equal since (I + Z'Z) Z' = Z' (I + ZZ'). The second is what makes short histories cheap: m = 20 and d = 256 is
     * a system of 20 instead of 256. Hu et al. can't use it because their matrix Y'Y is full; it takes a diagonal P, which
     * Gram arranges. No eigenvalue of either system is below 1, so both are well-conditioned in float.
     */
    private static final int CHUNK = 128;
    /**
     * The sums over a longer history are those of blocks of this many columns, added in their order, so that threads can share
     * one history and the result does not depend on them.
     */
    static final int BLOCK = 8192;
    /** How many blocks are summed before they are added, which bounds the memory. */
    private static final int WAVE = 16;

    private static final float MAX_CONFIDENCE = (float) 1e15;
    private static final int MAX_ATTEMPTS = 12;

    private final int d;
    private final int stride;
    private final float[] inverseRoots;
    private final float[] roots;
    private float[] rows;
    private float[] turned = {};
    private float[] matrix = {};
    private final float[] right;
    private final SmallCholesky small = new SmallCholesky();

    /** Makes a solver for vectors of length d. */
    RidgeSolver(int d) {
        this.d = d;
        stride = Kernels.stride(d);
        inverseRoots = new float[stride];
        int longest = Math.max(CHUNK, stride);
        roots = new float[longest];
        right = new float[longest];
        rows = new float[16 * stride];
    }

    /** Returns the confidence that a weight stands for: the weight, kept in the range that float arithmetic can bear. */
    static float confidence(float weight) {
        return Math.min(weight, MAX_CONFIDENCE);
    }

    /** Sets the penalties p[k] = scale * spectrum[k] + base, kept above the rounding error of the largest one. */
    void penalties(float[] spectrum, double scale, double base) {
        float largest = 0;
        for (int k = 0; k < d; k++) {
            inverseRoots[k] = (float) (scale * spectrum[k] + base);
            largest = Math.max(largest, inverseRoots[k]);
        }
        float floor = Math.max(largest * 1e-6f, 1e-30f);
        for (int k = 0; k < d; k++) {
            inverseRoots[k] = 1f / (float) Math.sqrt(Math.max(inverseRoots[k], floor));
        }
    }

    /** The penalties to the power of -1/2, shared. */
    float[] inverseRoots() {
        return inverseRoots;
    }

    /**
     * Solves a row whose history is the given columns; their weights are 1 where there are none. Writes d floats.
     *
     * @return false if a number overflowed; then the output is of no use
     */
    boolean solve(
            RowSource source, int[] columns, float @Nullable [] weights, int from, int to, float[] out, int outOffset) {
        return solve(source, columns, weights, from, to, out, outOffset, null);
    }

    /** Solves a row as the other method does, with the same result; a history of several blocks on all threads of a training. */
    boolean solve(
            RowSource source,
            int[] columns,
            float @Nullable [] weights,
            int from,
            int to,
            float[] out,
            int outOffset,
            @Nullable Training training) {
        Arrays.fill(out, outOffset, outOffset + d, 0f);
        int m = to - from;
        if (m == 0) {
            return true;
        }
        if (m <= d) {
            if (!factorShort(source, columns, weights, from, m)) {
                return false;
            }
            System.arraycopy(roots, 0, right, 0, m);
            Arrays.fill(right, m, Kernels.stride(m), 0f);
            solveShort(m);
            Kernels.addRows(right, 0, m, rows, 0, stride, out, outOffset, d);
        } else {
            if (!factorLong(source, columns, weights, from, to, training)) {
                return false;
            }
            Cholesky.solve(matrix, d, right, 0);
            System.arraycopy(right, 0, out, outOffset, d);
        }
        float check = 0;
        for (int k = 0; k < d; k++) {
            float x = out[outOffset + k] * inverseRoots[k];
            out[outOffset + k] = x;
            check += x * 0f;
        }
        return check == 0;
    }

    /**
     * Writes what each column of the history adds to the dot product of the solution with a target: {@code c[j] target'
     * A^-1 y[j]}, where A is the matrix of the normal equations. The parts add up to the product.
     */
    boolean explain(
            RowSource source,
            int[] columns,
            float @Nullable [] weights,
            int from,
            int to,
            float[] target,
            float[] parts) {
        int m = to - from;
        float[] scaled = new float[stride];
        for (int k = 0; k < d; k++) {
            scaled[k] = target[k] * inverseRoots[k];
        }
        if (m <= d) {
            if (!factorShort(source, columns, weights, from, m)) {
                return false;
            }
            Arrays.fill(right, 0, Kernels.stride(m), 0f);
            for (int j = 0; j < m; j++) {
                right[j] = Kernels.dot(rows, j * stride, scaled, 0, d);
            }
            solveShort(m);
            for (int j = 0; j < m; j++) {
                parts[j] = roots[j] * right[j];
            }
            return true;
        }
        if (!factorLong(source, columns, weights, from, to, null)) {
            return false;
        }
        Cholesky.solve(matrix, d, scaled, 0);
        for (int at = from; at < to; at += CHUNK) {
            int count = Math.min(CHUNK, to - at);
            gather(source, columns, weights, at, count);
            for (int j = 0; j < count; j++) {
                parts[at - from + j] = roots[j] * Kernels.dot(rows, j * stride, scaled, 0, d);
            }
        }
        return true;
    }

    /** Leaves Z in the rows, its weights in the roots, and the factor of I + Z Z' in the matrix. */
    private boolean factorShort(RowSource source, int[] columns, float @Nullable [] weights, int from, int m) {
        gather(source, columns, weights, from, m);
        int width = Kernels.stride(m);
        if (turned.length < stride * width) {
            turned = new float[stride * width];
        }
        Kernels.transpose(rows, 0, stride, m, stride, turned, width);
        float diagonal = 1f;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            identity(m, diagonal);
            Kernels.addGram(turned, 0, turned, 0, d, m, matrix);
            float raised = raised(diagonal, m);
            if (m < SmallCholesky.LIMIT ? small.factor(matrix, m) : Cholesky.factor(matrix, m) < 0) {
                return true;
            }
            diagonal = raised;
        }
        return false;
    }

    private void solveShort(int m) {
        if (m < SmallCholesky.LIMIT) {
            small.solve(matrix, m, right);
        } else {
            Cholesky.solve(matrix, m, right, 0);
        }
    }

    /** Leaves Z' C^1/2 1 on the right-hand side, and the factor of I + Z' Z in the matrix. */
    private boolean factorLong(
            RowSource source,
            int[] columns,
            float @Nullable [] weights,
            int from,
            int to,
            @Nullable Training training) {
        float diagonal = 1f;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            identity(d, diagonal);
            Arrays.fill(right, 0, stride, 0f);
            if (to - from <= BLOCK) {
                add(source, columns, weights, from, to);
            } else {
                addBlocks(source, columns, weights, from, to, training);
            }
            float raised = raised(diagonal, d);
            if (Cholesky.factor(matrix, d) < 0) {
                return true;
            }
            diagonal = raised;
        }
        return false;
    }

    /** Adds Z' Z to the matrix and Z' C^1/2 1 to the right-hand side. */
    private void add(RowSource source, int[] columns, float @Nullable [] weights, int from, int to) {
        for (int at = from; at < to; at += CHUNK) {
            int count = Math.min(CHUNK, to - at);
            gather(source, columns, weights, at, count);
            Kernels.addGram(rows, 0, rows, 0, count, d, matrix);
            Kernels.addRows(roots, 0, count, rows, 0, stride, right, 0, stride);
        }
    }

    private void addBlocks(
            RowSource source,
            int[] columns,
            float @Nullable [] weights,
            int from,
            int to,
            @Nullable Training training) {
        if (training == null) {
            RidgeSolver sums = sameScale();
            for (int start = from; start < to; start += BLOCK) {
                sums.sum(source, columns, weights, start, Math.min(to, start + BLOCK));
                add(sums.matrix, sums.right);
            }
            return;
        }
        int blocks = Parallel.blocks(to - from, BLOCK);
        float[][] matrices = new float[Math.min(WAVE, blocks)][];
        float[][] rights = new float[matrices.length][];
        for (int first = 0; first < blocks; first += WAVE) {
            int base = from + first * BLOCK;
            int count = Math.min(WAVE, blocks - first);
            Parallel.forBlocks(
                    count, 1, training.threads(), training.executor(), this::sameScale, (block, begin, end, sums) -> {
                        int start = base + block * BLOCK;
                        sums.sum(source, columns, weights, start, Math.min(to, start + BLOCK));
                        matrices[block] = sums.matrix.clone();
                        rights[block] = sums.right.clone();
                    });
            for (int block = 0; block < count; block++) {
                add(matrices[block], rights[block]);
            }
        }
    }

    /** Leaves the sums over some columns, and nothing else, in the matrix and on the right-hand side. */
    private void sum(RowSource source, int[] columns, float @Nullable [] weights, int from, int to) {
        identity(d, 0f);
        Arrays.fill(right, 0, stride, 0f);
        add(source, columns, weights, from, to);
    }

    private void add(float[] otherMatrix, float[] otherRight) {
        Kernels.axpy(1f, otherMatrix, 0, matrix, 0, Kernels.squareSize(d));
        Kernels.axpy(1f, otherRight, 0, right, 0, stride);
    }

    private RidgeSolver sameScale() {
        RidgeSolver result = new RidgeSolver(d);
        System.arraycopy(inverseRoots, 0, result.inverseRoots, 0, stride);
        return result;
    }

    private void gather(RowSource source, int[] columns, float @Nullable [] weights, int from, int count) {
        if (rows.length < count * stride) {
            rows = new float[Math.max(count, Math.min(2 * count, CHUNK)) * stride];
        }
        for (int j = 0; j < count; j++) {
            float root = weights == null ? 1f : (float) Math.sqrt(confidence(weights[from + j]));
            roots[j] = root;
            int at = j * stride;
            source.copy(columns[from + j], rows, at);
            Kernels.multiply(inverseRoots, 0, rows, at, stride);
            if (root != 1f) {
                Kernels.scale(root, rows, at, rows, at, stride);
            }
        }
    }

    private void identity(int n, float diagonal) {
        int size = Kernels.squareSize(n);
        if (matrix.length < size) {
            matrix = new float[size];
        }
        Arrays.fill(matrix, 0, size, 0f);
        int width = Kernels.stride(n);
        for (int k = 0; k < n; k++) {
            matrix[k * width + k] = diagonal;
        }
    }

    /** A diagonal for the next attempt: huge weights on equal vectors let the rounding error exceed the identity. */
    private float raised(float diagonal, int n) {
        float largest = 0;
        int width = Kernels.stride(n);
        for (int k = 0; k < n; k++) {
            largest = Math.max(largest, matrix[k * width + k]);
        }
        return Math.max(diagonal * 8, largest * 1e-6f);
    }
}
