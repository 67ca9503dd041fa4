package org.recommender4j.data;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.recommender4j.internal.util.Utf8;

/**
 * Names of kinds of events and what one event of each is worth.
 *
 * <p>Predefined: view 1, click 2, play 2, bookmark 3, add to cart 4, share 4, watch 4, like 5, purchase 8; remove from cart
 * -2, skip -1, dislike -5; impression 0, which says nothing of taste. Upper and lower case, spaces, {@code -} and {@code _}
 * make no difference: {@code ADD_TO_CART} is "add to cart". Immutable; thread-safe.
 */
public final class EventKinds {
    private static final EventKinds DEFAULTS = new EventKinds(Map.of(), Map.of())
            .with("view", 1)
            .with("click", 2)
            .with("play", 2)
            .with("bookmark", 3)
            .with("add to cart", 4)
            .with("share", 4)
            .with("watch", 4)
            .with("like", 5)
            .with("purchase", 8)
            .with("remove from cart", -2)
            .with("skip", -1)
            .with("dislike", -5)
            .with("impression", 0);

    private final Map<String, String> names;
    private final Map<String, Float> weights;

    private EventKinds(Map<String, String> names, Map<String, Float> weights) {
        this.names = names;
        this.weights = weights;
    }

    /** Returns the predefined kinds. */
    public static EventKinds defaults() {
        return DEFAULTS;
    }

    /**
     * Returns a copy with one more kind, or with another weight for one.
     *
     * @param weight what one such event is worth: finite, negative for a dislike, 0 if it says nothing of taste
     * @throws IllegalArgumentException if the name is empty or the weight not finite
     */
    public EventKinds with(String name, double weight) {
        if (normal(name).isEmpty()) {
            throw new IllegalArgumentException("empty name of an event kind");
        }
        Utf8.require("event kind", name);
        float narrow = (float) weight;
        if (!Float.isFinite(narrow)) {
            throw new IllegalArgumentException(
                    "the weight of event kind '" + name + "' must be finite, but is " + weight);
        }
        Map<String, String> newNames = new HashMap<>(names);
        Map<String, Float> newWeights = new HashMap<>(weights);
        newWeights.keySet().removeIf(other -> normal(other).equals(normal(name)));
        newNames.put(normal(name), name);
        // Under the name as given too, so that the usual spelling needs no normalizing.
        newWeights.put(normal(name), narrow);
        newWeights.put(name, narrow);
        return new EventKinds(newNames, newWeights);
    }

    /**
     * Returns what an event of a kind is worth.
     *
     * @throws IllegalArgumentException if the kind is unknown; the message lists those that are known
     */
    public float weight(String name) {
        Float weight = weights.get(name);
        if (weight == null) {
            weight = weights.get(normal(name));
        }
        if (weight == null) {
            throw new IllegalArgumentException("unknown event kind '" + name + "'; known are " + all());
        }
        return weight;
    }

    /** Returns all kinds with their weights, by name. */
    public Map<String, Float> all() {
        Map<String, Float> result = new TreeMap<>();
        names.forEach((normal, name) -> result.put(name, weights.get(normal)));
        return result;
    }

    private static String normal(String name) {
        StringBuilder result = new StringBuilder(name.length());
        for (int k = 0; k < name.length(); k++) {
            char c = name.charAt(k);
            if (c != ' ' && c != '_' && c != '-') {
                result.append(c);
            }
        }
        return result.toString().toLowerCase(Locale.ROOT);
    }
}
