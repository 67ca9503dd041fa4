package org.recommender4j.examples.quickstart;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A made-up audience of the real films of the {@link FilmCatalogue}: 600 users and five {@link
 * Persona personas} who rate films from 2020 to 2024. The films are facts, the ratings nobody's.
 *
 * <p>About 24 000 ratings, made in under a second. The same seed gives the same ratings on every
 * JDK. Immutable.
 */
final class FilmWorld {
    /*
     * The generative model.
     *
     * Films. Each has a quality ~ N(0, 0.3) stars and an appeal: 0.008 per year since 1930, plus the
     * mean appeal of its genres to the public, plus N(0, 0.3). Films are ranked by appeal, and the
     * popularity of rank r = 0, 1, ... is 1 / (r + 5), a Zipf-Mandelbrot law.
     *
     * Users. Each of the crowd has a main and a side taste with weights 0.8 and 0.2, a whim
     * ~ N(0, 0.15) for each genre, and a generosity ~ N(0, 0.25) stars; a persona has its one taste.
     * Every 50th user is new and has 1 to 4 ratings, the others have 20 to 60; a persona has 24.
     *
     * Choice. A user takes films without replacement, with probability proportional to
     * popularity * exp(3 * liking), by sorting exponential draws with these rates (Efraimidis and
     * Spirakis 2006). The user joins at a random time in the first four years and rates at uniform
     * random times until the end. No film is rated before the year after its own.
     *
     * Stars. 3.2 + 1.2 * liking + quality + generosity + N(0, 0.4), rounded to halves and kept within
     * 0.5 to 5.
     */
    private static final int CROWD = 600;
    private static final LocalDate START = LocalDate.of(2020, 1, 1);
    private static final LocalDate LAST_JOIN = LocalDate.of(2024, 1, 1);
    private static final LocalDate END = LocalDate.of(2025, 1, 1);

    private static final double QUALITY_DEVIATION = 0.3;
    private static final double APPEAL_PER_YEAR = 0.008;
    private static final double APPEAL_DEVIATION = 0.3;
    private static final Map<String, Double> APPEAL = Map.ofEntries(
            Map.entry("Action", 0.8),
            Map.entry("Adventure", 0.8),
            Map.entry("Animation", 0.6),
            Map.entry("Comedy", 0.5),
            Map.entry("Crime", 0.5),
            Map.entry("Documentary", -0.4),
            Map.entry("Drama", 0.1),
            Map.entry("Fantasy", 0.6),
            Map.entry("Horror", 0.3),
            Map.entry("Musical", 0.1),
            Map.entry("Noir", 0.0),
            Map.entry("Romance", 0.3),
            Map.entry("Science Fiction", 0.7),
            Map.entry("Thriller", 0.5),
            Map.entry("War", 0.1),
            Map.entry("Western", 0.0));
    private static final double POPULARITY_OFFSET = 5;

    private static final double CHOICE_BY_LIKING = 3.0;
    private static final double MEAN_STARS = 3.2;
    private static final double STARS_PER_LIKING = 1.2;
    private static final double STARS_DEVIATION = 0.4;
    private static final double MIN_STARS = 0.5;
    private static final double MAX_STARS = 5;

    private final List<Film> films;
    private final List<Rating> ratings;

    private FilmWorld(List<Film> films, List<Rating> ratings) {
        this.films = films;
        this.ratings = ratings;
    }

    /** Makes the ratings for a seed; any value is good. */
    static FilmWorld create(long seed) {
        List<Film> films = FilmCatalogue.load();
        Draws draws = new Draws(new SplittableRandom(seed));
        Draws filmDraws = draws.split();
        double[] popularity = popularity(films, filmDraws);
        double[] quality = new double[films.size()];
        Arrays.setAll(quality, film -> filmDraws.normal(QUALITY_DEVIATION));
        TreeSet<String> genres = new TreeSet<>();
        films.forEach(film -> genres.addAll(film.genres()));

        List<Rating> ratings = new ArrayList<>();
        for (Persona persona : Persona.values()) {
            rate(Viewer.of(persona), films, popularity, quality, draws.split(), ratings);
        }
        for (int number = 1; number <= CROWD; number++) {
            Draws own = draws.split();
            rate(Viewer.ofCrowd(number, genres, own), films, popularity, quality, own, ratings);
        }
        ratings.sort(Comparator.comparingLong(Rating::epochMillis).thenComparing(Rating::user));
        return new FilmWorld(films, List.copyOf(ratings));
    }

    /** The catalogue, in order of year. */
    List<Film> films() {
        return films;
    }

    /** All ratings in order of time; at most one per user and film. */
    List<Rating> ratings() {
        return ratings;
    }

    private static double[] popularity(List<Film> films, Draws draws) {
        double[] appeal = new double[films.size()];
        for (int i = 0; i < appeal.length; i++) {
            Film film = films.get(i);
            double genres = 0;
            for (String genre : film.genres()) {
                genres += APPEAL.getOrDefault(genre, 0.0) / film.genres().size();
            }
            appeal[i] = APPEAL_PER_YEAR * (film.year() - 1930) + genres + draws.normal(APPEAL_DEVIATION);
        }
        double[] popularity = new double[appeal.length];
        int rank = 0;
        for (int film : ascending(appeal)) {
            int fromTop = appeal.length - 1 - rank++;
            popularity[film] = 1 / (fromTop + POPULARITY_OFFSET);
        }
        return popularity;
    }

    private static void rate(
            Viewer viewer, List<Film> films, double[] popularity, double[] quality, Draws draws, List<Rating> ratings) {
        double[] liking = films.stream().mapToDouble(viewer::liking).toArray();
        double[] turn = new double[liking.length];
        for (int i = 0; i < turn.length; i++) {
            turn[i] = draws.exponential(popularity[i] * StrictMath.exp(CHOICE_BY_LIKING * liking[i]));
        }
        int[] order = ascending(turn);
        boolean[] seen = new boolean[order.length];
        for (long second : times(viewer.ratings(), draws)) {
            int yearBefore = LocalDate.ofEpochDay(second / 86_400).getYear() - 1;
            int next = 0;
            while (seen[order[next]] || films.get(order[next]).year() > yearBefore) {
                next++;
            }
            int film = order[next];
            seen[film] = true;
            double stars = MEAN_STARS
                    + STARS_PER_LIKING * liking[film]
                    + quality[film]
                    + viewer.generosity()
                    + draws.normal(STARS_DEVIATION);
            double halves = Math.max(MIN_STARS, Math.min(MAX_STARS, Math.rint(stars * 2) / 2));
            ratings.add(new Rating(viewer.id(), films.get(film).id(), halves, second * 1000));
        }
    }

    /* Strictly increasing seconds since 1970. */
    private static long[] times(int count, Draws draws) {
        long start = START.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        long lastJoin = LAST_JOIN.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        long end = END.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        long join = start + (long) (draws.uniform() * (lastJoin - start));
        TreeSet<Long> times = new TreeSet<>();
        while (times.size() < count) {
            times.add(join + (long) (draws.uniform() * (end - join)));
        }
        return times.stream().mapToLong(Long::longValue).toArray();
    }

    private static int[] ascending(double[] keys) {
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> keys[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
