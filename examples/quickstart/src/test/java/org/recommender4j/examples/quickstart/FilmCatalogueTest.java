package org.recommender4j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class FilmCatalogueTest {
    private final List<Film> films = FilmCatalogue.load();

    @Test
    void hasAboutTwoHundredFilmsInOrderOfYear() {
        assertThat(films).hasSizeBetween(200, 220);
        assertThat(films).isSortedAccordingTo(Comparator.comparingInt(Film::year));
        assertThat(films).allSatisfy(film -> assertThat(film.year()).isBetween(1930, 2023));
    }

    @Test
    void idsAreUniqueAndMadeOfTitleAndYear() {
        assertThat(films).extracting(Film::id).doesNotHaveDuplicates();
        assertThat(films).allSatisfy(film -> assertThat(film.id()).isEqualTo(slug(film.title()) + "-" + film.year()));
    }

    @Test
    void titlesSurviveQuotingAndEncoding() {
        assertThat(films)
                .extracting(Film::title)
                .contains("The Good, the Bad and the Ugly", "Amélie", "WALL·E", "Rome, Open City")
                .allSatisfy(title -> assertThat(title).isNotBlank().isEqualTo(title.strip()));
    }

    @Test
    void everyFilmHasOneToThreeGenresAndEveryGenreFiveFilms() {
        assertThat(films)
                .allSatisfy(
                        film -> assertThat(film.genres()).hasSizeBetween(1, 3).doesNotHaveDuplicates());
        Map<String, Long> filmsPerGenre = films.stream()
                .flatMap(film -> film.genres().stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(filmsPerGenre).hasSize(16);
        assertThat(filmsPerGenre.values()).allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(5L));
    }

    @Test
    void everyDecadeHasFilms() {
        Map<Integer, Long> filmsPerDecade =
                films.stream().collect(Collectors.groupingBy(film -> film.year() / 10, Collectors.counting()));
        assertThat(filmsPerDecade).hasSize(10);
        assertThat(filmsPerDecade.values())
                .allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(5L));
    }

    @Test
    void tastesNameOnlyWhatTheCatalogueHas() {
        List<String> ids = films.stream().map(Film::id).toList();
        List<String> genres =
                films.stream().flatMap(film -> film.genres().stream()).toList();
        for (Taste taste : Taste.values()) {
            assertThat(ids).as(taste.name()).containsAll(taste.cinema());
            assertThat(genres).as(taste.name()).containsAll(taste.genres());
        }
    }

    private static String slug(String title) {
        return Normalizer.normalize(title, Normalizer.Form.NFD)
                .replaceAll("[\\p{M}']", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }
}
