package org.recommender4j.streaming.online;

/**
 * Forward decay: instead of shrinking all that is old with every event, new events weigh more, by {@code 2^((time - landmark) /
 * halfLife)}. Ratios are the same, nothing is scanned, and events may come in any order. Before the weights outgrow a double,
 * {@link #isWorn} asks for a new landmark and for all sums to be multiplied with {@link #factorTo}.
 *
 * <p>G. Cormode, V. Shkapenyuk, D. Srivastava, B. Xu: Forward Decay: A Practical Time Decay Model for Streaming Systems, ICDE
 * 2009.
 */
record Decay(double halfLifeMillis, double landmark) {
    static final double MILLIS_PER_DAY = 86_400_000.0;
    private static final double LARGEST_EXPONENT = 256;
    private static final double LEAST_EXPONENT = -900;

    static Decay ofDays(double halfLifeDays) {
        return new Decay(halfLifeDays * MILLIS_PER_DAY, Double.NaN);
    }

    boolean isOff() {
        return Double.isInfinite(halfLifeMillis);
    }

    /** Returns what an event of this time weighs. */
    double weight(long time) {
        if (isOff() || Double.isNaN(landmark)) {
            return 1.0;
        }
        return StrictMath.pow(2.0, Math.max(LEAST_EXPONENT, (time - landmark) / halfLifeMillis));
    }

    /** Tells whether an event of this time needs a new landmark: the first one, or one far behind the old. */
    boolean isWorn(long time) {
        return !isOff() && (Double.isNaN(landmark) || (time - landmark) / halfLifeMillis > LARGEST_EXPONENT);
    }

    Decay withLandmark(long time) {
        return new Decay(halfLifeMillis, time);
    }

    /** Returns what sums of this decay must be multiplied with to be sums of another one. */
    double factorTo(Decay other) {
        if (Double.isNaN(landmark)) {
            return 1.0;
        }
        return StrictMath.pow(2.0, Math.max(LEAST_EXPONENT, (landmark - other.landmark) / halfLifeMillis));
    }
}
