package org.recommender4j.streaming.analytics;

/**
 * A category's part of what a user does.
 *
 * @param category its index
 * @param recent its share of late, 0 to 1
 * @param overall its share over a longer time, 0 to 1
 */
public record CategoryShare(int category, double recent, double overall) {}
