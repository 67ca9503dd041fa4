package org.recommender4j.streaming;

/**
 * How a live recommender is doing, counted since its start.
 *
 * @param version of the last event that readers see
 * @param events that were applied
 * @param queued events that wait now
 * @param lagMillis for how long the oldest of them has waited
 * @param dropped events that the full queue did not take
 * @param rejected events that made no sense
 * @param duplicates events whose id was seen before
 * @param failures exceptions that no call threw, see {@link LiveBuilder#failures}
 * @param users that are known
 * @param items that are known
 * @param generation number of the model: 1 for the first, one more with each refit that was taken
 * @param refits that were taken
 * @param rollbacks refits that were not taken
 * @param ingest nanoseconds from the call, or from entering the queue, until the event is visible and the user's vector made
 * @param recommend nanoseconds of a call of {@code recommend}
 */
public record Metrics(
        long version,
        long events,
        int queued,
        long lagMillis,
        long dropped,
        long rejected,
        long duplicates,
        long failures,
        int users,
        int items,
        long generation,
        long refits,
        long rollbacks,
        Latency ingest,
        Latency recommend) {
    /**
     * Percentiles of a duration in nanoseconds, to two digits.
     *
     * @param count how often it was measured
     */
    public record Latency(long count, long p50, long p99, long p999, long max) {}
}
