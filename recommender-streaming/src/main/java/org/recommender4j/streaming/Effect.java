package org.recommender4j.streaming;

import org.recommender4j.data.Dataset;
import org.recommender4j.data.EventKinds;
import org.recommender4j.data.Feedback;

/**
 * What an event does to the history of its user.
 *
 * @param weight what is added to the weight of the item, or the rating that replaces the former one; 0 for nothing
 * @param replaces whether it is a rating
 * @param derived whether the rating was concluded from an event that is none
 */
record Effect(float weight, boolean replaces, boolean derived) {
    static final Effect NONE = new Effect(0f, false, false);

    boolean isNone() {
        return !replaces && weight == 0f;
    }

    /** What the data says about weights. */
    record Scale(Feedback feedback, float positiveFrom, float min, float max) {
        static Scale of(Dataset<?, ?> data) {
            return new Scale(data.feedback(), data.positiveFrom(), data.minRating(), data.maxRating());
        }

        /** Returns the weight of an item of which nothing is known but that somebody likes it. */
        float liked() {
            return feedback.likedWeight(positiveFrom, max);
        }
    }

    /**
     * Checks that data of a scale can have this effect.
     *
     * @throws IllegalArgumentException if not
     */
    void check(Scale scale) {
        boolean explicit = scale.feedback == Feedback.EXPLICIT;
        boolean fits = isNone() || (explicit ? weight >= scale.min && weight <= scale.max : Float.isFinite(weight));
        if (!fits || (!isNone() && replaces != explicit)) {
            throw new IllegalArgumentException("an event of " + (replaces ? "the rating " : "the weight ") + weight
                    + " does not fit data of " + scale);
        }
    }

    /**
     * Returns the effect of an event. With implicit feedback weights add up. With explicit feedback a rating is one; another event
     * counts as the best rating from the weight of a "like" on, as the least rating that means "likes it" if its weight is
     * positive, and as the worst if it is negative.
     *
     * @throws IllegalArgumentException if the event makes no sense; the message says why
     */
    static Effect of(Event<?, ?> event, EventKinds kinds, Scale scale) {
        boolean explicit = scale.feedback == Feedback.EXPLICIT;
        if (event.kind().equals(Event.RATING)) {
            float value = (float) event.value();
            if (!explicit) {
                throw new IllegalArgumentException("a rating needs a recommender of explicit feedback");
            }
            if (!(value >= scale.min && value <= scale.max)) {
                throw new IllegalArgumentException(
                        "a rating must be from " + scale.min + " to " + scale.max + ", but is " + value);
            }
            return new Effect(value, true, false);
        }
        float weight = kinds.weight(event.kind());
        if (!Double.isNaN(event.value())) {
            weight = (float) event.value();
        }
        if (!Double.isNaN(event.seconds())) {
            weight *= (float) event.completion();
        }
        if (weight == 0f) {
            return NONE;
        }
        if (!explicit) {
            return new Effect(weight, false, false);
        }
        float rating = weight < 0 ? scale.min : weight >= kinds.weight("like") ? scale.max : scale.positiveFrom;
        return new Effect(rating, true, true);
    }
}
