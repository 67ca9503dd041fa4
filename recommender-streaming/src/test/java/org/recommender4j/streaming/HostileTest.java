package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Dataset;
import org.recommender4j.factorization.ImplicitAls;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.journal.Fsync;

/** What nobody should do and somebody does. */
@Timeout(120)
class HostileTest {
    @TempDir
    Path folder;

    /** A sum of huge weights is not infinite, for nothing could be trained or written with such a history. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hugeWeightsStayFinite(boolean fading) {
        LiveBuilder options = LiveData.live().fsync(Fsync.NONE);
        if (fading) {
            options.historyHalfLife(Duration.ofDays(1));
        }
        try (LiveRecommender<String, String> live = options.create(folder, LiveData.groups(), new Popularity())) {
            for (float value : new float[] {Float.MAX_VALUE, -Float.MAX_VALUE}) {
                for (int k = 0; k < 4; k++) {
                    live.ingest(Event.<String, String>view("u1-1", "i" + (value > 0 ? 0 : 2) + "-1")
                            .withValue(value));
                }
            }
            assertThat(live.export("u1-1").orElseThrow().history()).allMatch(entry -> Double.isFinite(entry.weight()));
            live.snapshot();
            assertThat(live.refit().taken()).isTrue();
        }
        try (LiveRecommender<String, String> live = LiveRecommender.open(folder, String.class, String.class)) {
            assertThat(live.export("u1-1").orElseThrow().history()).anyMatch(entry -> entry.weight() > 1e38);
        }
    }

    /** However large the weights of many users are, vectors and their products are numbers. */
    @ParameterizedTest
    @ValueSource(floats = {1e9f, 1e20f, Float.MAX_VALUE})
    void hugeWeightsCanBeTrainedOn(float value) {
        Algorithm als = ImplicitAls.builder().factors(8).iterations(3).build();
        Dataset<String, String> data = LiveData.groups();
        List<String> users = data.users().keys().subList(0, 40);
        try (LiveRecommender<String, String> live = LiveData.live().start(data, als)) {
            for (String user : users) {
                live.ingest(Event.<String, String>view(user, "i0-1").withValue(value));
                live.ingest(Event.<String, String>view(user, "i1-1").withValue(value));
            }
            for (int round = 0; round < 2; round++) {
                for (String user : users) {
                    assertThat(live.recommend(user, 5))
                            .isNotEmpty()
                            .allMatch(entry -> Float.isFinite(entry.score()), "a finite score")
                            .allMatch(entry -> entry.source().equals(als.name()), "not from the fallback");
                }
                assertThat(live.refit().taken()).isTrue();
            }
        }
    }

    /** The events of the journal were taken; a clock that is wrong by the time of the restart takes none of them back. */
    @ParameterizedTest
    @ValueSource(longs = {LiveData.START - 86_400_000L * 400, 0, -5})
    void aClockThatGoesBackwardsLosesNothing(long then) {
        LiveData.Clock clock = new LiveData.Clock();
        LiveBuilder options = LiveRecommender.builder().clock(clock).fsync(Fsync.NONE);
        List<DeadLetter> dead = new ArrayList<>();
        options.deadLetters(dead::add);
        Path copy = folder.resolve("live");
        LiveRecommender<String, String> live = options.create(copy, LiveData.groups(), new Popularity());
        live.ingest(Event.view("anna", "i1-1"));
        live.ingest(Event.<String, String>view("anna", "i1-2").at(0));
        clock.millis.set(then);
        live.ingest(Event.view("anna", "i1-3"));
        live.ingest(Event.<String, String>view("anna", "i1-4").at(0));
        UserExport<String, String> before = live.export("anna").orElseThrow();
        assertThat(before.history()).hasSize(4);
        Path journal = ForgetCrashTest.copy(copy, folder.resolve("copy"));
        live.close();
        for (Path one : List.of(journal, copy)) {
            try (LiveRecommender<String, String> opened = options.open(one, String.class, String.class)) {
                assertThat(opened.export("anna")).contains(before);
                assertThat(dead).isEmpty();
                assertThat(opened.metrics().rejected()).isZero();
            }
        }
    }

    /** A power cut took the end of the journal, which was never forced, and left a snapshot of later. */
    @Test
    void noVersionIsGivenTwiceAfterTheEndOfTheJournalIsLost() throws IOException {
        LiveBuilder options = LiveData.live().fsync(Fsync.NONE).keepJournal(true);
        Path early;
        try (LiveRecommender<String, String> live =
                options.create(folder.resolve("live"), LiveData.groups(), new Popularity())) {
            live.ingest(Event.view("anna", "i1-1"));
            early = ForgetCrashTest.copy(folder.resolve("live"), folder.resolve("early"));
            live.ingest(Event.view("anna", "i1-2"));
            live.ingest(Event.view("anna", "i1-3"));
        }
        Path snapshot = folder.resolve("live").resolve("snapshot-000000000000000003");
        Files.copy(snapshot, early.resolve(snapshot.getFileName()));
        assertThatThrownBy(() -> options.open(early, String.class, String.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ends at version 1");
        options.salvage(true).open(early, String.class, String.class).close();
        options.salvage(false);
        for (int round = 0; round < 2; round++) {
            LiveRecommender<String, String> live = options.open(early, String.class, String.class);
            assertThat(live.ingest(Event.view("anna", "i2-" + round)))
                    .as("a new epoch")
                    .isEqualTo((1L << 40) + 1 + round);
            Path crashed = ForgetCrashTest.copy(early, folder.resolve("crashed " + round));
            live.close();
            try (LiveRecommender<String, String> opened = options.open(crashed, String.class, String.class)) {
                assertThat(opened.export("anna").orElseThrow().history()).hasSize(4 + round);
            }
        }
    }

    @Test
    void nothingAtAllIsEnoughToBeginWith() {
        try (LiveRecommender<String, String> live = LiveData.live()
                .analytics("none", settings -> {})
                .refitOnDrift(100, 0.1)
                .driftSinceTraining(true)
                .create(folder, Dataset.<String, String>builder().build(), new Popularity())) {
            assertThat(live.recommend("anna", 5)).isEmpty();
            assertThat(live.ingestAll(List.of())).isZero();
            assertThat(live.forget("anna").known()).isFalse();
            assertThat(live.refreshItems()).isZero();
            live.refit();
            live.ingest(Event.view("anna", "sofa"));
            assertThat(live.recommend("bert", 5).items()).containsExactly("sofa");
            assertThat(live.forget("anna").known()).isTrue();
            live.refit();
            assertThat(live.analytics().orElseThrow().trending(5)).isEmpty();
        }
        try (LiveRecommender<String, String> live = LiveRecommender.open(folder, String.class, String.class)) {
            assertThat(live.export("anna")).isEmpty();
        }
    }

    /** The same event a hundred thousand times, in one batch, without an id: one pair, one history. */
    @Test
    void aHugeBatchOfTheSame() {
        List<Event<String, String>> batch = new ArrayList<>();
        for (int k = 0; k < 100_000; k++) {
            batch.add(Event.view("anna", "i1-1"));
        }
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            assertThat(live.ingestAll(batch)).isEqualTo(100_000);
            assertThat(live.export("anna").orElseThrow().history()).hasSize(1);
            assertThat(live.export("anna").orElseThrow().history().get(0).weight())
                    .isEqualTo(100_000.0);
        }
    }
}
