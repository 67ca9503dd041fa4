package org.recommender4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamCommandsTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Each of ten users likes films 1, 2, ... in turn, so that after a while the next one is what others liked next. */
    @Test
    void prequentialScoresEachEventBeforeLearningIt() throws IOException {
        StringBuilder ratings = new StringBuilder("userId,movieId,rating,timestamp\n");
        int time = 0;
        for (int item = 1; item <= 30; item++) {
            for (int user = 1; user <= 10; user++) {
                ratings.append("%d,%d,5.0,%d\n".formatted(user, item, ++time));
            }
        }
        ratings.append("1,31,1.0,").append(++time).append('\n');
        Files.writeString(folder.resolve("ratings.csv"), ratings);
        int code = Prequential.run(
                print(out),
                print(err),
                "--data",
                folder.toString(),
                "--model",
                "DecayedPopularity,halfLifeDays=0.0001",
                "--model",
                "static:Popularity",
                "--test");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(code).isZero();
        // 300 liked events, 210 of them in the test; a film's first event cannot be hit, the other nine are.
        String[] lines = output().split("\n", -1);
        assertThat(lines[0]).contains("\"events\": 210", "\"recall@10\": 0.9000");
        assertThat(lines[1]).contains("\"model\": \"static:Popularity\"", "\"events\": 210");
    }

    @Test
    void sessionsPredictWhatComesNext() throws IOException {
        Files.writeString(folder.resolve("train_sessions.txt"), "1 2 3\n".repeat(20));
        Files.writeString(folder.resolve("test_sessions.txt"), "1 2 3\n2 1\n");
        assertThat(Sessions.run(print(out), print(err), "--data", folder.toString(), "--option", "backward=0.1"))
                .isZero();
        // Of the three predictions two come first and one second.
        assertThat(output()).contains("\"predictions\": 3", "\"p@20\": 100.00", "\"mrr@20\": 83.33");
        out.reset();
        assertThat(Sessions.run(print(out), print(err), "--data", folder.toString(), "--validate", "--every", "1"))
                .isZero();
        assertThat(output()).contains("\"part\": \"validation\"", "\"predictions\": 4");
    }

    @Test
    void aWrongCommandLineIsExplained() {
        assertThat(Prequential.run(print(out), print(err), "--data")).isEqualTo(2);
        assertThat(Prequential.run(print(out), print(err), "--model", "SessionKnn"))
                .isEqualTo(2);
        assertThat(Sessions.run(print(out), print(err), "--nonsense", "1")).isEqualTo(2);
        assertThat(Sessions.run(print(out), print(err), "--data", "nowhere", "--model", "Popularity"))
                .isEqualTo(2);
        assertThat(Sessions.run(
                        print(out),
                        print(err),
                        "--data",
                        folder.resolve("nowhere").toString()))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--data", "--nonsense", "Popularity", "can't read");
    }
}
