package org.recommender4j.hybrid;

import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

/**
 * Two tiers of items for one profile: those that the first column finds best, and the rest, which always comes after them in
 * that column's order. The tiers depend on the profile alone, never on the rules of a request, so that a rule takes items
 * out of a list without changing the order of the others.
 */
final class Tiers {
    private final boolean[] first;
    private final Column tail;

    private Tiers(boolean[] first, Column tail) {
        this.first = first;
        this.tail = tail;
    }

    /**
     * Returns the tiers of the columns' best items, and the tail of the first column.
     *
     * @param columns normalized by z-score; the first one that is there orders the tail
     * @return null if there is no column
     */
    static @Nullable Tiers of(Iterable<@Nullable Column> columns, int items, Profile profile, int depth) {
        boolean[] first = new boolean[items];
        Column tail = null;
        Eligibility unseen = unseen(items, profile);
        for (Column column : columns) {
            if (column != null) {
                tail = tail == null ? column : tail;
                TopN best = best(column, unseen, depth);
                for (int item : best.items()) {
                    first[item] = true;
                }
                // What the profile knows already is ranked as if it were new, for requests that want it back.
                float enough = best.size() < depth ? -Float.MAX_VALUE : best.threshold();
                for (int k = 0; k < profile.size(); k++) {
                    first[profile.item(k)] |= column.raw[profile.item(k)] >= enough;
                }
            }
        }
        return tail == null ? null : new Tiers(first, tail);
    }

    static Eligibility unseen(int items, Profile profile) {
        return Eligibility.builder(items).seen(profile.items()).build();
    }

    static TopN best(Column column, Eligibility eligibility, int depth) {
        TopN best = new TopN(depth, eligibility);
        best.search(Scorer.of(column.raw), column.raw.length);
        return best;
    }

    boolean isFirst(int item) {
        return first[item];
    }

    /**
     * Returns the scorer: 1 and more in the first tier, in the order of the given scores; below 1 in the second.
     *
     * @param scores finite for the items of the first tier
     */
    Scorer scorer(float[] scores) {
        float lowest = Float.POSITIVE_INFINITY;
        for (int item = 0; item < first.length; item++) {
            lowest = first[item] ? Math.min(lowest, scores[item]) : lowest;
        }
        float[] result = new float[first.length];
        for (int item = 0; item < first.length; item++) {
            if (first[item]) {
                result[item] = 1f + (scores[item] - lowest);
            } else if (tail.scores(item)) {
                float z = tail.normalized(item);
                result[item] = 0.5f + 0.499f * z / (1f + Math.abs(z));
            } else {
                result[item] = Scorer.UNSCORED;
            }
        }
        return Scorer.of(result);
    }
}
