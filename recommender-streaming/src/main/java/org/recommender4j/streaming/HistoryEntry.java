package org.recommender4j.streaming;

import java.time.Instant;

/**
 * What is known of a user and an item.
 *
 * @param item the item
 * @param weight the sum of the weights of the user's events with it, or the rating
 * @param time of the last one
 */
public record HistoryEntry<I>(I item, double weight, Instant time) {}
