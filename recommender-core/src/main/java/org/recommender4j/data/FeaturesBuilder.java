package org.recommender4j.data;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.recommender4j.internal.util.Utf8;

/**
 * Collects {@link Features} by row, in any order.
 *
 * <p>A number, text or vector that is given again replaces the former one. Category values add up;
 * of a value that is given again the last weight counts. Not thread-safe.
 */
public final class FeaturesBuilder {
    private final Map<String, CategoryColumn> categories = new LinkedHashMap<>();
    private final Map<String, double[]> numbers = new LinkedHashMap<>();
    private final Map<String, String[]> texts = new LinkedHashMap<>();
    private final Map<String, Features.Vectors> vectors = new LinkedHashMap<>();
    private int rows;

    private record CategoryColumn(IdMap<String> values, InteractionsBuilder entries) {}

    FeaturesBuilder() {}

    /** Adds a value of a category field with weight 1. */
    public FeaturesBuilder category(String field, int row, String value) {
        return category(field, row, value, 1.0);
    }

    /**
     * Adds a value of a category field.
     *
     * @param weight how much the value applies: positive and finite
     * @throws IllegalArgumentException if the row is negative, the field or the value empty, or the
     *     weight out of range
     */
    public FeaturesBuilder category(String field, int row, String value, double weight) {
        check(field, row);
        checkValue(field, value);
        float narrow = (float) weight;
        if (!(narrow > 0 && narrow < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("category field '"
                    + field
                    + "', value '"
                    + value
                    + "': weight must be positive and finite, but is "
                    + weight);
        }
        CategoryColumn column =
                categories.computeIfAbsent(field, name -> new CategoryColumn(IdMap.create(), Interactions.builder()));
        column.entries().add(row, column.values().add(value), narrow);
        rows = Math.max(rows, row + 1);
        return this;
    }

    /** Adds values of a category field with weight 1. */
    public FeaturesBuilder categories(String field, int row, Collection<String> values) {
        check(field, row);
        values.forEach(value -> checkValue(field, value));
        values.forEach(value -> category(field, row, value));
        return this;
    }

    private static void checkValue(String field, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("category field '" + field + "': empty value");
        }
        Utf8.require("category field '" + field + "': value", value);
    }

    /**
     * Sets a number.
     *
     * @throws IllegalArgumentException if the row is negative, the field empty, or the number not
     *     finite
     */
    public FeaturesBuilder number(String field, int row, double value) {
        check(field, row);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("number field '" + field + "': must be finite, but is " + value);
        }
        double[] column = numbers.getOrDefault(field, new double[0]);
        if (row >= column.length) {
            column = resize(column, KeyStore.lengthFor(row));
            numbers.put(field, column);
        }
        column[row] = value;
        rows = Math.max(rows, row + 1);
        return this;
    }

    /**
     * Sets a text; an empty one counts as missing.
     *
     * @throws IllegalArgumentException if the row is negative or the field empty
     */
    public FeaturesBuilder text(String field, int row, String value) {
        check(field, row);
        Objects.requireNonNull(value, "text must not be null");
        Utf8.require("text field '" + field + "': text", value);
        String[] column = texts.getOrDefault(field, new String[0]);
        if (row >= column.length) {
            column = resize(column, KeyStore.lengthFor(row));
            texts.put(field, column);
        }
        column[row] = value;
        rows = Math.max(rows, row + 1);
        return this;
    }

    /**
     * Sets a vector, which is copied.
     *
     * @throws IllegalArgumentException if the row is negative, the field empty, a number not finite,
     *     or the length not that of the field's other vectors
     */
    public FeaturesBuilder vector(String field, int row, float[] value) {
        check(field, row);
        if (value.length == 0) {
            throw new IllegalArgumentException("vector field '" + field + "': empty vector");
        }
        for (int d = 0; d < value.length; d++) {
            if (!Float.isFinite(value[d])) {
                throw new IllegalArgumentException(
                        "vector field '" + field + "': number " + d + " must be finite, but is " + value[d]);
            }
        }
        Features.Vectors column = vectors.getOrDefault(field, new Features.Vectors(value.length, new float[0][]));
        if (column.dimensions != value.length) {
            throw new IllegalArgumentException("vector field '"
                    + field
                    + "': has length "
                    + value.length
                    + ", but those before have "
                    + column.dimensions);
        }
        if (row >= column.rows.length) {
            column = new Features.Vectors(value.length, Arrays.copyOf(column.rows, KeyStore.lengthFor(row)));
            vectors.put(field, column);
        }
        column.rows[row] = value.clone();
        rows = Math.max(rows, row + 1);
        return this;
    }

    private static void check(String field, int row) {
        if (field.isEmpty()) {
            throw new IllegalArgumentException("empty field name");
        }
        Utf8.require("field name", field);
        if (row < 0) {
            throw new IllegalArgumentException("field '" + field + "': row must not be negative, but is " + row);
        }
    }

    /**
     * Builds the features. The builder can be used further.
     *
     * @param rowTotal number of rows, at least the largest one used + 1
     * @throws IllegalArgumentException if a row beyond was used
     */
    public Features build(int rowTotal) {
        if (rowTotal < rows) {
            throw new IllegalArgumentException(
                    "features were given for " + rows + " rows, but only " + rowTotal + " are wanted");
        }
        Map<String, Features.Categories> builtCategories = new LinkedHashMap<>();
        categories.forEach((field, column) -> {
            List<String> values = List.copyOf(column.values().keys());
            builtCategories.put(
                    field,
                    new Features.Categories(
                            values, column.entries().build(rowTotal, values.size(), DuplicatePolicy.LAST)));
        });
        Map<String, double[]> builtNumbers = new LinkedHashMap<>();
        numbers.forEach((field, column) -> builtNumbers.put(field, resize(column, rowTotal)));
        Map<String, String[]> builtTexts = new LinkedHashMap<>();
        texts.forEach((field, column) -> builtTexts.put(field, resize(column, rowTotal)));
        Map<String, Features.Vectors> builtVectors = new LinkedHashMap<>();
        vectors.forEach((field, column) ->
                builtVectors.put(field, new Features.Vectors(column.dimensions, Arrays.copyOf(column.rows, rowTotal))));
        return new Features(rowTotal, builtCategories, builtNumbers, builtTexts, builtVectors);
    }

    private static double[] resize(double[] column, int length) {
        double[] result = Arrays.copyOf(column, length);
        if (length > column.length) {
            Arrays.fill(result, column.length, length, Double.NaN);
        }
        return result;
    }

    private static String[] resize(String[] column, int length) {
        String[] result = Arrays.copyOf(column, length);
        if (length > column.length) {
            Arrays.fill(result, column.length, length, "");
        }
        return result;
    }
}
