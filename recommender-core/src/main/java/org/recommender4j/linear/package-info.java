/**
 * Models that are one item x item matrix, learned in closed form: {@link org.recommender4j.linear.Ease}, a dense ridge
 * regression of each item on all others, for catalogues up to some ten thousand items, and {@link
 * org.recommender4j.linear.GraphFilter}, a filter of the item graph, for larger and sparser data. Both score any history, so
 * new users need no training, and explain a score exactly.
 *
 * <p>May import {@code data}, {@code model} and {@code internal}.
 */
@NullMarked
package org.recommender4j.linear;

import org.jspecify.annotations.NullMarked;
