package org.recommender4j.model;

/**
 * The scores of one request: a function from items to numbers, filled in blocks so that memory stays constant for any
 * catalogue.
 *
 * <p>A larger score is better. {@link #UNSCORED} says that the model knows nothing about an item for this profile; such an
 * item never enters a list of this model (a fallback may still add it). Belongs to one thread.
 */
@FunctionalInterface
public interface Scorer {
    /** The score of an item that the model has nothing to say about. */
    float UNSCORED = Float.NEGATIVE_INFINITY;

    /**
     * Writes the scores of the items {@code from} (inclusive) to {@code to} (exclusive) to {@code scores[0 .. to - from)}.
     * What is beyond may be overwritten.
     */
    void score(int from, int to, float[] scores);

    /** Returns the score of one item. */
    default float score(int item) {
        float[] one = new float[1];
        score(item, item + 1, one);
        return one[0];
    }

    /** Writes the scores of the first {@code count} listed items to {@code scores[0 .. count)}. */
    default void score(int[] items, int count, float[] scores) {
        for (int k = 0; k < count; k++) {
            scores[k] = score(items[k]);
        }
    }

    /** Returns the scorer of an array with one score per item; kept, not copied. */
    static Scorer of(float[] all) {
        return new Scorer() {
            @Override
            public void score(int from, int to, float[] scores) {
                System.arraycopy(all, from, scores, 0, to - from);
            }

            @Override
            public float score(int item) {
                return all[item];
            }
        };
    }
}
