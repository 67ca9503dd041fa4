package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.Recommender;
import org.recommender4j.Request;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.io.ModelFormatException;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.journal.Fsync;

class LiveFolderTest {
    @TempDir
    Path temporary;

    private int copies;

    /** What a process that dies now leaves behind. */
    private Path crash(Path folder) throws IOException {
        Path copy = temporary.resolve("copy " + copies++);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(folder.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return copy;
    }

    private static LiveBuilder options() {
        return LiveData.live().fsync(Fsync.NONE);
    }

    private static Event<String, String> event(SplittableRandom random) {
        String user = random.nextInt(3) == 0 ? "new " + random.nextInt(9) : "u" + random.nextInt(3) + "-1";
        String item = random.nextInt(9) == 0
                ? "fresh " + random.nextInt(9)
                : "i" + random.nextInt(3) + "-" + random.nextInt(12);
        Event<String, String> event = random.nextInt(4) == 0
                ? Event.watch(user, item, random.nextInt(60), 60)
                : Event.of(user, item, random.nextInt(5) == 0 ? "dislike" : "view");
        event = event.at(LiveData.START + random.nextInt(100_000)).withContext("device", "phone");
        return random.nextBoolean() ? event.withId("e" + random.nextInt(500)) : event.withSession("s");
    }

    private static void assertSame(LiveRecommender<String, String> live, LiveRecommender<String, String> other) {
        assertThat(live.version()).isEqualTo(other.version());
        for (String user : List.of("u0-1", "u1-1", "u2-1", "u1-2", "new 1", "new 5", "nobody")) {
            assertThat(live.recommend(user, 20)).as(user).isEqualTo(other.recommend(user, 20));
            assertThat(live.export(user)).isEqualTo(other.export(user));
        }
        assertThat(live.audience("i1-1", 50)).isEqualTo(other.audience("i1-1", 50));
        assertThat(live.trends(50)).isEqualTo(other.trends(50));
        assertThat(live.trends(50, "group", "g1")).isEqualTo(other.trends(50, "group", "g1"));
    }

    @Test
    void everyAcknowledgedEventIsThereAfterACrash() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        Path folder = temporary.resolve("live");
        try (LiveRecommender<String, String> live = options().create(folder, LiveData.groups(), LiveData.als())) {
            for (int round = 0; round < 8; round++) {
                int events = random.nextInt(1, 40);
                for (int k = 0; k < events; k++) {
                    live.ingest(event(random));
                }
                if (round == 2) {
                    live.snapshot();
                } else if (round == 4) {
                    live.itemCategories("fresh 1", "group", "g1");
                    live.itemNumber("fresh 1", "price", 9.5);
                    live.itemText("fresh 1", "title", "Fresh");
                    live.itemVector("fresh 1", "image", new float[] {1, 2});
                    live.addItem("fresh 99");
                } else if (round == 6) {
                    assertThat(live.refit().taken()).isTrue();
                }
                try (LiveRecommender<String, String> same = options().open(crash(folder), String.class, String.class)) {
                    assertSame(same, live);
                    Event<String, String> next = event(random).withId("again " + round);
                    assertThat(same.ingest(next)).isEqualTo(live.ingest(next));
                    assertThat(same.ingest(next)).as("a repeated id").isEqualTo(live.version());
                    assertSame(same, live);
                }
            }
        }
        try (LiveRecommender<String, String> same = options().open(folder, String.class, String.class)) {
            assertThat(same.recovery().orElseThrow().bytesCut()).isZero();
            assertThat(same.recommend(Request.<String, String>forUser("u1-1").only(List.of("fresh 99"))))
                    .hasSize(1);
        }
    }

