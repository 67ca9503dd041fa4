package org.recommender4j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
    @TempDir
    Path folder;

    private static String run(@Nullable Path data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Quickstart.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), data);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void recommendsToThePersonasAndBeatsPopularity() {
        String out = run(null);
        for (Persona persona : Persona.values()) {
            assertThat(out).contains(persona.id() + " (loves ");
        }
        assertThat(recall(out, "ImplicitAls")).isGreaterThan(recall(out, "Popularity"));
        assertThat(out)
                .contains("because of")
                .contains("answered by ImplicitAls")
                .doesNotContain("NaN");
    }

    private static double recall(String out, String name) {
        Matcher matcher = Pattern.compile(name + " +recall@10 ([0-9.]+)").matcher(out);
        assertThat(matcher.find()).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    @Test
    void readsAMovieLensFolder() throws IOException {
        StringBuilder ratings = new StringBuilder("userId,movieId,rating,timestamp\n");
        StringBuilder movies = new StringBuilder("movieId,title,genres\n");
        for (int movie = 1; movie <= 12; movie++) {
            movies.append(movie).append(",\"Film, The ").append(movie).append(" (1999)\",Drama|Comedy\n");
            for (int user = 1; user <= 20; user++) {
                if ((user + movie) % 3 != 0) {
                    ratings.append(user)
                            .append(',')
                            .append(movie)
                            .append(",4.5,")
                            .append(1_000_000 + movie)
                            .append('\n');
                }
            }
        }
        Files.writeString(folder.resolve("ratings.csv"), ratings);
        Files.writeString(folder.resolve("movies.csv"), movies);
        assertThat(run(folder))
                .contains("12 films by 20 users")
                .contains("Film, The ")
                .contains("because of");
    }
}
