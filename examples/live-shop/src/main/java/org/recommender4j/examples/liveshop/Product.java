package org.recommender4j.examples.liveshop;

/**
 * Something that the shop sells.
 *
 * @param id article number
 * @param name what it is
 * @param department where it stands
 * @param appeal how much better than others of its department, around 1
 */
record Product(String id, String name, Department department, double appeal) {}
