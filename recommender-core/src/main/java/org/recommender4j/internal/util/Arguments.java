package org.recommender4j.internal.util;

/** Checks of what callers give. */
public final class Arguments {
    private Arguments() {}

    /**
     * Returns the value if it lies in the range, bounds included.
     *
     * @throws IllegalArgumentException that names the argument, the range and the value
     */
    public static int inRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be in [" + min + ", "
                    + (max == Integer.MAX_VALUE ? "..." : String.valueOf(max)) + "], but is " + value);
        }
        return value;
    }

    /**
     * Returns the value if it lies in the range, bounds included.
     *
     * @throws IllegalArgumentException that names the argument, the range and the value
     */
    public static double inRange(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(name + " must be in [" + min + ", " + max + "], but is " + value);
        }
        return value;
    }
}
