package org.recommender4j.neighborhood;

/**
 * The neighbors of somebody.
 *
 * @param users indices, ascending
 * @param similarities one for each, positive
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
record FoundUsers(int[] users, float[] similarities) {}
