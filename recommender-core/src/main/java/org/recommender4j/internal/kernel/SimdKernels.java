package org.recommender4j.internal.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels on the Vector API, bit-identical to {@link ScalarKernels}.
 *
 * <p>What the compiler needs to keep vectors in registers: a species in a {@code static final} field, sums in local
 * variables, {@code int} loop indices, no masks. A panel is 2, 4 or 8 vectors wide and is read two vectors at a time.
 */
final class SimdKernels extends KernelProvider {

    static final VectorSpecies<Float> FLOATS =
            FloatVector.SPECIES_PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
    static final int LANES = FLOATS.length();

    private static final boolean FUSED = Fma.FUSED;
    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    private static final VectorSpecies<Short> SHORTS = FLOATS.withLanes(short.class);
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));
    private static final VectorShuffle<Float> BY_8 = rotation(8);
    private static final VectorShuffle<Float> BY_4 = rotation(4);
    private static final VectorShuffle<Float> BY_2 = rotation(2);
    private static final VectorShuffle<Float> BY_1 = rotation(1);

    private final ScalarKernels scalar = new ScalarKernels("narrow vectors");

    @Override
    String description() {
        return "simd " + FLOATS.vectorBitSize() + "-bit";
    }

    @Override
    void score(float[] u, int uOff, int d, float[] p, int pOff, int panels, float[] out, int outOff) {
        for (int panel = 0; panel < panels; panel++) {
            onePanel(u, uOff, d, p, pOff + panel * d * Panels.WIDTH, out, outOff + panel * Panels.WIDTH);
        }
    }

    private static void onePanel(float[] u, int uOff, int d, float[] p, int at, float[] out, int to) {
        for (int v = 0; v < Panels.WIDTH; v += 2 * LANES) {
            FloatVector s0 = FloatVector.zero(FLOATS);
            FloatVector s1 = FloatVector.zero(FLOATS);
            for (int j = 0; j < d; j++) {
                FloatVector x = FloatVector.broadcast(FLOATS, u[uOff + j]);
                int q = at + v + j * Panels.WIDTH;
                s0 = fma(x, FloatVector.fromArray(FLOATS, p, q), s0);
                s1 = fma(x, FloatVector.fromArray(FLOATS, p, q + LANES), s1);
            }
            s0.intoArray(out, to + v);
            s1.intoArray(out, to + v + LANES);
        }
    }

    @Override
    int scan(float[] u, int uOff, int d, float[] p, int pOff, int panels, float threshold, float[] scores) {
        FloatVector least = FloatVector.broadcast(FLOATS, threshold);
        for (int panel = 0; panel < panels; panel++) {
            int at = pOff + panel * d * Panels.WIDTH;
            boolean hit = false;
            for (int v = 0; v < Panels.WIDTH; v += 2 * LANES) {
                FloatVector s0 = FloatVector.zero(FLOATS);
                FloatVector s1 = FloatVector.zero(FLOATS);
                for (int j = 0; j < d; j++) {
                    FloatVector x = FloatVector.broadcast(FLOATS, u[uOff + j]);
                    int q = at + v + j * Panels.WIDTH;
                    s0 = fma(x, FloatVector.fromArray(FLOATS, p, q), s0);
                    s1 = fma(x, FloatVector.fromArray(FLOATS, p, q + LANES), s1);
                }
                s0.intoArray(scores, v);
                s1.intoArray(scores, v + LANES);
                hit |= s0.compare(VectorOperators.GE, least)
                        .or(s1.compare(VectorOperators.GE, least))
                        .anyTrue();
            }
            if (hit) {
                return panel;
            }
        }
        return panels;
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
        long left = 0;
        for (int panel = 0; panel < panels; panel++) {
            int at = pOff + panel * d * Panels.WIDTH;
            int bounds = rOff + panel * Panels.WIDTH;
            boolean possible = false;
            for (int v = 0; v < Panels.WIDTH; v += 2 * LANES) {
                possible |= begin(u, uOff, lead, p, at + v, rests, bounds + v, restNorm, least, scores, v);
            }
            if (!possible) {
                left++;
                continue;
            }
            boolean hit = false;
            for (int v = 0; v < Panels.WIDTH; v += 2 * LANES) {
                hit |= finish(u, uOff, lead, d, p, at + v, threshold, scores, v);
            }
            if (hit) {
                return panel | left << 32;
            }
        }
        return panels | left << 32;
    }

    private static boolean begin(
            float[] u,
            int uOff,
            int lead,
            float[] p,
            int at,
            float[] rests,
            int rOff,
            float restNorm,
            float least,
            float[] scores,
            int to) {
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = FloatVector.zero(FLOATS);
        for (int j = 0; j < lead; j++) {
            FloatVector x = FloatVector.broadcast(FLOATS, u[uOff + j]);
            int q = at + j * Panels.WIDTH;
            s0 = fma(x, FloatVector.fromArray(FLOATS, p, q), s0);
            s1 = fma(x, FloatVector.fromArray(FLOATS, p, q + LANES), s1);
        }
        s0.intoArray(scores, to);
        s1.intoArray(scores, to + LANES);
        FloatVector norm = FloatVector.broadcast(FLOATS, restNorm);
        FloatVector limit = FloatVector.broadcast(FLOATS, least);
        s0 = fma(norm, FloatVector.fromArray(FLOATS, rests, rOff), s0);
        s1 = fma(norm, FloatVector.fromArray(FLOATS, rests, rOff + LANES), s1);
        return s0.compare(VectorOperators.GE, limit)
                .or(s1.compare(VectorOperators.GE, limit))
                .anyTrue();
    }

    private static boolean finish(
            float[] u, int uOff, int lead, int d, float[] p, int at, float threshold, float[] scores, int to) {
        FloatVector s0 = FloatVector.fromArray(FLOATS, scores, to);
        FloatVector s1 = FloatVector.fromArray(FLOATS, scores, to + LANES);
        for (int j = lead; j < d; j++) {
            FloatVector x = FloatVector.broadcast(FLOATS, u[uOff + j]);
            int q = at + j * Panels.WIDTH;
            s0 = fma(x, FloatVector.fromArray(FLOATS, p, q), s0);
            s1 = fma(x, FloatVector.fromArray(FLOATS, p, q + LANES), s1);
        }
        s0.intoArray(scores, to);
        s1.intoArray(scores, to + LANES);
        FloatVector limit = FloatVector.broadcast(FLOATS, threshold);
        return s0.compare(VectorOperators.GE, limit)
                .or(s1.compare(VectorOperators.GE, limit))
                .anyTrue();
    }

    @Override
    void scoreBlock(float[] u, int uOff, int d, float[] p, int pOff, int panels, float[] out, int outOff, int stride) {
        for (int panel = 0; panel < panels; panel++) {
            int at = pOff + panel * d * Panels.WIDTH;
            int to = outOff + panel * Panels.WIDTH;
            for (int v = 0; v < Panels.WIDTH; v += 2 * LANES) {
                SimdTiles.product(u, uOff, 8, p, at + v, Panels.WIDTH, d, out, to + v, stride);
            }
        }
    }

    @Override
    long scanBlock(
            float[] u, int uOff, int d, float[] p, int pOff, int panels, float[] thresholds, int tOff, float[] scores) {
        for (int panel = 0; panel < panels; panel++) {
            int at = pOff + panel * d * Panels.WIDTH;
            for (int v = 0; v < Panels.WIDTH; v += 2 * LANES) {
                SimdTiles.product(u, uOff, 8, p, at + v, Panels.WIDTH, d, scores, v, Panels.WIDTH);
            }
            int mask = reached(scores, thresholds, tOff);
            if (mask != 0) {
                return panel | (long) mask << 32;
            }
        }
        return panels;
    }

    private static int reached(float[] scores, float[] thresholds, int tOff) {
        int mask = 0;
        for (int r = 0; r < 8; r++) {
            FloatVector least = FloatVector.broadcast(FLOATS, thresholds[tOff + r]);
            for (int v = r * Panels.WIDTH; v < (r + 1) * Panels.WIDTH; v += 2 * LANES) {
                boolean hit = FloatVector.fromArray(FLOATS, scores, v)
                        .compare(VectorOperators.GE, least)
                        .or(FloatVector.fromArray(FLOATS, scores, v + LANES).compare(VectorOperators.GE, least))
                        .anyTrue();
                mask |= hit ? 1 << r : 0;
            }
        }
        return mask;
    }

    @Override
    void scoreBytes(
            short[] u, int d, byte[] p, int pOff, int panels, float[] scales, int sOff, float[] out, int outOff) {
        FloatVector least = FloatVector.broadcast(FLOATS, Float.NaN);
        for (int panel = 0; panel < panels; panel++) {
            int at = pOff + panel * d * Panels.WIDTH;
            int to = panel * Panels.WIDTH;
            for (int v = 0; v < Panels.WIDTH; v += 2 * LANES) {
                byteProducts(u, d, p, at + v, scales, sOff + to + v, least, out, outOff + to + v);
            }
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
        FloatVector least = FloatVector.broadcast(FLOATS, threshold);
        for (int panel = 0; panel < panels; panel++) {
            int at = pOff + panel * d * Panels.WIDTH;
            boolean hit = false;
            for (int v = 0; v < Panels.WIDTH; v += 2 * LANES) {
                hit |= byteProducts(u, d, p, at + v, scales, sOff + panel * Panels.WIDTH + v, least, scores, v);
            }
            if (hit) {
                return panel;
            }
        }
        return panels;
    }

    /* Eight products are added as shorts, twice as many to a vector as ints or floats, before the sum is widened. */
    private static boolean byteProducts(
            short[] u, int d, byte[] p, int at, float[] scales, int sOff, FloatVector least, float[] out, int to) {
        IntVector s0 = IntVector.zero(INTS);
        IntVector s1 = IntVector.zero(INTS);
        for (int j = 0; j < d; j += 8) {
            int q = at + j * Panels.WIDTH;
            ShortVector a = product(p, q, u[j]);
            ShortVector b = product(p, q + Panels.WIDTH, u[j + 1]);
            a = a.add(product(p, q + 2 * Panels.WIDTH, u[j + 2]));
            b = b.add(product(p, q + 3 * Panels.WIDTH, u[j + 3]));
            a = a.add(product(p, q + 4 * Panels.WIDTH, u[j + 4]));
            b = b.add(product(p, q + 5 * Panels.WIDTH, u[j + 5]));
            a = a.add(product(p, q + 6 * Panels.WIDTH, u[j + 6]));
            b = b.add(product(p, q + 7 * Panels.WIDTH, u[j + 7]));
            a = a.add(b);
            s0 = s0.add((IntVector) a.convertShape(VectorOperators.S2I, INTS, 0));
            s1 = s1.add((IntVector) a.convertShape(VectorOperators.S2I, INTS, 1));
        }
        FloatVector f0 = (FloatVector) s0.convertShape(VectorOperators.I2F, FLOATS, 0);
        FloatVector f1 = (FloatVector) s1.convertShape(VectorOperators.I2F, FLOATS, 0);
        f0 = f0.mul(FloatVector.fromArray(FLOATS, scales, sOff));
        f1 = f1.mul(FloatVector.fromArray(FLOATS, scales, sOff + LANES));
        f0.intoArray(out, to);
        f1.intoArray(out, to + LANES);
        return f0.compare(VectorOperators.GE, least)
                .or(f1.compare(VectorOperators.GE, least))
                .anyTrue();
    }

    private static ShortVector product(byte[] p, int at, short factor) {
        ShortVector wide =
                (ShortVector) ByteVector.fromArray(BYTES, p, at).convertShape(VectorOperators.B2S, SHORTS, 0);
        return wide.mul(ShortVector.broadcast(SHORTS, factor));
    }

    @Override
    float dot(float[] a, int aOff, float[] b, int bOff, int n) {
        if (LANES < 8) {
            return ScalarProducts.dotProduct(a, aOff, b, bOff, n);
        }
        int whole = n & -16;
        FloatVector s = FloatVector.zero(FLOATS);
        if (LANES == 16) {
            for (int i = 0; i < whole; i += 16) {
                s = fma(FloatVector.fromArray(FLOATS, a, aOff + i), FloatVector.fromArray(FLOATS, b, bOff + i), s);
            }
            s = s.add(s.rearrange(BY_8));
        } else {
            FloatVector h = FloatVector.zero(FLOATS);
            for (int i = 0; i < whole; i += 16) {
                s = fma(FloatVector.fromArray(FLOATS, a, aOff + i), FloatVector.fromArray(FLOATS, b, bOff + i), s);
                h = fma(
                        FloatVector.fromArray(FLOATS, a, aOff + i + 8),
                        FloatVector.fromArray(FLOATS, b, bOff + i + 8),
                        h);
            }
            s = s.add(h);
        }
        s = s.add(s.rearrange(BY_4));
        s = s.add(s.rearrange(BY_2));
        s = s.add(s.rearrange(BY_1));
        float rest = 0;
        for (int i = whole; i < n; i++) {
            rest = Fma.fma(a[aOff + i], b[bOff + i], rest);
        }
        return s.lane(0) + rest;
    }

    @Override
    void multiply(float[] x, int xOff, float[] y, int yOff, int n) {
        int whole = n & -LANES;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(FLOATS, y, yOff + i)
                    .mul(FloatVector.fromArray(FLOATS, x, xOff + i))
                    .intoArray(y, yOff + i);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] *= x[xOff + i];
        }
    }

    @Override
    void axpy(float alpha, float[] x, int xOff, float[] y, int yOff, int n) {
        int whole = n & -LANES;
        FloatVector f = FloatVector.broadcast(FLOATS, alpha);
        for (int i = 0; i < whole; i += LANES) {
            fma(f, FloatVector.fromArray(FLOATS, x, xOff + i), FloatVector.fromArray(FLOATS, y, yOff + i))
                    .intoArray(y, yOff + i);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = Fma.fma(alpha, x[xOff + i], y[yOff + i]);
        }
    }

    @Override
    void scale(float alpha, float[] x, int xOff, float[] y, int yOff, int n) {
        int whole = n & -LANES;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(FLOATS, x, xOff + i).mul(alpha).intoArray(y, yOff + i);
        }
        for (int i = whole; i < n; i++) {
            y[yOff + i] = alpha * x[xOff + i];
        }
    }

    @Override
    void addRows(float[] w, int wOff, int m, float[] x, int xOff, int stride, float[] y, int yOff, int n) {
        int pairs = n & -2 * LANES;
        for (int c = 0; c < pairs; c += 2 * LANES) {
            FloatVector s0 = FloatVector.fromArray(FLOATS, y, yOff + c);
            FloatVector s1 = FloatVector.fromArray(FLOATS, y, yOff + c + LANES);
            for (int i = 0; i < m; i++) {
                FloatVector f = FloatVector.broadcast(FLOATS, w[wOff + i]);
                int q = xOff + i * stride + c;
                s0 = fma(f, FloatVector.fromArray(FLOATS, x, q), s0);
                s1 = fma(f, FloatVector.fromArray(FLOATS, x, q + LANES), s1);
            }
            s0.intoArray(y, yOff + c);
            s1.intoArray(y, yOff + c + LANES);
        }
        int whole = n & -LANES;
        if (pairs < whole) {
            FloatVector s0 = FloatVector.fromArray(FLOATS, y, yOff + pairs);
            for (int i = 0; i < m; i++) {
                FloatVector f = FloatVector.broadcast(FLOATS, w[wOff + i]);
                s0 = fma(f, FloatVector.fromArray(FLOATS, x, xOff + i * stride + pairs), s0);
            }
            s0.intoArray(y, yOff + pairs);
        }
        for (int c = whole; c < n; c++) {
            float sum = y[yOff + c];
            for (int i = 0; i < m; i++) {
                sum = Fma.fma(w[wOff + i], x[xOff + i * stride + c], sum);
            }
            y[yOff + c] = sum;
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
        for (int v = 0; v < 32; v += 2 * LANES) {
            if (subtract) {
                SimdTiles.subtract(a, aOff, aStride, b, bOff + v, bStride, depth, c, cOff + v, cStride);
            } else {
                SimdTiles.add(a, aOff, aStride, b, bOff + v, bStride, depth, c, cOff + v, cStride);
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
        if (LANES == 16) {
            SimdTiles.square(a, aOff, aStride, b, bOff, bStride, depth, c, cOff, cStride);
            return;
        }
        for (int r = 0; r < 16; r += 8) {
            for (int v = 0; v < 16; v += 2 * LANES) {
                SimdTiles.add(a, aOff + r, aStride, b, bOff + v, bStride, depth, c, cOff + r * cStride + v, cStride);
            }
        }
    }

    @Override
    void transpose(float[] x, int xOff, int stride, int rows, int n, float[] out, int outOff, int outStride) {
        if (LANES != 16) {
            ScalarProducts.transposed(x, xOff, stride, rows, n, out, outOff, outStride);
            return;
        }
        for (int i = 0; i < rows; i += 16) {
            int depth = Math.min(16, rows - i);
            for (int k = 0; k < n; k += 16) {
                SimdTiles.turn(x, xOff + i * stride + k, stride, depth, out, outOff + k * outStride + i, outStride);
            }
        }
    }

    @Override
    void eliminate(float[] t, float[] a, int off, int stride, int columns) {
        SimdTiles.eliminate(t, a, off, stride, columns);
    }

    static FloatVector fma(FloatVector a, FloatVector b, FloatVector c) {
        return FUSED ? a.fma(b, c) : a.mul(b).add(c);
    }

    private static VectorShuffle<Float> rotation(int by) {
        return VectorShuffle.fromOp(FLOATS, lane -> (lane + by) % LANES);
    }
}
