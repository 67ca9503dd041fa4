package org.recommender4j.data;

import java.util.SplittableRandom;

/** Matrices for the tests. */
public final class Matrices {
    private Matrices() {}

    /** A matrix without weights: its rows' columns, ascending. */
    public static Interactions of(int columns, int[]... rows) {
        InteractionsBuilder builder = Interactions.builder();
        for (int r = 0; r < rows.length; r++) {
            for (int column : rows[r]) {
                builder.add(r, column, 1f);
            }
        }
        return builder.build(rows.length, columns, DuplicatePolicy.FAIL);
    }

    public static int[] row(int... columns) {
        return columns;
    }

    /** A random matrix with ratings 1 to 5 and, if wanted, times with many ties. */
    public static Interactions random(int rows, int columns, double density, boolean times, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        InteractionsBuilder builder = Interactions.builder();
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                if (random.nextDouble() < density) {
                    float weight = 1 + random.nextInt(5);
                    if (times) {
                        builder.add(r, c, weight, 1_000L * random.nextInt(40));
                    } else {
                        builder.add(r, c, weight);
                    }
                }
            }
        }
        return builder.build(rows, columns, DuplicatePolicy.FAIL);
    }
}
