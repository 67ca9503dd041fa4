/**
 * Reorders what another algorithm found best. Each class is an {@link org.recommender4j.Algorithm} around any other, so it is
 * evaluated, saved and combined like one.
 *
 * <ul>
 *   <li>{@link org.recommender4j.rerank.Diversify}: less of the same
 *   <li>{@link org.recommender4j.rerank.Calibrate}: the mix of the user's history
 *   <li>{@link org.recommender4j.rerank.DampPopularity}: less of what everybody gets
 *   <li>{@link org.recommender4j.rerank.CategoryCap}: so many per category
 * </ul>
 *
 * <p>Knows {@code Model}, not families.
 */
@NullMarked
package org.recommender4j.rerank;

import org.jspecify.annotations.NullMarked;
