package org.recommender4j.examples.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateTest {
    @TempDir
    Path folder;

    private int code;

    private String run(boolean isTerminal, String... args) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        code = Evaluate.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), isTerminal, args);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void comparesOnTheEmbeddedFilmsAndWritesTheReport() throws IOException {
        Path report = folder.resolve("report");
        String out = run(true, "--algorithms", "Popularity,ImplicitAls", "--output", report.toString());
        assertThat(code).isZero();
        assertThat(out)
                .contains("605 users", "\r[", "100 %", "ImplicitAls is best by ndcg@10", "All others are worse")
                .contains("report.html");
        String html = Files.readString(report.resolve("report.html"));
        assertThat(html)
                .contains("real films, made-up ratings", "genre_<wbr/>calibration", "recall@10[tail]", "The data");
        assertThat(Files.readString(report.resolve("report.md"))).contains("| ImplicitAls |");
        assertThat(Files.readString(report.resolve("report.json"))).contains("\"genre_diversity@10\"");
    }

    @Test
    void readsACsvFileAndReplays() throws IOException {
        StringBuilder csv = new StringBuilder("user_id,item_id,timestamp\n");
        for (int user = 0; user < 40; user++) {
            for (int k = 0; k < 12; k++) {
                int item = user % 2 * 15 + (user + k * k) % 15;
                csv.append('u')
                        .append(user)
                        .append(",i")
                        .append(item)
                        .append(',')
                        .append(1000 + user + 50 * k)
                        .append('\n');
            }
        }
        Path file = Files.writeString(folder.resolve("clicks.csv"), csv);
        String report = folder.resolve("out").toString();
        String out = run(
                false,
                "--data",
                file.toString(),
                "--output",
                report,
                "--algorithms",
                "Popularity,ItemKnn",
                "--split",
                "time",
                "--length",
                "5",
                "--replay");
        assertThat(code).as(out).isZero();
        assertThat(out)
                .contains("2 of 2: ItemKnn", "repeated pairs", "replaying")
                .doesNotContain("\r[");
        assertThat(Files.readString(folder.resolve("out").resolve("report.html")))
                .contains("Replayed in the order of time", "The newest fifth");
    }

    @Test
    void mistakesAreExplained() throws IOException {
        assertThat(run(false, "--data")).contains("--data", "usage:");
        assertThat(code).isEqualTo(2);
        assertThat(run(false, "--split", "odd")).contains("no split 'odd'");
        assertThat(run(false, "--algorithms", "Nonsense")).contains("no algorithm 'Nonsense'");
        assertThat(code).isEqualTo(1);
        Path file = Files.writeString(folder.resolve("odd.csv"), "a,b\n1,2\n");
        assertThat(run(false, "--data", file.toString())).contains("needs a header with a column named like", "[user]");
        assertThat(run(false, "--data", folder.resolve("missing.csv").toString()))
                .contains("can't read");
    }
}
