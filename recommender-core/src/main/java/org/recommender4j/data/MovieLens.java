package org.recommender4j.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a folder of the MovieLens data sets, in any of the published layouts, and of others in the same layouts such as
 * MovieTweetings. Each file may be compressed with gzip ({@code .gz}).
 *
 * <table>
 *   <caption>Layouts</caption>
 *   <tr><th>Data set</th><th>Files</th><th>Scale</th></tr>
 *   <tr><td>latest-small, latest, 20M, 25M, 32M</td><td>{@code ratings.csv}, {@code movies.csv}, {@code tags.csv}</td>
 *       <td>0.5 to 5</td></tr>
 *   <tr><td>1M, 10M, MovieTweetings</td><td>{@code ratings.dat}, {@code movies.dat}, {@code tags.dat}, with {@code ::}</td>
 *       <td>1 to 5, or 0.5 to 5 if there is a half, or 0 to 10 if one is beyond these</td></tr>
 *   <tr><td>100K</td><td>{@code u.data}, {@code u.item}</td><td>1 to 5</td></tr>
 * </table>
 *
 * <p>The result has explicit feedback with times, and of each item the text {@code title} as published, the number {@code
 * year} from its title, the category {@code genre}, and the category {@code tag} with the number of times it was given as
 * its weight. Films without a rating are items too. The files of films and of tags may be missing. Ids are strings, as
 * they are in the files.
 *
 * <p>Errors are those of {@link CsvInteractions}; never skips a line.
 */
public final class MovieLens {
    private static final String TITLE = "title";
    private static final String YEAR = "year";
    private static final String GENRE = "genre";
    private static final String TAG = "tag";
    private static final String NO_GENRE = "(no genres listed)";
    private static final Pattern YEAR_OF_TITLE = Pattern.compile("\\((\\d{4})(?:[-\u2013](?:\\d{4})?)?\\)\\s*$");

    /** The genres of {@code u.item} in the order of its flags. */
    private static final List<String> GENRES_100K = List.of(
            "unknown",
            "Action",
            "Adventure",
            "Animation",
            "Children's",
            "Comedy",
            "Crime",
            "Documentary",
            "Drama",
            "Fantasy",
            "Film-Noir",
            "Horror",
            "Musical",
            "Mystery",
            "Romance",
            "Sci-Fi",
            "Thriller",
            "War",
            "Western");

    private static final int FIRST_FLAG = 5;

    private final DatasetBuilder<String, String> target = Dataset.builder();
    private final Path folder;

