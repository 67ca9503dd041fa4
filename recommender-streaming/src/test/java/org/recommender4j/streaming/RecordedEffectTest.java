package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.data.Dataset;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.journal.Fsync;
import org.recommender4j.streaming.journal.Journal;
import org.recommender4j.streaming.journal.JournalFormatException;

/** What an event did is in its record: opening again does the same, whatever the options say. */
class RecordedEffectTest {
    @TempDir
    Path temporary;

    private static LiveBuilder options() {
        return LiveData.live().fsync(Fsync.NONE);
    }

    @Test
    void kindsThatOnlyTheFirstProcessKnewAreApplied() throws IOException {
        Path folder = temporary.resolve("live");
        LiveRecommender<String, String> live =
                options().kind("rent", 3).kind("view", 7).create(folder, LiveData.groups(), new Popularity());
        for (int k = 0; k < 10; k++) {
            live.ingest(Event.of("renter " + k, "i0-0", "rent"));
        }
        live.ingest(Event.view("renter 0", "i0-1"));
        live.ingest(Event.<String, String>of("renter 0", "i0-2", "rent").withValue(4));
        live.ingest(Event.watch("renter 0", "i0-3", 30, 60));
        live.ingest(Event.impression("renter 0", "i0-4"));
        Path crashed = ForgetCrashTest.copy(folder, temporary.resolve("crashed"));
        UserExport<String, String> before = live.export("renter 0").orElseThrow();
        live.close();
        for (int round = 0; round < 2; round++) {
            try (var opened = LiveRecommender.open(crashed, String.class, String.class)) {
                for (int k = 0; k < 10; k++) {
                    assertThat(opened.export("renter " + k)
                                    .orElseThrow()
                                    .history()
                                    .get(0)
                                    .weight())
                            .isEqualTo(3);
                }
                assertThat(opened.export("renter 0")).contains(before);
                assertThat(opened.metrics().rejected()).isZero();
                assertThatThrownBy(() -> opened.ingest(Event.of("x", "i0-0", "rent")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("rent");
            }
        }
    }

    @Test
    void ratingsThatWereConcludedStayWhatTheyWere() throws IOException {
        Path folder = temporary.resolve("live");
        Dataset<String, String> data = Dataset.<String, String>builder()
                .feedback(org.recommender4j.data.Feedback.EXPLICIT)
                .ratings(1, 5)
                .positiveFrom(4)
                .add("u", "x", 5)
                .add("v", "y", 2)
                .build();
        LiveRecommender<String, String> live = options().kind("rent", 30).create(folder, data, new Popularity());
        live.ingest(Event.of("u", "y", "rent"));
        live.ingest(Event.rating("v", "x", 1.5));
        Path crashed = ForgetCrashTest.copy(folder, temporary.resolve("crashed"));
        var before = live.export("u");
        live.close();
        try (var opened = LiveRecommender.open(crashed, String.class, String.class)) {
            assertThat(opened.export("u")).isEqualTo(before);
            opened.ingest(Event.rating("u", "y", 2));
            assertThat(opened.export("u").orElseThrow().history())
                    .as("a rating beats what was concluded")
                    .anyMatch(entry -> entry.weight() == 2);
        }
    }

    @Test
    void aRecordThatCantBeAppliedKeepsTheFolderClosedAndWhole() throws IOException {
        byte[][] bad = {
            {9},
            {1, 0, 0, 0, 0, 1, 'u'},
            {4},
            RecordCodec.event(Event.view(7L, "x"), new Effect(1, false, false)),
            RecordCodec.event(Event.view("u", "x"), new Effect(Float.NaN, false, false)),
            RecordCodec.event(Event.view("u", "x"), new Effect(3, true, false)),
            RecordCodec.fact("x", new ItemFact.Vector("image", new float[] {1, 2, 3})),
            RecordCodec.fact("x", new ItemFact.Categories("", java.util.List.of("y"))),
        };
        for (int k = 0; k < bad.length; k++) {
            Path folder = temporary.resolve("live " + k);
            try (var live = options().create(folder, LiveData.groups(), new Popularity())) {
                live.itemVector("i0-0", "image", new float[] {1, 2});
            }
            try (Journal journal = Journal.open(folder.resolve("journal"))) {
                journal.append(LiveData.START, RecordCodec.event(Event.view("u", "i0-0"), new Effect(1, false, false)));
                journal.append(LiveData.START, bad[k]);
                journal.append(LiveData.START, RecordCodec.event(Event.view("v", "i0-0"), new Effect(1, false, false)));
            }
            Map<String, Long> before = sizes(folder);
            for (int round = 0; round < 2; round++) {
                assertThatThrownBy(() -> options().open(folder, String.class, String.class))
                        .as("record %d", k)
                        .isInstanceOf(JournalFormatException.class)
                        .hasMessageContaining("the record of version 3 can't be applied: ");
            }
            assertThat(sizes(folder)).isEqualTo(before);
        }
    }

    private static Map<String, Long> sizes(Path folder) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sizes.put(folder.relativize(file).toString(), Files.size(file));
            }
        }
        return sizes;
    }
}
