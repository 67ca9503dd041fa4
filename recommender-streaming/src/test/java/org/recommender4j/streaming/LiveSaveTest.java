package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recommender4j.Algorithm;
import org.recommender4j.Recommender;
import org.recommender4j.Request;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.data.Feedback;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.online.IncrementalItemKnn;

/** A file of a live recommender answers as it does: nothing is trained anew, and nothing that was folded in is lost. */
class LiveSaveTest {
    private static final int USERS = 40;

    @TempDir
    Path folder;

    static Stream<Algorithm> algorithms() {
        return Algorithm.all().stream().map(algorithm -> {
            Map<String, String> options = new HashMap<>();
            if (algorithm.options().containsKey("iterations")) {
                options.put("iterations", "2");
            }
            if (algorithm.options().containsKey("factors")) {
                options.put("factors", "4");
            }
            return algorithm.with(options);
        });
    }

    private static Dataset<String, String> data(Feedback feedback) {
        SplittableRandom random = new SplittableRandom(2);
        DatasetBuilder<String, String> data = Dataset.<String, String>builder().feedback(feedback);
        boolean explicit = feedback == Feedback.EXPLICIT;
        if (explicit) {
            data.ratings(1, 5).positiveFrom(4);
        }
        for (int user = 0; user < USERS; user++) {
            for (int k = 0; k < 8; k++) {
                int item = (int) (30 * Math.pow(random.nextDouble(), 1.5));
                data.add(
                        "u" + user,
                        "i" + item,
                        explicit ? 1 + random.nextInt(5) : 1,
                        LiveData.START - random.nextInt(99_999));
            }
        }
        for (int item = 0; item < 32; item++) {
            data.itemCategories("i" + item, "genre", "g" + item % 4);
        }
        return data.build();
    }

    private static void change(LiveRecommender<String, String> live, boolean explicit) {
        SplittableRandom random = new SplittableRandom(3);
        live.forget("u3");
        for (int k = 0; k < 60; k++) {
            String user = k % 4 == 0 ? "new " + k % 3 : "u" + random.nextInt(USERS / 2);
            String item = k % 5 == 0 ? "fresh " + k % 3 : "i" + random.nextInt(32);
            live.ingest(
                    explicit && k % 2 == 0
                            ? Event.rating(user, item, 1 + random.nextInt(5))
                            : Event.of(user, item, k % 7 == 0 ? "dislike" : "view"));
        }
        live.ingest(Event.impression("looker", "i1"));
        live.forget("u5");
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void theFileAnswersTheSame(Algorithm algorithm) {
        boolean explicit = algorithm.options().toString().contains("ratings") || isOfRatings(algorithm);
        Path file = folder.resolve("model");
        try (LiveRecommender<String, String> live =
                LiveData.live().start(data(explicit ? Feedback.EXPLICIT : Feedback.IMPLICIT), algorithm)) {
            change(live, explicit);
            assertSame(live, file);
            live.refreshItems();
            change(live, explicit);
            assertSame(live, file);
        }
    }

    private static boolean isOfRatings(Algorithm algorithm) {
        try {
            algorithm.fit(data(Feedback.IMPLICIT));
            return false;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static void assertSame(LiveRecommender<String, String> live, Path file) {
        live.save(file);
        Recommender<String, String> saved = Recommender.load(file, String.class, String.class);
        List<String> users = new ArrayList<>(List.of("nobody", "looker", "new 0", "new 1", "new 2"));
        for (int user = 0; user < USERS; user++) {
            users.add("u" + user);
        }
        for (String user : users) {
            assertThat(saved.recommend(user, 50)).as(user).isEqualTo(live.recommend(user, 50));
            for (String item : List.of("i1", "i31", "fresh 0")) {
                assertThat(saved.score(user, item)).as(user).isEqualTo(live.score(user, item));
            }
        }
        for (String item : List.of("i0", "i7", "i31", "fresh 1")) {
            assertThat(saved.similarItems(item, 50)).as(item).isEqualTo(live.similarItems(item, 50));
            assertThat(saved.audience(item, 99).items())
                    .containsExactlyInAnyOrderElementsOf(live.audience(item, 99).items());
        }
        Request<String, String> session =
                Request.<String, String>forHistory("i2", "fresh 2", "i9").limit(50);
        assertThat(saved.recommend(session)).isEqualTo(live.recommend(session));
        Path again = file.resolveSibling("again");
        saved.save(again);
        Recommender<String, String> twice = Recommender.load(again, String.class, String.class);
        assertThat(twice.recommend("u1", 50)).isEqualTo(live.recommend("u1", 50));
    }

    @Test
    void membersAreNotLeftOutInSilence() {
        Path file = folder.resolve("model");
        try (LiveRecommender<String, String> live =
                LiveData.live().member(new IncrementalItemKnn(), 0.5).start(LiveData.groups(), new Popularity())) {
            assertThatThrownBy(() -> live.save(file))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("IncrementalItemKnn")
                    .hasMessageContaining("folder");
        }
        assertThat(Files.exists(file)).isFalse();
    }
}
