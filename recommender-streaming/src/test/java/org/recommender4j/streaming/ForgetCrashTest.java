package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.journal.Fsync;

/** Somebody is forgotten, and the process ends at each step of it: what the folder holds then is opened again. */
@Timeout(120)
class ForgetCrashTest {
    private static final String GONE = "SECRET";

    @TempDir
    Path temporary;

    private int copies;
    private Runnable step = () -> {};

    /** What a process that dies now leaves behind. */
    private Path crash(Path folder) {
        return copy(folder, temporary.resolve("copy " + copies++));
    }

    static Path copy(Path folder, Path to) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(folder.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return to;
    }

    static List<String> filesWith(String text, Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file.getFileName().toString());
                }
            }
        }
        return found;
    }

    private LiveBuilder options(boolean keepJournal) {
        return LiveData.live().fsync(Fsync.NONE).keepJournal(keepJournal).folderStep(() -> step.run());
    }

    private static LiveRecommender<String, String> open(LiveBuilder options, Path folder) {
        return options.open(folder, String.class, String.class);
    }

    /** A folder with several segments and, if the journal is kept, several snapshots that know the one who will be forgotten. */
    private LiveRecommender<String, String> live(Path folder, boolean keepJournal) {
        LiveRecommender<String, String> live = options(keepJournal)
                .create(
                        folder,
                        LiveData.builder().add(GONE, "i0-1", 1, LiveData.START).build(),
                        new Popularity());
        for (int round = 0; round < 3; round++) {
            for (int k = 0; k < 3; k++) {
                live.ingest(Event.view(GONE, "i1-" + (round + k)));
                live.ingest(Event.view("u1-1", "i2-" + (round + k)));
            }
            if (round == 0) {
                live.forget("u0-3");
            } else if (round == 1) {
                live.snapshot();
            }
        }
        return live;
    }

    private static void assertSame(LiveRecommender<String, String> live, LiveRecommender<String, String> other) {
        for (String user : List.of("u0-1", "u1-1", "u0-3", "nobody")) {
            assertThat(live.export(user)).isEqualTo(other.export(user));
            assertThat(live.recommend(user, 20)).isEqualTo(other.recommend(user, 20));
        }
        assertThat(live.trends(50)).isEqualTo(other.trends(50));
        assertThat(live.audience("i1-1", 99)).isEqualTo(other.audience("i1-1", 99));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereverItStopsOpeningFinishesIt(boolean keepJournal) throws IOException {
        Path folder = temporary.resolve("live");
        try (LiveRecommender<String, String> live = live(folder, keepJournal)) {
            List<Path> images = new ArrayList<>();
            step = () -> images.add(crash(folder));
            live.forget(GONE);
            step = () -> {};
            assertThat(filesWith(GONE, folder)).isEmpty();
            assertThat(folder.resolve("forgetting")).doesNotExist();
            assertThat(images).hasSizeGreaterThan(keepJournal ? 20 : 6);
            int before = 0;
            int unfinished = 0;
            for (Path image : images) {
                unfinished += filesWith(GONE, image).isEmpty() ? 0 : 1;
                try (LiveRecommender<String, String> opened = open(options(keepJournal), image)) {
                    assertThat(image.resolve("forgetting")).doesNotExist();
                    if (opened.export(GONE).isPresent()) {
                        before++;
                        assertThat(images.indexOf(image))
                                .as("only before the wish")
                                .isLessThan(2);
                        assertThat(opened.export(GONE).orElseThrow().history()).hasSize(6);
                    } else {
                        assertThat(filesWith(GONE, image)).isEmpty();
                        assertThat(opened.version()).isEqualTo(live.version());
                        assertSame(opened, live);
                        opened.ingest(Event.view("u1-1", "i0-5"));
                    }
                }
                try (LiveRecommender<String, String> again = open(options(keepJournal), image)) {
                    assertThat(again.export(GONE).isPresent()).isEqualTo(images.indexOf(image) < 2);
                }
            }
            assertThat(before).isEqualTo(2);
            assertThat(unfinished).isGreaterThan(5);
        }
    }

    /** The process that finishes it may end too. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void finishingMayStopAsWell(boolean keepJournal) throws IOException {
        Path folder = temporary.resolve("live");
        List<Path> images = new ArrayList<>();
        try (LiveRecommender<String, String> live = live(folder, keepJournal)) {
            step = () -> images.add(crash(folder));
            live.forget(GONE);
            step = () -> {};
        }
        for (int k = 2; k < images.size(); k += 6) {
            Path image = images.get(k);
            List<Path> later = new ArrayList<>();
            step = () -> later.add(crash(image));
            open(options(keepJournal), image).close();
            step = () -> {};
            assertThat(later).isNotEmpty();
            for (Path one : later) {
                try (LiveRecommender<String, String> opened = open(options(keepJournal), one)) {
                    assertThat(opened.export(GONE)).isEmpty();
                    assertThat(filesWith(GONE, one)).isEmpty();
                }
            }
        }
    }

    /** The disk refuses once at each step; asking again, for whomever, finishes it. */
    @ParameterizedTest
    @ValueSource(strings = {GONE, "u2-2"})
    void afterAFailureTheNextOneToBeForgottenFinishesIt(String next) throws IOException {
        for (int stop = 3; stop < 40; stop++) {
            Path folder = temporary.resolve("live " + stop);
            try (LiveRecommender<String, String> live = live(folder, true)) {
                AtomicInteger left = new AtomicInteger(stop);
                step = () -> {
                    if (left.decrementAndGet() == 0) {
                        throw new UncheckedIOException(new IOException("no disk"));
                    }
                };
                boolean failed = false;
                try {
                    live.forget(GONE);
                } catch (UncheckedIOException e) {
                    failed = true;
                }
                step = () -> {};
                if (!failed) {
                    assertThat(stop).isGreaterThan(10);
                    return;
                }
                assertThat(live.export(GONE)).isEmpty();
                assertThatThrownBy(() -> options(true).openAsOf(crash(folder), String.class, String.class, 3))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("being forgotten");
                live.forget(next);
                assertThat(filesWith(GONE, folder)).isEmpty();
                assertThat(folder.resolve("forgetting")).doesNotExist();
            }
        }
        throw new AssertionError("it never ended");
    }

    /** Who comes back while the folder is written anew is a new user, whose events stay. */
    @Test
    void whoComesBackMeanwhileIsKept() throws IOException {
        Path folder = temporary.resolve("live");
        try (LiveRecommender<String, String> live = live(folder, true)) {
            AtomicInteger steps = new AtomicInteger();
            step = () -> {
                // Behind the wish: before the snapshot, and when the journal is written anew.
                if (steps.incrementAndGet() == 3 || steps.get() == 10) {
                    live.ingest(Event.view(GONE, "i2-" + steps.get()));
                }
            };
            live.forget(GONE);
            step = () -> {};
            assertThat(steps.get()).isGreaterThan(10);
            assertThat(live.export(GONE).orElseThrow().history()).hasSize(2);
            try (LiveRecommender<String, String> opened = open(options(true), crash(folder))) {
                assertThat(opened.export(GONE)).isEqualTo(live.export(GONE));
                assertThat(opened.version()).isEqualTo(live.version());
            }
        }
    }

    @Test
    void whatAnUnfinishedSnapshotLeftIsRemoved() throws IOException {
        Path folder = temporary.resolve("live");
        live(folder, false).close();
        Path part = Files.writeString(folder.resolve(".recommender4j-0.tmp"), "half of " + GONE);
        LiveRecommender<String, String> live = open(options(false), folder);
        assertThat(part).doesNotExist();
        live.close();
        assertThatThrownBy(() -> live.forget(GONE)).isInstanceOf(IllegalStateException.class);
        assertThat(folder.resolve("forgetting")).doesNotExist();
    }
}
