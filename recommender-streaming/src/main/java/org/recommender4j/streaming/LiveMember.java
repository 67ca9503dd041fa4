package org.recommender4j.streaming;

import java.util.Optional;
import org.recommender4j.data.Feedback;
import org.recommender4j.streaming.online.OnlineModel;
import org.recommender4j.streaming.online.Unlearned;

/** A model that learns by the event. Its users are the indices of the live recommender. */
record LiveMember(OnlineModel model, double weight) {
    /** Learns an event. */
    void apply(int user, int item, Effect effect, long time, Effect.Scale scale) {
        if (!effect.isNone()) {
            float weight = scale.feedback() == Feedback.IMPLICIT
                    ? effect.weight()
                    : effect.weight() >= scale.positiveFrom() ? 1f : -1f;
            model.update(user, item, weight, Math.max(0, time));
        }
    }

    /** Takes back what a user contributed; returns what can't be. */
    Optional<String> forget(int user) {
        Unlearned forgotten = model.forget(user);
        return forgotten.residue().isEmpty()
                ? Optional.empty()
                : Optional.of(model.name() + ": " + forgotten.residue());
    }
}
