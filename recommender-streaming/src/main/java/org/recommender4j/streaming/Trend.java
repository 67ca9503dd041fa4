package org.recommender4j.streaming;

/**
 * An item that people like of late.
 *
 * @param item the item
 * @param score how many people like it, each counting half after the half-life of popularity
 * @param people how many ever liked it
 */
public record Trend<I>(I item, double score, int people) {}
