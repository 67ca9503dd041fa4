package org.recommender4j.internal.kernel;

import java.util.SplittableRandom;

/** Seeded random input for the tests of this package. */
final class Inputs {

    private Inputs() {}

    static float[] floats(SplittableRandom random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }

    /** The chain that the package documentation promises, spelled out. */
    static float chain(float[] a, int aOff, float[] b, int bOff, int d) {
        float sum = 0;
        for (int j = 0; j < d; j++) {
            sum = Fma.fma(a[aOff + j], b[bOff + j], sum);
        }
        return sum;
    }
}
