package org.recommender4j.rerank;

import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Features;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.TrainingData;

/** A sparse vector per item, by which items are alike: cosine. */
final class ItemVectors {
    private final Interactions rows;
    /** Weight of each column. */
    private final float[] weights;

    private ItemVectors(Interactions rows, float[] weights) {
        this.rows = rows;
        this.weights = weights;
    }

    /** Returns the categories of one field, or of all if it is empty; the users of each item if there is no field. */
    static ItemVectors of(TrainingData data, String field) {
        Features features = data.itemFeatures();
        if (!field.isEmpty()) {
            return weighted(features.categories(field));
        }
        if (features.categoryFields().isEmpty()) {
            return weighted(data.positives().transpose());
        }
        int columns = 0;
        for (String name : features.categoryFields()) {
            columns += features.values(name).size();
        }
        InteractionsBuilder all = Interactions.builder();
        int first = 0;
        for (String name : features.categoryFields()) {
            Interactions matrix = features.categories(name);
            for (int row = 0; row < matrix.rows(); row++) {
                for (int p = matrix.begin(row); p < matrix.end(row); p++) {
                    all.add(row, first + matrix.column(p), 1f);
                }
            }
            first += features.values(name).size();
        }
        return weighted(all.build(features.rows(), columns, DuplicatePolicy.MAX));
    }

    private static ItemVectors weighted(Interactions rows) {
        int[] counts = rows.columnLengths();
        float[] weights = new float[counts.length];
        for (int c = 0; c < weights.length; c++) {
            weights[c] = (float) StrictMath.log((1.0 + rows.rows()) / (1.0 + counts[c])) + 0.01f;
        }
        return new ItemVectors(rows, weights);
    }

    static ItemVectors restore(ModelState state) {
        Interactions rows = state.matrix("rows");
        return new ItemVectors(rows, state.positiveFloats("weights", rows.columns()));
    }

    ModelState state() {
        return new ModelState().put("rows", rows).put("weights", weights);
    }

    /** Compares items with one that was put into a scratch vector. */
    final class Comparison {
        private final float[] scratch = new float[weights.length];
        private float norm;

        void set(int item) {
            write(item, true);
            norm = norm(item);
        }

        void clear(int item) {
            write(item, false);
        }

        private void write(int item, boolean on) {
            for (int p = begin(item); p < end(item); p++) {
                scratch[rows.column(p)] = on ? weights[rows.column(p)] : 0f;
            }
        }

        /** Returns the cosine, 0 if one of the two has an empty vector. */
        float with(int item) {
            float sum = 0;
            for (int p = begin(item); p < end(item); p++) {
                sum += scratch[rows.column(p)] * weights[rows.column(p)];
            }
            return sum == 0f ? 0f : sum / (norm * norm(item));
        }
    }

    private float norm(int item) {
        double sum = 0;
        for (int p = begin(item); p < end(item); p++) {
            sum += (double) weights[rows.column(p)] * weights[rows.column(p)];
        }
        return (float) Math.sqrt(sum);
    }

    private int begin(int item) {
        return item < rows.rows() ? rows.begin(item) : 0;
    }

    private int end(int item) {
        return item < rows.rows() ? rows.end(item) : 0;
    }
}
