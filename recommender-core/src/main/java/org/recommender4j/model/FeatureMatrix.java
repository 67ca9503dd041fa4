package org.recommender4j.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Features;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;
import org.recommender4j.data.TextAnalyzer;
import org.recommender4j.internal.util.Footprint;

/**
 * Features as numbers: a sparse row and a dense row for each item (or user). The dot product of two rows is the sum over the
 * fields of the field's weight times the cosine in that field.
 *
 * <p>Sparse columns are category values, terms of texts, and ranges of numbers; each field's part of a row has length 1 times
 * the root of the field's weight, so that no field drowns another by its size. Category values and terms count by how rare they
 * are: {@code 1 + ln((rows + 1) / (rows with it + 1))}. A number belongs to the two nearest of eight quantiles of its field,
 * in proportion to its distance. Dense columns are the caller's vectors, one field after the other.
 *
 * <p>Time O(all feature values), memory 8 bytes per value of a row and 4 per dimension of the vectors. Immutable; thread-safe.
 */
public final class FeatureMatrix {
    private static final int QUANTILES = 8;
    /** More than vectors have, and few enough to sum up the rows of a profile. */
    private static final int MAX_DIMENSIONS = 1 << 24;
    /** Parameters of BM25, the usual ones. */
    private static final double SATURATION = 1.2;

    private static final double LENGTH = 0.75;

    /** How often a term occurs in a text, turned into a weight. */
    public enum Weighting {
        /** {@code (1 + ln tf) idf}. */
        TFIDF,
        /** {@code tf (k1 + 1) / (tf + k1 (1 - b + b length / mean length)) idf}, k1 = 1.2, b = 0.75 (Robertson 1994). */
        BM25
    }

    private final Interactions sparse;
    private final List<String> labels;
    private final int dimensions;
    private final float[] dense;
    private final List<String> vectorFields;
    private final int[] vectorBegins;

    private FeatureMatrix(
            Interactions sparse,
            List<String> labels,
            int dimensions,
            float[] dense,
            List<String> vectorFields,
            int[] vectorBegins) {
        this.sparse = sparse;
        this.labels = labels;
        this.dimensions = dimensions;
        this.dense = dense;
        this.vectorFields = vectorFields;
        this.vectorBegins = vectorBegins;
    }

    /**
     * Encodes features.
     *
     * @param fields which fields to take, with their weights, more than 0; empty for all fields with weight 1
     * @throws IllegalArgumentException if there is no field of a name
     */
    public static FeatureMatrix of(
            Features features, Map<String, Double> fields, Weighting weighting, TextAnalyzer analyzer) {
        Map<String, Double> chosen = new LinkedHashMap<>(fields);
        if (chosen.isEmpty()) {
            for (var names : List.of(
                    features.categoryFields(),
                    features.numberFields(),
                    features.textFields(),
                    features.vectorFields())) {
                names.forEach(name -> chosen.put(name, 1.0));
            }
        }
        Encoding encoding = new Encoding(features);
        List<String> vectorFields = new ArrayList<>();
        int dimensions = 0;
        for (String field : chosen.keySet()) {
            double root = Math.sqrt(chosen.get(field));
            boolean found = false;
            if (features.categoryFields().contains(field)) {
                encoding.categories(field, root);
                found = true;
            }
            if (features.numberFields().contains(field)) {
                encoding.numbers(field, root);
                found = true;
            }
            if (features.textFields().contains(field)) {
                encoding.text(field, root, weighting, analyzer);
                found = true;
            }
            if (features.vectorFields().contains(field)) {
                vectorFields.add(field);
                dimensions += features.dimensions(field);
                found = true;
            }
            if (!found) {
                throw new IllegalArgumentException("there is no field '" + field + "', but only " + features);
            }
        }
        int[] begins = new int[vectorFields.size() + 1];
        new Footprint("the matrix of the features", "vectors of fewer dimensions")
                .array("rows", features.rows(), dimensions, Float.BYTES)
                .check();
        float[] dense = new float[features.rows() * dimensions];
        for (int v = 0; v < vectorFields.size(); v++) {
            begins[v + 1] = begins[v] + features.dimensions(vectorFields.get(v));
            double root = Math.sqrt(chosen.getOrDefault(vectorFields.get(v), 1.0));
            for (int row = 0; row < features.rows(); row++) {
                Optional<float[]> vector = features.vector(vectorFields.get(v), row);
                if (vector.isPresent()) {
                    copyScaled(vector.get(), root, dense, row * dimensions + begins[v]);
                }
            }
        }
        return new FeatureMatrix(encoding.build(), encoding.labels, dimensions, dense, vectorFields, begins);
    }

