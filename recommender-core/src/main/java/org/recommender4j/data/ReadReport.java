package org.recommender4j.data;

import java.nio.file.Path;
import java.util.List;

/**
 * What became of the lines of a file.
 *
 * @param file the file
 * @param rows number of rows with content, without the header
 * @param skipped how many of them were skipped because their content was bad
 * @param reasons why, with file and line, for the first 10 of them
 */
public record ReadReport(Path file, long rows, long skipped, List<String> reasons) {}
