package org.recommender4j.streaming;

/**
 * An event that was not applied, and why. Repeated events, by their id, are none.
 *
 * @param event the event as it came
 * @param reason in words
 */
public record DeadLetter(Event<?, ?> event, String reason) {}
