package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.journal.Fsync;

/** What was released is released once: a restart must not be a second look. */
class NoiseFolderTest {
    @TempDir
    Path temporary;

    private Runnable step = () -> {};

    private LiveBuilder options(Noise noise) {
        return LiveData.live().fsync(Fsync.NONE).noise(noise).folderStep(() -> step.run());
    }

    /** Noise that differs from process to process. */
    private static Noise noise() {
        return Noise.perRelease(0.5).items(1).every(Duration.ofDays(99));
    }

    /** Nearly none. */
    private static Noise faint() {
        return Noise.perRelease(100).items(1).every(Duration.ofDays(99)).random(new SplittableRandom(1));
    }

    private static LiveRecommender<String, String> create(LiveBuilder options, Path folder) {
        DatasetBuilder<String, String> data = LiveData.builder();
        for (int user = 0; user < 200; user++) {
            data.add("more" + user, "i0-" + user % 12, 1, LiveData.START);
        }
        return options.create(folder, data.build(), new Popularity());
    }

    private static LiveRecommender<String, String> open(LiveBuilder options, Path folder) {
        return options.open(folder, String.class, String.class);
    }

    @Test
    void afterARestartOrACrashTheReleaseIsTheSame() {
        Path folder = temporary.resolve("live");
        List<Trend<String>> first;
        List<Trend<String>> second;
        Path crash;
        PrivacyBudget budget;
        try (LiveRecommender<String, String> live = create(options(noise()), folder)) {
            first = live.trends(99);
            live.ingest(Event.view("fan", "i1-1"));
            assertThat(live.trends(99)).isEqualTo(first);
            budget = live.release();
            second = live.trends(99);
            assertThat(second).isNotEqualTo(first);
            live.ingest(Event.view("fan", "i1-2"));
            crash = ForgetCrashTest.copy(folder, temporary.resolve("crash"));
        }
        for (Path path : List.of(folder, crash)) {
            try (LiveRecommender<String, String> live = open(options(noise()), path)) {
                assertThat(live.trends(99)).isEqualTo(second);
                assertThat(live.recommend("nobody", 99).items())
                        .isEqualTo(second.stream().map(Trend::item).toList());
                assertThat(live.privacyBudget()).hasValue(budget);
                assertThat(budget.spent()).isEqualTo(1);
            }
        }
    }

    @Test
    void likesThatAreReplayedCountOnce() {
        Path folder = temporary.resolve("live");
        create(options(faint()), folder).close();
        Path crash;
        double before;
        try (LiveRecommender<String, String> live = open(options(faint()), folder)) {
            before = score(live);
            live.ingest(Event.view("early", "i0-0"));
            live.snapshot();
            for (int k = 0; k < 3; k++) {
                live.ingest(Event.view("late" + k, "i0-0"));
                live.ingest(Event.view("early", "i0-1"));
            }
            crash = ForgetCrashTest.copy(folder, temporary.resolve("crash"));
        }
        for (Path path : List.of(folder, crash)) {
            try (LiveRecommender<String, String> live = open(options(faint()), path)) {
                assertThat(score(live)).isEqualTo(before);
                live.release();
                assertThat(score(live)).isEqualTo(before + 4);
                live.release();
                assertThat(score(live)).isEqualTo(before + 4);
            }
        }
    }

    private static double score(LiveRecommender<String, String> live) {
        return live.trends(99).stream()
                .filter(trend -> trend.item().equals("i0-0"))
                .findFirst()
                .orElseThrow()
                .score();
    }

    /** The noise of a release that could not be written may be drawn again, so nobody may have seen it. */
    @Test
    void aReleaseThatCouldNotBeWrittenIsNotShown() {
        try (LiveRecommender<String, String> live = create(options(noise()), temporary.resolve("live"))) {
            List<Trend<String>> first = live.trends(99);
            step = () -> {
                throw new UncheckedIOException(new java.io.IOException("full"));
            };
            assertThatThrownBy(live::release).hasMessageContaining("full");
            assertThat(live.trends(99)).isEqualTo(first);
            assertThat(live.privacyBudget().orElseThrow().releases()).isEqualTo(1);
            step = () -> {};
            live.release();
            assertThat(live.trends(99)).isNotEqualTo(first);
            assertThat(live.privacyBudget().orElseThrow().releases()).isEqualTo(3);
        }
    }

    @Test
    void aFolderWithNoiseDoesNotOpenWithoutUnlessThatIsMeant() {
        Path folder = temporary.resolve("live");
        create(options(faint()), folder).close();
        assertThatThrownBy(() -> open(LiveData.live(), folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("noise");
        try (LiveRecommender<String, String> live = open(options(Noise.none()), folder)) {
            live.ingest(Event.view("fan", "i0-0"));
            assertThat(live.trends(1).get(0).people()).isGreaterThan(20);
            assertThat(live.privacyBudget()).isEmpty();
            assertThat(live.forget("more1").residue()).as("released before").isNotEmpty();
            assertThatThrownBy(live::release).isInstanceOf(IllegalStateException.class);
        }
        try (LiveRecommender<String, String> live = open(options(faint()), folder)) {
            assertThat(live.privacyBudget().orElseThrow().releases()).isEqualTo(1);
        }
    }

    @Test
    void noiseThatComesLaterReleasesWhatThereIsOnce() {
        Path folder = temporary.resolve("live");
        create(LiveData.live().fsync(Fsync.NONE), folder).close();
        List<Trend<String>> first;
        Path crash;
        try (LiveRecommender<String, String> live = open(options(noise()), folder)) {
            first = live.trends(99);
            assertThat(live.privacyBudget().orElseThrow().releases()).isEqualTo(1);
            crash = ForgetCrashTest.copy(folder, temporary.resolve("crash"));
        }
        try (LiveRecommender<String, String> live = open(options(noise()), crash)) {
            assertThat(live.trends(99)).isEqualTo(first);
        }
    }

    @Test
    void thePastShowsWhatWasReleasedThen() {
        Path folder = temporary.resolve("live");
        try (LiveRecommender<String, String> live = create(options(noise()).keepJournal(true), folder)) {
            List<Trend<String>> first = live.trends(99);
            long version = live.ingest(Event.view("fan", "i1-1"));
            live.ingest(Event.view("fan", "i1-2"));
            live.release();
            Path copy = ForgetCrashTest.copy(folder, temporary.resolve("copy"));
            try (LiveRecommender<String, String> then =
                    options(noise()).keepJournal(true).openAsOf(copy, String.class, String.class, version)) {
                assertThat(then.trends(99)).isEqualTo(first);
                assertThatThrownBy(then::release).isInstanceOf(IllegalStateException.class);
                then.snapshot();
                assertThat(then.trends(99)).isEqualTo(first);
            }
        }
    }

    @Test
    void whoIsForgottenIsNotInTheNextRelease() {
        try (LiveRecommender<String, String> live = create(options(faint()), temporary.resolve("live"))) {
            double before = score(live);
            live.ingest(Event.view("fan", "i0-0"));
            assertThat(live.forget("fan").residue()).isEmpty();
            live.release();
            assertThat(score(live)).isEqualTo(before);
            live.ingest(Event.view("other", "i0-0"));
            live.release();
            assertThat(live.forget("other").residue())
                    .singleElement()
                    .asString()
                    .contains("noise");
        }
    }
}
