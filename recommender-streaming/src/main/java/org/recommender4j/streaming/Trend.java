package org.recommender4j.streaming;

/**
 * An item that people like of late.
 *
 * @param item the item
 * @param score how many people like it, each counting half after the half-life of popularity; if there is {@link Noise}, how many
 *     came to like it, as released, and as of the last release
 * @param people how many ever liked it; if there is noise, the score again, rounded
 */
public record Trend<I>(I item, double score, int people) {}
