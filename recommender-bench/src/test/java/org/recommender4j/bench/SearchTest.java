package org.recommender4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeFile() throws IOException {
        StringBuilder csv = new StringBuilder("user,item\n");
        SplittableRandom random = new SplittableRandom(3);
        for (int user = 0; user < 60; user++) {
            for (int item = 0; item < 40; item++) {
                if (random.nextInt(item % 3 == user % 3 ? 2 : 12) == 0) {
                    csv.append(user).append(',').append(item).append('\n');
                }
            }
        }
        Files.writeString(folder.resolve("pairs.csv"), csv);
    }

    private int run(String... args) {
        String[] data = {
            "--data", folder.resolve("pairs.csv").toString(), "--format", "csv", "--algorithm", "ImplicitAls"
        };
        return Search.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Stream.concat(Arrays.stream(data), Arrays.stream(args)).toArray(String[]::new));
    }

    private String[] lines() {
        return out.toString(StandardCharsets.UTF_8).split("\n");
    }

    @Test
    void triesEveryCombinationOnTheValidationPartAndNamesTheBest() {
        assertThat(run("--grid", "factors=2,4", "--grid", "regularization=0.003,0.1,10"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();

        String[] lines = lines();
        assertThat(lines)
                .hasSize(6)
                .allMatch(line -> line.contains("validation"))
                .doesNotHaveDuplicates();
        assertThat(lines[0]).contains("\"factors\": 2,", "\"regularization\": 0.003,");
        double[] ndcg = Arrays.stream(lines)
                .mapToDouble(line -> Double.parseDouble(line.replaceAll(".*\"ndcg@20\": ?([0-9.]+).*", "$1")))
                .toArray();
        String best = err.toString(StandardCharsets.UTF_8).strip();
        double highest = Arrays.stream(ndcg).max().orElseThrow();
        assertThat(best).startsWith("best: ").contains(Double.toString(highest));
        assertThat(ndcg[0]).isNotEqualTo(ndcg[5]);
    }

    @Test
    void drawsTheSameCombinationsAgain() {
        String[] args = {"--grid", "factors=1,2,3,4,5,6,7,8", "--trials", "3", "--trial-seed", "7"};
        assertThat(run(args)).isZero();
        String[] first = Arrays.stream(lines()).map(SearchTest::options).toArray(String[]::new);
        out.reset();
        assertThat(run(args)).isZero();

        assertThat(first).hasSize(3).doesNotHaveDuplicates();
        assertThat(Arrays.stream(lines()).map(SearchTest::options)).containsExactly(first);
    }

    private static String options(String line) {
        return line.replaceAll(".*\"options\": ?(\\{.*?}).*", "$1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--grid", "--grid factors", "--trials 0", "--trials x", "--grid colour=red", "--nonsense"})
    void refusesAWrongCommandLine(String args) {
        assertThat(run(args.split(" "))).isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("usage:");
    }
}
