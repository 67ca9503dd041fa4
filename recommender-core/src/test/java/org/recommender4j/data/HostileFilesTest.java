package org.recommender4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of others, who may have meant no good. The system properties {@code recommender4j.mutations} and {@code
 * recommender4j.mutationSeed} set how many altered files are read, and where to begin.
 */
class HostileFilesTest {
    private static final int MUTATIONS = Integer.getInteger("recommender4j.mutations", 300);
    private static final long SEED = Long.getLong("recommender4j.mutationSeed", 1);
    private static final String HEADER = "user,item,rating,time\n";

    @TempDir
    Path folder;

    private static CsvInteractions.Builder csv(TimeFormat format) {
        return CsvInteractions.builder()
                .user("user")
                .item("item")
                .rating("rating")
                .time("time", format);
    }

    private Path write(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packed = new GZIPOutputStream(out)) {
            packed.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5f", "5d", "5D", "0x1p3", "3\0", "\0003", "\u0663", "\uFF13", "nan", "1e", ".", "--3", "1_0",
                "3\u00a0", "", " ", "+", "1e+", "e5"
            })
    void whatIsNoDecimalNumberIsNoRating(String rating) {
        Path file = write("a.csv", HEADER + "u,i," + rating + ",7\n");
        assertThatThrownBy(() -> csv(TimeFormat.SECONDS).build().read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file + ":2: rating")
                .hasMessageEndingWith("is not a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "3.", "3.0", "+3", " 3", "3\t", "3e0", "30e-1", ".3E+1", "0000000000000000003"})
    void decimalNumbersAreRatings(String rating) {
        Path file = write("a.csv", HEADER + "u,i," + rating + ",7\n");
        assertThat(csv(TimeFormat.SECONDS).build().read(file).interactions().weight(0))
                .isEqualTo(3f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0663", "7\0", "\u20037", "9223372036854775808", "1.0", "0x7", "7L"})
    void whatIsNoWholeNumberIsNoTime(String time) {
        Path file = write("a.csv", HEADER + "u,i,3," + time + "\n");
        assertThatThrownBy(() -> csv(TimeFormat.MILLISECONDS).build().read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file + ":2: time")
                .hasMessageEndingWith("is not a whole number");
    }

    @Test
    void aCompressedFileThatWasCutSaysSo() {
        byte[] whole = gzip((HEADER + "u,i,3,7\n").getBytes(StandardCharsets.UTF_8));
        for (int length = 2; length < whole.length; length++) {
            Path file = write("a.csv.gz", Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> csv(TimeFormat.SECONDS).build().read(file))
                    .as("cut at %d of %d", length, whole.length)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage(file + ": ends within its compressed data: it was cut off");
        }
    }

    @Test
    void bytesThatAreNoTextHaveALineAndCanBeSkipped() {
        byte[] bytes = (HEADER + "a,i,3,7\n?,i,3,7\nb,i,3,7\n").getBytes(StandardCharsets.UTF_8);
        bytes[HEADER.length() + "a,i,3,7\n".length()] = (byte) 0xFF;
        Path file = write("a.csv", bytes);
        assertThatThrownBy(() -> csv(TimeFormat.SECONDS).build().read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ":3: is not text in UTF-8; try another charset");
        ReadReport[] report = new ReadReport[1];
        Dataset<String, String> data = csv(TimeFormat.SECONDS)
                .skipBadLines(told -> report[0] = told)
                .build()
                .read(file);
        assertThat(data.users().keys()).containsExactly("a", "b");
        assertThat(report[0].skipped()).isEqualTo(1);
        assertThat(report[0].reasons()).containsExactly(file + ":3: is not text in UTF-8; try another charset");
        bytes[0] = (byte) 0xFF;
        write("a.csv", bytes);
        assertThatThrownBy(() -> csv(TimeFormat.SECONDS).build().read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not text in UTF-8");
    }

    @Test
    void aRowOfNothingButSeparatorsIsABadLine() {
        Path file =
                write("a.csv", gzip((HEADER + ",".repeat(3_000_000) + "\na,i,3,7\n").getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> csv(TimeFormat.SECONDS).build().read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ":2: has more than 65536 columns");
        Dataset<String, String> data =
                csv(TimeFormat.SECONDS).skipBadLines(report -> {}).build().read(file);
        assertThat(data.users().keys()).containsExactly("a");
    }

    @Test
    void anEndlessLineOfItemsTakesNoMemory() throws IOException {
        Path file = folder.resolve("a.txt");
        byte[] some = "1 ".repeat(1 << 19).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("0 1 2\n".getBytes(StandardCharsets.US_ASCII));
            for (int k = 0; k < 20; k++) {
                out.write(some);
            }
        }
        assertThatThrownBy(() -> LightGcn.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ":2: has more than");
        write("a.txt", "0 1\r\n1 2\r3 4\n\n5 6");
        assertThat(LightGcn.read(file).users().keys()).containsExactly(0, 1, 3, 5);
        write("a.txt", "0 1\n\u0660 1\n");
        assertThatThrownBy(() -> LightGcn.read(file))
                .hasMessage(file + ":2: is not text in US-ASCII; try another charset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ratings.csv", "ratings.dat", "u.data"})
    void aRatingOffTheScaleOfMovieLensNamesItsFileAndLine(String name) {
        String mark = name.endsWith("csv") ? "," : name.endsWith("dat") ? "::" : "\t";
        String head = name.endsWith("csv")
                ? "userId,movieId,rating,timestamp\n"
                : "1" + mark + "2" + mark + "3" + mark + "7\n";
        Path file = write(name, head + "1" + mark + "3" + mark + "11" + mark + "7\n");
        assertThatThrownBy(() -> MovieLens.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file + ":2: ")
                .hasMessageContaining("but is 11.0");
    }

    /** Reads altered files of all layouts: each is read, or refused by an exception that names a file. */
    @Test
    void alteredFilesAreReadOrRefused() {
        byte[] csv = "userId,movieId,rating,timestamp\n1,2,3.5,4\n\"4\",\"2,3\",1e0,1.5e9\n5, 6 ,4.5,17\n"
                .getBytes(StandardCharsets.UTF_8);
        byte[] films = "movieId,title,genres\n2,\"Say \"\"hi\"\" (1999)\",A|B\n3,\"x\ny (2000)\",(no genres listed)\n"
                .getBytes(StandardCharsets.UTF_8);
        byte[] dat = "1::2::5::978300760\n2::3::4.5::978300761\n".getBytes(StandardCharsets.UTF_8);
        byte[] gcn = "0 1 2 3\n1 2\n2\n\n3 3 3\n".getBytes(StandardCharsets.US_ASCII);
        CsvInteractions reader = CsvInteractions.builder()
                .user("userId")
                .item("movieId")
                .rating("rating")
                .time("timestamp", TimeFormat.ISO_8601)
                .skipBadLines(report -> {})
                .build();
        for (int k = 0; k < MUTATIONS; k++) {
            long seed = SEED + k;
            SplittableRandom random = new SplittableRandom(seed);
            write("ratings.csv", altered(csv, random));
            write("movies.csv", altered(films, random));
            write("gcn.txt", altered(gcn, random));
            List<Runnable> ways = List.of(
                    () -> MovieLens.read(folder),
                    () -> reader.read(folder.resolve("ratings.csv")),
                    () -> LightGcn.read(folder.resolve("gcn.txt")),
                    () -> {
                        folder.resolve("ratings.csv").toFile().delete();
                        write("ratings.dat", altered(dat, random));
                        MovieLens.read(folder);
                    });
            for (Runnable way : ways) {
                Throwable thrown = catchThrowable(way::run);
                boolean good = thrown == null
                        || ((thrown instanceof IllegalArgumentException || thrown instanceof UncheckedIOException)
                                && thrown.getMessage().contains(folder.toString())
                                && !thrown.getMessage().contains("null"));
                if (!good) {
                    fail("seed " + seed + " (recommender4j.mutationSeed)", thrown);
                }
            }
        }
    }

    private static byte[] altered(byte[] original, SplittableRandom random) {
        String[] inserted = {
            "\"",
            "\"\"",
            ",",
            "::",
            "\n",
            "\r",
            "\0",
            "\uFEFF",
            "\uFFFD",
            "\uFFFE",
            "\uFFFF",
            "\uD83D\uDE00",
            "\u0663",
            "NaN",
            "-",
            "1e999",
            "9223372036854775808",
            "99999999999999999999",
            "0x1p3",
            "5f",
            "|",
            "||",
            " ",
            "+",
            "2026-03-01"
        };
        byte[] bytes = original;
        for (int edits = random.nextInt(4); edits > 0; edits--) {
            int at = random.nextInt(bytes.length + 1);
            int to = Math.min(bytes.length, at + (random.nextBoolean() ? 0 : random.nextInt(12)));
            byte[] middle = random.nextInt(4) == 0
                    ? new byte[] {(byte) random.nextInt(256)}
                    : inserted[random.nextInt(inserted.length)].getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, at);
            out.writeBytes(middle);
            out.write(bytes, to, bytes.length - to);
            bytes = out.toByteArray();
        }
        if (random.nextInt(3) == 0) {
            bytes = gzip(bytes);
            int what = random.nextInt(3);
            if (what == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else if (what == 1) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return bytes;
    }
}
