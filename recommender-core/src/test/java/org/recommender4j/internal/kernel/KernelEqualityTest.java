package org.recommender4j.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scalar and the vector kernels give the same bits. Skipped where the Vector API is not in the module graph. */
class KernelEqualityTest {

    private static final int PANELS = 5;

    private final KernelProvider scalar = new ScalarKernels("test");
    private KernelProvider simd = scalar;

    @BeforeEach
    void needsVectors() {
        assumeTrue(
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
                "needs --add-modules jdk.incubator.vector");
        simd = new SimdKernels();
    }

    static IntStream dimensions() {
        return IntStream.of(1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 100, 129);
    }

    @Test
    void selfTestPasses() {
        assertThat(KernelSelfTest.difference(scalar, simd)).isNull();
    }

    @Test
    void selfTestFindsADifference() {
        KernelProvider shifted = new DelegatingProvider(simd) {
            @Override
            float dot(float[] a, int aOff, float[] b, int bOff, int n) {
                return Math.nextUp(super.dot(a, aOff, b, bOff, n));
            }
        };
        assertThat(KernelSelfTest.difference(scalar, shifted)).startsWith("dot");
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void scoring(int d) {
        SplittableRandom random = new SplittableRandom(d);
        float[] u = Inputs.floats(random, 8 * d + 3);
        float[] p = Inputs.floats(random, PANELS * d * 32 + 32 * d);
        float[] expected = new float[PANELS * 32 + 1];
        float[] actual = expected.clone();
        scalar.score(u, 2, d, p, 32 * d, PANELS, expected, 1);
        simd.score(u, 2, d, p, 32 * d, PANELS, actual, 1);
        assertThat(actual).isEqualTo(expected);

        for (float threshold : thresholds(expected)) {
            float[] e = new float[32];
            float[] a = new float[32];
            int hit = scalar.scan(u, 2, d, p, 32 * d, PANELS, threshold, e);
            assertThat(simd.scan(u, 2, d, p, 32 * d, PANELS, threshold, a)).isEqualTo(hit);
            if (hit < PANELS) {
                assertThat(a).isEqualTo(e);
            }
            float[] rests = Inputs.floats(random, PANELS * 32 + 5);
            for (int lead : new int[] {0, d / 2, d}) {
                long found =
                        scalar.scanBounded(u, 2, d, lead, p, 32 * d, PANELS, rests, 5, 0.3f, threshold, threshold, e);
                assertThat(simd.scanBounded(u, 2, d, lead, p, 32 * d, PANELS, rests, 5, 0.3f, threshold, threshold, a))
                        .as("lead %d", lead)
                        .isEqualTo(found);
                if ((int) found < PANELS) {
                    assertThat(a).isEqualTo(e);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void scoringEightUsers(int d) {
        SplittableRandom random = new SplittableRandom(d + 1000);
        float[] u = Inputs.floats(random, 16 * d);
        float[] p = Inputs.floats(random, PANELS * d * 32);
        int stride = PANELS * 32 + 3;
        float[] expected = new float[8 * stride];
        float[] actual = expected.clone();
        scalar.scoreBlock(u, 8 * d, d, p, 0, PANELS, expected, 2, stride);
        simd.scoreBlock(u, 8 * d, d, p, 0, PANELS, actual, 2, stride);
        assertThat(actual).isEqualTo(expected);

        for (float threshold : thresholds(expected)) {
            float[] limits = new float[9];
            Arrays.fill(limits, threshold);
            limits[3] = Float.POSITIVE_INFINITY;
            float[] e = new float[256];
            float[] a = new float[256];
            long hit = scalar.scanBlock(u, 8 * d, d, p, 0, PANELS, limits, 1, e);
            assertThat(simd.scanBlock(u, 8 * d, d, p, 0, PANELS, limits, 1, a)).isEqualTo(hit);
            if ((int) hit < PANELS) {
                assertThat(a).isEqualTo(e);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void scoringBytes(int d) {
        SplittableRandom random = new SplittableRandom(d + 2000);
        int padded = (d + 7) & -8;
        short[] u = new short[padded];
        for (int j = 0; j < d; j++) {
            u[j] = (short) (random.nextInt(3) == 0 ? 63 : random.nextInt(-63, 64));
        }
        byte[] p = new byte[PANELS * padded * 32];
        for (int i = 0; i < p.length; i++) {
            p[i] = (byte) (random.nextInt(3) == 0 ? 63 : random.nextInt(-63, 64));
        }
        float[] scales = Inputs.floats(random, PANELS * 32 + 32);
        float[] expected = new float[PANELS * 32];
        float[] actual = expected.clone();
        scalar.scoreBytes(u, padded, p, 0, PANELS, scales, 32, expected, 0);
        simd.scoreBytes(u, padded, p, 0, PANELS, scales, 32, actual, 0);
        assertThat(actual).isEqualTo(expected);
        for (float threshold : thresholds(expected)) {
            float[] e = new float[32];
            float[] a = new float[32];
            int hit = scalar.scanBytes(u, padded, p, 0, PANELS, scales, 32, threshold, e);
            assertThat(simd.scanBytes(u, padded, p, 0, PANELS, scales, 32, threshold, a))
                    .isEqualTo(hit);
            if (hit < PANELS) {
                assertThat(a).isEqualTo(e);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void vectors(int n) {
        SplittableRandom random = new SplittableRandom(n + 3000);
        float[] x = Inputs.floats(random, 7 * (n + 2) + 1);
        float[] y = Inputs.floats(random, n + 2);
        float[] w = Inputs.floats(random, 8);
        assertThat(simd.dot(x, 3, y, 1, n)).isEqualTo(scalar.dot(x, 3, y, 1, n));

        float[] expected = y.clone();
        float[] actual = y.clone();
        scalar.axpy(0.7f, x, 2, expected, 1, n);
        simd.axpy(0.7f, x, 2, actual, 1, n);
        assertThat(actual).isEqualTo(expected);
        scalar.scale(1.3f, x, 1, expected, 2, n);
        simd.scale(1.3f, x, 1, actual, 2, n);
        assertThat(actual).isEqualTo(expected);
        scalar.multiply(x, 1, expected, 2, n);
        simd.multiply(x, 1, actual, 2, n);
        assertThat(actual).isEqualTo(expected);
        scalar.addRows(w, 1, 7, x, 1, n + 2, expected, 1, n);
        simd.addRows(w, 1, 7, x, 1, n + 2, actual, 1, n);
        assertThat(actual).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 16, 17, 44})
    void transposition(int rows) {
        SplittableRandom random = new SplittableRandom(rows);
        for (int n : new int[] {16, 32, 112}) {
            float[] x = Inputs.floats(random, rows * (n + 3) + 1);
            Arrays.fill(x, 0, x.length / 3, -0f);
            float[] expected = Inputs.floats(random, n * 49 + 2);
            float[] actual = expected.clone();
            scalar.transpose(x, 1, n + 3, rows, n, expected, 2, 49);
            simd.transpose(x, 1, n + 3, rows, n, actual, 2, 49);
            assertThat(actual).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("dimensions")
    void tiles(int depth) {
        SplittableRandom random = new SplittableRandom(depth + 4000);
        float[] a = Inputs.floats(random, depth * 9 + 8);
        float[] b = Inputs.floats(random, depth * 35 + 32);
        float[] t = Inputs.floats(random, 64);
        float[] expected = Inputs.floats(random, 8 * 50);
        float[] actual = expected.clone();
        for (boolean subtract : new boolean[] {false, true}) {
            scalar.tile(a, 1, 9, b, 2, 35, depth, expected, 3, 50, subtract);
            simd.tile(a, 1, 9, b, 2, 35, depth, actual, 3, 50, subtract);
            assertThat(actual).isEqualTo(expected);
        }
        float[] left = Inputs.floats(random, depth * 17 + 16);
        scalar.square(left, 1, 17, b, 2, 35, depth, expected, 3, 20);
        simd.square(left, 1, 17, b, 2, 35, depth, actual, 3, 20);
        assertThat(actual).isEqualTo(expected);
        for (int columns = 16; columns <= 48; columns += 16) {
            scalar.eliminate(t, expected, 1, 50, columns);
            simd.eliminate(t, actual, 1, 50, columns);
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static float[] thresholds(float[] scores) {
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        float best = sorted[sorted.length - 1];
        return new float[] {Float.NEGATIVE_INFINITY, sorted[sorted.length / 2], best, Math.nextUp(best), Float.NaN};
    }
}
