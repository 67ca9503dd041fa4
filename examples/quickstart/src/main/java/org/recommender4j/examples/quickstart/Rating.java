package org.recommender4j.examples.quickstart;

/**
 * One user's opinion of one film.
 *
 * @param user the id of the user
 * @param film the id of the film, see {@link Film#id()}
 * @param stars from 0.5 (worst) to 5.0 (best) in steps of one half
 * @param epochMillis when the opinion was given, in milliseconds since 1970-01-01T00:00Z
 */
record Rating(String user, String film, double stars, long epochMillis) {}
