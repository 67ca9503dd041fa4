package org.recommender4j.internal.kernel;

/**
 * The vector kernels, with scalar ones in the place of most of their work while they are cold.
 *
 * <p>Until the optimising compiler has seen them, operations of the Vector API are hundreds of times slower than plain Java:
 * the first search of a process would take a tenth of a second for that alone. So as long as few panels were scanned, a
 * scan gives the vector kernel some panels to become known by, and the rest to the scalar one. Both give the same bits.
 * Training and batches are left alone: they run long enough.
 */
final class WarmingKernels extends KernelProvider {
    /** How many panels each scan leaves to the vector kernel while that is cold, and when it is no more. */
    private static final int SHARE = 4;

    private static final int WARM = 1500;

    private final KernelProvider simd;
    private final KernelProvider scalar;
    // Written by all threads without care: what a race loses are a few panels of warming.
    private int scanned;
    private int scannedBounded;
    private int scannedBytes;

    WarmingKernels(KernelProvider simd, KernelProvider scalar) {
        this.simd = simd;
        this.scalar = scalar;
    }

    @Override
    String description() {
        return simd.description();
    }

    @Override
    int scan(float[] u, int uOff, int d, float[] p, int pOff, int panels, float threshold, float[] scores) {
        if (scanned >= WARM) {
            return simd.scan(u, uOff, d, p, pOff, panels, threshold, scores);
        }
        int share = Math.min(SHARE, panels);
        scanned += share;
        int hit = simd.scan(u, uOff, d, p, pOff, share, threshold, scores);
        if (hit < share || share == panels) {
            return hit;
        }
        int at = pOff + share * d * Panels.WIDTH;
        return share + scalar.scan(u, uOff, d, p, at, panels - share, threshold, scores);
    }

    @Override
    long scanBounded(
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
            float[] scores) {
        if (scannedBounded >= WARM) {
            return simd.scanBounded(u, uOff, d, lead, p, pOff, panels, rests, rOff, restNorm, least, threshold, scores);
        }
        int share = Math.min(SHARE, panels);
        scannedBounded += share;
        long found =
                simd.scanBounded(u, uOff, d, lead, p, pOff, share, rests, rOff, restNorm, least, threshold, scores);
        if ((int) found < share || share == panels) {
            return found;
        }
        int at = pOff + share * d * Panels.WIDTH;
        int bounds = rOff + share * Panels.WIDTH;
        // The halves of both results add up: the panels to the panels, those left to those left.
        return found
                + scalar.scanBounded(
                        u, uOff, d, lead, p, at, panels - share, rests, bounds, restNorm, least, threshold, scores);
    }

    @Override
    int scanBytes(
            short[] u,
            int d,
            byte[] p,
            int pOff,
            int panels,
            float[] scales,
            int sOff,
            float threshold,
            float[] scores) {
        if (scannedBytes >= WARM) {
            return simd.scanBytes(u, d, p, pOff, panels, scales, sOff, threshold, scores);
        }
        int share = Math.min(SHARE, panels);
        scannedBytes += share;
        int hit = simd.scanBytes(u, d, p, pOff, share, scales, sOff, threshold, scores);
        if (hit < share || share == panels) {
            return hit;
        }
        int at = pOff + share * d * Panels.WIDTH;
        int scale = sOff + share * Panels.WIDTH;
        return share + scalar.scanBytes(u, d, p, at, panels - share, scales, scale, threshold, scores);
    }

    @Override
    void score(float[] u, int uOff, int d, float[] p, int pOff, int panels, float[] out, int outOff) {
        simd.score(u, uOff, d, p, pOff, panels, out, outOff);
    }

    @Override
    void scoreBlock(float[] u, int uOff, int d, float[] p, int pOff, int panels, float[] out, int outOff, int stride) {
        simd.scoreBlock(u, uOff, d, p, pOff, panels, out, outOff, stride);
    }

    @Override
    long scanBlock(
            float[] u, int uOff, int d, float[] p, int pOff, int panels, float[] thresholds, int tOff, float[] scores) {
        return simd.scanBlock(u, uOff, d, p, pOff, panels, thresholds, tOff, scores);
    }

    @Override
    void scoreBytes(
            short[] u, int d, byte[] p, int pOff, int panels, float[] scales, int sOff, float[] out, int outOff) {
        simd.scoreBytes(u, d, p, pOff, panels, scales, sOff, out, outOff);
    }

    @Override
    float dot(float[] a, int aOff, float[] b, int bOff, int n) {
        return simd.dot(a, aOff, b, bOff, n);
    }

    @Override
    void axpy(float alpha, float[] x, int xOff, float[] y, int yOff, int n) {
        simd.axpy(alpha, x, xOff, y, yOff, n);
    }

    @Override
    void scale(float alpha, float[] x, int xOff, float[] y, int yOff, int n) {
        simd.scale(alpha, x, xOff, y, yOff, n);
    }

    @Override
    void addRows(float[] w, int wOff, int m, float[] x, int xOff, int stride, float[] y, int yOff, int n) {
        simd.addRows(w, wOff, m, x, xOff, stride, y, yOff, n);
    }

    @Override
    void tile(
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
            boolean subtract) {
        simd.tile(a, aOff, aStride, b, bOff, bStride, depth, c, cOff, cStride, subtract);
    }

    @Override
    void eliminate(float[] t, float[] a, int off, int stride, int columns) {
        simd.eliminate(t, a, off, stride, columns);
    }

    @Override
    void transpose(float[] x, int xOff, int stride, int rows, int n, float[] out, int outOff, int outStride) {
        simd.transpose(x, xOff, stride, rows, n, out, outOff, outStride);
    }

    @Override
    void square(
            float[] a,
            int aOff,
            int aStride,
            float[] b,
            int bOff,
            int bStride,
            int depth,
            float[] c,
            int cOff,
            int cStride) {
        simd.square(a, aOff, aStride, b, bOff, bStride, depth, c, cOff, cStride);
    }

    @Override
    void multiply(float[] x, int xOff, float[] y, int yOff, int n) {
        simd.multiply(x, xOff, y, yOff, n);
    }
}
