package org.recommender4j.data;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The features of nobody. */
enum NoFeatures implements Features {
  INSTANCE;

  @Override
  public int rows() {
    return 0;
  }

  @Override
  public Set<String> categoryFields() {
    return Set.of();
  }

  @Override
  public Set<String> numberFields() {
    return Set.of();
  }

  @Override
  public Set<String> textFields() {
    return Set.of();
  }

  @Override
  public Set<String> vectorFields() {
    return Set.of();
  }

  @Override
  public List<String> values(String field) {
    throw unknown(field);
  }

  @Override
  public Interactions categories(String field) {
    throw unknown(field);
  }

  @Override
  public double number(String field, int row) {
    throw unknown(field);
  }

  @Override
  public String text(String field, int row) {
    throw unknown(field);
  }

  @Override
  public int dimensions(String field) {
    throw unknown(field);
  }

  @Override
  public Optional<float[]> vector(String field, int row) {
    throw unknown(field);
  }

  private static IllegalArgumentException unknown(String field) {
    return new IllegalArgumentException("there is no field '" + field + "'");
  }
}
