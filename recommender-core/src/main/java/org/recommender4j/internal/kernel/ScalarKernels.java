package org.recommender4j.internal.kernel;

import static org.recommender4j.internal.kernel.Fma.fma;

import java.util.Arrays;

/**
 * Kernels in plain Java: by {@link ScalarPanels} for many panels, by {@link ScalarProducts} for few of them and for matrices, by {@link
 * ScalarBytes} for rounded numbers.
 */
final class ScalarKernels extends KernelProvider {

    /* Below this number of panels, copying to columns does not pay. */
    private static final int FEW = 4;

    /* An array of at least as many values, 16 MiB, is not in a cache of the core, and in a shared one at best. */
    private static final int MANY_VALUES = 1 << 22;

    private final String description;

    ScalarKernels(String reason) {
        this.description = "scalar (" + reason + ")";
    }

    @Override
    String description() {
        return description;
    }

    @Override
    void score(float[] u, int uOff, int d, float[] p, int pOff, int panels, float[] out, int outOff) {
        if (panels < FEW) {
            for (int panel = 0; panel < panels; panel++) {
                onePanel(u, uOff, 1, d, p, pOff + panel * d * Panels.WIDTH, out, outOff + panel * Panels.WIDTH);
            }
            return;
        }
        ScalarPanels block = ScalarPanels.borrow(1);
        for (int panel = 0; panel < panels; panel += ScalarPanels.BLOCK) {
            int count = Math.min(ScalarPanels.BLOCK, panels - panel);
            Arrays.fill(block.sums[0], 0);
            block.add(u, uOff, d, p, pOff + panel * d * Panels.WIDTH, count);
            System.arraycopy(block.sums[0], 0, out, outOff + panel * Panels.WIDTH, count * Panels.WIDTH);
        }
        block.giveBack();
    }

    /* Many panels are found at the start of a search and few later: so the blocks grow until something is found. */
    @Override
    int scan(float[] u, int uOff, int d, float[] p, int pOff, int panels, float threshold, float[] scores) {
        int panel = 0;
        for (; panel < Math.min(panels, FEW); panel++) {
            onePanel(u, uOff, 1, d, p, pOff + panel * d * Panels.WIDTH, scores, 0);
            if (reaches(scores, 0, threshold)) {
                return panel;
            }
        }
        if (panel == panels) {
            return panels;
        }
        ScalarPanels block = ScalarPanels.borrow(1);
        float[] sums = block.sums[0];
        for (int size = FEW; panel < panels; panel += size, size = Math.min(2 * size, ScalarPanels.BLOCK)) {
            int count = Math.min(size, panels - panel);
            if (p.length >= MANY_VALUES) {
                block.fetch(p, pOff + panel * d * Panels.WIDTH, count * d * Panels.WIDTH);
            }
            Arrays.fill(sums, 0);
            block.add(u, uOff, d, p, pOff + panel * d * Panels.WIDTH, count);
            for (int k = 0; k < count; k++) {
                if (reaches(sums, k * Panels.WIDTH, threshold)) {
                    System.arraycopy(sums, k * Panels.WIDTH, scores, 0, Panels.WIDTH);
                    block.giveBack();
                    return panel + k;
                }
            }
        }
        block.giveBack();
        return panels;
    }

