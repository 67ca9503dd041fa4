package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.recommender4j.data.Dataset;
import org.recommender4j.eval.Replay;
import org.recommender4j.eval.ReplayResult;

/** The evaluation of streams takes a live recommender as it is. */
class LiveReplayTest {
    @Test
    void learningFromEveryEventBeatsAFitOfTheBeginning() {
        Dataset<String, String> data = LiveData.groups();
        Replay<String, String> replay =
                Replay.builder(data).warmUp(0.15).length(4).build();
        ReplayResult stale = replay.run(LiveData.als(), Integer.MAX_VALUE);
        ReplayResult learning;
        try (LiveRecommender<String, String> live = LiveData.live().start(replay.warmUp(), LiveData.als())) {
            learning = replay.run(
                    "live",
                    () -> live,
                    event -> live.ingest(Event.view(event.user(), event.item()).at(event.epochMillis())));
            assertThat(live.version()).isGreaterThanOrEqualTo(replay.events());
        }
        assertThat(learning.test().events()).isEqualTo(stale.test().events());
        assertThat(learning.test().recall()).isGreaterThan(1.25 * stale.test().recall());
    }
}
