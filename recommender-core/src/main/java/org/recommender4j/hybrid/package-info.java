/**
 * Models made of models. A hybrid is an {@link org.recommender4j.Algorithm} whose members are algorithms, hybrids among
 * them.
 *
 * <ul>
 *   <li>{@link org.recommender4j.hybrid.Blend}: a weighted sum of scores; weights given or learned
 *   <li>{@link org.recommender4j.hybrid.RankFusion}: a sum of reciprocal ranks
 *   <li>{@link org.recommender4j.hybrid.Switch}: one member for whom and what little is known of, another for the rest
 *   <li>{@link org.recommender4j.hybrid.Cascade}: one member retrieves, another ranks
 *   <li>{@link org.recommender4j.hybrid.FeatureStack}: a learned ranker over what the members say and what is known of items
 *   <li>{@link org.recommender4j.hybrid.Fallback}: the first member that has an answer
 * </ul>
 *
 * <p>Knows {@code Model}, not families: members are found by name.
 */
@NullMarked
package org.recommender4j.hybrid;

import org.jspecify.annotations.NullMarked;
