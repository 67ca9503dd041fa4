/**
 * A recommender that learns from events while it serves.
 *
 * <p>Start at {@link org.recommender4j.streaming.LiveRecommender}. An {@link org.recommender4j.streaming.Event} says who did
 * what to which item; one writer at a time applies it to the history of the user, the counts and the {@link
 * org.recommender4j.streaming.LiveSignal signals}; readers do not wait for it and see histories and vectors that are replaced as a
 * whole. From time to time the items' vectors are solved anew, and a refit replaces the model.
 *
 * <p>Uses public types of core, HdrHistogram and the JDK.
 */
@NullMarked
package org.recommender4j.streaming;

import org.jspecify.annotations.NullMarked;
