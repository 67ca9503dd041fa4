package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.Explanation;
import org.recommender4j.Recommendations;
import org.recommender4j.Request;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.streaming.journal.Fsync;
import org.recommender4j.streaming.online.IncrementalItemKnn;
import org.recommender4j.streaming.online.IncrementalMf;

class MemberTest {
    private static LiveBuilder options() {
        return LiveData.live().member(new IncrementalItemKnn(), 4).fsync(Fsync.NONE);
    }

    private static void seenTogether(LiveRecommender<String, String> live) {
        for (int user = 0; user < 8; user++) {
            live.ingest(Event.view("guest " + user, "i1-1"));
            live.ingest(Event.view("guest " + user, "fresh"));
        }
    }

    @Test
    void aNewItemIsRecommendedByWhoSawItWithWhat() {
        try (LiveRecommender<String, String> live = options().start(LiveData.groups(), LiveData.als())) {
            seenTogether(live);
            live.ingest(Event.view("x", "i1-1"));
            Recommendations<String> list = live.recommend("x", 30);
            assertThat(list.source()).isEqualTo("ImplicitAls+IncrementalItemKnn");
            assertThat(list.items().subList(0, 6)).contains("fresh").allMatch(item -> !item.startsWith("i0-"));
            assertThat(list).hasSize(30);
            assertThat(live.score("x", "fresh").getAsDouble()).isEqualTo(scoreOf(list, "fresh"));
            Explanation<String> explanation = live.explain("x", "fresh");
            assertThat(explanation.reasons().get(0).item()).contains("i1-1");
            assertThat(explanation.reasons().stream()
                            .mapToDouble(Explanation.Reason::contribution)
                            .sum())
                    .isEqualTo(explanation.score().getAsDouble(), within(1e-4));
            assertThat(live.similarItems("fresh", 3).items()).contains("i1-1");
            assertThat(live.recommend(Request.<String, String>forHistory("i1-1").limit(8))
                            .items())
                    .contains("fresh");
            assertThat(live.similarItems("fresh", 1).source()).isEqualTo("IncrementalItemKnn");
            assertThat(live.similarItems("i1-1", 3).source()).isEqualTo("ImplicitAls");
            assertThat(live.audience("i1-1", 5).source()).isEqualTo("ImplicitAls");
            assertThat(live.audience("fresh", 2).source()).isEqualTo("ImplicitAls+IncrementalItemKnn");
        }
    }

    @Test
    void aBoostReachesWhatIsFarBelowTheBestOfEachModel() {
        DatasetBuilder<String, String> builder = Dataset.builder();
        for (int item = 0; item < 400; item++) {
            for (int user = 0; user < 41 - item / 10; user++) {
                builder.add("u" + user, "i" + item);
            }
        }
        builder.add("x", "i0");
        try (LiveRecommender<String, String> live = options().start(builder.build(), LiveData.als())) {
            live.ingest(Event.view("x", "i1"));
            Request<String, String> request =
                    Request.<String, String>forUser("x").limit(350);
            List<String> all = live.recommend(request).items();
            String low = all.stream()
                    .skip(200)
                    .filter(item -> live.score("x", item).orElse(0) > 0)
                    .findFirst()
                    .orElseThrow();
            Recommendations<String> boosted = live.recommend(request.limit(3).boost(low, 1e6));
            assertThat(boosted.items()).first().isEqualTo(low);
            assertThat(boosted.source()).isEqualTo("ImplicitAls+IncrementalItemKnn");
            // The others have the scores that they have without it.
            assertThat(boosted.get(1).score())
                    .isEqualTo(live.recommend(request).get(0).score());
        }
    }

    private static double scoreOf(Recommendations<String> list, String item) {
        return list.stream()
                .filter(entry -> entry.item().equals(item))
                .findFirst()
                .orElseThrow()
                .score();
    }

    @Test
    void membersForgetAndComeBackWithTheFolder(@TempDir Path folder) {
        Path live = folder.resolve("live");
        List<String> before;
        try (LiveRecommender<String, String> first = options().create(live, LiveData.groups(), LiveData.als())) {
            seenTogether(first);
            first.ingest(Event.view("x", "i1-1"));
            first.forget("guest 7");
            before = first.recommend("x", 9).items();
            assertThat(before).contains("fresh");
        }
        try (LiveRecommender<String, String> second = options().open(live, String.class, String.class)) {
            assertThat(second.recommend("x", 9).items()).containsExactlyElementsOf(before);
            for (int user = 0; user < 7; user++) {
                assertThat(second.forget("guest " + user).residue()).isEmpty();
            }
            assertThat(second.score("x", "fresh")).as("nobody saw it").isEmpty();
        }
    }

    @Test
    void aModelThatLearnsByTheEventNeedsNoRefit(@TempDir Path folder) {
        Path live = folder.resolve("live");
        try (LiveRecommender<String, String> first =
                LiveData.live().create(live, LiveData.groups(), new IncrementalMf())) {
            first.ingest(Event.purchase("y", "i2-1"));
            first.ingest(Event.purchase("y", "i2-2"));
            first.ingest(Event.purchase("y", "i2-3"));
            assertThat(first.recommend("y", 1).items()).allMatch(item -> item.startsWith("i2-"));
            assertThat(first.recommend("y", 3).source()).isEqualTo("IncrementalMf");
            assertThat(first.refit().reason()).contains("learns");
            assertThat(first.audience("i2-4", 90).items()).contains("y");
            first.forget("u2-3");
            assertThat(first.audience("i2-4", 90).items()).doesNotContain("u2-3");
            first.save(folder.resolve("file"));
        }
        try (LiveRecommender<String, String> second = LiveData.live().open(live, String.class, String.class)) {
            assertThat(second.recommend("y", 1).items()).allMatch(item -> item.startsWith("i2-"));
            assertThat(second.recommend("y", 3).source()).isEqualTo("IncrementalMf");
            assertThat(second.recommend("u2-3", 3).source()).isEqualTo("Popularity");
        }
    }
}
