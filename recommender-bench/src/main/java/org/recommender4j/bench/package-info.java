/**
 * Measures the library: {@link org.recommender4j.bench.Quality} is a command that prints accuracy, speed and memory of an
 * algorithm on a data set; the other classes are JMH benchmarks of the hot paths.
 */
@NullMarked
package org.recommender4j.bench;

import org.jspecify.annotations.NullMarked;
