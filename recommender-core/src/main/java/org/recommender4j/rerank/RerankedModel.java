package org.recommender4j.rerank;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

/** A model whose lists are reordered; all else is that of the model inside. */
final class RerankedModel implements Model {
    private final String name;
    private final Model inner;
    private final int depth;
    private final Order order;

    RerankedModel(String name, Model inner, int depth, Order order) {
        this.name = name;
        this.inner = inner;
        this.depth = depth;
        this.order = order;
    }

    @Override
    public void topN(Profile profile, TopN top) {
        TopN best = top.sibling(Math.max(depth, top.capacity()));
        inner.topN(profile, best);
        int[] items = best.items();
        float[] scores = best.scores();
        int pool = Math.min(depth, items.length);
        int[] pooled = Arrays.copyOf(items, pool);
        boolean[] placed = new boolean[pool];
        int place = 0;
        float previous = Float.POSITIVE_INFINITY;
        for (int k : order.of(profile, pooled, scaled(scores, pool), Math.min(pool, top.capacity()))) {
            previous = below(previous, scores[place++]);
            top.offerBoosted(items[k], previous);
            placed[k] = true;
        }
        for (int k = 0; k < items.length; k++) {
            if (k >= pool || !placed[k]) {
                previous = below(previous, scores[place++]);
                top.offerBoosted(items[k], previous);
            }
        }
    }

    /** Returns a score that comes after the previous one, so that the list keeps its order. */
    private static float below(float previous, float score) {
        return Math.max(-Float.MAX_VALUE, Math.min(score, Math.nextDown(previous)));
    }

    /** Brings the scores of the pool to 0 to 1. */
    private static float[] scaled(float[] scores, int pool) {
        float[] result = new float[pool];
        for (int k = 0; k < pool; k++) {
            double spread = (double) scores[0] - scores[pool - 1];
            result[k] = spread == 0 ? 1f : (float) (((double) scores[k] - scores[pool - 1]) / spread);
        }
        return result;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int users() {
        return inner.users();
    }

    @Override
    public int items() {
        return inner.items();
    }

    @Override
    public boolean answers(Profile profile) {
        return inner.answers(profile);
    }

    @Override
    public Scorer scorer(Profile profile) {
        return inner.scorer(profile);
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        return inner.similarItems(item);
    }

    @Override
    public Optional<Scorer> audience(int item) {
        return inner.audience(item);
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        return inner.explain(profile, item);
    }

    @Override
    public ModelState state() {
        ModelState state = new ModelState().put("model", inner.state());
        ModelState own = order.state();
        own.tensors().forEach(state::put);
        own.texts().forEach(state::put);
        return state;
    }
}
