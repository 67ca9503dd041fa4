/**
 * What most people like: {@link org.recommender4j.popularity.Popularity}, the baseline and the usual fallback.
 *
 * <p>May import {@code data}, {@code model} and {@code internal}.
 */
@NullMarked
package org.recommender4j.popularity;

import org.jspecify.annotations.NullMarked;
