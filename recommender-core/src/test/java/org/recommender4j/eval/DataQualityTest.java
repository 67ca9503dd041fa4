package org.recommender4j.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.data.DuplicatePolicy;

class DataQualityTest {
    private static final long START = 1_600_000_000_000L;

    @Test
    void countsAreThoseOfTheData() {
        Dataset<String, String> data = Dataset.<String, String>builder()
                .add("a", "x", 1, START)
                .add("a", "x", 1, START + 5)
                .add("a", "y", 1, START + 86_400_000)
                .add("b", "x", 1, START)
                .addUser("cold")
                .addItem("new")
                .itemNumber("x", "price", 3)
                .build();
        DataQuality quality = DataQuality.of(data);
        assertThat(quality.users()).isEqualTo(3);
        assertThat(quality.items()).isEqualTo(3);
        assertThat(quality.interactions()).isEqualTo(3);
        assertThat(quality.repeatedPairs()).isEqualTo(1);
        assertThat(quality.coldUsers()).isEqualTo(1);
        assertThat(quality.coldItems()).isEqualTo(1);
        assertThat(quality.density()).isEqualTo(3 / 9.0);
        assertThat(quality.headShare()).isEqualTo(2 / 3.0);
        assertThat(quality.oldest()).contains(Instant.ofEpochMilli(START));
        assertThat(quality.newest()).contains(Instant.ofEpochMilli(START + 86_400_000));
        assertThat(quality.facts())
                .containsEntry("repeated pairs", "1")
                .containsEntry("known of the items", "price")
                .containsEntry("time", "2020-09-13T12:26:40Z to 2020-09-14T12:26:40Z");
        assertThat(quality.warnings())
                .anySatisfy(w -> assertThat(w).isEqualTo("1 repeated pair of user and item was merged."))
                .anySatisfy(w -> assertThat(w).contains("1 user has no interactions"))
                .anySatisfy(w -> assertThat(w).contains("33.3 % of the users have a single interaction"))
                .anySatisfy(w -> assertThat(w).contains("only 3 interactions"))
                .noneSatisfy(w -> assertThat(w).contains("no times"));
        assertThat(data.withInteractions(data.interactions()).merged()).isZero();
    }

    private static DatasetBuilder<String, String> people() {
        DatasetBuilder<String, String> builder =
                Dataset.<String, String>builder().ratings(1, 5).duplicates(DuplicatePolicy.LAST);
        for (int user = 0; user < 60; user++) {
            for (int k = 0; k < 60; k++) {
                int item = (user * 7 + k * 3) % 400;
                builder.add("u" + user, "i" + item, 1 + (user + k) % 5, START + k * 3_600_000L);
            }
        }
        return builder;
    }

    @Test
    void peopleAreNotSuspects() {
        assertThat(DataQuality.of(people().build()).suspects()).isEmpty();
    }

    @Test
    void suspectsAreFoundAndNamed() {
        DatasetBuilder<String, String> builder = people();
        for (int k = 0; k < 70; k++) {
            builder.add("lazy", "i" + k, 5, START + k * 3_600_000L);
            builder.add("script", "i" + k, 1 + k % 5, START + k * 100L);
        }
        for (int k = 0; k < 350; k++) {
            builder.add("crawler", "i" + k, 1 + k % 5, START + k * 3_600_000L);
        }
        DataQuality quality = DataQuality.of(builder.build());
        assertThat(quality.suspects())
                .extracting(DataQuality.Suspect::user)
                .containsExactlyInAnyOrder("crawler", "lazy", "script");
        assertThat(quality.suspects().get(0).user()).isEqualTo("crawler");
        assertThat(quality.warnings())
                .contains(
                        "User 'lazy' gave all 70 ratings the value 5.0.",
                        "User 'script' did 70 of 70 interactions within a minute.",
                        "User 'crawler' has interacted with 350 items, far more than others.");
    }

    @Test
    void oddTimesAndLongTailsAreSaid() {
        DatasetBuilder<String, String> seconds = Dataset.builder();
        DatasetBuilder<String, String> constant = Dataset.builder();
        DatasetBuilder<String, String> timeless = Dataset.builder();
        for (int k = 0; k < 100; k++) {
            seconds.add("u" + k, "hit", 1, k);
            seconds.add("u" + k, "i" + k % 12, 1, START);
            constant.add("u" + k, "hit", 1, START);
            timeless.add("u" + k, "hit");
            for (int item = 0; item < 40; item++) {
                timeless.addItem("i" + item);
            }
        }
        assertThat(DataQuality.of(seconds.build()).warnings())
                .anySatisfy(w -> assertThat(w).contains("oldest time is 1970-01-01T00:00:00Z"));
        assertThat(DataQuality.of(constant.build()).warnings())
                .anySatisfy(w -> assertThat(w).contains("All interactions have the same time, 2020-09-13"));
        assertThat(DataQuality.of(timeless.build()).warnings())
                .anySatisfy(w -> assertThat(w).startsWith("There are no times"))
                .anySatisfy(w -> assertThat(w).contains("10 % of the items have 100.0 %"))
                .anySatisfy(w -> assertThat(w).contains("97.6 % of the items have no interactions"));
    }

    @Test
    void nothingIsNothing() {
        DataQuality quality = DataQuality.of(Dataset.builder().build());
        assertThat(quality.warnings()).containsExactly("There are no interactions: nothing can be learned.");
        assertThat(quality.density()).isNaN();
        assertThat(quality.oldest()).isEmpty();
        assertThat(quality.facts()).containsEntry("users", "0");
    }
}
