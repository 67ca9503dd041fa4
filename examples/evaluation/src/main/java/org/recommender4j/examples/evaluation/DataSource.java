package org.recommender4j.examples.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.CsvInteractions;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.MovieLens;
import org.recommender4j.data.TimeFormat;
import org.recommender4j.examples.quickstart.EmbeddedFilms;

/** Reads what is to be compared on. */
final class DataSource {
    private static final long SEED = 1;

    private DataSource() {}

    /** Reads a MovieLens folder or a CSV file, or makes the embedded data. */
    static Dataset<String, String> read(@Nullable Path path) {
        if (path == null) {
            return EmbeddedFilms.read(SEED);
        }
        return Files.isDirectory(path) ? MovieLens.read(path) : csv(path);
    }

    static String name(@Nullable Path path) {
        return path == null ? "real films, made-up ratings" : String.valueOf(path.getFileName());
    }

    private static Dataset<String, String> csv(Path file) {
        List<String> header;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = reader.readLine();
            header = line == null ? List.of() : Arrays.asList(line.split(",", -1));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e.getMessage(), e);
        }
        CsvInteractions.Builder builder = CsvInteractions.builder()
                .user(column(file, header, "user"))
                .item(column(file, header, "item", "movie", "product", "book"));
        String rating = find(header, "rating", "stars", "score");
        String time = find(header, "timestamp", "time");
        if (!rating.isEmpty()) {
            builder.rating(rating);
        }
        if (!time.isEmpty()) {
            builder.time(time, TimeFormat.SECONDS);
        }
        return builder.build().read(file);
    }

    private static String column(Path file, List<String> header, String... names) {
        String found = find(header, names);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    file + " needs a header with a column named like one of " + List.of(names) + ", but has " + header);
        }
        return found;
    }

    /** The first column that begins with one of the names, such as userId for user. */
    private static String find(List<String> header, String... names) {
        for (String column : header) {
            String plain = column.strip().replace("\"", "");
            for (String name : names) {
                if (plain.toLowerCase(Locale.ROOT).startsWith(name)) {
                    return plain;
                }
            }
        }
        return "";
    }
}
