/**
 * Models that learn from one event at a time while they answer. {@link
 * org.recommender4j.streaming.online.OnlineAlgorithm} holds the options and starts an {@link
 * org.recommender4j.streaming.online.OnlineModel}, empty or trained on what is there already; each can be used alone:
 *
 * <ul>
 *   <li>{@link org.recommender4j.streaming.online.DecayedPopularity}: what is liked of late, overall and by category
 *   <li>{@link org.recommender4j.streaming.online.IncrementalItemKnn}: who liked this liked that
 *   <li>{@link org.recommender4j.streaming.online.IncrementalMf}: factors of users and items
 *   <li>{@link org.recommender4j.streaming.online.SessionKnn}: what came next in sessions like this one
 * </ul>
 *
 * <p>One thread at a time writes; any number reads without locks. What belongs together (a row of factors, a list of
 * neighbors, a session) is replaced as a whole and never seen half written; a long computation may see some rows before and some
 * after an event that comes meanwhile. Dense indices only; users and items may be new at any time.
 */
@NullMarked
package org.recommender4j.streaming.online;

import org.jspecify.annotations.NullMarked;
