package org.recommender4j;

/**
 * One entry of a list.
 *
 * @param item what is recommended (for {@link Recommender#audience}, the user)
 * @param score how strongly, on the scale of the model that gave it: comparable within one source only; 0 if pinned
 * @param rank place in the list, 1 for the first
 * @param source name of the model that gave it, for example {@code ImplicitAls}, or {@code Popularity} when a fallback had to
 *     fill the list; {@code pinned} for an item that the request put there
 * @param <T> type of the ids
 */
public record Recommendation<T>(T item, float score, int rank, String source) {}
