package org.recommender4j.streaming.explore;

/** Checks arguments. */
final class Arguments {
    private Arguments() {}

    static double probability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, but is " + value);
        }
        return value;
    }

    static double positive(String name, double value) {
        if (!(value > 0 && value < Double.MAX_VALUE)) {
            throw new IllegalArgumentException(name + " must be more than 0, but is " + value);
        }
        return value;
    }
}
