package org.recommender4j.examples.quickstart;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** A user of the {@link FilmWorld}: what is fixed before the first film is seen. */
final class Viewer {
    private static final double MAIN_SHARE = 0.8;
    private static final double GENRE_DEVIATION = 0.15;
    private static final double GENEROSITY_DEVIATION = 0.25;
    private static final int FEWEST_RATINGS = 20;
    private static final int MOST_RATINGS = 60;
    private static final int COLD_EVERY = 50;
    private static final int MOST_COLD_RATINGS = 4;
    private static final int PERSONA_RATINGS = 24;

    private final String id;
    private final Taste main;
    private final Taste side;
    private final Map<String, Double> whims;
    private final double generosity;
    private final int ratings;

    private Viewer(String id, Taste main, Taste side, Map<String, Double> whims, double generosity, int ratings) {
        this.id = id;
        this.main = main;
        this.side = side;
        this.whims = whims;
        this.generosity = generosity;
        this.ratings = ratings;
    }

    /** A user who has one taste and nothing else. */
    static Viewer of(Persona persona) {
        return new Viewer(persona.id(), persona.taste(), persona.taste(), Map.of(), 0, PERSONA_RATINGS);
    }

    /** The user {@code user-<number>} of the crowd; numbers begin at 1. */
    static Viewer ofCrowd(int number, Collection<String> genres, Draws draws) {
        Taste[] tastes = Taste.values();
        Taste main = tastes[draws.between(0, tastes.length - 1)];
        Taste side = tastes[draws.between(0, tastes.length - 1)];
        Map<String, Double> whims = new HashMap<>();
        for (String genre : genres) {
            whims.put(genre, draws.normal(GENRE_DEVIATION));
        }
        double generosity = draws.normal(GENEROSITY_DEVIATION);
        int ratings = number % COLD_EVERY == 0
                ? draws.between(1, MOST_COLD_RATINGS)
                : draws.between(FEWEST_RATINGS, MOST_RATINGS);
        String digits = Integer.toString(number);
        String id = "user-" + "0".repeat(Math.max(0, 3 - digits.length())) + digits;
        return new Viewer(id, main, side, whims, generosity, ratings);
    }

    String id() {
        return id;
    }

    /** Stars that this user adds to every rating. */
    double generosity() {
        return generosity;
    }

    /** How many films this user rates. */
    int ratings() {
        return ratings;
    }

    /** How much this user likes the film, before its quality: about -1.5 to 2. */
    double liking(Film film) {
        return MAIN_SHARE * liking(film, main) + (1 - MAIN_SHARE) * liking(film, side);
    }

    /* A film is liked for the best of its genres and for all of them together, to equal parts. */
    private double liking(Film film, Taste taste) {
        double best = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (String genre : film.genres()) {
            double liking = taste.forGenre(genre) + whims.getOrDefault(genre, 0.0);
            best = Math.max(best, liking);
            sum += liking;
        }
        return (best + sum / film.genres().size()) / 2 + taste.beyondGenres(film);
    }
}
