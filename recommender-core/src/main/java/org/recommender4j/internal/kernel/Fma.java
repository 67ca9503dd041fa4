package org.recommender4j.internal.kernel;

import java.util.Locale;

/**
 * The multiply-add that every kernel of this package is made of.
 *
 * <p>{@link Math#fma(float, float, float)} is one instruction where the processor has it. Where it has not, the JDK
 * computes it with {@link java.math.BigDecimal}, thousands of times slower; then all kernels, scalar and vector alike,
 * multiply and add with two roundings instead.
 */
final class Fma {

    /** Whether the fused form is used; false means multiply, round, add, round. */
    static final boolean FUSED = isFast();

    private Fma() {}

    /** Returns {@code a * b + c}. */
    static float fma(float a, float b, float c) {
        return FUSED ? Math.fma(a, b, c) : a * b + c;
    }

    /*
     * No system property tells whether a processor has the instruction, and asking an MXBean would start the management
     * classes. A call takes some ten nanoseconds with the instruction, also in the interpreter, and microseconds without
     * it: the fastest of a few short rounds tells the two apart on a busy machine too.
     */
    private static boolean isFast() {
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        if (arch.equals("aarch64") || arch.equals("ppc64le") || arch.equals("s390x")) {
            return true;
        }
        int calls = 32;
        long best = Long.MAX_VALUE;
        float sink = 0.7f;
        for (int round = 0; round < 6; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                sink = Math.fma(sink, 0.3f, 0.7f);
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return sink > 0 && best < calls * 600L;
    }
}
