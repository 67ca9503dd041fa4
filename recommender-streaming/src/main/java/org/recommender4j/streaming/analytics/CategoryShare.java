package org.recommender4j.streaming.analytics;

/**
 * A category's part of what a user does.
 *
 * @param <C> type of categories
 * @param category which one
 * @param recent its share of late, 0 to 1
 * @param overall its share over a longer time, 0 to 1
 */
public record CategoryShare<C>(C category, double recent, double overall) {}
