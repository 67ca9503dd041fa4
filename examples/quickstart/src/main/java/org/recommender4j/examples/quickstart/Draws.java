package org.recommender4j.examples.quickstart;

import java.util.SplittableRandom;

/**
 * Random draws that are the same on every JDK: they use only the bits of {@link SplittableRandom} and {@link
 * StrictMath}.
 */
final class Draws {
    private final SplittableRandom random;

    Draws(SplittableRandom random) {
        this.random = random;
    }

    /** A new independent stream. */
    Draws split() {
        return new Draws(random.split());
    }

    /** Uniform in (0, 1), both ends excluded. */
    double uniform() {
        return ((random.nextLong() >>> 12) + 0.5) * 0x1p-52;
    }

    /** Uniform in {@code first..last}, both ends included. */
    int between(int first, int last) {
        return first + (int) (uniform() * (last - first + 1));
    }

    /** Normal with mean 0 and the given standard deviation (Box and Muller 1958). */
    double normal(double deviation) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform()));
        return deviation * radius * StrictMath.cos(2 * Math.PI * uniform());
    }

    /** Exponential with the given rate. */
    double exponential(double rate) {
        return -StrictMath.log(uniform()) / rate;
    }
}
