/**
 * The seam between algorithms and everything else, in dense indices. {@link org.recommender4j.model.TrainingData} goes into a
 * training, a {@link org.recommender4j.model.Model} comes out; a {@link org.recommender4j.model.Scorer} scores items for one
 * profile and {@link org.recommender4j.model.TopN} keeps the best eligible ones. To write an algorithm, start with {@link
 * org.recommender4j.model.Model}.
 *
 * <p>May import {@code data} and {@code internal}; knows no algorithm and no ids.
 */
@NullMarked
package org.recommender4j.model;

import org.jspecify.annotations.NullMarked;
