/**
 * Offline quality, on dense indices: cut the data with {@link org.recommender4j.eval.Split}, choose what to measure from the
 * factory methods of {@link org.recommender4j.eval.Metric}, and let {@link org.recommender4j.eval.Evaluation} rank all items
 * for every user of the test part.
 *
 * <p>Ranking is always over the whole catalogue, never over a sample of negatives (W. Krichene, S. Rendle. On Sampled Metrics
 * for Item Recommendation. KDD 2020). Knows {@link org.recommender4j.model.Model} and the data, and no algorithm.
 */
@NullMarked
package org.recommender4j.eval;

import org.jspecify.annotations.NullMarked;
