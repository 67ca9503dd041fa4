package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Profile;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.journal.Fsync;
import org.recommender4j.streaming.online.IncrementalItemKnn;
import org.recommender4j.streaming.online.OnlineAlgorithm;
import org.recommender4j.streaming.online.OnlineModel;
import org.recommender4j.streaming.online.Unlearned;

/** Members that somebody else wrote, or left out. */
class BrokenMemberTest {
    private final List<LiveFailure> failures = new ArrayList<>();

    /** Learns nothing of weight 13, and can't forget. */
    private static final class Superstitious implements OnlineAlgorithm {
        @Override
        public OnlineModel start() {
            return new Luck(new IncrementalItemKnn().start());
        }

        @Override
        public OnlineModel restore(ModelState state) {
            return new Luck(new IncrementalItemKnn().restore(state));
        }

        @Override
        public Map<String, String> options() {
            return Map.of();
        }

        @Override
        public Algorithm with(Map<String, String> changes) {
            return this;
        }
    }

    private record Luck(OnlineModel inner) implements OnlineModel {
        @Override
        public void update(int user, int item, float weight, long time) {
            if (weight == 13) {
                throw new AssertionError("bad luck");
            }
            inner.update(user, item, weight, time);
        }

        @Override
        public Unlearned forget(int user) {
            throw new UnsupportedOperationException("never forgets");
        }

        @Override
        public String name() {
            return "Superstitious";
        }

        @Override
        public int users() {
            return inner.users();
        }

        @Override
        public int items() {
            return inner.items();
        }

        @Override
        public boolean answers(Profile profile) {
            return inner.answers(profile);
        }

        @Override
        public Scorer scorer(Profile profile) {
            return inner.scorer(profile);
        }

        @Override
        public ModelState state() {
            return inner.state();
        }
    }

    private LiveBuilder options() {
        return LiveData.live()
                .fsync(Fsync.NONE)
                .member(new Superstitious(), 0.5)
                .failures(failures::add);
    }

    @Test
    void aMemberThatThrowsMissesAnEventAndKeepsNothingClosed(@TempDir Path temporary) throws IOException {
        Path folder = temporary.resolve("live");
        LiveRecommender<String, String> live = options().create(folder, LiveData.groups(), new Popularity());
        assertThat(live.ingest(Event.<String, String>view("a", "i0-0").withValue(13)))
                .isEqualTo(1);
        live.ingest(Event.view("a", "i0-1"));
        live.ingest(Event.view("b", "i0-1"));
        live.ingest(Event.view("b", "fresh"));
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.part()).isEqualTo("model Superstitious");
            assertThat(failure.cause()).hasMessage("bad luck");
        });
        assertThat(live.metrics().failures()).isEqualTo(1);
        assertThat(live.export("a").orElseThrow().history()).hasSize(2);
        assertThat(live.score("a", "fresh")).as("learned what came later").isPresent();
        Path crashed = ForgetCrashTest.copy(folder, temporary.resolve("crashed"));
        try (var opened = options().open(crashed, String.class, String.class)) {
            assertThat(opened.version()).isEqualTo(4);
            assertThat(opened.metrics().failures()).isEqualTo(1);
            assertThat(opened.score("a", "fresh")).isEqualTo(live.score("a", "fresh"));
            assertThat(opened.forget("b").residue()).anyMatch(left -> left.contains("never forgets"));
            assertThat(opened.export("b")).isEmpty();
        }
        failures.clear();
        try (var opened = options().open(crashed, String.class, String.class)) {
            // The event is in the histories that the member is trained on by now, and that training throws... an Error
            // or not.
            assertThat(opened.export("a").orElseThrow().history()).hasSize(2);
            assertThat(failures).hasSize(1);
            opened.ingest(Event.view("c", "i0-1"));
        }
        live.close();
    }

    @Test
    void aFolderIsNotOpenedWithoutItsMembers(@TempDir Path temporary) {
        Path folder = temporary.resolve("live");
        LiveBuilder with = LiveData.live().fsync(Fsync.NONE).keepJournal(true).member(new IncrementalItemKnn(), 0.25);
        with.create(folder, LiveData.groups(), new Popularity()).close();
        for (int round = 0; round < 2; round++) {
            assertThatThrownBy(() -> LiveRecommender.open(folder, String.class, String.class))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("made with the member IncrementalItemKnn {")
                    .hasMessageContaining(".member(new IncrementalItemKnn(), 0.25)")
                    .hasMessageContaining(".replaceMembers()");
            assertThatThrownBy(() -> LiveRecommender.builder().openAsOf(folder, String.class, String.class, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("IncrementalItemKnn");
            with.member(new Superstitious(), 1)
                    .open(folder, String.class, String.class)
                    .close();
        }
        assertThatThrownBy(() -> options().open(folder, String.class, String.class))
                .hasMessageContaining("the member IncrementalItemKnn {");
        LiveRecommender.builder()
                .replaceMembers()
                .open(folder, String.class, String.class)
                .close();
        LiveRecommender.open(folder, String.class, String.class).close();
    }
}
