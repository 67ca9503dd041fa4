/**
 * Writing down what an evaluation found: {@link org.recommender4j.eval.report.Report} turns a {@link
 * org.recommender4j.eval.Comparison} into a page, Markdown and JSON.
 *
 * <p>Knows the results of {@code eval} and no algorithm.
 */
@NullMarked
package org.recommender4j.eval.report;

import org.jspecify.annotations.NullMarked;