    @Test
    void eachVersionCanBeSeenAgainWhileTheJournalIsKept() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        Path folder = temporary.resolve("live");
        LiveBuilder options = options().keepJournal(true);
        try (LiveRecommender<String, String> live = options.create(folder, LiveData.groups(), LiveData.als());
                LiveRecommender<String, String> twin = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            List<Event<String, String>> events = new ArrayList<>();
            for (int k = 0; k < 60; k++) {
                events.add(Event.<String, String>view("u" + random.nextInt(3) + "-1", "i1-" + random.nextInt(12))
                        .at(LiveData.START + random.nextInt(100_000)));
                live.ingest(events.get(k));
                if (k % 25 == 24) {
                    live.snapshot();
                }
            }
            Path copy = crash(folder);
            for (int version = 0; version <= 60; version++) {
                if (version > 0) {
                    twin.ingest(events.get(version - 1));
                }
                if (version % 12 == 0 || version % 25 == 1) {
                    try (var then = options.openAsOf(copy, String.class, String.class, version)) {
                        assertSame(then, twin);
                    }
                }
            }
            assertThatThrownBy(() -> options.openAsOf(copy, String.class, String.class, 61))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("only up to 60");
            live.forget("u0-1");
        }
        assertThatThrownBy(() -> options.openAsOf(folder, String.class, String.class, 30))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no snapshot of version 30");
        try (var now = options.openAsOf(folder, String.class, String.class, 61)) {
            assertThat(now.export("u0-1")).isEmpty();
            assertThat(now.version()).isEqualTo(61);
        }
    }

    @Test
    void anUnfinishedRecordIsCutAndReported() throws IOException {
        Path folder = temporary.resolve("live");
        try (LiveRecommender<String, String> live = options().create(folder, LiveData.groups(), LiveData.als())) {
            for (int k = 0; k < 10; k++) {
                live.ingest(Event.view("a", "i0-" + k));
            }
            Path copy = crash(folder);
            Path last;
            try (Stream<Path> files = Files.list(copy.resolve("journal"))) {
                last = files.filter(file -> file.toString().endsWith(".log") || Files.isRegularFile(file))
                        .max((a, b) ->
                                Long.compare(a.toFile().length(), b.toFile().length()))
                        .orElseThrow();
            }
            byte[] bytes = Files.readAllBytes(last);
            Files.write(last, java.util.Arrays.copyOf(bytes, bytes.length - 5));
            try (LiveRecommender<String, String> same = options().open(copy, String.class, String.class)) {
                assertThat(same.recovery().orElseThrow().bytesCut()).isPositive();
                assertThat(same.export("a").orElseThrow().history()).hasSize(9);
                assertThat(same.ingest(Event.view("a", "i0-11"))).isEqualTo(10);
            }
        }
    }

    @Test
    void theForgottenAreInNoFile() throws IOException {
        Path folder = temporary.resolve("live");
        DatasetBuilder<String, String> data = LiveData.builder().add("SECRET-1", "i0-1", 1, LiveData.START);
        try (LiveRecommender<String, String> live =
                options().keepJournal(true).create(folder, data.build(), LiveData.als())) {
            live.ingest(Event.view("SECRET-2", "i0-1"));
            live.ingest(Event.view("SECRET-1", "i0-2"));
            live.ingest(Event.view("u0-1", "i0-2"));
            live.ingest(Event.view("SECRET-2", "i0-3"));
            assertThat(filesWith("SECRET", folder)).isNotEmpty();
            Forgotten<String> removed = live.forget("SECRET-2");
            assertThat(removed.history()).hasSize(2);
            assertThat(removed.journalRecords()).isEqualTo(3);
            assertThat(filesWith("SECRET-2", folder)).isEmpty();
            assertThat(live.forget("SECRET-1").journalRecords()).isEqualTo(2);
            assertThat(filesWith("SECRET", folder)).isEmpty();
            live.ingest(Event.view("new 1", "i0-2"));
            try (LiveRecommender<String, String> same = options().open(crash(folder), String.class, String.class)) {
                assertThat(same.export("SECRET-1")).isEmpty();
                assertSame(same, live);
            }
        }
    }

    private static List<Path> filesWith(String text, Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    @Test
    void aCrashWhileForgettingForgetsAfterTheRestart() throws IOException {
        Path folder = temporary.resolve("live");
        try (LiveRecommender<String, String> live = options().create(folder, LiveData.groups(), LiveData.als())) {
            live.ingest(Event.view("u0-1", "i2-1"));
            Path before = crash(folder);
            live.forget("u0-1");
            // The journal of after, with the snapshot of before: as if the snapshot had not been finished.
            Path half = ForgetCrashTest.copy(before, temporary.resolve("half"));
            try (org.recommender4j.streaming.journal.Journal journal =
                    org.recommender4j.streaming.journal.Journal.open(half.resolve("journal"))) {
                journal.append(LiveData.START, RecordCodec.forget("u0-1"));
            }
            try (LiveRecommender<String, String> same = options().open(half, String.class, String.class)) {
                assertThat(same.export("u0-1")).isEmpty();
                assertThat(same.recommend("u0-1", 1).source()).isEqualTo("Popularity");
            }
        }
    }

    @Test
    void aSavedFileAnswersAsTheLiveRecommenderDid() {
        Path file = temporary.resolve("model");
        SplittableRandom random = new SplittableRandom(4);
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            for (int k = 0; k < 200; k++) {
                live.ingest(event(random));
            }
            live.forget("u1-2");
            live.refreshItems();
            live.save(file);
            Recommender<String, String> saved = Recommender.load(file, String.class, String.class);
            for (String user : List.of("u0-1", "u1-1", "u2-1", "new 1", "new 5", "u1-2")) {
                assertThat(saved.recommend(user, 5).items())
                        .as(user)
                        .isEqualTo(live.recommend(user, 5).items());
            }
            assertThat(saved.audience("i1-1", 60).items())
                    .doesNotContain("u1-2")
                    .contains("new 1");
        }
    }

    @Test
    void foldersAreNotMixedUp() throws IOException {
        Path folder = temporary.resolve("live");
        Dataset<String, String> data = LiveData.groups();
        assertThatThrownBy(() -> options().open(folder, String.class, String.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no recommender");
        options().create(folder, data, new Popularity()).close();
        assertThatThrownBy(() -> options().create(folder, data, new Popularity()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already");
        assertThatThrownBy(() -> options().open(folder, Long.class, String.class))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("Long");
        try (LiveRecommender<String, String> live = options().open(folder, String.class, String.class)) {
            assertThatThrownBy(() -> options().open(folder, String.class, String.class))
                    .isInstanceOf(IllegalStateException.class);
            live.ingest(Event.view("a", "b"));
        }
        LiveRecommender<String, String> closed = options().open(folder, String.class, String.class);
        assertThat(closed.version()).isEqualTo(1);
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.ingest(Event.view("a", "c"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(closed::snapshot).isInstanceOf(IllegalStateException.class);
        assertThat(closed.recommend("a", 1)).isNotEmpty();
        Path snapshot;
        try (Stream<Path> files = Files.list(folder)) {
            snapshot = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(snapshot);
        bytes[bytes.length / 2] ^= 1;
        Files.write(snapshot, bytes);
        assertThatThrownBy(() -> options().open(folder, String.class, String.class))
                .isInstanceOf(ModelFormatException.class);
    }
}
