package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.Request;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.journal.Fsync;

/** Text that no journal could hold does not get into one, and what is refused changes nothing. */
class HostileTextTest {
    private static final String HALF = "n\uD83D";

    @TempDir
    Path folder;

    @Test
    void halfASurrogatePairIsRefusedWhereverItComesFrom() {
        List<Consumer<LiveRecommender<String, String>>> ways = List.of(
                live -> live.ingest(Event.view(HALF, "i0-0")),
                live -> live.ingest(Event.view("new", HALF)),
                live -> live.ingest(Event.of("new", "i0-0", HALF)),
                live -> live.ingest(Event.<String, String>view("new", "i0-0").withId(HALF)),
                live -> live.ingest(Event.<String, String>view("new", "i0-0").withSession(HALF)),
                live -> live.ingest(Event.<String, String>view("new", "i0-0").withContext(HALF, "v")),
                live -> live.ingest(Event.<String, String>view("new", "i0-0").withContext("k", HALF)),
                live -> live.addItem(HALF),
                live -> live.itemCategories(HALF, "genre", "x"),
                live -> live.itemCategories("new", HALF, "x"),
                live -> live.itemCategories("new", "genre", "x", HALF),
                live -> live.itemNumber("new", HALF, 1),
                live -> live.itemText("new", HALF, "x"),
                live -> live.itemText("new", "title", HALF),
                live -> live.itemVector("new", HALF, new float[] {1}));
        LiveBuilder options = LiveData.live().fsync(Fsync.NONE);
        Request<String, String> all = Request.<String, String>forUser("nobody").limit(100);
        List<String> items;
        try (LiveRecommender<String, String> live = options.create(folder, LiveData.groups(), new Popularity())) {
            items = live.recommend(all).items();
            for (Consumer<LiveRecommender<String, String>> way : ways) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> way.accept(live))
                        .withMessageContaining("half a surrogate pair")
                        .withMessageContaining("n\\uD83D");
            }
            live.ingest(Event.view("whole \uD83D\uDE00", "i0-0"));
        }
        try (LiveRecommender<String, String> live = LiveRecommender.open(folder, String.class, String.class)) {
            assertThat(live.recommend(all).items()).containsExactlyInAnyOrderElementsOf(items);
            assertThat(live.export("whole \uD83D\uDE00").orElseThrow().history())
                    .hasSize(1);
            assertThat(live.export("new")).isEmpty();
        }
    }

    @Test
    void recordsOfNoTextAreRefused() {
        RecordCodec<String, String> codec = new RecordCodec<>(String.class, String.class);
        byte[] record = RecordCodec.event(Event.view("user", "item"), Effect.NONE);
        for (int at = 0; at < record.length; at++) {
            if (record[at] == 'u') {
                record[at] = (byte) 0xFF;
                break;
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.read(record, 1, null))
                .withMessageContaining("UTF-8");
    }
}
