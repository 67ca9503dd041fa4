package org.recommender4j.factorization;

import org.recommender4j.model.ModelState;

/**
 * The mean rating and the scale, to which predictions are clipped. The clip is soft in the outermost fiftieth of the scale, so that
 * it keeps the order: two items predicted at 5.1 and 5.3 of 5 stars stay apart.
 */
record RatingScale(float mean, float min, float max) {
    RatingScale {
        if (!(mean >= min && mean <= max && max < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a mean of " + mean + " can't be on a scale of " + min + " to " + max);
        }
    }

    static RatingScale restore(ModelState state) {
        float[] scale = state.finiteFloats("scale", 3);
        return new RatingScale(scale[0], scale[1], scale[2]);
    }

    void addTo(ModelState state) {
        state.put("scale", new float[] {mean, min, max});
    }

    float clip(float prediction) {
        float margin = (max - min) / 50;
        if (prediction > max - margin) {
            return max - tail(prediction - (max - margin), margin);
        } else if (prediction < min + margin) {
            return min + tail(min + margin - prediction, margin);
        }
        return prediction;
    }

    /** What is left of the margin; falls from the margin to 0 with a slope of -1 at the start. */
    private static float tail(float beyond, float margin) {
        return margin == 0 ? 0f : (float) (margin * StrictMath.exp(-beyond / margin));
    }
}
