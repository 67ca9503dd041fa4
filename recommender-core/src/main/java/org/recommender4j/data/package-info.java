/**
 * Data: outside ids become dense indices here, and nowhere else.
 *
 * <p>Start at {@link org.recommender4j.data.Dataset}: its builder takes interactions and features
 * by the caller's ids. {@link org.recommender4j.data.MovieLens}, {@link
 * org.recommender4j.data.CsvInteractions} and {@link org.recommender4j.data.LightGcn} read files.
 *
 * <p>Behind it, in dense indices, without generics: {@link org.recommender4j.data.Interactions}
 * (who interacted with what, a sparse matrix), {@link org.recommender4j.data.Features} (what is
 * known beside that) and {@link org.recommender4j.data.Profile} (the one who asks). {@link
 * org.recommender4j.data.IdMap} is the bridge between ids and indices.
 *
 * <p>This package imports no other package of the library except internal ones.
 */
@NullMarked
package org.recommender4j.data;

import org.jspecify.annotations.NullMarked;
