/**
 * What the events say to people: {@link org.recommender4j.streaming.analytics.Analytics} is told of each and answers who a user
 * is, how an item is received, who could be interested, what is rising, and what there is too little of.
 *
 * <p>Dense indices only. Numbers about groups are given only from a least number of users on, so that nobody can be recognized in
 * them.
 */
@NullMarked
package org.recommender4j.streaming.analytics;

import org.jspecify.annotations.NullMarked;
