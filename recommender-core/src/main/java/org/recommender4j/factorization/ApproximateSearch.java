package org.recommender4j.factorization;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.TopN;
import org.recommender4j.model.Training;

/**
 * Looks where the best items are likely to be, if there are enough items for that to pay. How far it has to look is found out
 * once, from exact searches for users. Immutable; thread-safe.
 */
final class ApproximateSearch implements ItemSearch {
    /** Fewer items are searched exactly, in less time than the centers of their clusters would take. */
    private static final int LEAST_ITEMS = 8192;

    private static final double CLUSTERS_PER_ROOT = 2;
    private static final int SEED = 1;

    /** Which share of the best items of the users asked is to be found. */
    private static final double RECALL = 0.98;

    private static final int ASKED_USERS = 256;
    private static final int ASKED_ITEMS = 10;
    /** Where no user can be asked. */
    private static final double USUAL_DEVIATIONS = 6;

    private static final String CLUSTERS = "clusters";
    private static final String DEVIATIONS = "deviations";

    private final ItemFactors items;
    private final @Nullable InvertedFile file;
    private final double deviations;

    private ApproximateSearch(ItemFactors items, @Nullable InvertedFile file, double deviations) {
        this.items = items;
        this.file = file;
        this.deviations = deviations;
    }

    /**
     * Divides the items and asks users.
     *
     * @param users row-major
     */
    static ApproximateSearch of(ItemFactors items, float[] users, Training training) {
        if (items.size() < LEAST_ITEMS) {
            return new ApproximateSearch(items, null, 0);
        }
        int count = (int) (CLUSTERS_PER_ROOT * Math.sqrt(items.size()));
        int[] clusterOf = Clusters.divide(items.size(), items.dimension(), items::row, count, SEED, training);
        InvertedFile file = new InvertedFile(items, clusterOf, count);
        return new ApproximateSearch(items, file, deviations(items, file, users, training));
    }

    private static double deviations(ItemFactors items, InvertedFile file, float[] users, Training training) {
        int d = items.dimension();
        int all = users.length / d;
        int asked = Math.min(all, ASKED_USERS);
        double[] needed = new double[asked * ASKED_ITEMS];
        Arrays.fill(needed, Double.NaN);
        Parallel.forBlocks(asked, 1, training.threads(), training.executor(), (block, user, end, none) -> {
            int at = (int) ((long) user * all / asked) * d;
            float[] vector = Arrays.copyOfRange(users, at, at + d);
            double norm = ItemFactors.length(vector, 0);
            if (norm > 0 && norm < Float.POSITIVE_INFINITY) {
                TopN top = new TopN(ASKED_ITEMS, Eligibility.all(items.size()));
                items.search(vector, top);
                int[] best = top.items();
                for (int k = 0; k < best.length; k++) {
                    needed[user * ASKED_ITEMS + k] = file.needed(vector, best[k], top.threshold());
                }
            }
        });
        double[] known = Arrays.stream(needed).filter(Double::isFinite).sorted().toArray();
        return known.length == 0 ? USUAL_DEVIATIONS : known[(int) Math.min(known.length - 1, RECALL * known.length)];
    }

    /** Tells whether a state holds what {@link #restore} needs. */
    static boolean isIn(ModelState state) {
        return state.tensors().containsKey(CLUSTERS);
    }

    static ApproximateSearch restore(ItemFactors items, ModelState state) {
        int[] clusterOf = state.ints(CLUSTERS, items.size(), 0, items.size() - 1);
        int count = 0;
        for (int cluster : clusterOf) {
            count = Math.max(count, cluster + 1);
        }
        double deviations = state.number(DEVIATIONS, 0, Double.POSITIVE_INFINITY);
        return new ApproximateSearch(items, new InvertedFile(items, clusterOf, count), deviations);
    }

    @Override
    public Retrieval retrieval() {
        return Retrieval.APPROXIMATE;
    }

    @Override
    public void search(float[] vector, TopN top) {
        if (file == null || items.hasFewCandidates(top) || !file.search(vector, deviations, top)) {
            items.search(vector, top);
        }
    }

    @Override
    public ItemSearch over(ItemFactors others, int[] changed) {
        if (file == null || others.size() < LEAST_ITEMS) {
            return of(others, new float[0], Training.defaults().withThreads(1));
        }
        return new ApproximateSearch(others, file.over(others, changed), deviations);
    }

    @Override
    public void addTo(ModelState state) {
        if (file != null) {
            state.put(CLUSTERS, file.clusterOf());
            state.put(DEVIATIONS, Double.toString(deviations));
        }
    }
}
