package org.recommender4j.examples.quickstart;

import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;

/** A data set for trying things out: real films, rated by a made-up audience. */
public final class EmbeddedFilms {
    private EmbeddedFilms() {}

    /**
     * Makes the data set in under a second: about 24,000 ratings of half a star to five by 605 users, with times, titles and
     * genres.
     *
     * @param seed any; the same one gives the same ratings
     */
    public static Dataset<String, String> read(long seed) {
        FilmWorld world = FilmWorld.create(seed);
        DatasetBuilder<String, String> builder =
                Dataset.<String, String>builder().ratings(0.5, 5);
        for (Film film : world.films()) {
            builder.itemText(film.id(), "title", film.title() + " (" + film.year() + ")");
            builder.itemCategories(film.id(), "genre", film.genres());
        }
        for (Rating rating : world.ratings()) {
            builder.add(rating.user(), rating.film(), rating.stars(), rating.epochMillis());
        }
        return builder.build();
    }
}
