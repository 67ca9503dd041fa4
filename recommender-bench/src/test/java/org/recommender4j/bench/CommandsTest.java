package org.recommender4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;

class CommandsTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    private final PrintStream complain = new PrintStream(err, true, StandardCharsets.UTF_8);

    @Test
    void readsWhatItWrote() throws IOException {
        Reading.run(print, 1000);

        assertThat(out.toString(StandardCharsets.UTF_8).split("\n"))
                .hasSize(4)
                .allMatch(line -> line.contains("\"lines\": 1000") && line.contains("\"users\": 7"));
    }

    @Test
    void foldsTheTrainedUsersIn() throws IOException {
        StringBuilder csv = new StringBuilder("user,item\n");
        SplittableRandom random = new SplittableRandom(5);
        for (int user = 0; user < 50; user++) {
            for (int item = 0; item < 60; item++) {
                if (random.nextInt(item % 2 == user % 2 ? 2 : 8) == 0) {
                    csv.append(user).append(',').append(item).append('\n');
                }
            }
        }
        Path file = Files.writeString(folder.resolve("pairs.csv"), csv);

        String[] args = {"--data", file.toString(), "--format", "csv", "--algorithm", "ImplicitAls"};
        assertThat(FoldInTime.run(print, complain, args))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"users\": 50, \"same_top_10\": 50");

        args[5] = "Popularity";
        assertThat(FoldInTime.run(print, complain, args)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no factor model");
        assertThat(FoldInTime.run(print, complain, "--data")).isEqualTo(2);
    }

    @Test
    void searchesThatAreNotExactFindMostOfTheBest() throws IOException {
        StringBuilder lines = new StringBuilder();
        SplittableRandom random = new SplittableRandom(5);
        for (int user = 0; user < 40; user++) {
            lines.append(user);
            for (int k = 0; k < 12; k++) {
                lines.append(' ').append(user % 4 * 20 + random.nextInt(20));
            }
            lines.append('\n');
        }
        Path file = Files.writeString(folder.resolve("train.txt"), lines);

        var ways = Approximate.run("unit:" + file, 9_000, 16, true);

        assertThat(ways).hasSize(9);
        assertThat(ways.get(0).toString()).contains("EXACT", "\"items\": 9000", "\"recall@10\": 1.0000");
        assertThat(ways).extracting(way -> recall(way.toString())).allMatch(recall -> recall > 0 && recall <= 1);
        assertThat(recall(ways.get(2).toString())).as("of clusters").isGreaterThan(0.9);
        assertThat(Approximate.run("synthetic", 1_000, 8, false)).hasSize(3);
        assertThat(Approximate.run(file.toString(), 0, 8, false).get(2).toString())
                .contains("\"recall@10\": 1.0000");
    }

    @Test
    void mediansStandInATable() throws Exception {
        // Another benchmark on the machine is no reason to fail.
        System.setProperty("jmh.ignoreLock", "true");
        CommandLineOptions options = new CommandLineOptions(
                "DotProduct.plainLoop",
                "-p",
                "items=1000",
                "-p",
                "dimensions=32",
                "-f",
                "0",
                "-wi",
                "0",
                "-i",
                "3",
                "-r",
                "5ms");
        List<String> table =
                Benchmarks.medians(new Runner(options).run()).strip().lines().toList();
        assertThat(table).hasSize(3);
        Matcher row = Pattern.compile("\\| DotProduct.plainLoop \\| dimensions=32 items=1000"
                        + " \\| ([0-9.]+) \\| ([0-9.]+) \\| ([0-9.]+) \\| us/op \\|")
                .matcher(table.get(2));
        assertThat(row.matches()).as(table.get(2)).isTrue();
        assertThat(Double.parseDouble(row.group(1)))
                .isBetween(Double.parseDouble(row.group(2)), Double.parseDouble(row.group(3)));
    }

    private static double recall(String line) {
        return Double.parseDouble(line.replaceFirst(".*recall@10\": ([0-9.]+).*", "$1"));
    }
}
