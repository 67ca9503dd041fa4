package org.recommender4j.examples.quickstart;

import java.util.List;

/**
 * A film of the embedded catalogue.
 *
 * @param id readable key, made from the title and the year, for example {@code alien-1979}
 * @param title the usual English title, or the original one where it is better known
 * @param year the year of the first public showing
 * @param genres one to three genres, the most telling one first
 */
record Film(String id, String title, int year, List<String> genres) {
    Film {
        genres = List.copyOf(genres);
    }
}
