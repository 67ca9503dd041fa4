/**
 * Hands the metrics of a live recommender to Micrometer. The only package that needs {@code io.micrometer:micrometer-core},
 * which the library does not bring along: add it to your build if it is not there.
 */
@NullMarked
package org.recommender4j.streaming.micrometer;

import org.jspecify.annotations.NullMarked;
