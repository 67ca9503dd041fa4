package org.recommender4j.streaming;

import java.util.List;

/**
 * All that is known of a user.
 *
 * @param user the id
 * @param history by ascending time
 * @param vector the user's vector in the model; empty if the model has none
 */
public record UserExport<U, I>(U user, List<HistoryEntry<I>> history, List<Float> vector) {}
