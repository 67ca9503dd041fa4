package org.recommender4j.model;

import org.recommender4j.data.Profile;

/**
 * A model whose scores depend on when they are asked for, such as one whose biases drift. {@link #scorer(Profile)} answers as of
 * the newest time of the profile, or of the training data when the profile has no times.
 */
public interface TimedModel extends Model {
    /**
     * Returns the scores for a profile as of a time.
     *
     * @param time milliseconds since the epoch
     */
    Scorer scorer(Profile profile, long time);
}
