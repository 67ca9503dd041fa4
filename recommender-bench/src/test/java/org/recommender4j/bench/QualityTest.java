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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QualityTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeFiles() throws IOException {
        // Popularity without what was seen: user 0 gets 2 3 4 and wants 3 and 9, user 1 gets 0 3 4 and wants 0.
        write("train.txt", "0 0 1", "1 1 2", "2 0 1 2 3", "3 2 3 4");
        write("test.txt", "0 3 9", "1 0");
        StringBuilder csv = new StringBuilder("who;what;stars;when\n");
        StringBuilder sequences = new StringBuilder();
        SplittableRandom random = new SplittableRandom(3);
        for (int user = 0; user < 40; user++) {
            sequences.append(user);
            for (int item = 0; item < 30; item++) {
                if (random.nextInt(3) == 0) {
                    csv.append("u%d;i%d;%d;%d%n".formatted(user, item, 1 + random.nextInt(5), random.nextInt(9999)));
                    sequences.append(' ').append(item);
                }
            }
            sequences.append('\n');
        }
        write("ratings.csv", csv.toString());
        write("sequences.txt", sequences.toString());
    }

    private void write(String name, String... lines) throws IOException {
        Files.write(folder.resolve(name), List.of(lines));
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        return Quality.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String[] fixed(String... more) {
        return arguments(folder, "lightgcn", more);
    }

    private String[] csv(String... more) {
        String[] columns = {"--columns", "user=who,item=what,rating=stars,time=3", "--separator", ";"};
        return arguments(folder.resolve("ratings.csv"), "csv", join(columns, more));
    }

    private static String[] arguments(Path data, String format, String... more) {
        String[] basic = {"--data", data.toString(), "--format", format, "--algorithm", "POPULARITY", "--threads", "2"};
        return join(basic, more);
    }

    private static String[] join(String[] first, String[] second) {
        return Stream.concat(Stream.of(first), Stream.of(second)).toArray(String[]::new);
    }

    private static String value(String json, String key) {
        Matcher matcher = Pattern.compile(Pattern.quote("\"" + key + "\": ") + "(\"[^\"]*\"|[^,}]*)")
                .matcher(json);
        assertThat(matcher.find()).as("%s in %s", key, json).isTrue();
        return matcher.group(1);
    }

    @Test
    void aRunIsALineOfJsonWithAllKeys() {
        assertThat(run(fixed("--cutoff", "2"))).as(errors()).isZero();
        assertThat(output().lines()).hasSize(1);
        String json = output().strip();
        assertThat(json).startsWith("{").endsWith("}");
        for (String key : List.of(
                "data",
                "algorithm",
                "options",
                "threads",
                "fit_seconds",
                "seconds_per_iteration",
                "recall@20",
                "ndcg@20",
                "users",
                "recommend_users_per_second",
                "peak_heap_mb",
                "simd")) {
            assertThat(json).contains("\"" + key + "\": ");
        }
        assertThat(value(json, "data")).isEqualTo("\"" + folder.getFileName() + "\"");
        assertThat(value(json, "algorithm")).isEqualTo("\"Popularity\"");
        assertThat(value(json, "users")).isEqualTo("2");
        assertThat(value(json, "split")).isEqualTo("\"fixed\"");
        // The item that is in no training list is a miss, not left out: 1 of 2, and 1 of 1.
        assertThat(value(json, "recall@20")).isEqualTo("0.750000");
        assertThat(value(json, "recall@2")).isEqualTo("0.750000");
        // user 0: (1/log2(3)) / (1 + 1/log2(3)) = 0.386853; user 1: 1
        assertThat(value(json, "ndcg@2")).isEqualTo("0.693426");
        assertThat(Double.parseDouble(value(json, "peak_heap_mb"))).isPositive();
        assertThat(Double.parseDouble(value(json, "recommend_users_per_second")))
                .isPositive();
        assertThat(value(json, "seconds_per_iteration")).isEqualTo("null");
    }

    @Test
    void optionsReachTheAlgorithmAndRunsRepeat() {
        assertThat(run(fixed("--option", "halfLifeDays=30", "--runs", "3"))).isZero();
        List<String> lines = output().lines().toList();
        assertThat(lines)
                .hasSize(3)
                .allSatisfy(line -> assertThat(value(line, "options")).startsWith("{\"halfLifeDays\": 30.0"));
        assertThat(lines).extracting(line -> value(line, "run")).containsExactly("1", "2", "3");
        assertThat(lines).extracting(line -> value(line, "ndcg@20")).containsOnly(value(lines.get(0), "ndcg@20"));
    }

    @Test
    void validationLeavesTheTestPartUnread() throws IOException {
        write("train.txt", "0 0 1 2 3 4 5", "1 1 2 3 4 5 6", "2 0 2 4 6 7 8");
        assertThat(run(fixed("--validate", "--validation-ratio", "0.34"))).isZero();
        String first = output();
        assertThat(value(first, "part")).isEqualTo("\"validation\"");
        assertThat(value(first, "users")).isEqualTo("3");
        assertThat(value(first, "train_interactions")).isEqualTo("12");
        assertThat(value(first, "test_interactions")).isEqualTo("6");
        write("test.txt", "0 8", "2 1 3");
        assertThat(run(fixed("--validate", "--validation-ratio", "0.34"))).isZero();
        assertThat(value(output(), "ndcg@20")).isEqualTo(value(first, "ndcg@20"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "random", "last", "time", "cold-items", "cold-users"})
    void everySplitRuns(String split) {
        for (String[] more : List.of(new String[0], new String[] {"--validate"})) {
            assertThat(run(csv(join(new String[] {"--split", split, "--seed", "7"}, more))))
                    .as(errors())
                    .isZero();
            assertThat(value(output(), "split")).startsWith("\"" + split);
            assertThat(Integer.parseInt(value(output(), "users"))).isPositive();
        }
    }

    @Test
    void foldsMeasureRatings() throws IOException {
        write("ratings.csv", "userId,movieId,rating", "1,1,2", "1,2,4", "2,1,2", "2,2,4", "3,1,2", "3,2,4");
        String[] folds = {"--split", "kfold", "--folds", "3", "--seed", "11"};
        String[] columns = {"--columns", "user=0,item=1,rating=2"};
        String[] arguments = arguments(folder.resolve("ratings.csv"), "csv", join(columns, folds));
        assertThat(run(arguments)).as(errors()).isZero();
        String json = output().strip();
        assertThat(value(json, "split")).isEqualTo("\"kfold 3\"");
        assertThat(value(json, "part")).isEqualTo("\"test\"");
        assertThat(value(json, "seed")).isEqualTo("11");
        assertThat(value(json, "ratings")).isEqualTo("6");
        // Popularity "predicts" a count, which is clipped to the scale of 2 to 4: always 2 here.
        assertThat(value(json, "missing_predictions")).isEqualTo("0");
        assertThat(value(json, "mae")).isEqualTo("1.000000");
        String test = value(json, "rmse");
        assertThat(run(join(arguments, new String[] {"--validate", "--validation-ratio", "0.5"})))
                .isZero();
        assertThat(value(output(), "part")).isEqualTo("\"validation\"");
        assertThat(value(output(), "ratings")).isEqualTo("6");
        assertThat(test).isNotEqualTo("null");
        assertThat(output()).contains("\"rmse_of_folds\": {\"1\": ");
        write("ratings.csv", "userId,movieId,rating,timestamp", "1,1,4.0,964982703", "1,3,4.5,964981247", "2,1,3,5");
        assertThat(run(arguments(folder, "movielens", folds))).as(errors()).isZero();
        assertThat(run(arguments(folder.resolve("sequences.txt"), "sequences", folds)))
                .isEqualTo(2);
        assertThat(errors()).contains("has none");
    }

    @Test
    void theSplitIsOfTheSeed() {
        assertThat(run(csv("--seed", "7"))).as(errors()).isZero();
        String seven = value(output(), "ndcg@20");
        assertThat(run(csv("--seed", "7", "--threads", "1"))).isZero();
        assertThat(value(output(), "ndcg@20")).isEqualTo(seven);
        assertThat(run(csv("--seed", "8"))).isZero();
        assertThat(value(output(), "ndcg@20")).isNotEqualTo(seven);
    }

    @Test
    void sequencesHoldOutTheLastPlace() {
        assertThat(run(arguments(folder.resolve("sequences.txt"), "sequences")))
                .as(errors())
                .isZero();
        assertThat(value(output(), "split")).isEqualTo("\"last\"");
        assertThat(value(output(), "test_interactions")).isEqualTo("40");
    }

    @Test
    void otherFormats() throws IOException {
        write("users.dat", "2 0 5", "0", "3 1 5 7");
        assertThat(run(arguments(folder, "citeulike", "--ratio", "0.5"))).isEqualTo(1);
        assertThat(errors()).contains("there is no vocabulary.dat or vocabulary.dat.gz");
        write("vocabulary.dat", "graph", "cell");
        write("mult.dat", "1 0:2", "2 0:1 1:3");
        write("tags.dat", "math", "life");
        write("tag-item.dat", "2 0 1", "1 5");
        assertThat(run(arguments(folder, "citeulike", "--ratio", "0.5")))
                .as(errors())
                .isZero();
        assertThat(value(output(), "train_interactions")).isEqualTo("2");
        write("user_artists.dat", "userID\tartistID\tweight", "2\t51\t13883", "2\t52\t11690", "3\t51\t5");
        assertThat(run(arguments(folder, "lastfm", "--ratio", "0.5")))
                .as(errors())
                .isZero();
        write("ratings.csv", "book_id,user_id,rating", "1,314,5", "2,314,4", "1,439,3", "1,314,4");
        assertThat(run(arguments(folder, "goodbooks", "--ratio", "0.5")))
                .as(errors())
                .isZero();
        write("ratings.csv", "userId,movieId,rating,timestamp", "1,1,4.0,964982703", "1,3,4.5,964981247");
        assertThat(run(arguments(folder, "movielens", "--ratio", "0.5")))
                .as(errors())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--algorithm Foo       | there is no algorithm 'Foo'",
                "--option alpha=3      | Popularity has no option 'alpha'",
                "--option halfLifeDays | --option needs NAME=VALUE",
                "--option halfLifeDays=x | can't be 'x'",
                "--format json         | there is no format 'json', only [movielens",
                "--split fixd          | there is no split 'fixd', only [fixed",
                "--split user          | comes with its split",
                "--threads 0           | --threads needs a whole number from 1",
                "--threads two         | not 'two'",
                "--ratio 1.5           | --ratio needs a number between 0 and 1",
                "--cutoff              | --cutoff is unknown, or needs a value",
                "--colour blue         | '--colour' is not an option",
                "blue                  | 'blue' is not an option"
            })
    void misuseIsNamedAndShowsTheUsage(String arguments, String message) {
        assertThat(run(fixed(arguments.strip().split(" ", -1)))).isEqualTo(2);
        assertThat(errors()).contains(message).contains("usage: java");
        assertThat(output()).isEmpty();
    }

    @Test
    void missingArgumentsAreNamed() {
        assertThat(run()).isEqualTo(2);
        assertThat(errors()).startsWith("--data is missing");
        assertThat(run("--data", "x", "--format", "csv")).isEqualTo(2);
        assertThat(errors()).startsWith("--algorithm is missing");
        assertThat(run("--help")).isZero();
        assertThat(output()).startsWith("usage: java");
    }

    @Test
    void badDataIsNoMisuse() throws IOException {
        assertThat(run(arguments(folder.resolve("nowhere"), "lightgcn"))).isEqualTo(1);
        assertThat(errors()).contains("train.txt").contains("nowhere").doesNotContain("usage");
        write("train.txt", "0 1 x");
        assertThat(run(fixed())).isEqualTo(1);
        assertThat(errors()).contains("train.txt:1:").contains("'x'");
        assertThat(run(arguments(folder.resolve("none.txt"), "sequences"))).isEqualTo(1);
        assertThat(errors()).contains("none.txt");
        assertThat(run(csv("--columns", "user=who,item=nothing"))).isEqualTo(1);
        assertThat(errors()).contains("'nothing'");
        assertThat(run(csv("--columns", "user=who,colour=what"))).isEqualTo(2);
        assertThat(errors()).contains("'colour'");
    }
}
