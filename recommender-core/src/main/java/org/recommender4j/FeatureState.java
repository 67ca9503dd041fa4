package org.recommender4j;

import java.util.List;
import org.recommender4j.data.Features;
import org.recommender4j.data.FeaturesBuilder;
import org.recommender4j.data.IdMap;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.ModelState;

/** The category fields of features as tensors: what boosts and caps need. Models keep what else they need themselves. */
final class FeatureState {
    private FeatureState() {}

    static ModelState write(Features features) {
        ModelState state = new ModelState().put("rows", new int[] {features.rows()});
        int number = 0;
        for (String field : features.categoryFields()) {
            IdMap<String> values = IdMap.create();
            features.values(field).forEach(values::add);
            state.put(number + "/field", field);
            state.put(number + "/values", IdState.write(values, values.size(), "category"));
            state.put(number + "/matrix", features.categories(field));
            number++;
        }
        return state;
    }

    /** Reads features of at most so many rows. */
    static Features read(ModelState state, int most) {
        int[] rows = state.ints("rows", 1, 0, most);
        FeaturesBuilder builder = Features.builder();
        for (int number = 0; state.has(number + "/field"); number++) {
            ModelState field = state.child(String.valueOf(number));
            List<String> values = IdState.read(field.child("values"), String.class, "category")
                    .keys();
            Interactions matrix = field.matrix("matrix");
            if (matrix.columns() > values.size() || matrix.rows() > rows[0]) {
                throw new IllegalArgumentException("category field '" + field.text("field") + "' has " + matrix
                        + " for " + values.size() + " values and " + rows[0] + " rows");
            }
            for (int row = 0; row < matrix.rows(); row++) {
                for (int p = matrix.begin(row); p < matrix.end(row); p++) {
                    builder.category(field.text("field"), row, values.get(matrix.column(p)), matrix.weight(p));
                }
            }
        }
        return builder.build(rows[0]);
    }
}
