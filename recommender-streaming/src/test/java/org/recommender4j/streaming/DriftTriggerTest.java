package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;

class DriftTriggerTest {
    @TempDir
    Path folder;

    private static Map<Integer, Integer> sample(SplittableRandom random, int size, int items, int from) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int k = 0; k < size; k++) {
            counts.merge(from + (int) (items * random.nextDouble() * random.nextDouble()), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void chanceIsNoDriftHoweverManyItemsThereAre() {
        SplittableRandom random = new SplittableRandom(1);
        for (int items : new int[] {10, 1000, 100_000}) {
            for (int round = 0; round < 20; round++) {
                double distance =
                        DriftTrigger.distance(sample(random, 2000, items, 0), sample(random, 2000, items, 0), 2000);
                assertThat(distance).as("%d items", items).isCloseTo(0, within(0.03));
            }
        }
    }

    @Test
    void theDistanceIsThatOfTheDistributions() {
        assertThat(DriftTrigger.distance(Map.of(1, 1000), Map.of(2, 1000), 1000))
                .isCloseTo(1, within(0.001));
        // Shares .5 and .5 against .9 and .1: (.16 / 1.4 + .16 / .6) / 2.
        assertThat(DriftTrigger.distance(Map.of(1, 5000, 2, 5000), Map.of(1, 9000, 2, 1000), 10_000))
                .isCloseTo(0.1905, within(0.001));
    }

    @Test
    void anotherTasteTrainsTheModelAnewAndTheSameDoesNot() throws Exception {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
        LiveBuilder options = LiveData.live().gate(0, 0).refitOnDrift(200, 0.2).scheduler(thread);
        try (LiveRecommender<String, String> live = options.start(LiveData.groups(), LiveData.als())) {
            view(live, 0, 600);
            settle(thread);
            assertThat(live.metrics().generation()).isEqualTo(1);
            view(live, 1, 200);
            settle(thread);
            assertThat(live.metrics().generation()).isEqualTo(2);
            view(live, 1, 600);
            settle(thread);
            assertThat(live.metrics().generation())
                    .as("what the second model met at first is its reference")
                    .isEqualTo(2);
        } finally {
            thread.shutdownNow();
        }
    }

    /** The data is of three groups; all interest of now is in one of them. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFirstWindowIsComparedWithTheTraining(boolean opened) throws Exception {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
        LiveBuilder options = LiveData.live()
                .gate(0, 0)
                .refitOnDrift(200, 0.2)
                .driftSinceTraining(true)
                .scheduler(thread);
        if (opened) {
            LiveData.live().create(folder, LiveData.groups(), LiveData.als()).close();
        }
        try (LiveRecommender<String, String> live = opened
                ? options.open(folder, String.class, String.class)
                : options.start(LiveData.groups(), LiveData.als())) {
            viewAll(live, 400);
            settle(thread);
            assertThat(live.metrics().generation()).as("the taste of the data").isEqualTo(1);
            view(live, 0, 199);
            settle(thread);
            assertThat(live.metrics().generation()).isEqualTo(1);
            view(live, 0, 1);
            settle(thread);
            assertThat(live.metrics().generation()).isEqualTo(2);
            view(live, 0, 600);
            settle(thread);
            assertThat(live.metrics().generation())
                    .as("the window before the refit is the reference")
                    .isEqualTo(2);
            live.refit();
            view(live, 1, 200);
            settle(thread);
            assertThat(live.metrics().generation())
                    .as("also after a refit that has other reasons")
                    .isEqualTo(4);
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void theVeryFirstWindowCounts() throws Exception {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
        LiveBuilder options = LiveData.live().gate(0, 0).refitOnDrift(200, 0.2).scheduler(thread);
        for (boolean compare : new boolean[] {false, true}) {
            try (LiveRecommender<String, String> live =
                    options.driftSinceTraining(compare).start(LiveData.groups(), LiveData.als())) {
                view(live, 0, 200);
                settle(thread);
                assertThat(live.metrics().generation()).isEqualTo(compare ? 2 : 1);
            }
        }
        thread.shutdownNow();
    }

    @Test
    void dataOfLessThanAWindowIsNoReference() throws Exception {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
        LiveBuilder options = LiveData.live()
                .gate(0, 0)
                .refitOnDrift(1000, 0.2)
                .driftSinceTraining(true)
                .scheduler(thread);
        try (LiveRecommender<String, String> live = options.start(LiveData.groups(), LiveData.als())) {
            view(live, 0, 2000);
            settle(thread);
            assertThat(live.metrics().generation()).isEqualTo(1);
        } finally {
            thread.shutdownNow();
        }
    }

    /** Without times no user and no item is preferred. */
    @Test
    void aSampleOfTimelessDataIsFair() {
        DatasetBuilder<Integer, Integer> data = Dataset.builder();
        for (int user = 0; user < 500; user++) {
            for (int k = 0; k < 10; k++) {
                data.add(user, user / 50 * 10 + k);
            }
        }
        LiveState<Integer, Integer> state =
                new LiveState<>(new DataSource<>(data.build(), LiveData.START), new LiveOptions());
        Map<Integer, Integer> sample = state.snapshot(0).latestItems(2000);
        assertThat(sample).hasSize(100).isEqualTo(state.snapshot(0).latestItems(2000));
        assertThat(sample.values()).allMatch(count -> count >= 8 && count <= 35);
        assertThat(state.snapshot(0).latestItems(5001)).isEmpty();
    }

    private static void viewAll(LiveRecommender<String, String> live, int events) {
        SplittableRandom random = new SplittableRandom(9);
        for (int k = 0; k < events; k++) {
            int group = random.nextInt(3);
            live.ingest(Event.view("u" + group + "-" + random.nextInt(20), "i" + group + "-" + random.nextInt(12)));
        }
    }

    private static void view(LiveRecommender<String, String> live, int group, int events) {
        SplittableRandom random = new SplittableRandom(group);
        for (int k = 0; k < events; k++) {
            live.ingest(Event.view("u" + group + "-" + random.nextInt(20), "i" + group + "-" + random.nextInt(12)));
        }
    }

    private static void settle(ScheduledExecutorService thread) throws Exception {
        thread.submit(() -> {}).get(60, TimeUnit.SECONDS);
    }

    @Test
    void badSettingsAreRefused() {
        LiveBuilder builder = LiveRecommender.builder();
        assertThatThrownBy(() -> builder.refitOnDrift(99, 0.1)).hasMessageContaining("window");
        assertThatThrownBy(() -> builder.refitOnDrift(100, 0)).hasMessageContaining("threshold");
        assertThatThrownBy(() -> builder.refitOnDrift(100, Double.NaN)).hasMessageContaining("threshold");
    }
}
