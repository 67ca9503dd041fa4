package org.recommender4j.examples.quickstart;

import java.util.Map;
import java.util.Set;

/**
 * The kinds of film lovers of the {@link FilmWorld}. Each likes some genres, is at home in some years, and may follow a
 * cinema that no column of the catalogue names: that last part can only be learned from the ratings of others.
 */
@SuppressWarnings("ImmutableEnumChecker") // every map and set is made by Map.of or Set.of
enum Taste {
    /** Film noir and the thrillers of the 1940s to 1960s. */
    NOIR(Map.of("Noir", 1.0, "Thriller", 0.7, "Crime", 0.5), 1940, 1969),
    /** Science fiction and animation since the late 1970s. */
    TOMORROW(Map.of("Science Fiction", 1.0, "Animation", 0.8), 1977, 2023),
    /** Musicals and romances of all times. */
    STAGE(Map.of("Musical", 1.0, "Romance", 0.8), 1930, 2023),
    /** Japanese cinema, drawn or played. */
    JAPAN(Map.of("Animation", 0.1, "Drama", 0.1), 1950, 2023, Cinemas.JAPANESE),
    /** Westerns and war films up to about 1980. */
    FRONTIER(Map.of("Western", 1.0, "War", 0.8, "Adventure", 0.3), 1930, 1980),
    /** Horror since 1968, and what borders on it. */
    FEAR(Map.of("Horror", 1.0, "Thriller", 0.4, "Science Fiction", 0.3), 1968, 2023),
    /** Comedies of all times. */
    LAUGHTER(Map.of("Comedy", 1.0, "Romance", 0.3, "Animation", 0.2), 1930, 2023),
    /** The big films since Star Wars. */
    SPECTACLE(Map.of("Action", 1.0, "Adventure", 0.8, "Science Fiction", 0.7, "Fantasy", 0.4), 1977, 2023),
    /** Films for the whole family. */
    FAMILY(Map.of("Animation", 1.0, "Fantasy", 0.8, "Adventure", 0.4, "Musical", 0.4), 1985, 2023),
    /** Crime films since The Godfather. */
    UNDERWORLD(Map.of("Crime", 1.0, "Thriller", 0.7, "Drama", 0.4), 1972, 2023),
    /** Love stories, funny or sad. */
    ROMANCE(Map.of("Romance", 1.0, "Comedy", 0.5, "Drama", 0.4), 1930, 2023),
    /** The masters of European cinema. */
    ART_HOUSE(Map.of("Drama", 0.5, "War", 0.1), 1945, 1990, Cinemas.EUROPEAN),
    /** Documentaries and dramas of real life. */
    TRUTH(Map.of("Documentary", 1.0, "War", 0.4, "Drama", 0.4), 1965, 2023);

    private static final double OTHER_GENRE = -0.5;
    private static final double IN_ITS_YEARS = 0.2;
    private static final double PER_YEAR_OUTSIDE = 0.02;
    private static final double MOST_OUTSIDE = 0.8;
    private static final double FOLLOWED_CINEMA = 1.0;

    private final Map<String, Double> genres;
    private final int firstYear;
    private final int lastYear;
    private final Set<String> cinema;

    Taste(Map<String, Double> genres, int firstYear, int lastYear) {
        this(genres, firstYear, lastYear, Set.of());
    }

    Taste(Map<String, Double> genres, int firstYear, int lastYear, Set<String> cinema) {
        this.genres = genres;
        this.firstYear = firstYear;
        this.lastYear = lastYear;
        this.cinema = cinema;
    }

    /** The genres that this taste looks for. */
    Set<String> genres() {
        return genres.keySet();
    }

    /** The ids of the films of the followed cinema; empty for most tastes. */
    Set<String> cinema() {
        return cinema;
    }

    /** How much a genre is liked, from -0.5 (not at all) to 1. */
    double forGenre(String genre) {
        return genres.getOrDefault(genre, OTHER_GENRE);
    }

    /** What the year and the cinema of a film add to the liking for its genres, from -0.8 to 1.2. */
    double beyondGenres(Film film) {
        int yearsOutside = Math.max(0, Math.max(firstYear - film.year(), film.year() - lastYear));
        double era = yearsOutside == 0 ? IN_ITS_YEARS : -Math.min(MOST_OUTSIDE, PER_YEAR_OUTSIDE * yearsOutside);
        return era + (cinema.contains(film.id()) ? FOLLOWED_CINEMA : 0);
    }
}
