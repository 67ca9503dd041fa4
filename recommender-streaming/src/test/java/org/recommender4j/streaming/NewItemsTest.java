package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.Recommendation;
import org.recommender4j.Recommendations;
import org.recommender4j.Request;
import org.recommender4j.streaming.online.IncrementalMf;

/** What items that get their vectors later mean for those who have them, and that each answer follows from one history. */
class NewItemsTest {
    @TempDir
    Path folder;

    private static void seenTogether(LiveRecommender<String, String> live) {
        for (int user = 0; user < 8; user++) {
            live.ingest(Event.view("u1-" + user, "fresh"));
        }
    }

    @Test
    void aNewcomerIsAnsweredOnceTheOnlyItemHasAVector() {
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            seenTogether(live);
            live.ingest(Event.view("newcomer", "fresh"));
            assertThat(live.recommend("newcomer", 5).source()).isEqualTo("Popularity");
            assertThat(live.refreshItems()).isPositive();
            Recommendations<String> list = live.recommend("newcomer", 5);
            assertThat(list.source()).isEqualTo("ImplicitAls");
            assertThat(list).allMatch(entry -> entry.item().startsWith("i1-") && entry.score() > 0);
            assertThat(live.export("newcomer").orElseThrow().vector()).anyMatch(value -> value != 0);
        }
    }

    @Test
    void aRefreshReachesWhoWasFoldedInBeforeAndARestartChangesNothing() {
        List<Recommendation<String>> after;
        try (LiveRecommender<String, String> live = LiveData.live().create(folder, LiveData.groups(), LiveData.als())) {
            for (int user = 0; user < 10; user++) {
                live.ingest(Event.view("u0-" + user, "i2-" + user % 3));
            }
            List<Recommendation<String>> before = List.copyOf(live.recommend("u0-1", 20));
            assertThat(live.refreshItems()).isPositive();
            after = List.copyOf(live.recommend("u0-1", 20));
            assertThat(after).isNotEqualTo(before);
        }
        try (LiveRecommender<String, String> same = LiveData.live().open(folder, String.class, String.class)) {
            assertThat(List.copyOf(same.recommend("u0-1", 20))).isEqualTo(after);
        }
    }

    @Test
    void anItemThatGotAVectorCountsForWhoeverHasIt() {
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            seenTogether(live);
            live.ingest(Event.view("x", "i0-1"));
            live.ingest(Event.view("x", "fresh"));
            List<Recommendation<String>> before = List.copyOf(live.recommend("x", 8));
            live.refreshItems();
            List<Recommendation<String>> after = List.copyOf(live.recommend("x", 8));
            assertThat(after).isNotEqualTo(before);
            assertThat(after)
                    .isEqualTo(live.recommend(
                            Request.<String, String>forHistory("i0-1", "fresh").limit(8)));
        }
    }

    @Test
    void anItemWaitsForTheVectorsOfThoseWhoLikeIt() {
        try (LiveRecommender<String, String> live = LiveData.live().start(LiveData.groups(), LiveData.als())) {
            live.ingest(Event.view("x", "fresh"));
            assertThat(live.refreshItems()).as("nobody who has it has a vector").isZero();
            live.ingest(Event.view("x", "i1-1"));
            live.refreshItems();
            assertThat(live.similarItems("fresh", 3).source()).isEqualTo("ImplicitAls");
            assertThat(live.refreshItems()).as("nothing happened since").isZero();
        }
    }

    @Test
    void manyAtATimeAreAnsweredEachByTheOwnHistory() {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (LiveRecommender<String, String> live = LiveData.live()
                .member(new IncrementalMf(), 1)
                .sessionWeight(0.4)
                .start(LiveData.groups(), LiveData.als())) {
            live.forget("u0-0");
            live.refit();
            List<String> users = new ArrayList<>();
            for (int user = 0; user < 20; user++) {
                live.ingest(Event.view("u1-" + user, "i2-" + user % 12));
                live.ingest(Event.view("new " + user, "i0-" + user % 12));
                users.addAll(List.of("u0-" + user, "u1-" + user, "new " + user));
            }
            Map<String, List<Recommendation<String>>> lists = new HashMap<>();
            live.recommendAll(users, 6, threads, (user, list) -> lists.put(user, list));
            users.forEach(user -> assertThat(lists.get(user)).as(user).isEqualTo(live.recommend(user, 6)));
        } finally {
            threads.shutdown();
        }
    }
}
