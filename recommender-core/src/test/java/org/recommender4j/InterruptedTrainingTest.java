package org.recommender4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.Split;
import org.recommender4j.eval.Comparison;
import org.recommender4j.eval.Evaluation;
import org.recommender4j.eval.Metric;
import org.recommender4j.eval.SearchSpace;
import org.recommender4j.eval.Tuning;
import org.recommender4j.factorization.ImplicitAls;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/** What an interrupt does to a training, and what an executor that wants no work does. */
class InterruptedTrainingTest {
    /** Those that only count or weigh: done before anybody could wait for them. */
    private static final Set<String> AT_ONCE = Set.of("Popularity", "ContentBased");

    static Stream<Algorithm> algorithms() {
        return Algorithm.all().stream();
    }

    @AfterEach
    void clearTheStatus() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void anInterruptedThreadDoesNotTrain(Algorithm algorithm) {
        if (AT_ONCE.contains(algorithm.name())) {
            return;
        }
        for (int threads : new int[] {1, 3}) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() ->
                            algorithm.fit(TestData.blocks(), Training.defaults().withThreads(threads)))
                    .as(algorithm.name())
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).as(algorithm.name()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void anInterruptEndsTheTrainingAfterTheIterationAtTheLatest(Algorithm algorithm) {
        List<Training.Progress> done = new ArrayList<>();
        Training training = Training.defaults().withThreads(1).withListener(progress -> {
            done.add(progress);
            Thread.currentThread().interrupt();
        });
        try {
            algorithm.fit(TestData.blocks(), training);
            assertThat(done).isEmpty();
        } catch (CancellationException e) {
            assertThat(Thread.interrupted()).isTrue();
            assertThat(done).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void whatAListenerThrowsEndsTheTraining(Algorithm algorithm) {
        IllegalStateException enough = new IllegalStateException("enough");
        boolean[] told = new boolean[1];
        Training training = Training.defaults().withListener(progress -> {
            told[0] = true;
            throw enough;
        });
        try {
            algorithm.fit(TestData.blocks(), training);
            assertThat(told[0]).isFalse();
        } catch (IllegalStateException e) {
            assertThat(e).isSameAs(enough);
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void anExecutorThatWantsNoWorkChangesNothing(Algorithm algorithm) {
        Dataset<String, String> data = TestData.blocks();
        Executor full = task -> {
            throw new RejectedExecutionException("full");
        };
        Recommender<String, String> recommender =
                algorithm.fit(data, Training.defaults().withThreads(4).withExecutor(full));
        Recommender<String, String> usual = algorithm.fit(data);
        List<String> users = List.of("u0-1", "u1-2", "u3-24", "nobody");
        List<Object> lists = new ArrayList<>();
        recommender.recommendAll(users, 5, full, (user, list) -> lists.add(list));
        assertThat(lists).hasSize(4);
        for (int k = 0; k < 4; k++) {
            assertThat(lists.get(k)).isEqualTo(usual.recommend(users.get(k), 5));
        }
    }

    @Test
    void aComparisonAndATuningDoNotTakeAnInterruptForAFailedTrial() {
        Split split = Split.perUser(TestData.blocks().interactions(), 0.2, 1);
        Evaluation evaluation = Evaluation.builder(TrainingData.implicit(split.train()), split.test())
                .metrics(Metric.ndcg(10))
                .build();
        Comparison.Builder comparison = Comparison.builder(evaluation).add("als", new ImplicitAls());
        SearchSpace space =
                SearchSpace.builder().uniform("regularization", 0, 1).build();
        Tuning tuning = Tuning.builder(new ImplicitAls(), space, evaluation, "ndcg@10")
                .trials(2)
                .build();
        Thread.currentThread().interrupt();
        assertThatThrownBy(comparison::run).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        Thread.currentThread().interrupt();
        assertThatThrownBy(tuning::run).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