    private static void copyScaled(float[] vector, double length, float[] to, int at) {
        double square = 0;
        for (float x : vector) {
            square += (double) x * x;
        }
        double factor = square == 0 ? 0 : length / Math.sqrt(square);
        for (int k = 0; k < vector.length; k++) {
            to[at + k] = (float) (vector[k] * factor);
        }
    }

    /** Returns a matrix from its {@link #state()}. */
    public static FeatureMatrix restore(ModelState state) {
        Interactions sparse = state.matrix("sparse");
        List<String> labels = List.copyOf(state.texts("labels", "labelEnds"));
        List<String> fields = new ArrayList<>();
        while (state.texts().containsKey("vector/" + fields.size())) {
            fields.add(state.text("vector/" + fields.size()));
        }
        int[] begins = state.ints("vectorBegins");
        boolean ascends =
                begins.length == fields.size() + 1 && begins[0] == 0 && begins[fields.size()] <= MAX_DIMENSIONS;
        for (int v = 0; ascends && v < fields.size(); v++) {
            ascends = begins[v] < begins[v + 1];
        }
        if (!ascends || labels.size() != sparse.columns()) {
            throw new IllegalArgumentException("the features have " + labels.size() + " labels for " + sparse.columns()
                    + " columns, and vectors at " + Arrays.toString(begins));
        }
        int dimensions = begins[fields.size()];
        return new FeatureMatrix(
                sparse,
                labels,
                dimensions,
                state.finiteFloats("dense", (long) sparse.rows() * dimensions),
                fields,
                begins);
    }

    /** Returns all that is needed to restore the matrix. */
    public ModelState state() {
        ModelState state = new ModelState().put("sparse", sparse);
        state.putTexts("labels", "labelEnds", labels);
        for (int v = 0; v < vectorFields.size(); v++) {
            state.put("vector/" + v, vectorFields.get(v));
        }
        return state.put("vectorBegins", vectorBegins).put("dense", dense, rows(), dimensions);
    }

    /** Returns the number of rows. */
    public int rows() {
        return sparse.rows();
    }

    /** Returns rows x sparse columns. */
    public Interactions sparse() {
        return sparse;
    }

    /** Returns what a sparse column means, for example {@code genre: Comedy}. */
    public String label(int column) {
        return labels.get(column);
    }

    /** Returns the number of dense columns. */
    public int dimensions() {
        return dimensions;
    }

    /** Returns the dense rows, row-major; shared, not to be written to. */
    public float[] dense() {
        return dense;
    }

    /** Returns the names of the vector fields in the order of their columns. */
    public List<String> vectorFields() {
        return vectorFields;
    }

    /** Returns the first dense column of the v-th vector field; for their number, the number of dense columns. */
    public int vectorBegin(int v) {
        return vectorBegins[v];
    }

    /** Returns the squared length of a row, both parts together. */
    public double squaredLength(int row) {
        double sum = 0;
        for (int p = sparse.begin(row); p < sparse.end(row); p++) {
            sum += (double) sparse.weight(p) * sparse.weight(p);
        }
        for (int k = row * dimensions; k < (row + 1) * dimensions; k++) {
            sum += (double) dense[k] * dense[k];
        }
        return sum;
    }

    /** Sparse columns under construction. */
    private static final class Encoding {
        private final Features features;
        private final InteractionsBuilder builder = Interactions.builder();
        private final List<String> labels = new ArrayList<>();

        Encoding(Features features) {
            this.features = features;
        }

        Interactions build() {
            return builder.build(features.rows(), labels.size(), DuplicatePolicy.SUM);
        }

        private double rarity(int count) {
            return 1 + StrictMath.log((features.rows() + 1.0) / (count + 1.0));
        }

