package org.recommender4j.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What one core can do at most: loops that do nothing but read, or nothing but multiply and add. */
final class SimdLimits {
    static final int CHAINS = 16;

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    private SimdLimits() {}

    static int lanes() {
        return FLOATS.length();
    }

    /** Adds up an array whose length is a multiple of 64. */
    static float read(float[] values) {
        FloatVector s0 = FloatVector.zero(FLOATS);
        FloatVector s1 = FloatVector.zero(FLOATS);
        FloatVector s2 = FloatVector.zero(FLOATS);
        FloatVector s3 = FloatVector.zero(FLOATS);
        int lanes = FLOATS.length();
        for (int i = 0; i < values.length; i += 4 * lanes) {
            s0 = s0.add(FloatVector.fromArray(FLOATS, values, i));
            s1 = s1.add(FloatVector.fromArray(FLOATS, values, i + lanes));
            s2 = s2.add(FloatVector.fromArray(FLOATS, values, i + 2 * lanes));
            s3 = s3.add(FloatVector.fromArray(FLOATS, values, i + 3 * lanes));
        }
        return s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    }

    /** Runs sixteen independent chains of multiply-adds, which is more than any core needs to be busy. */
    static float multiplyAdd(int steps, float a, float b) {
        FloatVector x = FloatVector.broadcast(FLOATS, a);
        FloatVector y = FloatVector.broadcast(FLOATS, b);
        FloatVector s0 = x;
        FloatVector s1 = x;
        FloatVector s2 = x;
        FloatVector s3 = x;
        FloatVector s4 = x;
        FloatVector s5 = x;
        FloatVector s6 = x;
        FloatVector s7 = x;
        FloatVector s8 = x;
        FloatVector s9 = x;
        FloatVector s10 = x;
        FloatVector s11 = x;
        FloatVector s12 = x;
        FloatVector s13 = x;
        FloatVector s14 = x;
        FloatVector s15 = x;
        for (int i = 0; i < steps; i++) {
            s0 = s0.fma(x, y);
            s1 = s1.fma(x, y);
            s2 = s2.fma(x, y);
            s3 = s3.fma(x, y);
            s4 = s4.fma(x, y);
            s5 = s5.fma(x, y);
            s6 = s6.fma(x, y);
            s7 = s7.fma(x, y);
            s8 = s8.fma(x, y);
            s9 = s9.fma(x, y);
            s10 = s10.fma(x, y);
            s11 = s11.fma(x, y);
            s12 = s12.fma(x, y);
            s13 = s13.fma(x, y);
            s14 = s14.fma(x, y);
            s15 = s15.fma(x, y);
        }
        s0 = s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7);
        s8 = s8.add(s9).add(s10).add(s11).add(s12).add(s13).add(s14).add(s15);
        return s0.add(s8).reduceLanes(VectorOperators.ADD);
    }
}
