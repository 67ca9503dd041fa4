package org.recommender4j.internal.kernel;

import static org.recommender4j.internal.kernel.Fma.fma;

import java.util.Arrays;

/**
 * Kernels in plain Java.
 *
 * <p>The hot ones hold 16 sums in local variables: independent chains keep the processor's multiply-add units busy, and
 * no array of sums is stored and loaded again in every step.
 */
final class ScalarKernels extends KernelProvider {

    /* Below this number of panels, copying to columns does not pay. */
    private static final int FEW = 4;

    /* An array of at least as many values is in main memory, not in a cache: 32 MiB. */
    private static final int MANY_VALUES = 1 << 23;

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
        sixteen(u, uOff, uStride, d, p, at, out, to);
        sixteen(u, uOff, uStride, d, p, at + 16, out, to + 16);
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
        return dotProduct(a, aOff, b, bOff, n);
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
                tile4x4(
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
                tile4x4(a, aOff + r, aStride, b, bOff + l, bStride, depth, c, cOff + r * cStride + l, cStride, false);
            }
        }
    }

    @Override
    void transpose(float[] x, int xOff, int stride, int rows, int n, float[] out, int outOff, int outStride) {
        transposed(x, xOff, stride, rows, n, out, outOff, outStride);
    }

    static void transposed(float[] x, int xOff, int stride, int rows, int n, float[] out, int outOff, int outStride) {
        int padded = (rows + 15) & -16;
        int i = 0;
        for (; i + 3 < rows; i += 4) {
            int r0 = xOff + i * stride;
            int r1 = r0 + stride;
            int r2 = r1 + stride;
            int r3 = r2 + stride;
            for (int k = 0, to = outOff + i; k < n; k++, to += outStride) {
                // Adding 0 makes -0 to 0, as the vector form does.
                out[to] = x[r0 + k] + 0f;
                out[to + 1] = x[r1 + k] + 0f;
                out[to + 2] = x[r2 + k] + 0f;
                out[to + 3] = x[r3 + k] + 0f;
            }
        }
        for (; i < padded; i++) {
            for (int k = 0, to = outOff + i; k < n; k++, to += outStride) {
                out[to] = i < rows ? x[xOff + i * stride + k] + 0f : 0f;
            }
        }
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

    static float dotProduct(float[] a, int aOff, float[] b, int bOff, int n) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        float s8 = 0;
        float s9 = 0;
        float s10 = 0;
        float s11 = 0;
        float s12 = 0;
        float s13 = 0;
        float s14 = 0;
        float s15 = 0;
        int whole = n & -16;
        for (int i = 0; i < whole; i += 16) {
            int x = aOff + i;
            int y = bOff + i;
            s0 = fma(a[x], b[y], s0);
            s1 = fma(a[x + 1], b[y + 1], s1);
            s2 = fma(a[x + 2], b[y + 2], s2);
            s3 = fma(a[x + 3], b[y + 3], s3);
            s4 = fma(a[x + 4], b[y + 4], s4);
            s5 = fma(a[x + 5], b[y + 5], s5);
            s6 = fma(a[x + 6], b[y + 6], s6);
            s7 = fma(a[x + 7], b[y + 7], s7);
            s8 = fma(a[x + 8], b[y + 8], s8);
            s9 = fma(a[x + 9], b[y + 9], s9);
            s10 = fma(a[x + 10], b[y + 10], s10);
            s11 = fma(a[x + 11], b[y + 11], s11);
            s12 = fma(a[x + 12], b[y + 12], s12);
            s13 = fma(a[x + 13], b[y + 13], s13);
            s14 = fma(a[x + 14], b[y + 14], s14);
            s15 = fma(a[x + 15], b[y + 15], s15);
        }
        float rest = 0;
        for (int i = whole; i < n; i++) {
            rest = fma(a[aOff + i], b[bOff + i], rest);
        }
        float t0 = (s0 + s8) + (s4 + s12);
        float t1 = (s1 + s9) + (s5 + s13);
        float t2 = (s2 + s10) + (s6 + s14);
        float t3 = (s3 + s11) + (s7 + s15);
        return (t0 + t2) + (t1 + t3) + rest;
    }

    /* Eight rows at a time, as one chain alone would leave the multiply-add units idle. */
    static void dotRows(float[] rows, int offset, int count, float[] x, int d, float[] out) {
        int k = 0;
        for (; k + 8 <= count; k += 8) {
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            float s4 = 0;
            float s5 = 0;
            float s6 = 0;
            float s7 = 0;
            int at = offset + k * d;
            for (int j = 0; j < d; j++) {
                float value = x[j];
                int q = at + j;
                s0 = fma(value, rows[q], s0);
                s1 = fma(value, rows[q + d], s1);
                s2 = fma(value, rows[q + 2 * d], s2);
                s3 = fma(value, rows[q + 3 * d], s3);
                s4 = fma(value, rows[q + 4 * d], s4);
                s5 = fma(value, rows[q + 5 * d], s5);
                s6 = fma(value, rows[q + 6 * d], s6);
                s7 = fma(value, rows[q + 7 * d], s7);
            }
            out[k] = s0;
            out[k + 1] = s1;
            out[k + 2] = s2;
            out[k + 3] = s3;
            out[k + 4] = s4;
            out[k + 5] = s5;
            out[k + 6] = s6;
            out[k + 7] = s7;
        }
        for (; k < count; k++) {
            float sum = 0;
            for (int j = 0; j < d; j++) {
                sum = fma(x[j], rows[offset + k * d + j], sum);
            }
            out[k] = sum;
        }
    }

    /** One user against 16 neighbouring lanes of a panel. */
    private static void sixteen(float[] u, int uOff, int uStride, int d, float[] p, int at, float[] out, int to) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        float s8 = 0;
        float s9 = 0;
        float s10 = 0;
        float s11 = 0;
        float s12 = 0;
        float s13 = 0;
        float s14 = 0;
        float s15 = 0;
        for (int j = 0; j < d; j++) {
            float x = u[uOff + j * uStride];
            int q = at + j * Panels.WIDTH;
            s0 = fma(x, p[q], s0);
            s1 = fma(x, p[q + 1], s1);
            s2 = fma(x, p[q + 2], s2);
            s3 = fma(x, p[q + 3], s3);
            s4 = fma(x, p[q + 4], s4);
            s5 = fma(x, p[q + 5], s5);
            s6 = fma(x, p[q + 6], s6);
            s7 = fma(x, p[q + 7], s7);
            s8 = fma(x, p[q + 8], s8);
            s9 = fma(x, p[q + 9], s9);
            s10 = fma(x, p[q + 10], s10);
            s11 = fma(x, p[q + 11], s11);
            s12 = fma(x, p[q + 12], s12);
            s13 = fma(x, p[q + 13], s13);
            s14 = fma(x, p[q + 14], s14);
            s15 = fma(x, p[q + 15], s15);
        }
        out[to] = s0;
        out[to + 1] = s1;
        out[to + 2] = s2;
        out[to + 3] = s3;
        out[to + 4] = s4;
        out[to + 5] = s5;
        out[to + 6] = s6;
        out[to + 7] = s7;
        out[to + 8] = s8;
        out[to + 9] = s9;
        out[to + 10] = s10;
        out[to + 11] = s11;
        out[to + 12] = s12;
        out[to + 13] = s13;
        out[to + 14] = s14;
        out[to + 15] = s15;
    }

    private static void tile4x4(
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
        float sign = subtract ? -1 : 1;
        int c0 = cOff;
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        float s00 = c[c0];
        float s01 = c[c0 + 1];
        float s02 = c[c0 + 2];
        float s03 = c[c0 + 3];
        float s10 = c[c1];
        float s11 = c[c1 + 1];
        float s12 = c[c1 + 2];
        float s13 = c[c1 + 3];
        float s20 = c[c2];
        float s21 = c[c2 + 1];
        float s22 = c[c2 + 2];
        float s23 = c[c2 + 3];
        float s30 = c[c3];
        float s31 = c[c3 + 1];
        float s32 = c[c3 + 2];
        float s33 = c[c3 + 3];
        for (int q = 0; q < depth; q++) {
            int x = aOff + q * aStride;
            int y = bOff + q * bStride;
            float b0 = b[y];
            float b1 = b[y + 1];
            float b2 = b[y + 2];
            float b3 = b[y + 3];
            float a0 = sign * a[x];
            s00 = fma(a0, b0, s00);
            s01 = fma(a0, b1, s01);
            s02 = fma(a0, b2, s02);
            s03 = fma(a0, b3, s03);
            float a1 = sign * a[x + 1];
            s10 = fma(a1, b0, s10);
            s11 = fma(a1, b1, s11);
            s12 = fma(a1, b2, s12);
            s13 = fma(a1, b3, s13);
            float a2 = sign * a[x + 2];
            s20 = fma(a2, b0, s20);
            s21 = fma(a2, b1, s21);
            s22 = fma(a2, b2, s22);
            s23 = fma(a2, b3, s23);
            float a3 = sign * a[x + 3];
            s30 = fma(a3, b0, s30);
            s31 = fma(a3, b1, s31);
            s32 = fma(a3, b2, s32);
            s33 = fma(a3, b3, s33);
        }
        c[c0] = s00;
        c[c0 + 1] = s01;
        c[c0 + 2] = s02;
        c[c0 + 3] = s03;
        c[c1] = s10;
        c[c1 + 1] = s11;
        c[c1 + 2] = s12;
        c[c1 + 3] = s13;
        c[c2] = s20;
        c[c2 + 1] = s21;
        c[c2 + 2] = s22;
        c[c2 + 3] = s23;
        c[c3] = s30;
        c[c3 + 1] = s31;
        c[c3 + 2] = s32;
        c[c3 + 3] = s33;
    }

    private static boolean reaches(float[] scores, int from, float threshold) {
        boolean hit = false;
        for (int l = from; l < from + Panels.WIDTH; l++) {
            hit |= scores[l] >= threshold;
        }
        return hit;
    }
}
