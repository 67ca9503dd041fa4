package org.recommender4j.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a score: what one item of the history, or one feature, adds to it.
 *
 * @param item the item of the history, or -1
 * @param label the feature or other cause in words, empty for an item of the history
 * @param value what it adds to the score; negative when it takes away
 */
public record Contribution(int item, String label, float value) {
    /** Returns the contribution of an item of the history. */
    public static Contribution ofItem(int item, float value) {
        return new Contribution(item, "", value);
    }

    /** Returns the contribution of a feature or another cause. */
    public static Contribution of(String label, float value) {
        return new Contribution(-1, label, value);
    }

    /**
     * Adds up the contributions that name the same item or label, for reasons that come from several models; those that come to
     * nothing are left out. In the order of the first of each.
     */
    public static List<Contribution> merge(List<Contribution> parts) {
        Map<Contribution, Float> sums = new LinkedHashMap<>();
        for (Contribution part : parts) {
            sums.merge(new Contribution(part.item(), part.label(), 0f), part.value(), Float::sum);
        }
        List<Contribution> result = new ArrayList<>();
        sums.forEach((key, value) -> {
            if (value != 0f && Float.isFinite(value)) {
                result.add(new Contribution(key.item(), key.label(), value));
            }
        });
        return result;
    }
}
