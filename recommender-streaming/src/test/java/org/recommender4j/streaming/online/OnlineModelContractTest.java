package org.recommender4j.streaming.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recommender4j.Algorithm;
import org.recommender4j.Recommendation;
import org.recommender4j.Recommender;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

/** What every online model promises. */
class OnlineModelContractTest {
    @TempDir
    Path folder;

    static List<OnlineAlgorithm> algorithms() {
        return Algorithm.all().stream()
                .filter(OnlineAlgorithm.class::isInstance)
                .map(OnlineAlgorithm.class::cast)
                .toList();
    }

    record Event(int user, int item, float weight, long time) {}

    /** Two groups of users, each with its own ten items. */
    static List<Event> blocks(int users, int events, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Event> result = new ArrayList<>();
        for (int k = 0; k < events; k++) {
            int user = random.nextInt(users);
            int item = random.nextInt(10) + 10 * (user % 2);
            result.add(new Event(user, item, 1f, 60_000L * k));
        }
        return result;
    }

    static void feed(OnlineModel model, List<Event> events) {
        events.forEach(event -> model.update(event.user, event.item, event.weight, event.time));
    }

    static float[] scores(OnlineModel model, Profile profile) {
        float[] scores = new float[model.items()];
        model.scorer(profile).score(0, scores.length, scores);
        return scores;
    }

    static int[] best(OnlineModel model, Profile profile, int n) {
        TopN top = new TopN(n, Eligibility.all(Math.max(1, model.items())));
        model.topN(profile, top);
        return top.items();
    }

