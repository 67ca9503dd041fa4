package org.recommender4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.recommender4j.model.Training;

class IterationTimesTest {
    @Test
    void countsIterationsWithoutBeingAnObserver() {
        IterationTimes times = new IterationTimes();
        assertThat(times.medianSeconds()).isNaN();
        Training training = Training.defaults().withTicker(times);
        assertThat(training.isObserved()).isFalse();
        long start = training.start();
        for (int iteration = 1; iteration <= 200; iteration++) {
            training.report("Some", iteration, 200, Double.NaN, start);
        }
        assertThat(times.iterations()).isEqualTo(200);
        assertThat(times.medianSeconds()).isNotNegative();
    }
}
