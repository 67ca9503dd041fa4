package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservabilityTest {
    @Test
    void latenciesAreThoseOfTheTicker() {
        AtomicLong ticks = new AtomicLong();
        LiveBuilder options = LiveData.live().ticker(() -> ticks.getAndAdd(1000));
        try (LiveRecommender<String, String> live = options.start(LiveData.groups(), LiveData.als())) {
            for (int k = 0; k < 10; k++) {
                live.ingest(Event.view("u0-1", "i0-1"));
                live.recommend("u0-1", 1);
            }
            Metrics metrics = live.metrics();
            assertThat(metrics.ingest().count()).isEqualTo(10);
            assertThat(metrics.ingest().p50()).isBetween(990L, 1010L);
            assertThat(metrics.recommend().max()).isBetween(990L, 1010L);
            assertThat(metrics.version()).isEqualTo(10);
            assertThat(metrics.events()).isEqualTo(10);
            assertThat(metrics.users()).isEqualTo(60);
            assertThat(live.toString()).contains("version 10");
        }
    }

    @Test
    void theFlightRecorderTellsWhatHappened(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("live.jfr");
        LiveBuilder options = LiveData.live().slowRecommend(Duration.ZERO);
        try (Recording recording = new Recording();
                LiveRecommender<String, String> live = options.start(LiveData.groups(), LiveData.als())) {
            for (String name : List.of("Ingest", "RefreshItems", "Refit", "Swap", "SlowRecommend")) {
                recording.enable("org.recommender4j." + name).withoutThreshold();
            }
            recording.start();
            live.ingest(Event.view("u0-1", "i0-1"));
            live.recommend("u0-1", 3);
            live.refreshItems();
            live.refit();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        Set<String> names =
                events.stream().map(event -> event.getEventType().getName()).collect(Collectors.toSet());
        assertThat(names)
                .contains(
                        "org.recommender4j.Ingest",
                        "org.recommender4j.RefreshItems",
                        "org.recommender4j.Refit",
                        "org.recommender4j.Swap",
                        "org.recommender4j.SlowRecommend");
        assertThat(events.stream()
                        .filter(event -> event.getEventType().getName().endsWith("Refit")))
                .allMatch(event -> event.getBoolean("taken")
                        && event.getString("algorithm").equals("ImplicitAls"));
    }
}
