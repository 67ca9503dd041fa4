package org.recommender4j.factorization;

import org.recommender4j.internal.kernel.Int8Panels;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.TopN;

/** Finds candidates by rounded vectors and offers them with their exact scores. Immutable; thread-safe. */
final class QuantizedSearch implements ItemSearch {
    private static final int LEAST_CANDIDATES = 100;
    private static final int CANDIDATES_PER_ITEM = 4;

    private final ItemFactors items;
    private final Int8Panels rounded;

    QuantizedSearch(ItemFactors items, Panels panels) {
        this.items = items;
        rounded = Int8Panels.of(panels);
    }

    @Override
    public Retrieval retrieval() {
        return Retrieval.QUANTIZED;
    }

    @Override
    public ItemSearch over(ItemFactors others, int[] changed) {
        return others.quantized();
    }

    @Override
    public void addTo(ModelState state) {}

    @Override
    public void search(float[] vector, TopN top) {
        long wanted = Math.max(LEAST_CANDIDATES, (long) CANDIDATES_PER_ITEM * top.capacity());
        float unit = Int8Panels.scale(vector);
        if (wanted >= items.size() / 4
                || items.hasFewCandidates(top)
                || !(unit > 0 && unit < Float.POSITIVE_INFINITY)) {
            items.search(vector, top);
            return;
        }
        TopN candidates = top.sibling((int) wanted);
        scan(rounded.quantise(vector), ItemFactors.length(vector, 0) / unit, candidates);
        for (int item : candidates.items()) {
            top.offer(item, items.score(vector, item));
        }
    }

    /** The scores and the length are in units of the user's scale. */
    private void scan(short[] user, double norm, TopN candidates) {
        float[] scores = new float[Panels.WIDTH];
        int end = rounded.panelCount();
        for (int panel = 0; ; panel++) {
            float threshold = candidates.threshold();
            end = items.reachable(norm, threshold, end);
            panel = panel < end ? rounded.scan(user, panel, end, threshold, scores) : end;
            if (panel >= end) {
                return;
            }
            items.offer(candidates, panel, scores, 0);
        }
    }
}