    private static void assertSameState(ModelState a, ModelState b) {
        assertThat(a.texts()).isEqualTo(b.texts());
        assertThat(a.tensors().keySet()).isEqualTo(b.tensors().keySet());
        a.tensors()
                .forEach((name, tensor) -> assertThat(tensor.data())
                        .as(name)
                        .usingRecursiveComparison()
                        .isEqualTo(b.tensors().get(name).data()));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void knowsItsOptions(OnlineAlgorithm algorithm) {
        assertThat(algorithm.with(algorithm.options()).options()).isEqualTo(algorithm.options());
        assertThatThrownBy(() -> algorithm.with(Map.of("nonsense", "1"))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void knowsNothingAtFirst(OnlineAlgorithm algorithm) {
        OnlineModel model = algorithm.start();
        assertThat(model.items()).isZero();
        assertThat(best(model, Profile.empty(), 5)).isEmpty();
        assertThat(best(model, Profile.ofItems(3, 77), 5)).isEmpty();
        assertThat(model.forget(12)).isEqualTo(new Unlearned(0, ""));
        assertThat(model.similarItems(1000).map(scorer -> scorer.score(5)).orElse(Scorer.UNSCORED))
                .isEqualTo(Scorer.UNSCORED);
        OnlineModel same = algorithm.restore(model.state());
        assertSameState(same.state(), model.state());
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void refusesEventsThatCannotBe(OnlineAlgorithm algorithm) {
        OnlineModel model = algorithm.start();
        assertThatThrownBy(() -> model.update(-1, 0, 1, 0))
                .hasMessageContaining("user")
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> model.update(0, Integer.MAX_VALUE, 1, 0)).hasMessageContaining("item");
        assertThatThrownBy(() -> model.update(0, 0, Float.NaN, 0)).hasMessageContaining("weight");
        assertThatThrownBy(() -> model.update(0, 0, 1, -1)).hasMessageContaining("time");
        assertThat(model.items()).isZero();
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void learnsTheBlocksUnlessItIsTheSameForEverybody(OnlineAlgorithm algorithm) {
        OnlineModel model = algorithm.start();
        feed(model, blocks(40, 1500, 1));
        assertThat(model.items()).isEqualTo(20);
        for (int group = 0; group < 2; group++) {
            Profile profile = Profile.ofItems(10 * group + 1, 10 * group + 4);
            int[] best = best(model, profile, 5);
            assertThat(best).hasSize(5);
            if (!(algorithm instanceof DecayedPopularity)) {
                int from = 10 * group;
                assertThat(java.util.Arrays.stream(best)).allMatch(item -> item >= from && item < from + 10);
            }
            float[] scores = scores(model, profile);
            assertThat(best[0]).isEqualTo(argMax(scores));
            assertThat(model.scorer(profile).score(best[2])).isEqualTo(scores[best[2]]);
        }
    }

    private static int argMax(float[] scores) {
        int best = 0;
        for (int k = 1; k < scores.length; k++) {
            best = scores[k] > scores[best] ? k : best;
        }
        return best;
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void hugeWeightsGiveHugeScoresNotInfiniteOnes(OnlineAlgorithm algorithm) {
        OnlineModel model = algorithm.start();
        for (Event event : blocks(20, 400, 9)) {
            model.update(event.user, event.item, Float.MAX_VALUE, event.time);
        }
        OnlineBlend blend =
                OnlineBlend.builder().add(model, Float.MAX_VALUE / 2).build();
        int[] items = {1, 2, 3, 5, 7};
        float[] weights = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE, 1e38f, Float.MIN_VALUE};
        Profile profile = Profile.ofHistory(-1, items, weights, null);
        for (OnlineModel each : List.of(model, blend)) {
            for (float score : scores(each, profile)) {
                assertThat(score).isNotNaN().isLessThan(Float.POSITIVE_INFINITY);
            }
            assertThat(best(each, profile, 5)).isNotEmpty();
            for (int item = 0; item < 20; item++) {
                each.explain(profile, item)
                        .forEach(reason -> assertThat(reason.value()).isFinite());
            }
            each.similarItems(3)
                    .ifPresent(
                            similar -> assertThat(similar.score(5)).isNotNaN().isLessThan(Float.POSITIVE_INFINITY));
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void goesOnAfterRestoreAsIfNothingHadHappened(OnlineAlgorithm algorithm) {
        List<Event> events = blocks(25, 600, 2);
        OnlineModel model = algorithm.start();
        feed(model, events.subList(0, 400));
        OnlineModel restored = algorithm.restore(model.state());
        assertSameState(restored.state(), model.state());
        for (OnlineModel each : List.of(model, restored)) {
            feed(each, events.subList(400, 600));
            each.forget(3);
        }
        Profile profile = Profile.ofHistory(-1, new int[] {2, 5, 14}, null, null);
        float[] expected = scores(model, profile);
        float[] actual = scores(restored, profile);
        for (int item = 0; item < expected.length; item++) {
            if (Float.isFinite(expected[item])) {
                assertThat((double) actual[item])
                        .isCloseTo(
                                expected[item],
                                org.assertj.core.data.Offset.offset(2e-3 * Math.abs(expected[item]) + 1e-4));
            } else {
                assertThat(actual[item]).isEqualTo(expected[item]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void refusesABrokenState(OnlineAlgorithm algorithm) {
        OnlineModel model = algorithm.start();
        feed(model, blocks(10, 100, 3));
        assertThatThrownBy(() -> algorithm.restore(new ModelState())).isInstanceOf(IllegalArgumentException.class);
        model.state().tensors().forEach((name, tensor) -> {
            ModelState broken = new ModelState();
            model.state().tensors().forEach((other, value) -> {
                if (!other.equals(name)) {
                    broken.put(other, value);
                }
            });
            assertThatThrownBy(() -> algorithm.restore(broken)).as(name).isInstanceOf(IllegalArgumentException.class);
        });
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void isARecommenderThatCanBeSavedAndLoaded(OnlineAlgorithm algorithm) {
        DatasetBuilder<String, String> builder = Dataset.builder();
        blocks(30, 600, 4).forEach(event -> builder.add("u" + event.user, "i" + event.item, 1.0, event.time));
        Dataset<String, String> data = builder.build();
        Recommender<String, String> recommender = algorithm.fit(data);
        List<Recommendation<String>> before = recommender.recommend("u4", 5);
        assertThat(before).hasSize(5);
        Path file = folder.resolve("model");
        recommender.save(file);
        assertThat(Recommender.load(file, String.class, String.class).recommend("u4", 5))
                .extracting(Recommendation::item)
                .isEqualTo(before.stream().map(Recommendation::item).toList());
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void answersWhileItLearns(OnlineAlgorithm algorithm) throws InterruptedException {
        OnlineModel model = algorithm.start();
        List<Event> events = blocks(60, 4000, 5);
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<Throwable> problem = new AtomicReference<>();
        List<Thread> readers = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            int user = t;
            Thread reader = new Thread(() -> {
                try {
                    while (!done.get()) {
                        Profile profile = Profile.ofHistory(user, new int[] {user, user + 2, 15}, null, null);
                        for (float score : scores(model, profile)) {
                            assertThat(Float.isNaN(score)).isFalse();
                        }
                        assertThat(best(model, profile, 5)).doesNotHaveDuplicates();
                        model.similarItems(3).ifPresent(scorer -> scorer.score(4));
                    }
                } catch (Throwable e) {
                    problem.set(e);
                }
            });
            reader.start();
            readers.add(reader);
        }
        feed(model, events);
        for (int user = 0; user < 60; user += 2) {
            model.forget(user);
        }
        done.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(problem.get()).isNull();
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void aForgottenUserHasNeverBeen(OnlineAlgorithm algorithm) {
        List<Event> events = blocks(20, 500, 6);
        OnlineModel with = algorithm.start();
        feed(with, events);
        OnlineModel without = algorithm.start();
        feed(without, events.stream().filter(event -> event.user != 7).toList());
        Unlearned forgotten = with.forget(7);
        assertThat(forgotten.removed()).isPositive();
        if (algorithm instanceof IncrementalMf) {
            assertThat(forgotten.residue()).contains("items");
            assertThat(with.state().child("events").ints("users")).doesNotContain(7);
            return;
        }
        assertThat(forgotten.residue()).isEmpty();
        for (Profile profile : List.of(Profile.ofItems(1, 3), Profile.ofItems(17), Profile.ofItems(12, 4))) {
            float[] expected = scores(without, profile);
            float[] actual = scores(with, profile);
            for (int item = 0; item < expected.length; item++) {
                if (Float.isFinite(expected[item])) {
                    assertThat(actual[item]).isCloseTo(expected[item], org.assertj.core.data.Offset.offset(1e-5f));
                } else {
                    assertThat(actual[item]).isEqualTo(expected[item]);
                }
            }
        }
    }
}
