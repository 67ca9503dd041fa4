package org.recommender4j.rerank;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.recommender4j.data.Profile;
import org.recommender4j.model.ModelState;

/** Sorts by the score less what popularity costs. */
final class Damping implements Order {
    private final Popularities popularities;
    private final float strength;

    Damping(Popularities popularities, double strength) {
        this.popularities = popularities;
        this.strength = (float) strength;
    }

    @Override
    public int[] of(Profile profile, int[] items, float[] scores, int wanted) {
        float[] values = new float[items.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = scores[k] - strength * popularities.of(items[k]);
        }
        int[] order = IntStream.range(0, items.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -values[k]))
                .mapToInt(Integer::intValue)
                .toArray();
        return Arrays.copyOf(order, wanted);
    }

    @Override
    public ModelState state() {
        return popularities.state();
    }
}
