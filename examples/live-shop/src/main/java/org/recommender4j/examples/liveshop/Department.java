package org.recommender4j.examples.liveshop;

import java.util.List;
import java.util.Locale;

/** The departments of the shop, with what they sell. */
enum Department {
    CAMPING("tent", "sleeping bag", "stove", "lantern", "rucksack", "water filter"),
    RUNNING("shoes", "shorts", "watch", "socks", "vest", "cap"),
    KITCHEN("knife", "pan", "kettle", "grinder", "scale", "apron"),
    READING("novel", "atlas", "notebook", "lamp", "armchair", "bookend"),
    GARDEN("spade", "gloves", "seeds", "hose", "planter", "shears"),
    MUSIC("guitar", "strings", "amplifier", "headphones", "stand", "metronome");

    private static final List<String> STYLES =
            List.of("light", "sturdy", "small", "large", "blue", "grey", "simple", "fine", "classic", "folding");

    // A list made by List.of cannot change, which the check of enums does not know.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> things;

    Department(String... things) {
        this.things = List.of(things);
    }

    /** Returns the name of the n-th product of this department. */
    String product(int n) {
        String name = STYLES.get(n / things.size() % STYLES.size()) + " " + things.get(n % things.size());
        int series = n / (things.size() * STYLES.size());
        return series == 0 ? name : name + " " + (series + 1);
    }

    String label() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
