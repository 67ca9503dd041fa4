package org.recommender4j.rerank;

import java.util.Arrays;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.TrainingData;

/** How popular each item is, from 0 to 1 on a logarithmic scale. */
final class Popularities {
    private final float[] values;

    private Popularities(float[] values) {
        this.values = values;
    }

    static Popularities of(TrainingData data) {
        int[] counts = data.positives().columnLengths();
        int most = Arrays.stream(counts).max().orElse(0);
        float[] values = new float[counts.length];
        for (int item = 0; most > 0 && item < values.length; item++) {
            values[item] = (float) (StrictMath.log1p(counts[item]) / StrictMath.log1p(most));
        }
        return new Popularities(values);
    }

    static Popularities restore(ModelState state) {
        return new Popularities(state.finiteFloats("popularities"));
    }

    ModelState state() {
        return new ModelState().put("popularities", values);
    }

    float of(int item) {
        return item < values.length ? values[item] : 0f;
    }
}
