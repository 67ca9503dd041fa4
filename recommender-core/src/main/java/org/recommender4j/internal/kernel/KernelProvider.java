package org.recommender4j.internal.kernel;

/**
 * The operations that have a scalar and a vector implementation with bit-identical results.
 *
 * <p>Arguments are trusted: {@link Kernels}, {@link Panels} and {@link Int8Panels} check them. Sums written as
 * {@code c + sum} are one chain of multiply-adds per element of the result, starting from {@code c}, in ascending order
 * of the summation index.
 */
abstract class KernelProvider {

    /** Says which implementation this is, for people. */
    abstract String description();

    /** Writes the scores of {@code panels} consecutive panels starting at {@code p[pOff]}, 32 per panel. */
    abstract void score(float[] u, int uOff, int d, float[] p, int pOff, int panels, float[] out, int outOff);

    /**
     * Returns the number of the first panel with a score that is at least {@code threshold}, whose scores are then in
     * {@code scores[0..31]}, or {@code panels}; then the content of {@code scores} is undefined.
     */
    abstract int scan(float[] u, int uOff, int d, float[] p, int pOff, int panels, float threshold, float[] scores);

    /**
     * As {@link #scan}, but a panel is left after {@code lead} of its dimensions, and not found, if {@code sum + restNorm *
     * rests[rOff + lane] >= least} holds in none of its lanes. Returns {@code panel | left << 32}, the latter being how many
     * panels were left.
     */
    abstract long scanBounded(
            float[] u,
            int uOff,
            int d,
            int lead,
            float[] p,
            int pOff,
            int panels,
            float[] rests,
            int rOff,
            float restNorm,
            float least,
            float threshold,
            float[] scores);

    /** As {@link #score}, for eight users packed eight wide; user {@code r} is written to {@code outOff + r * stride}. */
    abstract void scoreBlock(
            float[] u, int uOff, int d, float[] p, int pOff, int panels, float[] out, int outOff, int stride);

    /**
     * As {@link #scan}, for eight users packed eight wide, each with its own threshold. Returns
     * {@code panel | mask << 32}, bit {@code r} of the mask telling that user {@code r} has such a score, and
     * {@code panels} with an empty mask if there is none. The scores of user {@code r} are at {@code scores[32 * r]}, and undefined
     * if there is none.
     */
    abstract long scanBlock(
            float[] u, int uOff, int d, float[] p, int pOff, int panels, float[] thresholds, int tOff, float[] scores);

    /**
     * As {@link #score} on bytes and a user of small whole numbers: the sum of products is exact, as an {@code int}, and then
     * multiplied by the scale of its item.
     *
     * @param d a multiple of 8; sums of eight consecutive products fit a {@code short}
     */
    abstract void scoreBytes(
            short[] u, int d, byte[] p, int pOff, int panels, float[] scales, int sOff, float[] out, int outOff);

    /** As {@link #scan}, of what {@link #scoreBytes} writes. */
    abstract int scanBytes(
            short[] u,
            int d,
            byte[] p,
            int pOff,
            int panels,
            float[] scales,
            int sOff,
            float threshold,
            float[] scores);

    /**
     * Returns the dot product: element {@code i} of the first {@code n / 16 * 16} goes to lane {@code i % 16}, the rest
     * to one chain; the lanes are added in halves (8, 4, 2, 1 apart), then the rest is added.
     */
    abstract float dot(float[] a, int aOff, float[] b, int bOff, int n);

    /** {@code y *= x}, element by element. */
    abstract void multiply(float[] x, int xOff, float[] y, int yOff, int n);

    /** {@code y += alpha * x}. */
    abstract void axpy(float alpha, float[] x, int xOff, float[] y, int yOff, int n);

    /** {@code y = alpha * x}. */
    abstract void scale(float alpha, float[] x, int xOff, float[] y, int yOff, int n);

    /** {@code y += sum over i of w[i] * x[i]} for {@code m} rows {@code x[i]} at distance {@code stride}. */
    abstract void addRows(float[] w, int wOff, int m, float[] x, int xOff, int stride, float[] y, int yOff, int n);

    /**
     * The 8 x 32 tile {@code c[r][l] += sum over q of a[q][r] * b[q][l]}; all three with their own row distance. With
     * {@code subtract} the terms are {@code -a[q][r] * b[q][l]}.
     */
    abstract void tile(
            float[] a,
            int aOff,
            int aStride,
            float[] b,
            int bOff,
            int bStride,
            int depth,
            float[] c,
            int cOff,
            int cStride,
            boolean subtract);

    /** The 16 x 16 tile {@code c[r][l] += sum over q of a[q][r] * b[q][l]}; all three with their own row distance. */
    abstract void square(
            float[] a,
            int aOff,
            int aStride,
            float[] b,
            int bOff,
            int bStride,
            int depth,
            float[] c,
            int cOff,
            int cStride);

    /**
     * Writes {@code out[k][i] = x[i][k]} for {@code rows} rows {@code x[i]} and {@code k} below {@code n}, and zeros for {@code i}
     * from there up to a multiple of 16. A zero loses its sign, and what is not finite makes its neighbours NaN.
     *
     * @param n a multiple of 16
     */
    abstract void transpose(float[] x, int xOff, int stride, int rows, int n, float[] out, int outOff, int outStride);

    /**
     * Forward substitution of eight consecutive rows, column by column: for {@code s} ascending, row {@code s} gets
     * {@code t[8 * r + s] * row r} added for every {@code r < s} in ascending order and is then multiplied by
     * {@code t[9 * s]}.
     *
     * @param columns a multiple of 16
     */
    abstract void eliminate(float[] t, float[] a, int off, int stride, int columns);
}
