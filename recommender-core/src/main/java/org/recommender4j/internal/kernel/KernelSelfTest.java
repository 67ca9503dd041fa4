package org.recommender4j.internal.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Compares two implementations bit by bit on small seeded input. */
final class KernelSelfTest {

    private KernelSelfTest() {}

    /** Returns the name of the first operation that differs, or null. */
    static @Nullable String difference(KernelProvider expected, KernelProvider actual) {
        // One dimension, neither a multiple of a vector nor of eight: cold vector operations take microseconds each.
        return difference(expected, actual, 19);
    }

    private static @Nullable String difference(KernelProvider expected, KernelProvider actual, int d) {
        SplittableRandom random = new SplittableRandom(d);
        float[] u = floats(random, 8 * d);
        float[] p = floats(random, 3 * d * Panels.WIDTH);
        byte[] bytes = new byte[3 * 16 * Panels.WIDTH];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(-63, 64);
        }
        short[] numbers = new short[16];
        for (int j = 0; j < numbers.length; j++) {
            numbers[j] = (short) random.nextInt(-63, 64);
        }
        float[] scales = floats(random, 3 * Panels.WIDTH);
        float[] e = new float[300 + 40 * 16 + 8 * 3 * Panels.WIDTH];
        float[] a = new float[e.length];

        expected.score(u, 3 % d, 1, p, 0, 3, e, 0);
        actual.score(u, 3 % d, 1, p, 0, 3, a, 0);
        expected.score(u, 0, d, p, 0, 3, e, 0);
        actual.score(u, 0, d, p, 0, 3, a, 0);
        if (!Arrays.equals(e, a)) {
            return "score";
        }
        float best = e[2 * Panels.WIDTH + 5];
        int hit = expected.scan(u, 0, d, p, 0, 3, best, e);
        if (hit != actual.scan(u, 0, d, p, 0, 3, best, a) || !Arrays.equals(e, a)) {
            return "scan";
        }
        long end = expected.scanBounded(u, 0, d, d / 2, p, 0, 3, scales, 0, 0.1f, best, best, e);
        if (end != actual.scanBounded(u, 0, d, d / 2, p, 0, 3, scales, 0, 0.1f, best, best, a)
                || ((int) end < 3 && !Arrays.equals(e, a))) {
            return "scanBounded";
        }
        expected.scoreBlock(u, 0, d, p, 0, 3, e, 0, 3 * Panels.WIDTH);
        actual.scoreBlock(u, 0, d, p, 0, 3, a, 0, 3 * Panels.WIDTH);
        if (!Arrays.equals(e, a)) {
            return "scoreBlock";
        }
        float[] thresholds = Arrays.copyOf(e, 8);
        long hits = expected.scanBlock(u, 0, d, p, 0, 3, thresholds, 0, e);
        if (hits != actual.scanBlock(u, 0, d, p, 0, 3, thresholds, 0, a) || !Arrays.equals(e, a)) {
            return "scanBlock";
        }
        expected.scoreBytes(numbers, 16, bytes, 0, 3, scales, 0, e, 0);
        actual.scoreBytes(numbers, 16, bytes, 0, 3, scales, 0, a, 0);
        if (!Arrays.equals(e, a)) {
            return "scoreBytes";
        }
        if (expected.dot(u, 0, p, 1, d) != actual.dot(u, 0, p, 1, d)) {
            return "dot";
        }
        expected.square(p, 0, 17, p, 3, 19, d, e, 0, 18);
        actual.square(p, 0, 17, p, 3, 19, d, a, 0, 18);
        expected.transpose(p, 0, 19, 5, 16, e, 300, 16);
        actual.transpose(p, 0, 19, 5, 16, a, 300, 16);
        expected.multiply(u, 0, e, 3, d);
        actual.multiply(u, 0, a, 3, d);
        expected.addRows(scales, 0, 5, p, 0, d, e, 0, d);
        actual.addRows(scales, 0, 5, p, 0, d, a, 0, d);
        expected.axpy(0.3f, u, 0, e, 0, d);
        actual.axpy(0.3f, u, 0, a, 0, d);
        expected.scale(1.7f, e, 0, e, 0, d);
        actual.scale(1.7f, a, 0, a, 0, d);
        if (!Arrays.equals(e, a)) {
            return "square, transpose, multiply, addRows, axpy or scale";
        }
        expected.tile(u, 0, 8, p, 0, Panels.WIDTH, d, e, 0, Panels.WIDTH, true);
        actual.tile(u, 0, 8, p, 0, Panels.WIDTH, d, a, 0, Panels.WIDTH, true);
        expected.eliminate(scales, e, 0, 48, 48);
        actual.eliminate(scales, a, 0, 48, 48);
        return Arrays.equals(e, a) ? null : "tile or eliminate";
    }

    private static float[] floats(SplittableRandom random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (random.nextDouble() - 0.5);
        }
        return values;
    }
}
