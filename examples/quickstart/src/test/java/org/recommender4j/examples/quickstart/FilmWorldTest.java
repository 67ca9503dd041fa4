package org.recommender4j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilmWorldTest {
    private static final long SEED = 1;
    private static final List<FilmWorld> WORLDS =
            LongStream.range(SEED, SEED + 10).mapToObj(FilmWorld::create).toList();
    private static final FilmWorld WORLD = WORLDS.get(0);
    private static final Map<String, Film> FILMS =
            WORLD.films().stream().collect(Collectors.toMap(Film::id, Function.identity()));

    @Test
    void sameSeedGivesTheSameRatings() {
        assertThat(FilmWorld.create(SEED).ratings()).isEqualTo(WORLD.ratings());
        assertThat(FilmWorld.create(SEED + 1).ratings()).isNotEqualTo(WORLD.ratings());
    }

    /* Changes with the catalogue and the model, and with nothing else. */
    @Test
    void ratingsAreTheSameOnEveryJdk() {
        CRC32 crc = new CRC32();
        for (Rating rating : WORLD.ratings()) {
            String line = String.join(
                    ";",
                    rating.user(),
                    rating.film(),
                    Double.toString(rating.stars()),
                    Long.toString(rating.epochMillis()));
            crc.update(line.getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(WORLD.ratings()).hasSize(23_586);
        assertThat(crc.getValue()).isEqualTo(3_047_607_968L);
    }

    @Test
    void ratingsAreHalfStarsOfKnownFilmsAtMostOnePerUserAndFilm() {
        assertThat(WORLD.ratings()).allSatisfy(rating -> {
            assertThat(rating.stars()).isBetween(0.5, 5.0);
            assertThat(rating.stars() * 2).isEqualTo(Math.rint(rating.stars() * 2));
            assertThat(FILMS).containsKey(rating.film());
        });
        assertThat(WORLD.ratings())
                .extracting(rating -> rating.user() + " " + rating.film())
                .doesNotHaveDuplicates();
        assertThat(WORLD.ratings().stream().map(Rating::stars).distinct()).hasSize(10);
    }

    @Test
    void ratingsAreInOrderOfTimeAndAfterTheYearOfTheFilm() {
        assertThat(WORLD.ratings()).isSortedAccordingTo(Comparator.comparingLong(Rating::epochMillis));
        assertThat(WORLD.ratings())
                .allSatisfy(rating -> assertThat(year(rating))
                        .isBetween(2020, 2024)
                        .isGreaterThan(FILMS.get(rating.film()).year()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, SEED, 42, Long.MIN_VALUE})
    void everyFilmAndUserHasRatingsAndFewUsersAreNew(long seed) {
        FilmWorld world = FilmWorld.create(seed);
        assertThat(counts(world, Rating::film)).hasSize(world.films().size());
        TreeMap<String, Long> perUser = new TreeMap<>(counts(world, Rating::user));
        for (Persona persona : Persona.values()) {
            assertThat(perUser.remove(persona.id())).as(persona.id()).isEqualTo(24);
        }
        assertThat(perUser).hasSize(600);
        assertThat(perUser.firstKey()).isEqualTo("user-001");
        assertThat(perUser.lastKey()).isEqualTo("user-600");
        assertThat(perUser.values().stream().filter(count -> count < 5)).hasSize(12);
        assertThat(perUser.values().stream().filter(count -> count >= 5))
                .allSatisfy(count -> assertThat(count).isBetween(20L, 60L));
    }

    /* With no skew the top tenth of the films would have a tenth of the ratings. */
    @ParameterizedTest
    @ValueSource(longs = {0, SEED, 42, Long.MIN_VALUE})
    void topTenthOfTheFilmsHasAQuarterToAThirdOfTheRatings(long seed) {
        FilmWorld world = FilmWorld.create(seed);
        List<Long> perFilm = counts(world, Rating::film).values().stream()
                .sorted(Collections.reverseOrder())
                .toList();
        long top = perFilm.subList(0, perFilm.size() / 10).stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat((double) top / world.ratings().size()).isBetween(0.25, 0.33);
    }

    /* Over several seeds, as one persona rates only a few films that it does not love. */
    @ParameterizedTest
    @EnumSource(Persona.class)
    void personaSeesAndLikesWhatItsTasteSays(Persona persona) {
        List<Rating> own = WORLDS.stream()
                .flatMap(world -> world.ratings().stream())
                .filter(rating -> rating.user().equals(persona.id()))
                .toList();
        Predicate<Rating> loved = rating -> loves(persona, FILMS.get(rating.film()));
        List<Rating> loves = own.stream().filter(loved).toList();
        List<Rating> others = own.stream().filter(loved.negate()).toList();
        assertThat((double) loves.size() / own.size()).isBetween(0.6, 0.99);
        assertThat(mean(loves)).isGreaterThan(3.8);
        assertThat(mean(loves) - mean(others)).isGreaterThan(1);
    }

    private static boolean loves(Persona persona, Film film) {
        Taste taste = persona.taste();
        return taste.cinema().isEmpty()
                ? !Collections.disjoint(taste.genres(), film.genres())
                : taste.cinema().contains(film.id());
    }

    private static double mean(List<Rating> ratings) {
        return ratings.stream().mapToDouble(Rating::stars).average().orElseThrow();
    }

    private static Map<String, Long> counts(FilmWorld world, Function<Rating, String> key) {
        return world.ratings().stream().collect(Collectors.groupingBy(key, Collectors.counting()));
    }

    private static int year(Rating rating) {
        return Instant.ofEpochMilli(rating.epochMillis()).atZone(ZoneOffset.UTC).getYear();
    }
}
