package org.recommender4j.streaming;

import java.util.ArrayList;
import java.util.List;
import org.recommender4j.data.Features;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

/** Lists what people like of late. */
final class Trends<I> {
    private final LiveState<?, I> state;
    private final int least;

    Trends(LiveState<?, I> state) {
        this.state = state;
        least = Math.max(1, state.options.minGroup);
    }

    List<Trend<I>> of(int n, String field, String value) {
        Features features = state.itemFeatures.get();
        int items = state.itemCount;
        int column = features.categoryFields().contains(field)
                ? features.values(field).indexOf(value)
                : -1;
        if (column < 0) {
            return List.of();
        }
        int[] rows = features.categories(field).transpose().row(column);
        return of(n, Eligibility.builder(items).only(rows).build());
    }

    List<Trend<I>> of(int n) {
        return of(n, Eligibility.all(state.itemCount));
    }

    private List<Trend<I>> of(int n, Eligibility eligible) {
        TopN top = new TopN(n, eligible);
        Scorer popularity = state.popularity.scorer();
        top.search(
                (from, to, scores) -> {
                    popularity.score(from, to, scores);
                    for (int item = from; item < to; item++) {
                        int people = state.popularity.people(item);
                        double noise = noise(item, people);
                        scores[item - from] = people + noise < least || people == 0
                                ? Scorer.UNSCORED
                                : (float) (scores[item - from] + noise);
                    }
                },
                eligible.items());
        List<Trend<I>> result = new ArrayList<>();
        int[] items = top.items();
        float[] scores = top.scores();
        for (int k = 0; k < items.length; k++) {
            int people = state.popularity.people(items[k]);
            result.add(new Trend<>(state.items.key(items[k]), scores[k], (int)
                    Math.max(0, Math.round(people + noise(items[k], people)))));
        }
        return result;
    }

    private double noise(int item, int people) {
        CountNoise noise = state.options.noise;
        return noise == null ? 0 : noise.of(item, people);
    }
}
