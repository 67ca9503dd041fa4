package org.recommender4j.rerank;

import org.recommender4j.data.Profile;
import org.recommender4j.model.ModelState;

/** Takes the items in their order as long as none of their categories is full, then the others. */
final class Capping implements Order {
    private final Shares shares;
    private final int max;

    Capping(Shares shares, int max) {
        this.shares = shares;
        this.max = max;
    }

    @Override
    public int[] of(Profile profile, int[] items, float[] scores, int wanted) {
        int[] counts = new int[shares.categories()];
        int[] fitting = new int[items.length];
        int[] rest = new int[items.length];
        int first = 0;
        int last = 0;
        for (int k = 0; k < items.length; k++) {
            if (fits(items[k], counts)) {
                fitting[first++] = k;
            } else {
                rest[last++] = k;
            }
        }
        System.arraycopy(rest, 0, fitting, first, last);
        return fitting;
    }

    @Override
    public ModelState state() {
        return new ModelState().put("shares", shares.state());
    }

    /** Tells whether an item fits, and counts it if so. */
    private boolean fits(int item, int[] counts) {
        for (int k = 0; k < shares.count(item); k++) {
            if (counts[shares.category(item, k)] >= max) {
                return false;
            }
        }
        for (int k = 0; k < shares.count(item); k++) {
            counts[shares.category(item, k)]++;
        }
        return true;
    }
}
