package org.recommender4j.streaming;

import java.util.SplittableRandom;

/**
 * Noise of the Laplace mechanism (C. Dwork, F. McSherry, K. Nissim, A. Smith: Calibrating Noise to Sensitivity in Private Data
 * Analysis, TCC 2006) for counts to which a user adds at most 1. It depends on the item and its count only, so that to ask again
 * gives the same answer and averages nothing out. Immutable; thread-safe.
 */
final class CountNoise {
    private final double scale;
    private final long seed;

    /** Makes noise of scale 1 / epsilon. */
    CountNoise(double epsilon, long seed) {
        scale = 1 / epsilon;
        this.seed = seed;
    }

    double of(int item, int count) {
        long mixed = seed + 0x9E3779B97F4A7C15L * (((long) item << 32) | count);
        double u = new SplittableRandom(mixed).nextDouble() - 0.5;
        return -scale * Math.signum(u) * Math.log(Math.max(Double.MIN_NORMAL, 1 - 2 * Math.abs(u)));
    }
}
