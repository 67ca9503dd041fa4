package org.recommender4j.streaming;

/** What becomes of an event that comes while the queue is full. */
public enum OverflowPolicy {
    /** The caller waits until there is room. */
    BLOCK,
    /** The caller gets an {@link java.util.concurrent.RejectedExecutionException}. */
    FAIL,
    /** The event is dropped, counted, and given to the dead-letter callback. */
    DROP
}
