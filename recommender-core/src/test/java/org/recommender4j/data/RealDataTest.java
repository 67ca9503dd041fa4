package org.recommender4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Reads public data sets, where they are present beside the repository, and checks the published counts. */
class RealDataTest {
    private static Path data(String name) {
        // Tests run in the folder of the module.
        Path folder = Path.of("..", "..", "shared", "data", name).normalize();
        assumeTrue(Files.isDirectory(folder), () -> "the data set " + name + " is not at " + folder.toAbsolutePath());
        return folder;
    }

    private static CsvInteractions goodbooks() {
        return CsvInteractions.builder()
                .user("user_id")
                .item("book_id")
                .rating("rating")
                .build();
    }

    @Test
    void movieLensLatestSmall() {
        Dataset<String, String> data = MovieLens.read(data("ml-latest-small"));
        Interactions ratings = data.interactions();
        assertThat(ratings.size()).isEqualTo(100_836);
        assertThat(ratings.rows()).isEqualTo(610);
        assertThat(ratings.columns()).isEqualTo(9742);
        int rated = 0;
        for (int i = 0; i < ratings.columns(); i++) {
            rated += ratings.transpose().length(i) > 0 ? 1 : 0;
        }
        assertThat(rated).isEqualTo(9724);
        Features films = data.itemFeatures();
        assertThat(films.values("tag")).hasSize(1589);
        float tags = 0;
        for (int p = 0; p < films.categories("tag").size(); p++) {
            tags += films.categories("tag").weight(p);
        }
        assertThat(tags).isEqualTo(3683f);
        int withoutGenre = 0;
        int withComma = 0;
        for (int i = 0; i < films.rows(); i++) {
            withoutGenre += films.categories("genre").length(i) == 0 ? 1 : 0;
            withComma += films.text("title", i).contains(",") ? 1 : 0;
        }
        assertThat(withoutGenre).isEqualTo(34);
        assertThat(withComma).isEqualTo(2079);
    }

    @Test
    void goodbooksHasRepeatedPairs() {
        Path file = data("goodbooks-10k").resolve("ratings.csv.gz");
        DatasetBuilder<String, String> target =
                Dataset.<String, String>builder().ratings(1, 5);
        assertThat(goodbooks().readInto(file, target).rows()).isEqualTo(981_756);
        Dataset<String, String> data = target.build();
        assertThat(data.interactions().size()).isEqualTo(981_756 - 2_278);
        assertThat(data.interactions().rows()).isEqualTo(53_424);
        assertThat(data.interactions().columns()).isEqualTo(10_000);
        DatasetBuilder<String, String> strict =
                Dataset.<String, String>builder().duplicates(DuplicatePolicy.FAIL);
        goodbooks().readInto(file, strict);
        assertThatThrownBy(strict::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than once");
    }

    @Test
    void movieTweetingsHasZerosAndLeadingZeros() {
        Dataset<String, String> data = MovieLens.read(data("movietweetings-100k"));
        assertThat(data.interactions().size()).isEqualTo(100_000);
        assertThat(data.interactions().rows()).isEqualTo(16_554);
        assertThat(data.interactions().columns()).isEqualTo(10_506);
        assertThat(data.minRating()).isZero();
        assertThat(data.maxRating()).isEqualTo(10f);
        assertThat(data.items().contains("0002844")).isTrue();
        assertThat(data.interactions().atLeast(0.5f, false).size()).isLessThan(100_000);
        int withoutGenre = 0;
        for (int i = 0; i < data.itemFeatures().rows(); i++) {
            withoutGenre += data.itemFeatures().categories("genre").length(i) == 0 ? 1 : 0;
        }
        assertThat(withoutGenre).isEqualTo(66);
    }

    @Test
    void gowalla() {
        Path folder = data("gowalla");
        LightGcn.Split split = LightGcn.read(folder.resolve("train.txt.gz"), folder.resolve("test.txt.gz"));
        Interactions train = split.train().interactions();
        assertThat(train.size()).isEqualTo(810_128);
        assertThat(train.rows()).isEqualTo(29_858);
        assertThat(train.columns()).isEqualTo(40_981);
        assertThat(split.test().size()).isEqualTo(217_242);
        assertThat(split.test().rows()).isEqualTo(29_858);
        assertThat(split.test().columns()).isEqualTo(40_981);
        for (int u = 0; u < train.rows(); u++) {
            assertThat(split.test().length(u)).isPositive();
        }
    }
}
