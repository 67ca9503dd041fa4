package org.recommender4j.internal.kernel;

/** Passes everything on, for tests that change one operation. */
class DelegatingProvider extends KernelProvider {

    private final KernelProvider to;

    DelegatingProvider(KernelProvider to) {
        this.to = to;
    }

    @Override
    String description() {
        return to.description();
    }

    @Override
    void score(float[] u, int uOff, int d, float[] p, int pOff, int panels, float[] out, int outOff) {
        to.score(u, uOff, d, p, pOff, panels, out, outOff);
    }

    @Override
    int scan(float[] u, int uOff, int d, float[] p, int pOff, int panels, float threshold, float[] scores) {
        return to.scan(u, uOff, d, p, pOff, panels, threshold, scores);
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
        return to.scanBounded(u, uOff, d, lead, p, pOff, panels, rests, rOff, restNorm, least, threshold, scores);
    }

    @Override
    void scoreBlock(float[] u, int uOff, int d, float[] p, int pOff, int panels, float[] out, int outOff, int stride) {
        to.scoreBlock(u, uOff, d, p, pOff, panels, out, outOff, stride);
    }

    @Override
    long scanBlock(
            float[] u, int uOff, int d, float[] p, int pOff, int panels, float[] thresholds, int tOff, float[] scores) {
        return to.scanBlock(u, uOff, d, p, pOff, panels, thresholds, tOff, scores);
    }

    @Override
    void scoreBytes(
            short[] u, int d, byte[] p, int pOff, int panels, float[] scales, int sOff, float[] out, int outOff) {
        to.scoreBytes(u, d, p, pOff, panels, scales, sOff, out, outOff);
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
        return to.scanBytes(u, d, p, pOff, panels, scales, sOff, threshold, scores);
    }

    @Override
    float dot(float[] a, int aOff, float[] b, int bOff, int n) {
        return to.dot(a, aOff, b, bOff, n);
    }

    @Override
    void multiply(float[] x, int xOff, float[] y, int yOff, int n) {
        to.multiply(x, xOff, y, yOff, n);
    }

    @Override
    void axpy(float alpha, float[] x, int xOff, float[] y, int yOff, int n) {
        to.axpy(alpha, x, xOff, y, yOff, n);
    }

    @Override
    void scale(float alpha, float[] x, int xOff, float[] y, int yOff, int n) {
        to.scale(alpha, x, xOff, y, yOff, n);
    }

    @Override
    void addRows(float[] w, int wOff, int m, float[] x, int xOff, int stride, float[] y, int yOff, int n) {
        to.addRows(w, wOff, m, x, xOff, stride, y, yOff, n);
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
        to.tile(a, aOff, aStride, b, bOff, bStride, depth, c, cOff, cStride, subtract);
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
        to.square(a, aOff, aStride, b, bOff, bStride, depth, c, cOff, cStride);
    }

    @Override
    void transpose(float[] x, int xOff, int stride, int rows, int n, float[] out, int outOff, int outStride) {
        to.transpose(x, xOff, stride, rows, n, out, outOff, outStride);
    }

    @Override
    void eliminate(float[] t, float[] a, int off, int stride, int columns) {
        to.eliminate(t, a, off, stride, columns);
    }
}
