package org.recommender4j.streaming;

import java.util.List;

/**
 * The history of a user, and the vector that the model makes of it. Features of users that came with the data set are
 * not in it, nor what signals keep, nor the report of {@link LiveAnalytics#user}.
 *
 * @param user the id
 * @param history by ascending time
 * @param vector the user's vector in the model; empty if the model has none
 */
public record UserExport<U, I>(U user, List<HistoryEntry<I>> history, List<Float> vector) {}
