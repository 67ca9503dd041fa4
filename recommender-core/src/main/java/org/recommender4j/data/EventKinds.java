package org.recommender4j.data;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Names of kinds of events and what one of each is worth. */
final class EventKinds {
    private static final Map<String, Double> DEFAULTS = Map.ofEntries(
            Map.entry("view", 1.0),
            Map.entry("click", 2.0),
            Map.entry("play", 2.0),
            Map.entry("bookmark", 3.0),
            Map.entry("add to cart", 4.0),
            Map.entry("share", 4.0),
            Map.entry("like", 5.0),
            Map.entry("purchase", 8.0),
            Map.entry("remove from cart", -2.0),
            Map.entry("dislike", -5.0));

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Float> weights = new HashMap<>();

    EventKinds() {
        DEFAULTS.forEach(this::define);
    }

    void define(String name, double weight) {
        if (normal(name).isEmpty()) {
            throw new IllegalArgumentException("empty name of an event kind");
        }
        float narrow = (float) weight;
        if (!Float.isFinite(narrow) || narrow == 0f) {
            throw new IllegalArgumentException(
                    "the weight of event kind '" + name + "' must be finite and not 0, but is " + weight);
        }
        names.put(normal(name), name);
        weights.put(normal(name), narrow);
    }

    float weight(String name) {
        Float weight = weights.get(name);
        if (weight == null) {
            weight = weights.get(normal(name));
        }
        if (weight == null) {
            throw new IllegalArgumentException("unknown event kind '" + name + "'; known are " + known());
        }
        return weight;
    }

    private Map<String, Float> known() {
        Map<String, Float> result = new TreeMap<>();
        names.forEach((normal, name) -> result.put(name, weights.get(normal)));
        return result;
    }

    /** "Add to cart", "add_to_cart", "add-to-cart" and "addToCart" are the same kind. */
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
