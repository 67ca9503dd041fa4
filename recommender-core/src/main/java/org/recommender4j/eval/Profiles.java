package org.recommender4j.eval;

import org.recommender4j.data.Features;
import org.recommender4j.data.Profile;
import org.recommender4j.model.TrainingData;

/** Makes the profiles of those who are to be answered. */
final class Profiles {
    private Profiles() {}

    /** The profile of a user as of the training part; beyond its users that of somebody of whom nothing is known. */
    static Profile of(TrainingData train, int user) {
        if (user >= train.users()) {
            return Profile.empty();
        }
        Profile profile = Profile.ofUser(user, train.interactions(), true);
        Features features = train.userFeatures();
        return user < features.rows() ? profile.withFeatures(features, user) : profile;
    }
}
