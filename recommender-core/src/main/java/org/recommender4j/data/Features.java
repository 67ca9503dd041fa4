package org.recommender4j.data;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about items, or about users, beside the interactions: categories (a genre, a brand, tags), numbers (a
 * price), texts (a title) and named dense vectors (an embedding that the caller brings). Rows are dense indices.
 *
 * <p>Immutable; thread-safe.
 */
public interface Features {
  /** Returns features that know nothing about anybody. */
  static Features none() {
    return NoFeatures.INSTANCE;
  }

  /** Returns the number of rows. */
  int rows();

  /** Returns the names of the category fields in the order of their first use. */
  Set<String> categoryFields();

  /** Returns the names of the number fields in the order of their first use. */
  Set<String> numberFields();

  /** Returns the names of the text fields in the order of their first use. */
  Set<String> textFields();

  /** Returns the names of the vector fields in the order of their first use. */
  Set<String> vectorFields();

  /** Returns the distinct values of a category field; their positions are the columns of {@link #categories}. */
  List<String> values(String field);

  /** Returns rows x values of a category field: which row has which values, with weights (1 unless given). */
  Interactions categories(String field);

  /** Returns a row's number, or NaN when it is missing. */
  double number(String field, int row);

  /** Returns a row's text, or an empty one when it is missing. */
  String text(String field, int row);

  /** Returns the length of the vectors of a field. */
  int dimensions(String field);

  /** Returns a row's vector as a new array, or empty when it is missing. */
  Optional<float[]> vector(String field, int row);

  /** Tells whether no field is known. */
  default boolean isEmpty() {
    return categoryFields().isEmpty() && numberFields().isEmpty() && textFields().isEmpty() && vectorFields().isEmpty();
  }
}