        private void addRow(int row, int first, int[] columns, double[] values, int size, double length) {
            double square = 0;
            for (int k = 0; k < size; k++) {
                square += values[k] * values[k];
            }
            double factor = length / Math.sqrt(square);
            for (int k = 0; k < size; k++) {
                float value = (float) (values[k] * factor);
                if (value != 0 && Float.isFinite(value)) {
                    builder.add(row, first + columns[k], value);
                }
            }
        }

        void categories(String field, double length) {
            Interactions matrix = features.categories(field);
            int first = labels.size();
            features.values(field).forEach(value -> labels.add(field + ": " + value));
            int[] counts = matrix.columnLengths();
            for (int row = 0; row < matrix.rows(); row++) {
                int size = matrix.length(row);
                int[] columns = matrix.row(row);
                double[] values = new double[size];
                for (int k = 0; k < size; k++) {
                    values[k] = matrix.weight(matrix.begin(row) + k) * rarity(counts[columns[k]]);
                }
                addRow(row, first, columns, values, size, length);
            }
        }

        void numbers(String field, double length) {
            double[] numbers = features.numbers(field);
            double[] sorted = Arrays.stream(numbers)
                    .filter(x -> !Double.isNaN(x))
                    .sorted()
                    .toArray();
            double[] knots = new double[QUANTILES];
            int count = 0;
            for (int q = 0; q < QUANTILES && sorted.length > 0; q++) {
                double knot = sorted[(int) Math.round(q * (sorted.length - 1.0) / (QUANTILES - 1))];
                if (count == 0 || knot > knots[count - 1]) {
                    knots[count++] = knot;
                }
            }
            int first = labels.size();
            for (int q = 0; q < count; q++) {
                labels.add(field + ": about " + (float) knots[q]);
            }
            for (int row = 0; row < numbers.length; row++) {
                if (!Double.isNaN(numbers[row])) {
                    int above = 0;
                    while (above < count && knots[above] < numbers[row]) {
                        above++;
                    }
                    int right = Math.min(above, count - 1);
                    int left = Math.max(0, right - 1);
                    double share = left == right ? 1 : (numbers[row] - knots[left]) / (knots[right] - knots[left]);
                    double inside = Math.max(0, Math.min(1, share));
                    addRow(row, first, new int[] {left, right}, new double[] {1 - inside, inside}, 2, length);
                }
            }
        }

        void text(String field, double length, Weighting weighting, TextAnalyzer analyzer) {
            Map<String, Integer> vocabulary = new LinkedHashMap<>();
            List<int[]> documents = new ArrayList<>();
            List<Integer> counts = new ArrayList<>();
            long words = 0;
            int filled = 0;
            for (int row = 0; row < features.rows(); row++) {
                int[] terms = analyzer.terms(features.text(field, row)).stream()
                        .mapToInt(term -> {
                            Integer known = vocabulary.putIfAbsent(term, vocabulary.size());
                            return known == null ? vocabulary.size() - 1 : known;
                        })
                        .sorted()
                        .toArray();
                documents.add(terms);
                words += terms.length;
                filled += terms.length > 0 ? 1 : 0;
                while (counts.size() < vocabulary.size()) {
                    counts.add(0);
                }
                for (int k = 0; k < terms.length; k++) {
                    if (k == 0 || terms[k - 1] != terms[k]) {
                        counts.set(terms[k], counts.get(terms[k]) + 1);
                    }
                }
            }
            int first = labels.size();
            vocabulary.keySet().forEach(term -> labels.add(field + ": " + term));
            double mean = filled == 0 ? 1 : words / (double) filled;
            for (int row = 0; row < documents.size(); row++) {
                int[] terms = documents.get(row);
                int[] columns = new int[terms.length];
                double[] values = new double[terms.length];
                int size = 0;
                for (int k = 0; k < terms.length; ) {
                    int end = k;
                    while (end < terms.length && terms[end] == terms[k]) {
                        end++;
                    }
                    double tf = end - k;
                    double strength = weighting == Weighting.TFIDF
                            ? 1 + StrictMath.log(tf)
                            : tf * (SATURATION + 1) / (tf + SATURATION * (1 - LENGTH + LENGTH * terms.length / mean));
                    columns[size] = terms[k];
                    values[size++] = strength * rarity(counts.get(terms[k]));
                    k = end;
                }
                addRow(row, first, columns, values, size, length);
            }
        }
    }
}
