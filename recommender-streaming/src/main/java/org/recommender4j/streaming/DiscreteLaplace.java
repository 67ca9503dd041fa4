package org.recommender4j.streaming;

import java.util.random.RandomGenerator;

/**
 * Whole numbers with the probability of {@code x} in proportion to {@code exp(-|x| / scale)}: the noise of the Laplace
 * mechanism for counts. Drawn exactly, with integers alone (C. Canonne, G. Kamath, T. Steinke: The Discrete Gaussian
 * for Differential Privacy, NeurIPS 2020, algorithms 1 and 2), since the last bits of a noise that is computed in
 * floating point tell what it was added to (I. Mironov, CCS 2012). Not thread-safe.
 */
final class DiscreteLaplace {
    /** Of what a scale is made, rounded up. */
    private static final int PARTS = 1024;

    private final long scaleParts;
    private final RandomGenerator random;

    /**
     * Sets the scale.
     *
     * @param scale more than 0 and below 2^40
     * @param random whose 64-bit numbers are uniform; if they can be guessed, so can the noise
     */
    DiscreteLaplace(double scale, RandomGenerator random) {
        scaleParts = (long) Math.ceil(scale * PARTS);
        this.random = random;
    }

    long next() {
        while (true) {
            long part = below(scaleParts);
            if (!happens(part, scaleParts)) {
                continue;
            }
            long whole = 0;
            while (happens(1, 1)) {
                whole++;
            }
            long size = (part + scaleParts * whole) / PARTS;
            boolean negative = random.nextLong() < 0;
            // Zero has no sign, and must not come twice as often.
            if (!negative || size != 0) {
                return negative ? -size : size;
            }
        }
    }

    /** Returns true with probability {@code exp(-numerator / denominator)}, for a fraction of at most 1. */
    private boolean happens(long numerator, long denominator) {
        long k = 1;
        while (below(denominator * k) < numerator) {
            k++;
        }
        return (k & 1) == 1;
    }

    /** Returns a uniform number from 0 on. */
    private long below(long bound) {
        long bits;
        long result;
        do {
            bits = random.nextLong() >>> 1;
            result = bits % bound;
            // Numbers of the last, incomplete round would favour the small ones.
        } while (bits - result + (bound - 1) < 0);
        return result;
    }
}
