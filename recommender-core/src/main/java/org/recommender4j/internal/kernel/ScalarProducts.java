package org.recommender4j.internal.kernel;

import static org.recommender4j.internal.kernel.Fma.fma;

/**
 * Products of vectors and small matrices with all sums in local variables: independent chains keep the processor's multiply-add
 * units busy, and no array of sums is stored and loaded again in every step. That is why they are spelled out.
 */
final class ScalarProducts {
    private ScalarProducts() {}

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
    static void sixteen(float[] u, int uOff, int uStride, int d, float[] p, int at, float[] out, int to) {
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

    /** {@code c[r][l]} plus, or minus, the sum over q of {@code a[q][r] * b[q][l]}, for four rows and columns. */
    static void tile4x4(
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

    /** Writes rows as columns, padded with zeros to a multiple of 16. */
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
}
