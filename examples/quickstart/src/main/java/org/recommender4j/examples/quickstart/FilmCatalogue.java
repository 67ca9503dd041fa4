package org.recommender4j.examples.quickstart;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The embedded catalogue: real films from 1930 to 2023 with their years and genres, in order of year. */
final class FilmCatalogue {
    private static final String RESOURCE = "films.csv";

    private FilmCatalogue() {}

    /** Reads the catalogue from the class path. */
    static List<Film> load() {
        InputStream resource = FilmCatalogue.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IllegalStateException("the resource " + RESOURCE + " is not on the class path");
        }
        try (CsvReader<NamedCsvRecord> rows =
                CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return rows.stream().map(FilmCatalogue::film).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
        }
    }

    private static Film film(NamedCsvRecord row) {
        return new Film(
                row.getField("id"),
                row.getField("title"),
                Integer.parseInt(row.getField("year")),
                List.of(row.getField("genres").split("\\|", -1)));
    }
}
