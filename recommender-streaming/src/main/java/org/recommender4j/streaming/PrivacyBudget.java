package org.recommender4j.streaming;

/**
 * What the released counts may have told of one person so far, see {@link Noise}.
 *
 * @param epsilon what a release costs a person who is counted in it, at most
 * @param releases how many there were, with that of the data at the start
 * @param spent what all of them cost, at most, somebody who was counted in each: {@code epsilon} for each, but no more
 *     than {@code budget}
 * @param budget from where on a person is counted no more; infinite if there is no limit
 */
public record PrivacyBudget(double epsilon, long releases, double spent, double budget) {}
