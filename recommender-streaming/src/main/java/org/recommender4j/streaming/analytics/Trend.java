package org.recommender4j.streaming.analytics;

/**
 * An item that is rising.
 *
 * @param <I> type of items
 * @param item which one
 * @param recentPerDay events a day of late
 * @param usualPerDay events a day over a longer time
 * @param growth the first over the second, both a little pulled together so that a few events are no trend
 */
public record Trend<I>(I item, double recentPerDay, double usualPerDay, double growth) {}
