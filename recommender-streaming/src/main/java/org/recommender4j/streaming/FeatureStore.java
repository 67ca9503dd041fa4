package org.recommender4j.streaming;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Features;
import org.recommender4j.data.FeaturesBuilder;
import org.recommender4j.data.Interactions;

/**
 * Features of items that change while they are read. A change is remembered, and worked in by the next one who reads; that
 * takes time in proportion to all features, and others who read or change meanwhile wait for it, so describe new items in batches
 * where there are many. Without a change since the last call nobody waits. Thread-safe.
 */
final class FeatureStore {
    private volatile Features current;
    private volatile boolean changed;
    private @Nullable FeaturesBuilder builder;
    private final Map<String, Integer> dimensions = new HashMap<>();
    private int described;

    FeatureStore(Features start) {
        current = start;
        start.vectorFields().forEach(field -> dimensions.put(field, start.dimensions(field)));
    }

    /**
     * Checks whether something can be said of an item beside what is said of the others; if so, {@link #change} does it, unless
     * there is another one before.
     *
     * @throws IllegalArgumentException if not
     */
    synchronized void check(ItemFact fact) {
        if (fact instanceof ItemFact.Vector vector) {
            Integer known = dimensions.get(vector.field());
            if (known != null && known != vector.value().length) {
                throw new IllegalArgumentException("vector field '" + vector.field() + "': has length "
                        + vector.value().length + ", but those before have " + known);
            }
        }
    }

    /**
     * Says something of an item.
     *
     * @throws IllegalArgumentException if that is not possible
     */
    synchronized void change(int row, ItemFact fact) {
        FeaturesBuilder all = builder;
        if (all == null) {
            all = copy(current, same -> same);
            builder = all;
        }
        fact.apply(all, row);
        if (fact instanceof ItemFact.Vector vector) {
            dimensions.put(vector.field(), vector.value().length);
        }
        described = Math.max(described, row + 1);
        changed = true;
    }

    /** Returns the features as of the last change; they may have less rows than there are items. */
    Features get() {
        return changed ? build() : current;
    }

    private synchronized Features build() {
        if (changed && builder != null) {
            current = builder.build(Math.max(described, current.rows()));
            changed = false;
        }
        return current;
    }

    /** Returns the features with exactly so many rows, at least those that were described, for a training. */
    synchronized Features exactly(int rows) {
        if (builder == null && (current.isEmpty() || current.rows() == rows)) {
            return current;
        }
        FeaturesBuilder all = builder == null ? copy(current, same -> same) : builder;
        return all.build(rows);
    }

    /** Copies features to other rows; those that become negative are left out. */
    static FeaturesBuilder copy(Features from, IntUnaryOperator rowOf) {
        FeaturesBuilder to = Features.builder();
        for (int row = 0; row < from.rows(); row++) {
            int target = rowOf.applyAsInt(row);
            if (target >= 0) {
                copyRow(from, row, to, target);
            }
        }
        return to;
    }

    private static void copyRow(Features from, int row, FeaturesBuilder to, int target) {
        for (String field : from.categoryFields()) {
            Interactions rows = from.categories(field);
            for (int p = rows.begin(row); p < rows.end(row); p++) {
                to.category(field, target, from.values(field).get(rows.column(p)), rows.weight(p));
            }
        }
        for (String field : from.numberFields()) {
            double number = from.number(field, row);
            if (!Double.isNaN(number)) {
                to.number(field, target, number);
            }
        }
        for (String field : from.textFields()) {
            if (!from.text(field, row).isEmpty()) {
                to.text(field, target, from.text(field, row));
            }
        }
        for (String field : from.vectorFields()) {
            from.vector(field, row).ifPresent(vector -> to.vector(field, target, vector));
        }
    }
}
