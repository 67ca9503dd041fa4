/** The comparison of all algorithms; start at {@link org.recommender4j.examples.evaluation.Evaluate}. */
@NullMarked
package org.recommender4j.examples.evaluation;

import org.jspecify.annotations.NullMarked;
