package org.recommender4j.rerank;

import java.util.Set;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Features;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.TrainingData;

/** The categories of each item by one field. */
final class Shares {
    private final Interactions rows;
    private final int categories;

    private Shares(Interactions rows) {
        this.rows = rows;
        categories = rows.usedColumns();
    }

    /** Returns the categories of a field, of the first one if the name is empty, of nothing if there is none. */
    static Shares of(TrainingData data, String field) {
        Features features = data.itemFeatures();
        Set<String> fields = features.categoryFields();
        if (!field.isEmpty()) {
            return new Shares(features.categories(field));
        }
        return new Shares(
                fields.isEmpty()
                        ? Interactions.builder().build(DuplicatePolicy.FAIL)
                        : features.categories(fields.iterator().next()));
    }

    static Shares restore(ModelState state) {
        return new Shares(state.matrix("rows"));
    }

    ModelState state() {
        return new ModelState().put("rows", rows);
    }

    int categories() {
        return categories;
    }

    /** Returns the number of categories of an item. */
    int count(int item) {
        return item < rows.rows() ? rows.length(item) : 0;
    }

    /** Returns the k-th category of an item. */
    int category(int item, int k) {
        return rows.column(rows.begin(item) + k);
    }
}
