package org.recommender4j.streaming.analytics;

import java.util.List;

/**
 * What is known of a user.
 *
 * @param <C> type of categories
 * @param events the number of events
 * @param firstTime of the first event, in milliseconds since the epoch; 0 without events
 * @param lastTime of the newest event
 * @param topCategories what the user likes of late and over time, the largest share first
 * @param eventsPerDay how active the user is of late
 * @param daysSinceLast since the newest event
 * @param drift how different the interests of late are from those over time: 0 the same, 1 nothing in common (the
 *     Jensen-Shannon divergence of the two distributions over categories, in bits)
 * @param dormant whether the user has been away for longer than what counts as such
 */
public record UserProfile<C>(
        long events,
        long firstTime,
        long lastTime,
        List<CategoryShare<C>> topCategories,
        double eventsPerDay,
        double daysSinceLast,
        double drift,
        boolean dormant) {}
