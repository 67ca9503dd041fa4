package org.recommender4j.model;

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
}
