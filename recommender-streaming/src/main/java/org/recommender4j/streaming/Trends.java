package org.recommender4j.streaming;

import java.util.ArrayList;
import java.util.List;
import org.recommender4j.data.Features;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.TopN;

/** Lists what people like of late. */
final class Trends<I> {
    private final LiveState<?, I> state;

    Trends(LiveState<?, I> state) {
        this.state = state;
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
        top.search(state.toldPopularity(), eligible.items());
        List<Trend<I>> result = new ArrayList<>();
        int[] items = top.items();
        float[] scores = top.scores();
        for (int k = 0; k < items.length; k++) {
            int people = state.hidesCounts() ? Math.round(scores[k]) : state.popularity.people(items[k]);
            result.add(new Trend<>(state.items.key(items[k]), scores[k], people));
        }
        return result;
    }
}
