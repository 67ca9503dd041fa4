package org.recommender4j.data;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about items, or about users, beside the interactions: categories (a genre, a brand,
 * tags), numbers (a price), texts (a title) and named dense vectors (an embedding that the caller
 * brings). Rows are dense indices.
 *
 * <p>Each of the four kinds has its own field names. Category values are coded: a field is a list
 * of distinct values and a sparse matrix of rows x values.
 *
 * <p>Memory per row and field: 8 bytes for a number, a reference for a text or vector (4 bytes
 * each, beside the content), 4 bytes for categories plus 4 for each value (8 with weights).
 * Immutable; thread-safe.
 */
public final class Features {
    private static final Features NONE = builder().build(0);

    private final int rows;
    private final Map<String, Categories> categories;
    private final Map<String, double[]> numbers;
    private final Map<String, String[]> texts;
    private final Map<String, Vectors> vectors;

    /** A category field: the distinct values, and rows x values. */
    record Categories(List<String> values, Interactions matrix) {}

    /** A vector field: one array per row, null when missing. */
    static final class Vectors {
        final int dimensions;
        final float[] @Nullable [] rows;

        Vectors(int dimensions, float[] @Nullable [] rows) {
            this.dimensions = dimensions;
            this.rows = rows;
        }
    }

    Features(
            int rows,
            Map<String, Categories> categories,
            Map<String, double[]> numbers,
            Map<String, String[]> texts,
            Map<String, Vectors> vectors) {
        this.rows = rows;
        this.categories = Collections.unmodifiableMap(categories);
        this.numbers = Collections.unmodifiableMap(numbers);
        this.texts = Collections.unmodifiableMap(texts);
        this.vectors = Collections.unmodifiableMap(vectors);
    }

    /** Returns features that know nothing about anybody. */
    public static Features none() {
        return NONE;
    }

    /** Starts collecting features. */
    public static FeaturesBuilder builder() {
        return new FeaturesBuilder();
    }

    /** Returns the number of rows. */
    public int rows() {
        return rows;
    }

    /** Returns the names of the category fields in the order of their first use. */
    public Set<String> categoryFields() {
        return categories.keySet();
    }

    /** Returns the names of the number fields in the order of their first use. */
    public Set<String> numberFields() {
        return numbers.keySet();
    }

    /** Returns the names of the text fields in the order of their first use. */
    public Set<String> textFields() {
        return texts.keySet();
    }

    /** Returns the names of the vector fields in the order of their first use. */
    public Set<String> vectorFields() {
        return vectors.keySet();
    }

    /** Tells whether no field is known. */
    public boolean isEmpty() {
        return categories.isEmpty() && numbers.isEmpty() && texts.isEmpty() && vectors.isEmpty();
    }

    /**
     * Returns the distinct values of a category field; their positions are the columns of {@link
     * #categories}.
     *
     * @throws IllegalArgumentException if there is no such field; so in all methods that take one
     */
    public List<String> values(String field) {
        return get(categories, "category", field).values();
    }

    /** Returns rows x values of a category field: which row has which values, with weights. */
    public Interactions categories(String field) {
        return get(categories, "category", field).matrix();
    }

    /** Returns a row's number, or NaN when it is missing. */
    public double number(String field, int row) {
        return get(numbers, "number", field)[row];
    }

    /** Returns the numbers of all rows as a new array; NaN where missing. */
    public double[] numbers(String field) {
        return get(numbers, "number", field).clone();
    }

    /** Returns a row's text, or an empty one when it is missing. */
    public String text(String field, int row) {
        return get(texts, "text", field)[row];
    }

    /** Returns the length of the vectors of a field. */
    public int dimensions(String field) {
        return get(vectors, "vector", field).dimensions;
    }

    /** Returns a row's vector as a new array, or empty when it is missing. */
    public Optional<float[]> vector(String field, int row) {
        float[] vector = get(vectors, "vector", field).rows[row];
        return vector == null ? Optional.empty() : Optional.of(vector.clone());
    }

    private static <T> T get(Map<String, T> fields, String kind, String field) {
        T found = fields.get(field);
        if (found == null) {
            throw new IllegalArgumentException(
                    "there is no " + kind + " field '" + field + "', but only " + fields.keySet());
        }
        return found;
    }

    /** Feeds all content to a digest. */
    void digest(Fingerprint to) {
        to.add(rows);
        to.add(categories.size());
        categories.forEach((field, column) -> {
            to.add(field);
            to.add(column.values().size());
            column.values().forEach(to::add);
            column.matrix().digest(to);
        });
        to.add(numbers.size());
        numbers.forEach((field, column) -> {
            to.add(field);
            for (double number : column) {
                to.add(Double.doubleToLongBits(number));
            }
        });
        to.add(texts.size());
        texts.forEach((field, column) -> {
            to.add(field);
            for (String text : column) {
                to.add(text);
            }
        });
        to.add(vectors.size());
        vectors.forEach((field, column) -> {
            to.add(field);
            to.add(column.dimensions);
            for (float[] vector : column.rows) {
                to.add(vector == null ? 0 : 1);
                if (vector != null) {
                    to.add(vector);
                }
            }
        });
    }

    @Override
    public String toString() {
        return "Features["
                + rows
                + " rows, categories "
                + categories.keySet()
                + ", numbers "
                + numbers.keySet()
                + ", texts "
                + texts.keySet()
                + ", vectors "
                + vectors.keySet()
                + "]";
    }
}
