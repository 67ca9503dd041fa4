package org.recommender4j.factorization;

import org.recommender4j.model.Training;

/** Alternating least squares for ratings: solves all items with the users fixed, then all users with the items fixed. */
final class RatingAls {
    private final RatingSide users;
    private final RatingSide items;
    private final float[] ridge;
    private final double exponent;
    private final RowPrior.Unobserved unobserved;
    private final Training training;

    RatingAls(
            RatingSide users,
            RatingSide items,
            float[] ridge,
            double exponent,
            RowPrior.Unobserved unobserved,
            Training training) {
        this.users = users;
        this.items = items;
        this.ridge = ridge;
        this.exponent = exponent;
        this.unobserved = unobserved;
        this.training = training;
    }

    void iterate() {
        items.solve(users, prior(users), null, training);
        users.solve(items, prior(items), null, training);
    }

    /** Returns the prior of the rows of one side, given the other. */
    RowPrior prior(RatingSide other) {
        return RowPrior.of(new float[ridge.length * ridge.length], ridge, exponent, other, unobserved, training);
    }
}
