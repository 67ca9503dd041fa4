package org.recommender4j.internal.kernel;

import static org.recommender4j.internal.kernel.SimdKernels.FLOATS;
import static org.recommender4j.internal.kernel.SimdKernels.LANES;
import static org.recommender4j.internal.kernel.SimdKernels.fma;

import jdk.incubator.vector.FloatVector;

/**
 * The register block of the matrix kernels: eight rows by two vectors.
 *
 * <p>Sixteen sums, two columns and one broadcast value fit the registers of every vector machine with 32 registers. Each
 * step loads two vectors and eight values for sixteen multiply-adds. The three forms are spelled out because sums in an
 * array, or a form chosen inside the loop, would leave the registers.
 */
final class SimdTiles {

    private static final float[] IDENTITY = identity();

    private SimdTiles() {}

    private static float[] identity() {
        float[] identity = new float[256];
        for (int i = 0; i < 256; i += 17) {
            identity[i] = 1;
        }
        return identity;
    }

    /** {@code c[r][l] = sum over q of a[q][r] * b[q][l]}, for eight rows and two vectors. */
    static void product(
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

    /** {@code c[r][l] += sum over q of a[q][r] * b[q][l]}, for eight rows and two vectors. */
    static void add(
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
        FloatVector s0 = FloatVector.fromArray(FLOATS, c, cOff);
        FloatVector t0 = FloatVector.fromArray(FLOATS, c, cOff + LANES);
        FloatVector s1 = FloatVector.fromArray(FLOATS, c, cOff + cStride);
        FloatVector t1 = FloatVector.fromArray(FLOATS, c, cOff + cStride + LANES);
        FloatVector s2 = FloatVector.fromArray(FLOATS, c, cOff + 2 * cStride);
        FloatVector t2 = FloatVector.fromArray(FLOATS, c, cOff + 2 * cStride + LANES);
        FloatVector s3 = FloatVector.fromArray(FLOATS, c, cOff + 3 * cStride);
        FloatVector t3 = FloatVector.fromArray(FLOATS, c, cOff + 3 * cStride + LANES);
        FloatVector s4 = FloatVector.fromArray(FLOATS, c, cOff + 4 * cStride);
        FloatVector t4 = FloatVector.fromArray(FLOATS, c, cOff + 4 * cStride + LANES);
        FloatVector s5 = FloatVector.fromArray(FLOATS, c, cOff + 5 * cStride);
        FloatVector t5 = FloatVector.fromArray(FLOATS, c, cOff + 5 * cStride + LANES);
        FloatVector s6 = FloatVector.fromArray(FLOATS, c, cOff + 6 * cStride);
        FloatVector t6 = FloatVector.fromArray(FLOATS, c, cOff + 6 * cStride + LANES);
        FloatVector s7 = FloatVector.fromArray(FLOATS, c, cOff + 7 * cStride);
        FloatVector t7 = FloatVector.fromArray(FLOATS, c, cOff + 7 * cStride + LANES);
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

    /** {@code c[r][l] += sum over q of -a[q][r] * b[q][l]}, for eight rows and two vectors. */
    static void subtract(
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
        FloatVector s0 = FloatVector.fromArray(FLOATS, c, cOff);
        FloatVector t0 = FloatVector.fromArray(FLOATS, c, cOff + LANES);
        FloatVector s1 = FloatVector.fromArray(FLOATS, c, cOff + cStride);
        FloatVector t1 = FloatVector.fromArray(FLOATS, c, cOff + cStride + LANES);
        FloatVector s2 = FloatVector.fromArray(FLOATS, c, cOff + 2 * cStride);
        FloatVector t2 = FloatVector.fromArray(FLOATS, c, cOff + 2 * cStride + LANES);
        FloatVector s3 = FloatVector.fromArray(FLOATS, c, cOff + 3 * cStride);
        FloatVector t3 = FloatVector.fromArray(FLOATS, c, cOff + 3 * cStride + LANES);
        FloatVector s4 = FloatVector.fromArray(FLOATS, c, cOff + 4 * cStride);
        FloatVector t4 = FloatVector.fromArray(FLOATS, c, cOff + 4 * cStride + LANES);
        FloatVector s5 = FloatVector.fromArray(FLOATS, c, cOff + 5 * cStride);
        FloatVector t5 = FloatVector.fromArray(FLOATS, c, cOff + 5 * cStride + LANES);
        FloatVector s6 = FloatVector.fromArray(FLOATS, c, cOff + 6 * cStride);
        FloatVector t6 = FloatVector.fromArray(FLOATS, c, cOff + 6 * cStride + LANES);
        FloatVector s7 = FloatVector.fromArray(FLOATS, c, cOff + 7 * cStride);
        FloatVector t7 = FloatVector.fromArray(FLOATS, c, cOff + 7 * cStride + LANES);
        for (int q = 0; q < depth; q++) {
            int x = aOff + q * aStride;
            int y = bOff + q * bStride;
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, y);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, y + LANES);
            FloatVector a0 = FloatVector.broadcast(FLOATS, -a[x]);
            s0 = fma(a0, b0, s0);
            t0 = fma(a0, b1, t0);
            FloatVector a1 = FloatVector.broadcast(FLOATS, -a[x + 1]);
            s1 = fma(a1, b0, s1);
            t1 = fma(a1, b1, t1);
            FloatVector a2 = FloatVector.broadcast(FLOATS, -a[x + 2]);
            s2 = fma(a2, b0, s2);
            t2 = fma(a2, b1, t2);
            FloatVector a3 = FloatVector.broadcast(FLOATS, -a[x + 3]);
            s3 = fma(a3, b0, s3);
            t3 = fma(a3, b1, t3);
            FloatVector a4 = FloatVector.broadcast(FLOATS, -a[x + 4]);
            s4 = fma(a4, b0, s4);
            t4 = fma(a4, b1, t4);
            FloatVector a5 = FloatVector.broadcast(FLOATS, -a[x + 5]);
            s5 = fma(a5, b0, s5);
            t5 = fma(a5, b1, t5);
            FloatVector a6 = FloatVector.broadcast(FLOATS, -a[x + 6]);
            s6 = fma(a6, b0, s6);
            t6 = fma(a6, b1, t6);
            FloatVector a7 = FloatVector.broadcast(FLOATS, -a[x + 7]);
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

    /** {@code c[r][l] += sum over q of a[q][r] * b[q][l]}, for sixteen rows and one vector of sixteen values. */
    static void square(
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
        FloatVector s0 = FloatVector.fromArray(FLOATS, c, cOff);
        FloatVector s1 = FloatVector.fromArray(FLOATS, c, cOff + cStride);
        FloatVector s2 = FloatVector.fromArray(FLOATS, c, cOff + 2 * cStride);
        FloatVector s3 = FloatVector.fromArray(FLOATS, c, cOff + 3 * cStride);
        FloatVector s4 = FloatVector.fromArray(FLOATS, c, cOff + 4 * cStride);
        FloatVector s5 = FloatVector.fromArray(FLOATS, c, cOff + 5 * cStride);
        FloatVector s6 = FloatVector.fromArray(FLOATS, c, cOff + 6 * cStride);
        FloatVector s7 = FloatVector.fromArray(FLOATS, c, cOff + 7 * cStride);
        FloatVector s8 = FloatVector.fromArray(FLOATS, c, cOff + 8 * cStride);
        FloatVector s9 = FloatVector.fromArray(FLOATS, c, cOff + 9 * cStride);
        FloatVector s10 = FloatVector.fromArray(FLOATS, c, cOff + 10 * cStride);
        FloatVector s11 = FloatVector.fromArray(FLOATS, c, cOff + 11 * cStride);
        FloatVector s12 = FloatVector.fromArray(FLOATS, c, cOff + 12 * cStride);
        FloatVector s13 = FloatVector.fromArray(FLOATS, c, cOff + 13 * cStride);
        FloatVector s14 = FloatVector.fromArray(FLOATS, c, cOff + 14 * cStride);
        FloatVector s15 = FloatVector.fromArray(FLOATS, c, cOff + 15 * cStride);
        for (int q = 0; q < depth; q++) {
            int x = aOff + q * aStride;
            FloatVector y = FloatVector.fromArray(FLOATS, b, bOff + q * bStride);
            s0 = fma(FloatVector.broadcast(FLOATS, a[x]), y, s0);
            s1 = fma(FloatVector.broadcast(FLOATS, a[x + 1]), y, s1);
            s2 = fma(FloatVector.broadcast(FLOATS, a[x + 2]), y, s2);
            s3 = fma(FloatVector.broadcast(FLOATS, a[x + 3]), y, s3);
            s4 = fma(FloatVector.broadcast(FLOATS, a[x + 4]), y, s4);
            s5 = fma(FloatVector.broadcast(FLOATS, a[x + 5]), y, s5);
            s6 = fma(FloatVector.broadcast(FLOATS, a[x + 6]), y, s6);
            s7 = fma(FloatVector.broadcast(FLOATS, a[x + 7]), y, s7);
            s8 = fma(FloatVector.broadcast(FLOATS, a[x + 8]), y, s8);
            s9 = fma(FloatVector.broadcast(FLOATS, a[x + 9]), y, s9);
            s10 = fma(FloatVector.broadcast(FLOATS, a[x + 10]), y, s10);
            s11 = fma(FloatVector.broadcast(FLOATS, a[x + 11]), y, s11);
            s12 = fma(FloatVector.broadcast(FLOATS, a[x + 12]), y, s12);
            s13 = fma(FloatVector.broadcast(FLOATS, a[x + 13]), y, s13);
            s14 = fma(FloatVector.broadcast(FLOATS, a[x + 14]), y, s14);
            s15 = fma(FloatVector.broadcast(FLOATS, a[x + 15]), y, s15);
        }
        s0.intoArray(c, cOff);
        s1.intoArray(c, cOff + cStride);
        s2.intoArray(c, cOff + 2 * cStride);
        s3.intoArray(c, cOff + 3 * cStride);
        s4.intoArray(c, cOff + 4 * cStride);
        s5.intoArray(c, cOff + 5 * cStride);
        s6.intoArray(c, cOff + 6 * cStride);
        s7.intoArray(c, cOff + 7 * cStride);
        s8.intoArray(c, cOff + 8 * cStride);
        s9.intoArray(c, cOff + 9 * cStride);
        s10.intoArray(c, cOff + 10 * cStride);
        s11.intoArray(c, cOff + 11 * cStride);
        s12.intoArray(c, cOff + 12 * cStride);
        s13.intoArray(c, cOff + 13 * cStride);
        s14.intoArray(c, cOff + 14 * cStride);
        s15.intoArray(c, cOff + 15 * cStride);
    }

    /**
     * {@code c[r][l] = x[l][r]} for sixteen {@code r} and {@code depth} rows {@code x}, and zero for other {@code l} below 16, as a
     * product with the identity: half a cycle per value.
     */
    static void turn(float[] x, int xOff, int stride, int depth, float[] c, int cOff, int cStride) {
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = FloatVector.zero(FLOATS);
        FloatVector s2 = FloatVector.zero(FLOATS);
        FloatVector s3 = FloatVector.zero(FLOATS);
        FloatVector s4 = FloatVector.zero(FLOATS);
        FloatVector s5 = FloatVector.zero(FLOATS);
        FloatVector s6 = FloatVector.zero(FLOATS);
        FloatVector s7 = FloatVector.zero(FLOATS);
        FloatVector s8 = FloatVector.zero(FLOATS);
        FloatVector s9 = FloatVector.zero(FLOATS);
        FloatVector s10 = FloatVector.zero(FLOATS);
        FloatVector s11 = FloatVector.zero(FLOATS);
        FloatVector s12 = FloatVector.zero(FLOATS);
        FloatVector s13 = FloatVector.zero(FLOATS);
        FloatVector s14 = FloatVector.zero(FLOATS);
        FloatVector s15 = FloatVector.zero(FLOATS);
        for (int q = 0; q < depth; q++) {
            int at = xOff + q * stride;
            FloatVector y = FloatVector.fromArray(FLOATS, IDENTITY, 16 * q);
            s0 = fma(FloatVector.broadcast(FLOATS, x[at]), y, s0);
            s1 = fma(FloatVector.broadcast(FLOATS, x[at + 1]), y, s1);
            s2 = fma(FloatVector.broadcast(FLOATS, x[at + 2]), y, s2);
            s3 = fma(FloatVector.broadcast(FLOATS, x[at + 3]), y, s3);
            s4 = fma(FloatVector.broadcast(FLOATS, x[at + 4]), y, s4);
            s5 = fma(FloatVector.broadcast(FLOATS, x[at + 5]), y, s5);
            s6 = fma(FloatVector.broadcast(FLOATS, x[at + 6]), y, s6);
            s7 = fma(FloatVector.broadcast(FLOATS, x[at + 7]), y, s7);
            s8 = fma(FloatVector.broadcast(FLOATS, x[at + 8]), y, s8);
            s9 = fma(FloatVector.broadcast(FLOATS, x[at + 9]), y, s9);
            s10 = fma(FloatVector.broadcast(FLOATS, x[at + 10]), y, s10);
            s11 = fma(FloatVector.broadcast(FLOATS, x[at + 11]), y, s11);
            s12 = fma(FloatVector.broadcast(FLOATS, x[at + 12]), y, s12);
            s13 = fma(FloatVector.broadcast(FLOATS, x[at + 13]), y, s13);
            s14 = fma(FloatVector.broadcast(FLOATS, x[at + 14]), y, s14);
            s15 = fma(FloatVector.broadcast(FLOATS, x[at + 15]), y, s15);
        }
        s0.intoArray(c, cOff);
        s1.intoArray(c, cOff + cStride);
        s2.intoArray(c, cOff + 2 * cStride);
        s3.intoArray(c, cOff + 3 * cStride);
        s4.intoArray(c, cOff + 4 * cStride);
        s5.intoArray(c, cOff + 5 * cStride);
        s6.intoArray(c, cOff + 6 * cStride);
        s7.intoArray(c, cOff + 7 * cStride);
        s8.intoArray(c, cOff + 8 * cStride);
        s9.intoArray(c, cOff + 9 * cStride);
        s10.intoArray(c, cOff + 10 * cStride);
        s11.intoArray(c, cOff + 11 * cStride);
        s12.intoArray(c, cOff + 12 * cStride);
        s13.intoArray(c, cOff + 13 * cStride);
        s14.intoArray(c, cOff + 14 * cStride);
        s15.intoArray(c, cOff + 15 * cStride);
    }

    /** See {@link KernelProvider#eliminate}; in halves, as more operations in one method would not be compiled well. */
    static void eliminate(float[] t, float[] a, int off, int stride, int columns) {
        int lower = off + 4 * stride;
        triangle(t, 0, a, off, stride, columns);
        square(t, 4, a, off, stride, lower, columns);
        triangle(t, 36, a, lower, stride, columns);
    }

    private static void triangle(float[] t, int tOff, float[] a, int off, int stride, int columns) {
        for (int l = 0; l < columns; l += LANES) {
            int at = off + l;
            FloatVector r0 = FloatVector.fromArray(FLOATS, a, at);
            r0 = r0.mul(t[tOff]);
            r0.intoArray(a, at);
            FloatVector r1 = FloatVector.fromArray(FLOATS, a, at + stride);
            r1 = step(t[tOff + 1], r0, r1);
            r1 = r1.mul(t[tOff + 9]);
            r1.intoArray(a, at + stride);
            FloatVector r2 = FloatVector.fromArray(FLOATS, a, at + 2 * stride);
            r2 = step(t[tOff + 2], r0, r2);
            r2 = step(t[tOff + 10], r1, r2);
            r2 = r2.mul(t[tOff + 18]);
            r2.intoArray(a, at + 2 * stride);
            FloatVector r3 = FloatVector.fromArray(FLOATS, a, at + 3 * stride);
            r3 = step(t[tOff + 3], r0, r3);
            r3 = step(t[tOff + 11], r1, r3);
            r3 = step(t[tOff + 19], r2, r3);
            r3 = r3.mul(t[tOff + 27]);
            r3.intoArray(a, at + 3 * stride);
        }
    }

    private static void square(float[] t, int tOff, float[] a, int off, int stride, int lower, int columns) {
        for (int l = 0; l < columns; l += LANES) {
            int at = off + l;
            FloatVector r0 = FloatVector.fromArray(FLOATS, a, at);
            FloatVector r1 = FloatVector.fromArray(FLOATS, a, at + stride);
            FloatVector r2 = FloatVector.fromArray(FLOATS, a, at + 2 * stride);
            FloatVector r3 = FloatVector.fromArray(FLOATS, a, at + 3 * stride);
            at = lower + l;
            FloatVector s0 = FloatVector.fromArray(FLOATS, a, at);
            s0 = step(t[tOff], r0, s0);
            s0 = step(t[tOff + 8], r1, s0);
            s0 = step(t[tOff + 16], r2, s0);
            s0 = step(t[tOff + 24], r3, s0);
            s0.intoArray(a, at);
            FloatVector s1 = FloatVector.fromArray(FLOATS, a, at + stride);
            s1 = step(t[tOff + 1], r0, s1);
            s1 = step(t[tOff + 9], r1, s1);
            s1 = step(t[tOff + 17], r2, s1);
            s1 = step(t[tOff + 25], r3, s1);
            s1.intoArray(a, at + stride);
            FloatVector s2 = FloatVector.fromArray(FLOATS, a, at + 2 * stride);
            s2 = step(t[tOff + 2], r0, s2);
            s2 = step(t[tOff + 10], r1, s2);
            s2 = step(t[tOff + 18], r2, s2);
            s2 = step(t[tOff + 26], r3, s2);
            s2.intoArray(a, at + 2 * stride);
            FloatVector s3 = FloatVector.fromArray(FLOATS, a, at + 3 * stride);
            s3 = step(t[tOff + 3], r0, s3);
            s3 = step(t[tOff + 11], r1, s3);
            s3 = step(t[tOff + 19], r2, s3);
            s3 = step(t[tOff + 27], r3, s3);
            s3.intoArray(a, at + 3 * stride);
        }
    }

    private static FloatVector step(float factor, FloatVector pivot, FloatVector row) {
        return fma(FloatVector.broadcast(FLOATS, factor), pivot, row);
    }
}
