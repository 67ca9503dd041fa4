package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.data.Dataset;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.analytics.CategoryShare;
import org.recommender4j.streaming.analytics.ContentGap;
import org.recommender4j.streaming.analytics.ItemBehaviour;
import org.recommender4j.streaming.analytics.UserProfile;

class LiveAnalyticsTest {
    private static LiveBuilder options() {
        return LiveData.live().analytics("group", settings -> settings.anonymity(3));
    }

    private static LiveAnalytics<String, String> reports(LiveRecommender<String, String> live) {
        return live.analytics().orElseThrow();
    }

    @Test
    void eventsReachTheReportsByThemselves() {
        LiveData.Clock clock = new LiveData.Clock();
        try (LiveRecommender<String, String> live = options().clock(clock).start(LiveData.groups(), new Popularity())) {
            ItemBehaviour before = reports(live).item("i1-1").orElseThrow();
            assertThat(before.users()).as("the data at the start").isBetween(8L, 16L);
            assertThat(before.impressions()).isZero();
            assertThat(reports(live).user("anna", 3)).isEmpty();
            for (String user : List.of("anna", "bert", "cora")) {
                live.ingest(Event.impression(user, "i1-1"));
                live.ingest(Event.watch(user, "i1-1", 30, 60));
            }
            live.ingestAll(List.of(Event.purchase("anna", "i1-1"), Event.dislike("anna", "i0-1")));
            ItemBehaviour after = reports(live).item("i1-1").orElseThrow();
            assertThat(after.users()).isEqualTo(before.users() + 3);
            assertThat(after.events()).isEqualTo(before.events() + 4);
            assertThat(after.impressions()).isEqualTo(3);
            assertThat(after.completion()).isEqualTo(0.5);
            UserProfile<String> anna = reports(live).user("anna", 9).orElseThrow();
            assertThat(anna.events()).isEqualTo(3);
            assertThat(anna.topCategories()).extracting(CategoryShare::category).containsExactly("g1", "g0");
            assertThat(anna.topCategories().get(0).recent())
                    .as("a dislike is no demand")
                    .isEqualTo(1);
            assertThat(reports(live).categoryAudience("g1", 30))
                    .contains("anna", "u1-3")
                    .doesNotContain("u0-3");
            assertThat(reports(live).itemAudience("i1-1", 1)).containsExactly("anna");
            assertThat(reports(live).itemAudience("no such item", 1)).isEmpty();
            assertThat(reports(live).categoryAudience("no such group", 1)).isEmpty();
            clock.millis.addAndGet(Duration.ofDays(40).toMillis());
            live.ingest(Event.view("bert", "i1-2"));
            assertThat(reports(live).dormantUsers()).contains("anna", "u0-1").doesNotContain("bert");
            assertThat(live.metrics().failures()).isZero();
        }
    }

    @Test
    void whatIsSaidOfItemsCountsAsSupply() {
        try (LiveRecommender<String, String> live = options().start(LiveData.groups(), new Popularity())) {
            assertThat(supply(live, "g1")).isEqualTo(12);
            live.itemCategories("new", "group", "g1", "late");
            live.itemCategories("new", "group", "late");
            live.itemCategories("i0-1", "group", "late");
            live.itemCategories("i0-1", "color", "g1");
            assertThat(supply(live, "g1")).isEqualTo(13);
            for (String user : List.of("u0-1", "u0-2", "u0-3")) {
                live.ingest(Event.view(user, "new"));
            }
            assertThat(supply(live, "late")).isEqualTo(2);
            assertThat(reports(live).trending(99)).extracting("item").contains("new");
        }
    }

    private static long supply(LiveRecommender<String, String> live, String category) {
        return reports(live).contentGaps().stream()
                .filter(gap -> gap.category().equals(category))
                .mapToLong(ContentGap::items)
                .sum();
    }

    @Test
    void whoIsForgottenIsGoneFromTheReports() {
        try (LiveRecommender<String, String> live = options().start(LiveData.groups(), new Popularity());
                LiveRecommender<String, String> other = options().start(LiveData.groups(), new Popularity())) {
            SplittableRandom random = new SplittableRandom(4);
            for (int k = 0; k < 500; k++) {
                Event<String, String> event = event(random);
                live.ingest(event);
                if (!event.user().equals("gone")) {
                    other.ingest(event);
                }
            }
            assertThat(reports(live).user("gone", 1)).isPresent();
            assertThat(live.forget("gone").residue()).isEmpty();
            assertSame(live, other);
        }
    }

