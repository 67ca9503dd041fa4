package org.recommender4j.streaming;

/**
 * An exception that no call could throw: of code that is called for an event which is applied already, or of what is done in the
 * background.
 *
 * @param part what failed, in words: a signal, a member, a callback, a refit
 * @param cause what it threw
 */
public record LiveFailure(String part, Throwable cause) {}
