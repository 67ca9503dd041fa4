package org.recommender4j.streaming.journal;

/**
 * What a compaction did.
 *
 * @param kept the number of records that remain
 * @param dropped the number of records that were removed
 * @param bytesFreed by how much the files shrank
 */
public record Compaction(long kept, long dropped, long bytesFreed) {}
