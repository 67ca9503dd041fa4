/**
 * What similar items or similar users say: {@link org.recommender4j.neighborhood.ItemKnn}, {@link
 * org.recommender4j.neighborhood.UserKnn} and the graph walk {@link org.recommender4j.neighborhood.Rp3Beta}.
 *
 * <p>All three find the best of all pairs of sparse vectors: {@code PairSums} adds up what one vector has in common with each
 * other one, {@code Comparison} turns sums into similarities, {@code BestK} keeps the best, {@code Neighborhoods} does so for all
 * vectors in parallel. Item-based ones become an {@link org.recommender4j.model.ItemItemModel}.
 *
 * <p>May import {@code data}, {@code model} and {@code internal}.
 */
@NullMarked
package org.recommender4j.neighborhood;

import org.jspecify.annotations.NullMarked;
