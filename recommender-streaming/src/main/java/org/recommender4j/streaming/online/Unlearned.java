package org.recommender4j.streaming.online;

/**
 * What was taken back when a user was forgotten.
 *
 * @param removed the number of contributions that are gone: events, pairs, rows or sessions, as the model counts
 * @param residue in words, what the user's events have changed that remains until the next full training; empty if nothing
 */
public record Unlearned(long removed, String residue) {}
