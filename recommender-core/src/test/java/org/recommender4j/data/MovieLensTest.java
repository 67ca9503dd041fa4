package org.recommender4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MovieLensTest {
    @TempDir
    Path folder;

    private void write(String name, String content) {
        write(name, content, StandardCharsets.UTF_8);
    }

    private void write(String name, String content, Charset charset) {
        try (OutputStream file = Files.newOutputStream(folder.resolve(name));
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(file) : file) {
            out.write(content.getBytes(charset));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int item(Dataset<String, String> data, String id) {
        int index = data.items().indexOf(id);
        assertThat(index).as(id).isNotNegative();
        return index;
    }

    private static List<String> categories(Dataset<String, String> data, String field, String id) {
        List<String> values = data.itemFeatures().values(field);
        return Arrays.stream(data.itemFeatures().categories(field).row(item(data, id)))
                .mapToObj(values::get)
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".gz"})
    void readsCsvFiles(String suffix) {
        write("ratings.csv" + suffix, "userId,movieId,rating,timestamp\r\n7,10,4.0,100\r\n7,020,0.5,101\r\n");
        write(
                "movies.csv" + suffix,
                "movieId,title,genres\r\n10,\"Long Way, The (1999)\",Drama|War\r\n"
                        + "020,\"\"\"Quoted\"\" (2001)\",(no genres listed)\r\n30,Never Seen,Drama\r\n");
        write("tags.csv" + suffix, "userId,movieId,tag,timestamp\r\n7,10,slow,1\r\n8,10,slow,2\r\n8,10,\"a, b\",2\r\n");
        Dataset<String, String> data = MovieLens.read(folder);
        assertThat(data.users().keys()).containsExactly("7");
        assertThat(data.items().keys()).containsExactly("10", "020", "30");
        assertThat(data.feedback()).isEqualTo(Feedback.EXPLICIT);
        assertThat(data.minRating()).isEqualTo(0.5f);
        assertThat(data.maxRating()).isEqualTo(5f);
        assertThat(data.interactions().weights()).containsExactly(4f, 0.5f);
        assertThat(data.interactions().times()).containsExactly(100_000, 101_000);
        Features features = data.itemFeatures();
        assertThat(features.text("title", 0)).isEqualTo("Long Way, The (1999)");
        assertThat(features.text("title", 1)).isEqualTo("\"Quoted\" (2001)");
        assertThat(features.number("year", 0)).isEqualTo(1999);
        assertThat(features.number("year", 2)).isNaN();
        assertThat(categories(data, "genre", "10")).containsExactly("Drama", "War");
        assertThat(categories(data, "genre", "020")).isEmpty();
        assertThat(categories(data, "tag", "10")).containsExactly("a, b", "slow");
        assertThat(features.categories("tag").weight(0)).isEqualTo(2f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".gz"})
    void reads100K(String suffix) {
        write("u.data" + suffix, "196\t242\t3\t881250949\n186\t302\t1\t891717742\n");
        write("u.item" + suffix, """
                242|Caf\u00e9 "X" (1996)|24-Jan-1997||http://x|0|1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|1
                1|unknown||||1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0
                """, StandardCharsets.ISO_8859_1);
        Dataset<String, String> data = MovieLens.read(folder);
        assertThat(data.items().keys()).containsExactly("242", "302", "1");
        assertThat(data.minRating()).isEqualTo(1f);
        assertThat(data.itemFeatures().text("title", 0)).isEqualTo("Caf\u00e9 \"X\" (1996)");
        assertThat(data.itemFeatures().number("year", 0)).isEqualTo(1996);
        assertThat(categories(data, "genre", "242")).containsExactly("Action", "Western");
        assertThat(categories(data, "genre", "1")).containsExactly("unknown");
        assertThat(data.interactions().time(0)).isEqualTo(881250949000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".gz"})
    void readsDoubleColons(String suffix) {
        write("ratings.dat" + suffix, "1::1193::5::978300760\n1::661::3::978302109\n");
        write(
                "movies.dat" + suffix,
                "1193::\"Quote: Two\" (1975)::Drama\n661::Caf\u00e9 (1996)::Animation|Children's\n",
                StandardCharsets.ISO_8859_1);
        write("tags.dat" + suffix, "15::661::excellent!::1215184630\n");
        Dataset<String, String> data = MovieLens.read(folder);
        assertThat(data.minRating()).isEqualTo(1f);
        assertThat(data.maxRating()).isEqualTo(5f);
        assertThat(data.itemFeatures().text("title", 0)).isEqualTo("\"Quote: Two\" (1975)");
        assertThat(data.itemFeatures().text("title", 1)).isEqualTo("Caf\u00e9 (1996)");
        assertThat(categories(data, "genre", "661")).containsExactly("Animation", "Children's");
        assertThat(categories(data, "tag", "661")).containsExactly("excellent!");
    }

    @Test
    void theScaleOfDoubleColonsIsTheOneThatFits() {
        write("ratings.dat", "1::122::4.5::838985046\n1::0002844::5::838985046\n");
        Dataset<String, String> halves = MovieLens.read(folder);
        assertThat(halves.minRating()).isEqualTo(0.5f);
        assertThat(halves.maxRating()).isEqualTo(5f);
        write("ratings.dat", "1::0002844::0::838985046\n2::2844::4::838985046\n");
        Dataset<String, String> tens = MovieLens.read(folder);
        assertThat(tens.minRating()).isEqualTo(0f);
        assertThat(tens.maxRating()).isEqualTo(10f);
        assertThat(tens.items().keys()).containsExactly("0002844", "2844");
        assertThat(tens.interactions().size()).isEqualTo(2);
        assertThat(tens.itemFeatures().isEmpty()).isTrue();
        write("ratings.dat", "1::1::11::838985046\n");
        assertThatIllegal(() -> MovieLens.read(folder), "user '1', item '1'", "11.0");
    }

    @Test
    void filmTitlesInUtf8AreUtf8() {
        write("ratings.dat", "1::2::9::838985046\n");
        write("movies.dat", "2::\u00c0 l'ombre: \u4e16 (1913)::\n");
        Dataset<String, String> data = MovieLens.read(folder);
        assertThat(data.itemFeatures().text("title", 0)).isEqualTo("\u00c0 l'ombre: \u4e16 (1913)");
        assertThat(data.itemFeatures().categoryFields()).isEmpty();
    }

    @Test
    void yearsComeFromTitles() {
        write("ratings.csv", "userId,movieId,rating,timestamp\n");
        write("movies.csv", """
                movieId,title,genres
                1,A (1999) ,x
                2,B (2009-2012),x
                3,C (2011\u2013),x
                4,2001: D,x
                5,E (12345),x
                6,F (1990) (cut),x
                """);
        double[] years = MovieLens.read(folder).itemFeatures().numbers("year");
        assertThat(years).containsExactly(1999, 2009, 2011, Double.NaN, Double.NaN, Double.NaN);
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatIllegal(() -> MovieLens.read(folder), folder.toString(), "ratings.csv", "ratings.dat", "u.data");
        assertThatIllegal(() -> MovieLens.read(folder.resolve("none")), "none", "not a folder");
        write("ratings.csv", "userId,movieId,rating\n1,2,3\n");
        assertThatIllegal(() -> MovieLens.read(folder), "ratings.csv", "'timestamp'", "userId");
        write("ratings.csv", "userId,movieId,rating,timestamp\n1,2,6,1\n");
        assertThatIllegal(() -> MovieLens.read(folder), "user '1', item '2'", "0.5 to 5.0", "6.0");
        write("ratings.csv", "userId,movieId,rating,timestamp\n1,2,5,1\n");
        write("movies.csv", "id,title,genres\n1,x,y\n");
        assertThatIllegal(() -> MovieLens.read(folder), "movies.csv", "'movieId'", "id");
        write("movies.csv", "movieId,title,genres\n1,x\n");
        assertThatIllegal(() -> MovieLens.read(folder), "movies.csv:2", "2 columns instead of 3");
        write("movies.csv", "");
        assertThatIllegal(() -> MovieLens.read(folder), "movies.csv", "empty");
    }

    @Test
    void otherNumbersOfColumnsAreNamed() {
        write("ratings.dat", "1::2::3::4\n");
        write("movies.dat", "1::x\n");
        assertThatIllegal(() -> MovieLens.read(folder), "movies.dat", "2 columns instead of 3");
        write("ratings.dat", "1::2::3\n");
        assertThatIllegal(() -> MovieLens.read(folder), "ratings.dat", "position 3");
    }

    @Test
    void flagsThatAreNotThereAreNamed() {
        write("u.data", "1\t2\t3\t4\n");
        write("u.item", "2|x|y\n");
        assertThatIllegal(() -> MovieLens.read(folder), "u.item:1", "3 columns instead of 24");
    }

    private static void assertThatIllegal(Runnable call, String... parts) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }
}
