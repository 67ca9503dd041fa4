package org.recommender4j.streaming;

import java.util.List;
import org.recommender4j.data.FeaturesBuilder;

/** Something that is said of an item: that it exists, or a feature of it. */
sealed interface ItemFact {
    /** Writes it into a row. */
    void apply(FeaturesBuilder to, int row);

    /** The item exists. */
    record Exists() implements ItemFact {
        @Override
        public void apply(FeaturesBuilder to, int row) {}
    }

    /** Values of a category field. */
    record Categories(String field, List<String> values) implements ItemFact {
        @Override
        public void apply(FeaturesBuilder to, int row) {
            to.categories(field, row, values);
        }
    }

    /** A number. */
    record Numeric(String field, double value) implements ItemFact {
        @Override
        public void apply(FeaturesBuilder to, int row) {
            to.number(field, row, value);
        }
    }

    /** A text. */
    record Text(String field, String value) implements ItemFact {
        @Override
        public void apply(FeaturesBuilder to, int row) {
            to.text(field, row, value);
        }
    }

    /** A vector. */
    record Vector(String field, float[] value) implements ItemFact {
        @Override
        public void apply(FeaturesBuilder to, int row) {
            to.vector(field, row, value);
        }
    }
}
