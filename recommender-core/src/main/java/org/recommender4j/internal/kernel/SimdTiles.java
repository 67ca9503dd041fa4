package org.recommender4j.internal.kernel;

import static org.recommender4j.internal.kernel.SimdKernels.FLOATS;
import static org.recommender4j.internal.kernel.SimdKernels.LANES;
import static org.recommender4j.internal.kernel.SimdKernels.fma;

import jdk.incubator.vector.FloatVector;

/**
 * The register block of the matrix kernels: eight rows by two vectors.
 *
 * <p>Sixteen sums, two columns and one broadcast value fit the registers of every vector machine with 32 registers. Each
 * step loads two vectors and eight values for sixteen multiply-adds.
 */
final class SimdTiles {

    private SimdTiles() {}

    /** {@code c[r][l] = sum over q of a[8 * q + r] * b[32 * q + l]}, for eight rows and two vectors. */
    static void product(float[] a, int aOff, int depth, float[] b, int bOff, float[] c, int cOff, int cStride) {
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector t0 = FloatVector.zero(FLOATS);
        FloatVector s1 = FloatVector.zero(FLOATS);
        FloatVector t1 = FloatVector.zero(FLOATS);
        FloatVector s2 = FloatVector.zero(FLOATS);
        FloatVector t2 = FloatVector.zero(FLOATS);
        FloatVector s3 = FloatVector.zero(FLOATS);
        FloatVector t3 = FloatVector.zero(FLOATS);
        FloatVector s4 = FloatVector.zero(FLOATS);
        FloatVector t4 = FloatVector.zero(FLOATS);
        FloatVector s5 = FloatVector.zero(FLOATS);
        FloatVector t5 = FloatVector.zero(FLOATS);
        FloatVector s6 = FloatVector.zero(FLOATS);
        FloatVector t6 = FloatVector.zero(FLOATS);
        FloatVector s7 = FloatVector.zero(FLOATS);
        FloatVector t7 = FloatVector.zero(FLOATS);
        for (int q = 0; q < depth; q++) {
            int x = aOff + q * 8;
            int y = bOff + q * Panels.WIDTH;
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, y);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, y + LANES);
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[x]);
            s0 = fma(a0, b0, s0);
            t0 = fma(a0, b1, t0);
            FloatVector a1 = FloatVector.broadcast(FLOATS, a[x + 1]);
            s1 = fma(a1, b0, s1);
            t1 = fma(a1, b1, t1);
            FloatVector a2 = FloatVector.broadcast(FLOATS, a[x + 2]);
            s2 = fma(a2, b0, s2);
            t2 = fma(a2, b1, t2);
            FloatVector a3 = FloatVector.broadcast(FLOATS, a[x + 3]);
            s3 = fma(a3, b0, s3);
            t3 = fma(a3, b1, t3);
            FloatVector a4 = FloatVector.broadcast(FLOATS, a[x + 4]);
            s4 = fma(a4, b0, s4);
            t4 = fma(a4, b1, t4);
            FloatVector a5 = FloatVector.broadcast(FLOATS, a[x + 5]);
            s5 = fma(a5, b0, s5);
            t5 = fma(a5, b1, t5);
            FloatVector a6 = FloatVector.broadcast(FLOATS, a[x + 6]);
            s6 = fma(a6, b0, s6);
            t6 = fma(a6, b1, t6);
            FloatVector a7 = FloatVector.broadcast(FLOATS, a[x + 7]);
            s7 = fma(a7, b0, s7);
            t7 = fma(a7, b1, t7);
        }
        s0.intoArray(c, cOff);
        t0.intoArray(c, cOff + LANES);
        s1.intoArray(c, cOff + cStride);
        t1.intoArray(c, cOff + cStride + LANES);
        s2.intoArray(c, cOff + 2 * cStride);
        t2.intoArray(c, cOff + 2 * cStride + LANES);
        s3.intoArray(c, cOff + 3 * cStride);
        t3.intoArray(c, cOff + 3 * cStride + LANES);
        s4.intoArray(c, cOff + 4 * cStride);
        t4.intoArray(c, cOff + 4 * cStride + LANES);
        s5.intoArray(c, cOff + 5 * cStride);
        t5.intoArray(c, cOff + 5 * cStride + LANES);
        s6.intoArray(c, cOff + 6 * cStride);
        t6.intoArray(c, cOff + 6 * cStride + LANES);
        s7.intoArray(c, cOff + 7 * cStride);
        t7.intoArray(c, cOff + 7 * cStride + LANES);
    }

    /** {@code c[r][l] = sign * (sign * c[r][l] + sum over q of a[q][r] * b[q][l])}, for eight rows and two vectors. */
    static void accumulate(
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
            float sign) {
        FloatVector s0 = FloatVector.fromArray(FLOATS, c, cOff).mul(sign);
        FloatVector t0 = FloatVector.fromArray(FLOATS, c, cOff + LANES).mul(sign);
        FloatVector s1 = FloatVector.fromArray(FLOATS, c, cOff + cStride).mul(sign);
        FloatVector t1 =
                FloatVector.fromArray(FLOATS, c, cOff + cStride + LANES).mul(sign);
        FloatVector s2 = FloatVector.fromArray(FLOATS, c, cOff + 2 * cStride).mul(sign);
        FloatVector t2 =
                FloatVector.fromArray(FLOATS, c, cOff + 2 * cStride + LANES).mul(sign);
        FloatVector s3 = FloatVector.fromArray(FLOATS, c, cOff + 3 * cStride).mul(sign);
        FloatVector t3 =
                FloatVector.fromArray(FLOATS, c, cOff + 3 * cStride + LANES).mul(sign);
        FloatVector s4 = FloatVector.fromArray(FLOATS, c, cOff + 4 * cStride).mul(sign);
        FloatVector t4 =
                FloatVector.fromArray(FLOATS, c, cOff + 4 * cStride + LANES).mul(sign);
        FloatVector s5 = FloatVector.fromArray(FLOATS, c, cOff + 5 * cStride).mul(sign);
        FloatVector t5 =
                FloatVector.fromArray(FLOATS, c, cOff + 5 * cStride + LANES).mul(sign);
        FloatVector s6 = FloatVector.fromArray(FLOATS, c, cOff + 6 * cStride).mul(sign);
        FloatVector t6 =
                FloatVector.fromArray(FLOATS, c, cOff + 6 * cStride + LANES).mul(sign);
        FloatVector s7 = FloatVector.fromArray(FLOATS, c, cOff + 7 * cStride).mul(sign);
        FloatVector t7 =
                FloatVector.fromArray(FLOATS, c, cOff + 7 * cStride + LANES).mul(sign);
        for (int q = 0; q < depth; q++) {
            int x = aOff + q * aStride;
            int y = bOff + q * bStride;
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, y);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, y + LANES);
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[x]);
            s0 = fma(a0, b0, s0);
            t0 = fma(a0, b1, t0);
            FloatVector a1 = FloatVector.broadcast(FLOATS, a[x + 1]);
            s1 = fma(a1, b0, s1);
            t1 = fma(a1, b1, t1);
            FloatVector a2 = FloatVector.broadcast(FLOATS, a[x + 2]);
            s2 = fma(a2, b0, s2);
            t2 = fma(a2, b1, t2);
            FloatVector a3 = FloatVector.broadcast(FLOATS, a[x + 3]);
            s3 = fma(a3, b0, s3);
            t3 = fma(a3, b1, t3);
            FloatVector a4 = FloatVector.broadcast(FLOATS, a[x + 4]);
            s4 = fma(a4, b0, s4);
            t4 = fma(a4, b1, t4);
            FloatVector a5 = FloatVector.broadcast(FLOATS, a[x + 5]);
            s5 = fma(a5, b0, s5);
            t5 = fma(a5, b1, t5);
            FloatVector a6 = FloatVector.broadcast(FLOATS, a[x + 6]);
            s6 = fma(a6, b0, s6);
            t6 = fma(a6, b1, t6);
            FloatVector a7 = FloatVector.broadcast(FLOATS, a[x + 7]);
            s7 = fma(a7, b0, s7);
            t7 = fma(a7, b1, t7);
        }
        s0.mul(sign).intoArray(c, cOff);
        t0.mul(sign).intoArray(c, cOff + LANES);
        s1.mul(sign).intoArray(c, cOff + cStride);
        t1.mul(sign).intoArray(c, cOff + cStride + LANES);
        s2.mul(sign).intoArray(c, cOff + 2 * cStride);
        t2.mul(sign).intoArray(c, cOff + 2 * cStride + LANES);
        s3.mul(sign).intoArray(c, cOff + 3 * cStride);
        t3.mul(sign).intoArray(c, cOff + 3 * cStride + LANES);
        s4.mul(sign).intoArray(c, cOff + 4 * cStride);
        t4.mul(sign).intoArray(c, cOff + 4 * cStride + LANES);
        s5.mul(sign).intoArray(c, cOff + 5 * cStride);
        t5.mul(sign).intoArray(c, cOff + 5 * cStride + LANES);
        s6.mul(sign).intoArray(c, cOff + 6 * cStride);
        t6.mul(sign).intoArray(c, cOff + 6 * cStride + LANES);
        s7.mul(sign).intoArray(c, cOff + 7 * cStride);
        t7.mul(sign).intoArray(c, cOff + 7 * cStride + LANES);
    }

    /** See {@link KernelProvider#eliminate}. */
    static void eliminate(float[] t, float[] a, int off, int stride, int columns) {
        for (int l = 0; l < columns; l += LANES) {
            int at = off + l;
            FloatVector r0 = FloatVector.fromArray(FLOATS, a, at);
            r0 = r0.mul(t[0]);
            r0.intoArray(a, at);
            FloatVector r1 = FloatVector.fromArray(FLOATS, a, at + stride);
            r1 = step(t, 1, r0, r1);
            r1 = r1.mul(t[9]);
            r1.intoArray(a, at + stride);
            FloatVector r2 = FloatVector.fromArray(FLOATS, a, at + 2 * stride);
            r2 = step(t, 2, r0, r2);
            r2 = step(t, 10, r1, r2);
            r2 = r2.mul(t[18]);
            r2.intoArray(a, at + 2 * stride);
            FloatVector r3 = FloatVector.fromArray(FLOATS, a, at + 3 * stride);
            r3 = step(t, 3, r0, r3);
            r3 = step(t, 11, r1, r3);
            r3 = step(t, 19, r2, r3);
            r3 = r3.mul(t[27]);
            r3.intoArray(a, at + 3 * stride);
            FloatVector r4 = FloatVector.fromArray(FLOATS, a, at + 4 * stride);
            r4 = step(t, 4, r0, r4);
            r4 = step(t, 12, r1, r4);
            r4 = step(t, 20, r2, r4);
            r4 = step(t, 28, r3, r4);
            r4 = r4.mul(t[36]);
            r4.intoArray(a, at + 4 * stride);
            FloatVector r5 = FloatVector.fromArray(FLOATS, a, at + 5 * stride);
            r5 = step(t, 5, r0, r5);
            r5 = step(t, 13, r1, r5);
            r5 = step(t, 21, r2, r5);
            r5 = step(t, 29, r3, r5);
            r5 = step(t, 37, r4, r5);
            r5 = r5.mul(t[45]);
            r5.intoArray(a, at + 5 * stride);
            FloatVector r6 = FloatVector.fromArray(FLOATS, a, at + 6 * stride);
            r6 = step(t, 6, r0, r6);
            r6 = step(t, 14, r1, r6);
            r6 = step(t, 22, r2, r6);
            r6 = step(t, 30, r3, r6);
            r6 = step(t, 38, r4, r6);
            r6 = step(t, 46, r5, r6);
            r6 = r6.mul(t[54]);
            r6.intoArray(a, at + 6 * stride);
            FloatVector r7 = FloatVector.fromArray(FLOATS, a, at + 7 * stride);
            r7 = step(t, 7, r0, r7);
            r7 = step(t, 15, r1, r7);
            r7 = step(t, 23, r2, r7);
            r7 = step(t, 31, r3, r7);
            r7 = step(t, 39, r4, r7);
            r7 = step(t, 47, r5, r7);
            r7 = step(t, 55, r6, r7);
            r7 = r7.mul(t[63]);
            r7.intoArray(a, at + 7 * stride);
        }
    }

    private static FloatVector step(float[] t, int at, FloatVector pivot, FloatVector row) {
        return fma(FloatVector.broadcast(FLOATS, t[at]), pivot, row);
    }
}
