package org.recommender4j.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarBytesTest {
    private static float[] eight(short[] u, byte[] p) {
        float[] ones = new float[8];
        Arrays.fill(ones, 1f);
        float[] scores = new float[8];
        ScalarBytes.eight(u, u.length, ScalarBytes.lifted(u, u.length), p, 0, ones, 0, scores, 0);
        return scores;
    }

    private static float[] naive(short[] u, byte[] p) {
        float[] scores = new float[8];
        for (int item = 0; item < 8; item++) {
            int sum = 0;
            for (int j = 0; j < u.length; j++) {
                sum += u[j] * p[j * Panels.WIDTH + item];
            }
            scores[item] = sum;
        }
        return scores;
    }

    @ParameterizedTest
    @CsvSource({"63, 63", "63, -63", "-63, 63", "-63, -63", "0, 63", "63, 0", "1, -1"})
    void theLargestNumbersDoNotReachTheNextLane(int user, int item) {
        for (int d : new int[] {4, 8, 64, 4096}) {
            short[] u = new short[d];
            Arrays.fill(u, (short) user);
            for (int others : new int[] {-63, 0, 63}) {
                byte[] p = new byte[d * Panels.WIDTH];
                Arrays.fill(p, (byte) others);
                for (int j = 0; j < d; j++) {
                    p[j * Panels.WIDTH + 2] = (byte) item;
                    p[j * Panels.WIDTH + 5] = (byte) item;
                }
                assertThat(eight(u, p)).isEqualTo(naive(u, p));
            }
        }
    }

    @Test
    void productsOfAnyNumbers() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 500; round++) {
            short[] u = new short[4 * random.nextInt(1, 40)];
            byte[] p = new byte[u.length * Panels.WIDTH];
            for (int j = 0; j < u.length; j++) {
                u[j] = (short) random.nextInt(-63, 64);
            }
            for (int k = 0; k < p.length; k++) {
                p[k] = (byte) random.nextInt(-63, 64);
            }
            assertThat(eight(u, p)).isEqualTo(naive(u, p));
        }
    }
}