    private static Event<String, String> event(SplittableRandom random) {
        String user = random.nextInt(5) == 0 ? "gone" : "u" + random.nextInt(3) + "-" + random.nextInt(20);
        String item = "i" + random.nextInt(3) + "-" + random.nextInt(12);
        Event<String, String> event = random.nextBoolean()
                ? Event.watch(user, item, random.nextInt(60), 60)
                : Event.of(user, item, random.nextBoolean() ? "like" : "dislike");
        return event.at(LiveData.START + random.nextInt(1_000_000));
    }

    private static void assertSame(LiveRecommender<String, String> live, LiveRecommender<String, String> other) {
        for (String user : List.of("u0-1", "u1-1", "u2-19", "gone")) {
            assertThat(reports(live).user(user, 5)).isEqualTo(reports(other).user(user, 5));
        }
        for (String item : List.of("i0-0", "i1-1", "i2-11")) {
            ItemBehaviour expected = reports(other).item(item).orElseThrow();
            ItemBehaviour actual = reports(live).item(item).orElseThrow();
            assertThat(actual.events()).isEqualTo(expected.events());
            assertThat(actual.users()).isEqualTo(expected.users());
            assertThat(actual.watches()).isEqualTo(expected.watches());
            assertThat(actual.completion()).isCloseTo(expected.completion(), within(1e-9));
            assertThat(reports(live).itemAudience(item, 9))
                    .isEqualTo(reports(other).itemAudience(item, 9));
        }
        assertThat(reports(live).trending(5))
                .extracting("item")
                .isEqualTo(reports(other).trending(5).stream()
                        .map(trend -> trend.item())
                        .toList());
    }

    @Test
    void theyAreMadeAnewFromSnapshotAndJournal(@TempDir Path folder) throws IOException {
        Path crashed = folder.resolve("crashed");
        try (LiveRecommender<String, String> live =
                options().create(folder.resolve("live"), LiveData.groups(), new Popularity())) {
            SplittableRandom random = new SplittableRandom(5);
            for (int k = 0; k < 300; k++) {
                live.ingest(event(random));
            }
            live.itemCategories("new", "group", "g1");
            live.forget("u2-19");
            for (int k = 0; k < 100; k++) {
                live.ingest(event(random));
            }
            copy(folder.resolve("live"), crashed);
            try (LiveRecommender<String, String> opened = options().open(crashed, String.class, String.class)) {
                assertThat(supply(opened, "g1")).isEqualTo(supply(live, "g1")).isEqualTo(13);
                assertThat(reports(opened).dormantUsers())
                        .isEqualTo(reports(live).dormantUsers());
                assertThat(reports(opened).categoryAudience("g0", 99))
                        .containsExactlyInAnyOrderElementsOf(reports(live).categoryAudience("g0", 99));
                assertThat(reports(opened).item("i1-1").orElseThrow().users())
                        .isEqualTo(reports(live).item("i1-1").orElseThrow().users());
            }
        }
        try (LiveRecommender<String, String> opened =
                options().open(folder.resolve("live"), String.class, String.class)) {
            assertThat(reports(opened).user("u0-1", 1).orElseThrow().events())
                    .as("one event per item of the history")
                    .isEqualTo(opened.export("u0-1").orElseThrow().history().size());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    void ratingsCountAsDemandFromWhatIsLiked() {
        Dataset<String, String> ratings = Dataset.<String, String>builder()
                .ratings(1, 5)
                .add("anna", "good", 5)
                .add("anna", "bad", 1)
                .itemCategories("good", "group", "a")
                .itemCategories("bad", "group", "b")
                .build();
        try (LiveRecommender<String, String> live = options().start(ratings, new Popularity())) {
            live.ingest(Event.rating("anna", "good", 4));
            live.ingest(Event.rating("anna", "bad", 2));
            assertThat(reports(live).user("anna", 2).orElseThrow().topCategories())
                    .containsExactly(new CategoryShare<>("a", 1, 1), new CategoryShare<>("b", 0, 0));
        }
    }

    @Test
    void groupsAreNeverSmallerThanThoseOfTheRecommender() {
        LiveBuilder careful = LiveData.live().minGroup(30).analytics("group", settings -> {});
        try (LiveRecommender<String, String> live = careful.start(LiveData.groups(), new Popularity())) {
            assertThat(reports(live).categoryAudience("g1", 99)).isEmpty();
            assertThat(reports(live).trending(99)).isEmpty();
        }
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), new Popularity())) {
            assertThat(live.analytics()).isEmpty();
        }
        assertThatThrownBy(() -> careful.analytics("", settings -> {})).hasMessageContaining("field");
    }
}