    /* A block is scored up to the bound; where many panels remain it is finished as a whole, else panel by panel. */
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
        long left = 0;
        ScalarPanels block = ScalarPanels.borrow(1);
        float[] sums = block.sums[0];
        int size = FEW;
        for (int panel = 0; panel < panels; panel += size, size = Math.min(2 * size, ScalarPanels.BLOCK)) {
            int count = Math.min(size, panels - panel);
            int at = pOff + panel * d * Panels.WIDTH;
            Arrays.fill(sums, 0);
            block.add(u, uOff, 0, lead, d, p, at, count);
            int possible = 0;
            for (int k = 0; k < count; k++) {
                int bounds = rOff + (panel + k) * Panels.WIDTH;
                possible |= mayReach(sums, k * Panels.WIDTH, rests, bounds, restNorm, least) ? 1 << k : 0;
            }
            boolean together = 2 * Integer.bitCount(possible) > count;
            if (together) {
                block.add(u, uOff, lead, d, d, p, at, count);
            }
            for (int k = 0; k < count; k++) {
                if ((possible & 1 << k) == 0) {
                    left++;
                    continue;
                }
                if (together) {
                    System.arraycopy(sums, k * Panels.WIDTH, scores, 0, Panels.WIDTH);
                } else {
                    onePanel(u, uOff, 1, d, p, at + k * d * Panels.WIDTH, scores, 0);
                }
                if (reaches(scores, 0, threshold)) {
                    block.giveBack();
                    return panel + k | left << 32;
                }
            }
        }
        block.giveBack();
        return panels | left << 32;
    }

    private static boolean mayReach(float[] sums, int from, float[] rests, int rOff, float restNorm, float least) {
        boolean result = false;
        for (int l = 0; l < Panels.WIDTH; l++) {
            result |= fma(restNorm, rests[rOff + l], sums[from + l]) >= least;
        }
        return result;
    }

    @Override
    void scoreBlock(float[] u, int uOff, int d, float[] p, int pOff, int panels, float[] out, int outOff, int stride) {
        if (panels < FEW) {
            for (int panel = 0; panel < panels; panel++) {
                int to = outOff + panel * Panels.WIDTH;
                for (int r = 0; r < Panels.USERS; r++) {
                    onePanel(u, uOff + r, 8, d, p, pOff + panel * d * Panels.WIDTH, out, to + r * stride);
                }
            }
            return;
        }
        ScalarPanels block = ScalarPanels.borrow(Panels.USERS);
        for (int panel = 0; panel < panels; panel += ScalarPanels.BLOCK) {
            int count = Math.min(ScalarPanels.BLOCK, panels - panel);
            addBlock(block, u, uOff, d, p, pOff + panel * d * Panels.WIDTH, count);
            for (int r = 0; r < Panels.USERS; r++) {
                int to = outOff + r * stride + panel * Panels.WIDTH;
                System.arraycopy(block.sums[r], 0, out, to, count * Panels.WIDTH);
            }
        }
        block.giveBack();
    }

    @Override
    long scanBlock(
            float[] u, int uOff, int d, float[] p, int pOff, int panels, float[] thresholds, int tOff, float[] scores) {
        ScalarPanels block = ScalarPanels.borrow(Panels.USERS);
        int size = 2;
        for (int panel = 0; panel < panels; panel += size, size = Math.min(2 * size, ScalarPanels.BLOCK)) {
            int count = Math.min(size, panels - panel);
            addBlock(block, u, uOff, d, p, pOff + panel * d * Panels.WIDTH, count);
            for (int k = 0; k < count; k++) {
                long mask = 0;
                for (int r = 0; r < Panels.USERS; r++) {
                    if (reaches(block.sums[r], k * Panels.WIDTH, thresholds[tOff + r])) {
                        mask |= 1L << r;
                    }
                }
                if (mask != 0) {
                    for (int r = 0; r < Panels.USERS; r++) {
                        System.arraycopy(block.sums[r], k * Panels.WIDTH, scores, r * Panels.WIDTH, Panels.WIDTH);
                    }
                    block.giveBack();
                    return panel + k | mask << 32;
                }
            }
        }
        block.giveBack();
        return panels;
    }

    private static void addBlock(ScalarPanels block, float[] u, int uOff, int d, float[] p, int pOff, int panels) {
        for (float[] sums : block.sums) {
            Arrays.fill(sums, 0);
        }
        block.add(u, uOff, d, p, pOff, panels);
    }

    private static void onePanel(float[] u, int uOff, int uStride, int d, float[] p, int at, float[] out, int to) {
        ScalarProducts.sixteen(u, uOff, uStride, d, p, at, out, to);
        ScalarProducts.sixteen(u, uOff, uStride, d, p, at + 16, out, to + 16);
    }

    @Override
    void scoreBytes(
            short[] u, int d, byte[] p, int pOff, int panels, float[] scales, int sOff, float[] out, int outOff) {
        long lifted = ScalarBytes.lifted(u, d);
        for (int panel = 0; panel < panels; panel++) {
            int to = panel * Panels.WIDTH;
            bytePanel(u, d, lifted, p, pOff + d * to, scales, sOff + to, out, outOff + to);
        }
    }

    private static void bytePanel(
            short[] u, int d, long lifted, byte[] p, int pOff, float[] scales, int sOff, float[] out, int outOff) {
        for (int l = 0; l < Panels.WIDTH; l += 8) {
            ScalarBytes.eight(u, d, lifted, p, pOff + l, scales, sOff + l, out, outOff + l);
        }
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
        long lifted = ScalarBytes.lifted(u, d);
        for (int panel = 0; panel < panels; panel++) {
            int to = panel * Panels.WIDTH;
            bytePanel(u, d, lifted, p, pOff + d * to, scales, sOff + to, scores, 0);
            if (reaches(scores, 0, threshold)) {
                return panel;
            }
        }
        return panels;
    }

    @Override
    float dot(float[] a, int aOff, float[] b, int bOff, int n) {
        return ScalarProducts.dotProduct(a, aOff, b, bOff, n);
    }

    @Override
    void multiply(float[] x, int xOff, float[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] *= x[xOff + i];
        }
    }

    @Override
    void axpy(float alpha, float[] x, int xOff, float[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = fma(alpha, x[xOff + i], y[yOff + i]);
        }
    }

    @Override
    void scale(float alpha, float[] x, int xOff, float[] y, int yOff, int n) {
        for (int i = 0; i < n; i++) {
            y[yOff + i] = alpha * x[xOff + i];
        }
    }

    @Override
    void addRows(float[] w, int wOff, int m, float[] x, int xOff, int stride, float[] y, int yOff, int n) {
        for (int i = 0; i < m; i++) {
            axpy(w[wOff + i], x, xOff + i * stride, y, yOff, n);
        }
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
        for (int r = 0; r < 8; r += 4) {
            for (int l = 0; l < 32; l += 4) {
                ScalarProducts.tile4x4(
                        a,
                        aOff + r,
                        aStride,
                        b,
                        bOff + l,
                        bStride,
                        depth,
                        c,
                        cOff + r * cStride + l,
                        cStride,
                        subtract);
            }
        }
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
        for (int r = 0; r < 16; r += 4) {
            for (int l = 0; l < 16; l += 4) {
                ScalarProducts.tile4x4(
                        a, aOff + r, aStride, b, bOff + l, bStride, depth, c, cOff + r * cStride + l, cStride, false);
            }
        }
    }

    @Override
    void transpose(float[] x, int xOff, int stride, int rows, int n, float[] out, int outOff, int outStride) {
        ScalarProducts.transposed(x, xOff, stride, rows, n, out, outOff, outStride);
    }

    @Override
    void eliminate(float[] t, float[] a, int off, int stride, int columns) {
        for (int s = 0; s < 8; s++) {
            int row = off + s * stride;
            for (int r = 0; r < s; r++) {
                axpy(t[8 * r + s], a, off + r * stride, a, row, columns);
            }
            scale(t[9 * s], a, row, a, row, columns);
        }
    }

    private static boolean reaches(float[] scores, int from, float threshold) {
        boolean hit = false;
        for (int l = from; l < from + Panels.WIDTH; l++) {
            hit |= scores[l] >= threshold;
        }
        return hit;
    }
}
