package org.recommender4j.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.recommender4j.data.Features;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TimedModel;
import org.recommender4j.model.TrainingData;

class TimedRatingsTest {
    /** Predicts the time, or 9 when it is not told. */
    private static final class Clock implements TimedModel {
        @Override
        public String name() {
            return "Clock";
        }

        @Override
        public int users() {
            return 2;
        }

        @Override
        public int items() {
            return 3;
        }

        @Override
        public boolean answers(Profile profile) {
            return profile.user() == 0;
        }

        @Override
        public Scorer scorer(Profile profile) {
            return scorer(profile, 9);
        }

        @Override
        public Scorer scorer(Profile profile, long time) {
            return (from, to, scores) -> java.util.Arrays.fill(scores, 0, to - from, (float) time);
        }

        @Override
        public ModelState state() {
            return new ModelState();
        }
    }

    private static double mae(long... times) {
        Interactions train = Interactions.of(3, new int[] {0, 1, 2}, new int[] {0, 0}, new float[] {3, 3}, null);
        Interactions test = Interactions.of(
                3, new int[] {0, 2, 3}, new int[] {1, 2, 1}, new float[] {2, 5, 4}, times.length == 0 ? null : times);
        TrainingData data = new TrainingData(train, Feedback.EXPLICIT, 4, 1, 10, Features.none(), Features.none());
        EvaluationResult result =
                Evaluation.builder(data, test).metrics(Metric.mae()).build().run(new Clock());
        assertThat(result.missing()).isEqualTo(1);
        return result.mean("mae");
    }

    @Test
    void aModelThatHeedsTimesIsAskedAsOfTheTimeOfEachRating() {
        // Two exact predictions, and the mean of 3 for a user whom the model does not know.
        assertThat(mae(2, 5, 7)).isEqualTo(1 / 3.0);
    }

    @Test
    void withoutTimesItDecidesItself() {
        assertThat(mae()).isEqualTo((7 + 4 + 1) / 3.0);
    }
}
