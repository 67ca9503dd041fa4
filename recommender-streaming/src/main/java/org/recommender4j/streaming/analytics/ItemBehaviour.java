package org.recommender4j.streaming.analytics;

/**
 * How an item is received.
 *
 * @param users the number of different users
 * @param events the number of events, impressions not counted
 * @param impressions how often it was shown
 * @param watches how often it was watched or heard; 0 if too few users did
 * @param meanSeconds how long on average; NaN without watches, so for the next two
 * @param completion which part of it was watched on average, 0 to 1
 * @param bounceRate which share of the watches ended almost at once
 */
public record ItemBehaviour(
        long users,
        long events,
        long impressions,
        long watches,
        double meanSeconds,
        double completion,
        double bounceRate) {
    /** Returns events per impression; NaN without impressions. */
    public double eventsPerImpression() {
        return impressions == 0 ? Double.NaN : events / (double) impressions;
    }
}
