package org.recommender4j.hybrid;

import org.recommender4j.model.ModelState;

/** A learned function from features to a score. */
interface Ranker {
    /** Returns the score of row {@code k} of a row-major matrix. */
    float score(float[] rows, int k);

    ModelState state();
}
