package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.Profile;
import org.recommender4j.popularity.Popularity;

class LiveSignalTest {
    /** Writes down what it is told. */
    private static final class Diary implements LiveSignal {
        final List<String> lines = new ArrayList<>();
        int loaded;

        @Override
        public void load(Profile history) {
            loaded += history.size();
        }

        @Override
        public void apply(int user, int item, float weight, long time, Supplier<Profile> before, Event<?, ?> event) {
            if (event.kind().equals("share")) {
                throw new IllegalStateException("no shares");
            }
            lines.add(user + " " + item + " " + weight + " " + before.get().size() + " " + event.kind());
        }

        @Override
        public Optional<String> forget(Profile history) {
            lines.add("forget " + history.user() + " " + history.size());
            return Optional.of("a page of the diary");
        }
    }

    @Test
    void aSignalIsToldOfEverything() {
        Diary diary = new Diary();
        try (LiveRecommender<String, String> live =
                LiveData.live().signal(diary).start(LiveData.groups(), new Popularity())) {
            assertThat(diary.loaded).isGreaterThan(300);
            live.ingest(Event.view("x", "i0-0"));
            live.ingest(Event.impression("x", "i0-1"));
            live.ingest(Event.of("x", "i0-1", "share"));
            live.ingest(Event.dislike("x", "new"));
            assertThat(diary.lines).hasSize(3);
            assertThat(diary.lines.get(0)).startsWith("60 ").endsWith(" 1.0 0 view");
            assertThat(diary.lines.get(1)).endsWith(" 0.0 1 impression");
            assertThat(diary.lines.get(2)).isEqualTo("60 36 -5.0 2 dislike");
            assertThat(live.metrics().failures())
                    .as("one exception, and the event counts")
                    .isEqualTo(1);
            assertThat(live.export("x").orElseThrow().history()).hasSize(3);
            assertThat(live.forget("x").residue()).contains("a page of the diary");
            assertThat(diary.lines).last().isEqualTo("forget 60 3");
        }
    }

    /** What a signal keeps for later still says what was known before its event, however many came since. */
    @Test
    void theHistoryBeforeAnEventStaysWhatItWas() {
        List<Supplier<Profile>> histories = new ArrayList<>();
        LiveSignal keeper = (user, item, weight, time, before, event) -> histories.add(before);
        try (LiveRecommender<String, String> live =
                LiveData.live().signal(keeper).start(LiveData.groups(), new Popularity())) {
            for (int k = 0; k < 40; k++) {
                live.ingest(Event.view("x", "item " + k));
                live.ingest(Event.view("x", "item 0"));
            }
        }
        for (int k = 0; k < histories.size(); k++) {
            int items = (k + 1) / 2;
            assertThat(histories.get(k).get().size()).isEqualTo(items);
            assertThat(weightOfTheFirst(histories.get(k).get())).isEqualTo(items == 0 ? 0 : 1 + k / 2);
        }
    }

    private static float weightOfTheFirst(Profile history) {
        return history.size() == 0 ? 0 : history.weight(0);
    }
}
