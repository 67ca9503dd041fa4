package org.recommender4j.streaming.online;

import java.util.Arrays;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

/** Scores of the few items that a request touches. Belongs to one request. */
final class ScoreMap implements Scorer {
    private int[] items = new int[64];
    private float[] scores = new float[64];
    private int used;

    ScoreMap() {
        Arrays.fill(items, -1);
    }

    /** Returns a number as a float, the largest there is for one that is larger: of huge weights there are huge scores, not infinite ones. */
    static float finite(double value) {
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
    }

    private int find(int item) {
        int mask = items.length - 1;
        int k = ((item * 0x9E3779B9) >>> 7) & mask;
        while (items[k] != item && items[k] >= 0) {
            k = (k + 1) & mask;
        }
        return k;
    }

    void add(int item, float score) {
        int k = find(item);
        if (items[k] < 0) {
            if (2 * used >= items.length) {
                grow();
                k = find(item);
            }
            items[k] = item;
            used++;
        }
        scores[k] = finite((double) scores[k] + score);
    }

    private void grow() {
        int[] oldItems = items;
        float[] oldScores = scores;
        items = new int[2 * oldItems.length];
        scores = new float[items.length];
        Arrays.fill(items, -1);
        for (int k = 0; k < oldItems.length; k++) {
            if (oldItems[k] >= 0) {
                int to = find(oldItems[k]);
                items[to] = oldItems[k];
                scores[to] = oldScores[k];
            }
        }
    }

    /** Is given what was added up for a key. */
    interface Visitor {
        void accept(int key, float score);
    }

    void forEach(Visitor visitor) {
        for (int k = 0; k < items.length; k++) {
            if (items[k] >= 0) {
                visitor.accept(items[k], scores[k]);
            }
        }
    }

    /** Offers all items that were touched. */
    void offerTo(TopN top) {
        forEach(top::offer);
    }

    @Override
    public float score(int item) {
        int k = find(item);
        return items[k] < 0 ? UNSCORED : scores[k];
    }

    @Override
    public void score(int from, int to, float[] out) {
        for (int item = from; item < to; item++) {
            out[item - from] = score(item);
        }
    }
}
