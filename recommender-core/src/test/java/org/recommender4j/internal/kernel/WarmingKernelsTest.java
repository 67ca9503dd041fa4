package org.recommender4j.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WarmingKernelsTest {
    private static final int PANELS = 11;
    private static final int D = 16;

    private final KernelProvider scalar = new ScalarKernels("test");
    private int panelsOfVectors;

    /** Stands for the vector kernels and counts what they are given. */
    private final KernelProvider counting = new DelegatingProvider(scalar) {
        @Override
        int scan(float[] u, int uOff, int d, float[] p, int pOff, int panels, float threshold, float[] scores) {
            panelsOfVectors += panels;
            return super.scan(u, uOff, d, p, pOff, panels, threshold, scores);
        }
    };

    private final KernelProvider warming = new WarmingKernels(counting, scalar);

    @Test
    void aScanInTwoPartsFindsTheSame() {
        SplittableRandom random = new SplittableRandom(1);
        float[] u = Inputs.floats(random, D + 1);
        float[] p = Inputs.floats(random, (PANELS + 1) * D * 32);
        float[] rests = Inputs.floats(random, PANELS * 32 + 3);
        short[] numbers = new short[D];
        byte[] bytes = new byte[PANELS * D * 32 + 7];
        for (int k = 0; k < bytes.length; k++) {
            bytes[k] = (byte) random.nextInt(-63, 64);
            numbers[k % D] = (short) random.nextInt(-63, 64);
        }
        float[] all = new float[PANELS * 32];
        scalar.score(u, 1, D, p, 32 * D, PANELS, all, 0);
        for (int round = 0; round < 600; round++) {
            float threshold = round % 5 == 0 ? 1e9f : all[random.nextInt(all.length)];
            float[] e = new float[32];
            float[] a = new float[32];
            int panels = 1 + random.nextInt(PANELS);
            int hit = scalar.scan(u, 1, D, p, 32 * D, panels, threshold, e);
            assertThat(warming.scan(u, 1, D, p, 32 * D, panels, threshold, a)).isEqualTo(hit);
            if (hit < panels) {
                assertThat(a).isEqualTo(e);
            }
            long found = scalar.scanBounded(u, 1, D, 8, p, 32 * D, panels, rests, 3, 0.2f, threshold, threshold, e);
            assertThat(warming.scanBounded(u, 1, D, 8, p, 32 * D, panels, rests, 3, 0.2f, threshold, threshold, a))
                    .isEqualTo(found);
            if ((int) found < panels) {
                assertThat(a).isEqualTo(e);
            }
            float limit = threshold * 5000;
            hit = scalar.scanBytes(numbers, D, bytes, 7, panels, rests, 2, limit, e);
            assertThat(warming.scanBytes(numbers, D, bytes, 7, panels, rests, 2, limit, a))
                    .isEqualTo(hit);
            if (hit < panels) {
                assertThat(a).isEqualTo(e);
            }
        }
    }

    @Test
    void theVectorKernelGetsMoreThanItsShareWhenItIsWarm() {
        float[] u = new float[D];
        float[] p = new float[PANELS * D * 32];
        warming.scan(u, 0, D, p, 0, PANELS, 1f, new float[32]);
        assertThat(panelsOfVectors).isLessThan(PANELS);
        for (int call = 0; call < 1000; call++) {
            warming.scan(u, 0, D, p, 0, PANELS, 1f, new float[32]);
        }
        int before = panelsOfVectors;
        warming.scan(u, 0, D, p, 0, PANELS, 1f, new float[32]);
        assertThat(panelsOfVectors - before).isEqualTo(PANELS);
    }
}
