package org.recommender4j.streaming;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.recommender4j.data.Features;
import org.recommender4j.data.FeaturesBuilder;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.ModelState;

/** All features as tensors and texts, for snapshots. */
final class FeatureCodec {
    private FeatureCodec() {}

    static ModelState write(Features from) {
        ModelState state = new ModelState().put("rows", new int[] {from.rows()});
        int number = 0;
        for (String field : from.categoryFields()) {
            state.put("category/" + number + "/field", field);
            state.put("category/" + number + "/values", texts(from.values(field)));
            state.put("category/" + number + "/matrix", from.categories(field));
            number++;
        }
        number = 0;
        for (String field : from.numberFields()) {
            double[] numbers = from.numbers(field);
            long[] bits = new long[numbers.length];
            for (int row = 0; row < bits.length; row++) {
                bits[row] = Double.doubleToLongBits(numbers[row]);
            }
            state.put("number/" + number + "/field", field).put("number/" + number + "/bits", bits);
            number++;
        }
        number = 0;
        for (String field : from.textFields()) {
            state.put("text/" + number + "/field", field);
            List<String> rows = new ArrayList<>();
            for (int row = 0; row < from.rows(); row++) {
                rows.add(from.text(field, row));
            }
            state.put("text/" + number + "/rows", texts(rows));
            number++;
        }
        number = 0;
        for (String field : from.vectorFields()) {
            List<Integer> rows = new ArrayList<>();
            float[] values = new float[from.rows() * from.dimensions(field)];
            for (int row = 0; row < from.rows(); row++) {
                Optional<float[]> vector = from.vector(field, row);
                if (vector.isPresent()) {
                    System.arraycopy(
                            vector.get(), 0, values, rows.size() * from.dimensions(field), from.dimensions(field));
                    rows.add(row);
                }
            }
            state.put("vector/" + number + "/field", field)
                    .put("vector/" + number + "/values", values)
                    .put(
                            "vector/" + number + "/rows",
                            rows.stream().mapToInt(row -> row).toArray());
            state.put("vector/" + number + "/dimensions", new int[] {from.dimensions(field)});
            number++;
        }
        return state;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param most how many rows there may be
     * @throws IllegalArgumentException if it is not consistent
     */
    static Features read(ModelState state, int most) {
        int rowCount = state.ints("rows", 1, 0, most)[0];
        FeaturesBuilder to = Features.builder();
        for (int number = 0; state.has("category/" + number + "/field"); number++) {
            ModelState field = state.child("category/" + number);
            Interactions matrix = field.matrix("matrix");
            List<String> values = texts(field.child("values"));
            if (matrix.columns() > values.size()) {
                throw new IllegalArgumentException("category field '" + field.text("field") + "' has " + matrix + " of "
                        + values.size() + " values");
            }
            for (int row = 0; row < matrix.rows(); row++) {
                for (int p = matrix.begin(row); p < matrix.end(row); p++) {
                    to.category(field.text("field"), row, values.get(matrix.column(p)), matrix.weight(p));
                }
            }
        }
        for (int number = 0; state.has("number/" + number + "/field"); number++) {
            ModelState field = state.child("number/" + number);
            long[] bits = field.longs("bits");
            for (int row = 0; row < bits.length; row++) {
                double value = Double.longBitsToDouble(bits[row]);
                if (!Double.isNaN(value)) {
                    to.number(field.text("field"), row, value);
                }
            }
        }
        for (int number = 0; state.has("text/" + number + "/field"); number++) {
            String field = state.text("text/" + number + "/field");
            List<String> rows = texts(state.child("text/" + number + "/rows"));
            for (int row = 0; row < rows.size(); row++) {
                if (!rows.get(row).isEmpty()) {
                    to.text(field, row, rows.get(row));
                }
            }
        }
        for (int number = 0; state.has("vector/" + number + "/field"); number++) {
            ModelState field = state.child("vector/" + number);
            int[] rows = field.ints("rows", 0, rowCount - 1);
            float[] values = field.floats("values");
            int dimensions = field.ints("dimensions", 1, 1, Math.max(1, values.length))[0];
            if ((long) rows.length * dimensions > values.length) {
                throw new IllegalArgumentException("vector field '" + field.text("field") + "' has " + rows.length
                        + " vectors of " + dimensions + " numbers, but " + values.length + " numbers");
            }
            for (int k = 0; k < rows.length; k++) {
                float[] vector = new float[dimensions];
                System.arraycopy(values, k * dimensions, vector, 0, dimensions);
                to.vector(field.text("field"), rows[k], vector);
            }
        }
        return to.build(rowCount);
    }

    static ModelState texts(List<String> texts) {
        return new ModelState().putTexts("utf8", "ends", texts);
    }

    /** Reads what {@link #texts(List)} wrote. */
    static List<String> texts(ModelState state) {
        return state.texts("utf8", "ends");
    }
}
