package org.recommender4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/** A model that learns while it is asked has other scores in the second search for a list than in the first. */
class ChangingScoresTest {
    private static final int ITEMS = 24;

    private static final class Changing implements Algorithm, Model {
        private int asked;

        @Override
        public String name() {
            return "Changing";
        }

        @Override
        public Map<String, String> options() {
            return Map.of();
        }

        @Override
        public Algorithm with(Map<String, String> options) {
            return this;
        }

        @Override
        public Model train(TrainingData data, Training training) {
            return this;
        }

        @Override
        public Model restore(ModelState state) {
            return this;
        }

        @Override
        public int users() {
            return 0;
        }

        @Override
        public int items() {
            return ITEMS;
        }

        @Override
        public boolean answers(Profile profile) {
            return true;
        }

        /** Turns the order round each time. */
        @Override
        public Scorer scorer(Profile profile) {
            float sign = asked++ % 2 == 0 ? -1 : 1;
            return (from, to, scores) -> {
                for (int item = from; item < to; item++) {
                    scores[item - from] = sign * item;
                }
            };
        }

        @Override
        public ModelState state() {
            return new ModelState();
        }
    }

    @Test
    void aListWithCapsNamesNoItemTwiceAndIsFull() {
        DatasetBuilder<String, Integer> builder = Dataset.builder();
        for (int item = 0; item < ITEMS; item++) {
            builder.addItem(item);
        }
        Recommender<String, Integer> recommender = new Changing().fit(builder.build());
        // Of each half of the items, two at most: the first search finds but two.
        Recommendations<Integer> list = recommender.recommend(Request.<String, Integer>forUser("x")
                .limit(4)
                .maxPerGroup(item -> item < ITEMS / 2 ? "low" : "high", 2));
        assertThat(list.items()).doesNotHaveDuplicates().hasSize(4);
        assertThat(list.items().subList(0, 2)).containsExactly(0, 1);
        assertThat(list.items().subList(2, 4)).containsExactly(ITEMS - 1, ITEMS - 2);
    }
}
