package org.recommender4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.Profile;
import org.recommender4j.hybrid.Fallback;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/** A search costs a pass over the catalogue, so none is asked for in vain. */
class CompiledRulesTest {
    /** Knows items a to e, best first; the last ones are unscored. */
    private final CountingModel first = new CountingModel("first", 5);

    private final CountingModel last = new CountingModel("last", 5);

    private Recommendations<String> answer(Request<String, String> request) {
        var builder = Dataset.<String, String>builder();
        for (String item : List.of("a", "b", "c", "d", "e")) {
            builder.itemCategories(item, "color", item.equals("a") || item.equals("b") ? "red" : "blue");
            builder.add("u", item);
        }
        Algorithm chain =
                Fallback.builder().add(new Given(first)).add(new Given(last)).build();
        return chain.fit(builder.build()).recommend(request);
    }

    private static Request<String, String> request(int limit) {
        return Request.<String, String>forUser("new").limit(limit);
    }

    @Test
    void aListThatIsFullAsksNobodyElse() {
        assertThat(answer(request(3)).items()).containsExactly("a", "b", "c");
        assertThat(first.searches).isEqualTo(1);
        assertThat(last.searches).isZero();
        assertThat(answer(request(5)).items()).containsExactly("a", "b", "c", "d", "e");
        assertThat(first.searches).isEqualTo(2);
        assertThat(last.searches).isZero();
    }

    @Test
    void aListForNobodyOrOfPinsAloneNeedsNoSearch() {
        assertThat(answer(request(0))).isEmpty();
        assertThat(answer(request(2).pin("e", 1).pin("d", 2)).items()).containsExactly("e", "d");
        assertThat(answer(request(9).only(List.of("e")).pin("e", 1)).items()).containsExactly("e");
        assertThat(first.searches + last.searches).isZero();
    }

    @Test
    void aModelThatHasNoMoreIsNotAskedAgain() {
        first.scored = 2;
        assertThat(answer(request(4)))
                .extracting(Recommendation::source)
                .containsExactly("first", "first", "last", "last");
        assertThat(first.searches).isEqualTo(1);
        assertThat(last.searches).isEqualTo(1);
    }

    @Test
    void capsAskOnceMoreAndNoMoreWhenThatFillsTheList() {
        assertThat(answer(request(2).maxPerCategory("color", 1)).items()).containsExactly("a", "c");
        assertThat(first.searches).isEqualTo(2);
        assertThat(last.searches).isZero();
    }

    @Test
    void capsThatRefuseAllTheRestAskNobodyElse() {
        assertThat(answer(request(9).maxPerCategory("color", 1)).items()).containsExactly("a", "c");
        assertThat(first.searches).isEqualTo(1);
        assertThat(answer(request(3).maxPerCategory("color", 1).deny("d")).items())
                .containsExactly("a", "c");
        assertThat(first.searches).isEqualTo(3);
        // The pin is one of the five, so four are looked at.
        assertThat(answer(request(9).maxPerCategory("color", 1).pin("e", 1)).items())
                .containsExactly("e", "a");
        assertThat(first.searches).isEqualTo(4);
        assertThat(last.searches).isZero();
    }

    /** Scores the first items of the catalogue, in their order, and counts how often it is asked. */
    private static final class CountingModel implements Model {
        private final String name;
        private int scored;
        private int searches;

        CountingModel(String name, int scored) {
            this.name = name;
            this.scored = scored;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int users() {
            return 0;
        }

        @Override
        public int items() {
            return 5;
        }

        @Override
        public boolean answers(Profile profile) {
            return true;
        }

        @Override
        public Scorer scorer(Profile profile) {
            return (from, to, scores) -> {
                for (int item = from; item < to; item++) {
                    scores[item - from] = item < scored ? -item : Scorer.UNSCORED;
                }
            };
        }

        @Override
        public void topN(Profile profile, TopN top) {
            searches++;
            Model.super.topN(profile, top);
        }

        @Override
        public ModelState state() {
            return new ModelState();
        }
    }

    /** Learns nothing but what it is given. */
    private record Given(CountingModel model) implements Algorithm {
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
            return model;
        }

        @Override
        public Model restore(ModelState state) {
            return model;
        }
    }
}
