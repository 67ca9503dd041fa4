package org.recommender4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvInteractionsTest {
    private static final String HEADER = "userId,movieId,rating,timestamp\n";

    @TempDir
    Path folder;

    private Path file(String content) {
        return file(content.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(byte[] content) {
        try {
            return Files.write(folder.resolve("data.csv"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static CsvInteractions.Builder ratings() {
        return CsvInteractions.builder()
                .user("userId")
                .item("movieId")
                .rating("rating")
                .time("timestamp", TimeFormat.SECONDS);
    }

    private static CsvInteractions.Builder pairs() {
        return CsvInteractions.builder().header(false).user(0).item(1);
    }

    /** Returns user, item, weight and time of each interaction, in the order of the matrix. */
    private static List<String> list(Dataset<String, String> data) {
        List<String> result = new ArrayList<>();
        Interactions matrix = data.interactions();
        for (int u = 0; u < matrix.rows(); u++) {
            for (int p = matrix.begin(u); p < matrix.end(u); p++) {
                result.add(data.users().key(u) + " " + data.items().key(matrix.column(p)) + " " + matrix.weight(p) + " "
                        + matrix.time(p));
            }
        }
        return result;
    }

    @Test
    void readsColumnsByName() {
        Path file = file("rating,extra,movieId,timestamp,userId\n4.5,x,007,1365029107,anna\n0.5,y,8,0,bob\n");
        Dataset<String, String> data = ratings().build().read(file);
        assertThat(data.feedback()).isEqualTo(Feedback.EXPLICIT);
        assertThat(list(data)).containsExactly("anna 007 4.5 1365029107000", "bob 8 0.5 0");
    }

    @Test
    void readsColumnsByPosition() {
        Dataset<String, String> data =
                pairs().separator("\t").user(1).item(0).weight(2).build().read(file("i1\tu1\t3\ni2\tu1\t-1.5\n"));
        assertThat(data.feedback()).isEqualTo(Feedback.IMPLICIT);
        assertThat(list(data)).containsExactly("u1 i1 3.0 0", "u1 i2 -1.5 0");
        assertThat(data.interactions().hasTimes()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "\t", "|", ";", "::", " ", "<->", "\u00a6"})
    void readsAnySeparator(String separator) {
        String text = String.join(separator, "a", "b", "2") + "\n" + String.join(separator, "a", "c:d", "3");
        assertThat(list(pairs().separator(separator).weight(2).build().read(file(text))))
                .containsExactly("a b 2.0 0", "a c:d 3.0 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsAnyLineEndAndIgnoresBlankLines(String end) {
        String text = "a,b" + end + end + "c,d" + end + end;
        assertThat(list(pairs().build().read(file(text)))).containsExactly("a b 1.0 0", "c d 1.0 0");
        assertThat(list(pairs().build().read(file("a,b" + end + "c,d")))).hasSize(2);
    }

    @Test
    void readsEventKinds() {
        Path file = file("u,e,i,t\na,view,x,2026-03-01T00:00:01Z\na,Add_To_Cart,y,2026-03-01T00:00:02Z\n");
        CsvInteractions reader = CsvInteractions.builder()
                .user("u")
                .item("i")
                .event("e")
                .time("t", TimeFormat.ISO_8601)
                .build();
        assertThat(list(reader.read(file))).containsExactly("a x 1.0 1772323201000", "a y 4.0 1772323202000");
        DatasetBuilder<String, String> target = Dataset.builder();
        target.kind("view", 0.25).itemText("z", "title", "cold").add("a", "x");
        assertThat(reader.readInto(file, target).rows()).isEqualTo(2);
        Dataset<String, String> data = target.build();
        assertThat(data.items().keys()).containsExactly("z", "x", "y");
        assertThat(data.interactions().weights()).containsExactly(1.25f, 4f);
        assertThatIllegal(() -> reader.read(file("u,e,i,t\na,foo,x,2026-03-01\n")), ":2:", "'a'", "foo", "view");
    }

    @Test
    void readsAllFormsOfTimes() {
        assertTime(TimeFormat.MILLISECONDS, "1365029107123", 1365029107123L);
        assertTime(TimeFormat.SECONDS, "1365029107", 1365029107000L);
        assertTime(TimeFormat.SECONDS, "1365029107.123", 1365029107123L);
        assertTime(TimeFormat.ISO_8601, "2013-04-03T22:45:07Z", 1365029107000L);
        assertTime(TimeFormat.ISO_8601, "2013-04-03T22:45:07.123Z", 1365029107123L);
        assertTime(TimeFormat.ISO_8601, "2013-04-04T00:45:07+02:00", 1365029107000L);
        assertTime(TimeFormat.ISO_8601, "2013-04-03T22:45:07", 1365029107000L);
        assertTime(TimeFormat.ISO_8601, "2013-04-03 22:45:07", 1365029107000L);
        assertTime(TimeFormat.ISO_8601, "1970-01-02", 86_400_000L);
        assertBadTime(TimeFormat.MILLISECONDS, "-5", "1970");
        assertBadTime(TimeFormat.MILLISECONDS, "1.5", "whole number");
        assertBadTime(TimeFormat.MILLISECONDS, "", "whole number");
        assertBadTime(TimeFormat.SECONDS, "-1", "1970");
        assertBadTime(TimeFormat.SECONDS, "NaN", "range");
        assertBadTime(TimeFormat.SECONDS, "1e30", "range");
        assertBadTime(TimeFormat.SECONDS, "soon", "not a number");
        assertBadTime(TimeFormat.ISO_8601, "1365029107", "ISO 8601");
        assertBadTime(TimeFormat.ISO_8601, "2013-13-03", "ISO 8601");
        assertBadTime(TimeFormat.ISO_8601, "1969-12-31", "1970");
        assertBadTime(TimeFormat.ISO_8601, "", "ISO 8601");
    }

    private void assertTime(TimeFormat format, String text, long millis) {
        Dataset<String, String> data = pairs().time(2, format).build().read(file("a,b," + text + "\n"));
        assertThat(data.interactions().time(0)).as(text).isEqualTo(millis);
    }

    private void assertBadTime(TimeFormat format, String text, String reason) {
        assertThatIllegal(() -> pairs().time(2, format).build().read(file("c,d," + text + "\n")), ":", "time", reason);
    }

    @Test
    void quotesHoldSeparatorsQuotesAndLineEnds() {
        String text = "\"a,1\",\"say \"\"hi\"\"\"\n\"two\nlines\",b\nc\"d,e\nx,\"\"\n";
        assertThatIllegal(() -> pairs().build().read(file(text)), "data.csv:5: empty item id");
        Path good = file(text.replace("x,\"\"\n", "x,y\n"));
        Dataset<String, String> data = pairs().build().read(good);
        assertThat(data.users().keys()).containsExactly("a,1", "two\nlines", "c\"d", "x");
        assertThat(data.items().keys()).containsExactly("say \"hi\"", "b", "e", "y");
        assertThat(pairs().quotes(false).build().read(file("\"a,b\n")).users().keys())
                .containsExactly("\"a");
    }

    @Test
    void quotesThatDoNotCloseFailEvenIfLinesAreSkipped() {
        Path open = file("a,b\n\"c,d\ne,f\n");
        assertThatIllegal(() -> pairs().build().read(open), "data.csv:2: ", "Unclosed");
        assertThatIllegal(() -> pairs().skipBadLines(r -> {}).build().read(open), "data.csv:2: ");
        Path after = file("a,b\n\"c\"x,d\n");
        assertThatIllegal(() -> pairs().build().read(after), "data.csv:2: ");
    }

    @Test
    void readsGzipByItsContent() throws IOException {
        String text = HEADER + "1,2,3.5,4\n";
        Dataset<String, String> data = ratings().build().read(file(gzip(text)));
        assertThat(list(data)).containsExactly("1 2 3.5 4000");
        assertThat(data.fingerprint())
                .isEqualTo(ratings().build().read(file(text)).fingerprint());
        byte[] twice = gzip(text);
        byte[] more = gzip("5,6,1,2\n");
        byte[] both = Arrays.copyOf(twice, twice.length + more.length);
        System.arraycopy(more, 0, both, twice.length, more.length);
        assertThat(list(ratings().build().read(file(both)))).hasSize(2);
    }

    @Test
    void aDamagedGzipFileIsAnErrorOfReading() throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        SplittableRandom random = new SplittableRandom(3);
        for (int k = 0; k < 20_000; k++) {
            text.append(random.nextInt(1000)).append(',').append(k).append(",3,4\n");
        }
        byte[] whole = gzip(text.toString());
        for (int length : new int[] {2, 9, whole.length / 2, whole.length - 1}) {
            Path cut = file(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ratings().build().read(cut))
                    .as("%s of %s bytes", length, whole.length)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("data.csv");
        }
        whole[whole.length / 2] ^= 0x55;
        Path altered = file(whole);
        assertThatThrownBy(() -> ratings().build().read(altered))
                .isInstanceOfAny(UncheckedIOException.class, IllegalArgumentException.class)
                .hasMessageContaining("data.csv");
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("missing.csv");
        assertThatThrownBy(() -> ratings().build().read(missing))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(missing + ": there is no such file");
        assertThatThrownBy(() -> ratings().build().read(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void encodingsAndByteOrderMarks() {
        assertThat(list(ratings().build().read(file("\ufeff" + HEADER + "\u00fc,\u4e16,1,2\n"))))
                .containsExactly("\u00fc \u4e16 1.0 2000");
        for (String name : new String[] {"ISO-8859-1", "UTF-16", "UTF-16LE", "windows-1252"}) {
            Charset charset = Charset.forName(name);
            Path file = file((HEADER + "\u00fc,b,1,2\n").getBytes(charset));
            assertThat(list(ratings().charset(charset).build().read(file)))
                    .as(name)
                    .containsExactly("\u00fc b 1.0 2000");
        }
        Path latin = file((HEADER + "\u00fc,b,1,2\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThatIllegal(() -> ratings().build().read(latin), "data.csv", "UTF-8", "charset");
    }

    @Test
    void emptyFiles() {
        assertThatIllegal(() -> ratings().build().read(file("")), "data.csv", "empty");
        assertThatIllegal(() -> ratings().build().read(file("\n\n")), "data.csv", "empty");
        assertThat(ratings().build().read(file(HEADER)).interactions().size()).isZero();
        assertThat(ratings().build().read(file(HEADER.strip())).interactions().size())
                .isZero();
        assertThat(pairs().build().read(file("")).interactions().size()).isZero();
    }

    @Test
    void aColumnThatIsNotThereIsNamedWithThoseThatAre() {
        assertThatIllegal(
                () -> ratings().build().read(file("user,movieId,rating,timestamp\n1,2,3,4\n")),
                "data.csv: there is no column 'userId', but only [user, movieId, rating, timestamp]");
        assertThatIllegal(
                () -> pairs().weight(2).build().read(file("a,b\n")), "there is no column at position 2", "[a, b]");
        assertThatIllegal(() -> pairs().weight(2).skipBadLines(r -> {}).build().read(file("a,b\n")), "position 2");
        assertThat(list(ratings().build().read(file(" userId , movieId,rating ,timestamp\n1,2,3,4\n"))))
                .hasSize(1);
    }

    @Test
    void badLinesAreNamedByFileAndLine() {
        assertBadLine("1,2,3", "3 columns instead of 4");
        assertBadLine("1,2,3,4,5", "5 columns instead of 4");
        assertBadLine(",2,3,4", "empty user id");
        assertBadLine("1,,3,4", "empty item id");
        assertBadLine("1,2,,4", "rating '' is not a number");
        assertBadLine("1,2,three,4", "rating 'three' is not a number");
        assertBadLine("1,2,NaN,4", "user '1', item '2': weight must be finite as a float, but is NaN");
        assertBadLine("1,2,1e99,4", "1.0E99");
        assertBadLine("1,2,3,-4", "time must not be before 1970, but is -4");
        assertBadLine("1\0,2,3,4", "0 character");
        assertBadLine("\0\0\0\0", "1 columns instead of 4");
    }

    private void assertBadLine(String line, String reason) {
        String text = HEADER + "1,1,1,1\n" + line + "\n2,2,2,2\n";
        Path file = file(text);
        assertThatThrownBy(() -> ratings().build().read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ":3: ")
                .hasMessageContaining(reason);
        List<ReadReport> reports = new ArrayList<>();
        Dataset<String, String> data =
                ratings().skipBadLines(reports::add).build().read(file);
        assertThat(list(data)).containsExactly("1 1 1.0 1000", "2 2 2.0 2000");
        assertThat(reports).hasSize(1);
        ReadReport report = reports.get(0);
        assertThat(report.file()).isEqualTo(file);
        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.skipped()).isEqualTo(1);
        assertThat(report.reasons())
                .singleElement()
                .asString()
                .startsWith(file + ":3: ")
                .contains(reason);
    }

    @Test
    void manyBadLinesAreCountedAndTheFirstExplained() {
        StringBuilder text = new StringBuilder(HEADER);
        for (int k = 0; k < 100; k++) {
            text.append(k % 4 == 0 ? "1,2,x,4\n" : "1," + k + ",5,4\n");
        }
        List<ReadReport> reports = new ArrayList<>();
        Dataset<String, String> data =
                ratings().skipBadLines(reports::add).build().read(file(text.toString()));
        assertThat(data.interactions().size()).isEqualTo(75);
        assertThat(reports.get(0).skipped()).isEqualTo(25);
        assertThat(reports.get(0).reasons()).hasSize(10);
        assertThat(reports.get(0).reasons().get(1)).contains(":6: ");
    }

    @Test
    void aRatingOutsideOfTheScaleOfTheDataSetIsABadLine() {
        Path file = file(HEADER + "1,1,5,1\n1,2,6,1\n");
        DatasetBuilder<String, String> target =
                Dataset.<String, String>builder().ratings(1, 5);
        assertThatIllegal(() -> ratings().build().readInto(file, target), ":3: user '1', item '2'", "6.0");
    }

    @Test
    void readsVeryLongIds() {
        String id = "x".repeat(300_000);
        Dataset<String, String> data = ratings().build().read(file(HEADER + id + ",9,1,1\n"));
        assertThat(data.users().key(0)).isEqualTo(id);
    }

    @Test
    void manyRandomRowsComeBack() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<String> expected = new ArrayList<>();
            StringBuilder text = new StringBuilder("i,t,u,w\n");
            for (int k = 0; k < 3000; k++) {
                String item = id(random);
                String user = id(random) + k;
                float weight = random.nextInt(1, 100) / 4f;
                long time = random.nextLong(1L << 41);
                expected.add(user + " " + item + " " + weight + " " + time);
                text.append(quote(item)).append(',').append(time).append(',').append(quote(user));
                text.append(',').append(weight).append(random.nextBoolean() ? "\n" : "\r\n");
            }
            CsvInteractions reader = CsvInteractions.builder()
                    .user("u")
                    .item("i")
                    .weight("w")
                    .time("t", TimeFormat.MILLISECONDS)
                    .build();
            assertThat(list(reader.read(file(text.toString()))))
                    .as("seed %s", seed)
                    .isEqualTo(expected);
        }
    }

    private static String id(SplittableRandom random) {
        String letters = "ab,\"\n \u00e9\u4e16";
        StringBuilder result = new StringBuilder("x");
        for (int k = random.nextInt(6); k > 0; k--) {
            result.append(letters.charAt(random.nextInt(letters.length())));
        }
        return result.toString();
    }

    private static String quote(String text) {
        return text.matches("[^,\"\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> CsvInteractions.builder().user("u").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("items");
        assertThatThrownBy(() -> pairs().weight(2).event(3).build()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pairs().weight("w").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'w'");
        assertThatIllegal(() -> pairs().user(-1), "-1");
        assertThatIllegal(() -> pairs().item(""), "empty");
        for (String separator : new String[] {"", "\n", "a\r", "\""}) {
            assertThatIllegal(() -> pairs().separator(separator), "separator");
        }
    }

    private static void assertThatIllegal(Runnable call, String... parts) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }
}
