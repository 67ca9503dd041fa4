package org.recommender4j.linear;

import org.recommender4j.data.Interactions;

/** How many items each user likes, and how many users each item. */
final class Degrees {
    private final Interactions byUser;
    private final Interactions byItem;

    private Degrees(Interactions byUser) {
        this.byUser = byUser;
        byItem = byUser.transpose();
    }

    static Degrees of(Interactions byUser) {
        return new Degrees(byUser);
    }

    int ofItem(int item) {
        return byItem.length(item);
    }

    /** Returns a power of each user's degree, 0 for a user without items. */
    float[] userPowers(double exponent) {
        return powers(byUser, exponent);
    }

    /** Returns a power of each item's degree, 0 for an item without users. */
    float[] itemPowers(double exponent) {
        return powers(byItem, exponent);
    }

    private static float[] powers(Interactions rows, double exponent) {
        float[] result = new float[rows.rows()];
        for (int row = 0; row < result.length; row++) {
            int degree = rows.length(row);
            result[row] = degree == 0 ? 0f : exponent == 0 ? 1f : (float) StrictMath.pow(degree, exponent);
        }
        return result;
    }
}