    private MovieLens(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a folder.
     *
     * @throws IllegalArgumentException if the folder has none of the layouts, or a file has bad content
     * @throws java.io.UncheckedIOException if a file cannot be read
     */
    public static Dataset<String, String> read(Path folder) {
        return new MovieLens(folder).read();
    }

    private Dataset<String, String> read() {
        Optional<Path> csv = TextSource.find(folder, "ratings.csv");
        Optional<Path> dat = TextSource.find(folder, "ratings.dat");
        Optional<Path> tabs = TextSource.find(folder, "u.data");
        // The scale comes before the ratings, so that one beyond it is named with its file and line.
        if (csv.isPresent()) {
            target.ratings(0.5, 5);
            ratings(
                    csv.get(),
                    CsvInteractions.builder()
                            .user("userId")
                            .item("movieId")
                            .rating("rating")
                            .time("timestamp", TimeFormat.SECONDS));
            films("movies.csv", ",", true);
            tags("tags.csv", ",", true);
        } else if (dat.isPresent()) {
            target.ratings(0, 10);
            ratings(dat.get(), positions("::"));
            scale();
            films("movies.dat", "::", false);
            tags("tags.dat", "::", false);
        } else if (tabs.isPresent()) {
            target.ratings(1, 5);
            ratings(tabs.get(), positions("\t"));
            flaggedFilms();
        } else {
            throw new IllegalArgumentException((Files.isDirectory(folder)
                            ? folder + " has none of ratings.csv, ratings.dat and u.data"
                            : folder + " is not a folder")
                    + " (nor one of them with .gz)");
        }
        return target.build();
    }

    private static CsvInteractions.Builder positions(String separator) {
        return CsvInteractions.builder()
                .separator(separator)
                .quotes(false)
                .header(false)
                .user(0)
                .item(1)
                .rating(2)
                .time(3, TimeFormat.SECONDS);
    }

    private void ratings(Path file, CsvInteractions.Builder layout) {
        layout.build().readInto(file, target);
    }

    /** Finds the scale that all ratings fit: the layout with {@code ::} is used with three of them. */
    private void scale() {
        if (target.fitsScale(1, 5, 1)) {
            target.ratings(1, 5);
        } else if (target.fitsScale(0.5, 5, 0.5)) {
            target.ratings(0.5, 5);
        } else {
            target.ratings(0, 10);
        }
    }

    private void films(String name, String separator, boolean csv) {
        Optional<Path> file = TextSource.find(folder, name);
        if (file.isPresent()) {
            List<String> columns = List.of("movieId", TITLE, "genres");
            readText(file.get(), separator, csv, columns, (fields, row) -> {
                String genres = row.text(fields[2]);
                film(
                        row.id(fields[0], "item"),
                        row.text(fields[1]),
                        genres.isEmpty() || genres.equals(NO_GENRE) ? List.of() : List.of(genres.split("\\|")));
            });
        }
    }

    private void flaggedFilms() {
        Optional<Path> file = TextSource.find(folder, "u.item");
        if (file.isPresent()) {
            new DelimitedFile("|", false, false, StandardCharsets.ISO_8859_1, false).read(file.get(), row -> {
                if (row.fields() != FIRST_FLAG + GENRES_100K.size()) {
                    throw new IllegalArgumentException(
                            "has " + row.fields() + " columns instead of " + (FIRST_FLAG + GENRES_100K.size()));
                }
                List<String> genres = new ArrayList<>();
                for (int g = 0; g < GENRES_100K.size(); g++) {
                    if (row.text(FIRST_FLAG + g).equals("1")) {
                        genres.add(GENRES_100K.get(g));
                    }
                }
                film(row.id(0, "item"), row.text(1), genres);
            });
        }
    }

    private void film(String id, String title, List<String> genres) {
        target.itemText(id, TITLE, title);
        OptionalInt year = year(title);
        if (year.isPresent()) {
            target.itemNumber(id, YEAR, year.getAsInt());
        }
        target.itemCategories(id, GENRE, genres);
    }

    private static OptionalInt year(String title) {
        Matcher matcher = YEAR_OF_TITLE.matcher(title);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    private void tags(String name, String separator, boolean csv) {
        Optional<Path> file = TextSource.find(folder, name);
        if (file.isPresent()) {
            Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
            List<String> columns = List.of("userId", "movieId", TAG, "timestamp");
            readText(file.get(), separator, csv, columns, (fields, row) -> {
                String tag = row.text(fields[2]).strip();
                if (!tag.isEmpty()) {
                    counts.computeIfAbsent(row.id(fields[1], "item"), id -> new LinkedHashMap<>())
                            .merge(tag, 1, Integer::sum);
                }
            });
            counts.forEach((id, tags) -> tags.forEach((tag, count) -> target.itemCategory(id, TAG, tag, count)));
        }
    }

    /** Takes a row whose columns stand where {@code fields} says. */
    private interface Fields {
        void take(int[] fields, Row row);
    }

    /**
     * Reads a file with a header or with columns in the given order. The older ones are in ISO 8859-1 and do not say so;
     * what is valid as UTF-8 is UTF-8.
     */
    private static void readText(Path file, String separator, boolean csv, List<String> columns, Fields sink) {
        Charset charset = TextSource.isUtf8(file) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        DelimitedFile layout = new DelimitedFile(separator, csv, csv, charset, false);
        int[] fields = new int[columns.size()];
        Arrays.setAll(fields, k -> k);
        layout.read(file, new DelimitedFile.Sink() {
            @Override
            public void columns(Row first) {
                List<String> names = csv ? first.texts() : columns;
                for (int k = 0; k < fields.length; k++) {
                    fields[k] = names.indexOf(columns.get(k));
                    if (fields[k] < 0) {
                        throw new IllegalArgumentException(
                                "there is no column '" + columns.get(k) + "', but only " + names);
                    }
                }
                if (!csv && first.fields() != columns.size()) {
                    throw new IllegalArgumentException(
                            "has " + first.fields() + " columns instead of " + columns.size());
                }
            }

            @Override
            public void row(Row row) {
                sink.take(fields, row);
            }
        });
    }
}
