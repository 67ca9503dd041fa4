/**
 * Offline quality, on dense indices: cut the data with {@link org.recommender4j.data.Split}, choose what to measure from the
 * factory methods of {@link org.recommender4j.eval.Metric}, and let {@link org.recommender4j.eval.Evaluation} rank all items
 * for every user of the test part.
 *
 * <p>On top of that: {@link org.recommender4j.eval.Comparison} measures several algorithms alike and tests the differences,
 * {@link org.recommender4j.eval.Tuning} searches options on a validation part, {@link org.recommender4j.eval.report.Report} shows the
 * results, {@link org.recommender4j.eval.Replay} measures what learns from a stream, and {@link
 * org.recommender4j.eval.DataQuality} looks at data beforehand.
 *
 * <p>Ranking is always over the whole catalogue, never over a sample of negatives (W. Krichene, S. Rendle. On Sampled Metrics
 * for Item Recommendation. KDD 2020). Knows {@link org.recommender4j.model.Model} and {@link org.recommender4j.Algorithm} and the
 * data, and no family of algorithms.
 */
@NullMarked
package org.recommender4j.eval;

import org.jspecify.annotations.NullMarked;
