package org.recommender4j.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;
import org.recommender4j.model.TrainingData;

/**
 * Makes the list of every user with something to find, and measures it. Each value has a cell of its own and the exposure is
 * counted in whole numbers, so that the result is the same for any number of threads.
 */
final class ListRun {
    private static final int USERS_PER_BLOCK = 64;

    private final Model model;
    private final TrainingData train;
    private final Interactions relevant;
    private final int @Nullable [] candidates;
    private final List<UserMetric> metrics;
    private final int[] users;
    private final int depth;
    private final double[][] values;
    private final Map<Integer, AtomicIntegerArray> exposures = new TreeMap<>();
    private final AtomicInteger unanswered = new AtomicInteger();

    ListRun(
            Model model,
            TrainingData train,
            Interactions relevant,
            int @Nullable [] candidates,
            List<UserMetric> metrics,
            List<CatalogueMetric> catalogueMetrics) {
        this.model = model;
        this.train = train;
        this.relevant = relevant;
        this.candidates = candidates;
        this.metrics = metrics;
        users = rowsWithEntries(relevant);
        int deepest = 0;
        for (UserMetric metric : metrics) {
            deepest = Math.max(deepest, metric.cutoff());
        }
        for (CatalogueMetric metric : catalogueMetrics) {
            deepest = Math.max(deepest, metric.cutoff());
            exposures.computeIfAbsent(metric.cutoff(), k -> new AtomicIntegerArray(relevant.columns()));
        }
        depth = deepest;
        values = new double[metrics.size()][relevant.rows()];
        for (double[] row : values) {
            Arrays.fill(row, Double.NaN);
        }
    }

    private static int[] rowsWithEntries(Interactions matrix) {
        int[] rows = new int[matrix.rows()];
        int n = 0;
        for (int r = 0; r < rows.length; r++) {
            if (matrix.length(r) > 0) {
                rows[n++] = r;
            }
        }
        return Arrays.copyOf(rows, n);
    }

    void run(int threads, Executor executor) {
        train.interactions().transpose();
        Parallel.forBlocks(users.length, USERS_PER_BLOCK, threads, executor, (block, from, to, scratch) -> {
            for (int k = from; k < to; k++) {
                measure(users[k]);
            }
        });
    }

    int users() {
        return users.length;
    }

    int unanswered() {
        return unanswered.get();
    }

    double[] values(int metric) {
        return values[metric];
    }

    int[] exposure(int cutoff) {
        AtomicIntegerArray counts = exposures.get(cutoff);
        if (counts == null) {
            throw new IllegalArgumentException("nothing was counted at " + cutoff);
        }
        int[] result = new int[counts.length()];
        Arrays.setAll(result, counts::get);
        return result;
    }

    private void measure(int user) {
        Profile profile = Profiles.of(train, user);
        List<Model> stages = new ArrayList<>();
        for (Model stage : model.stages()) {
            if (stage.answers(profile)) {
                stages.add(stage);
            }
        }
        if (stages.isEmpty()) {
            unanswered.incrementAndGet();
        }
        int[] seen = user < train.users() ? train.interactions().row(user) : new int[0];
        int[] items = depth == 0 ? new int[0] : list(stages, profile, seen);
        for (Map.Entry<Integer, AtomicIntegerArray> exposure : exposures.entrySet()) {
            for (int j = 0; j < Math.min(exposure.getKey(), items.length); j++) {
                exposure.getValue().incrementAndGet(items[j]);
            }
        }
        DoubleSupplier auc = () -> pairOrder(stages, user, profile, seen);
        Ranking ranking =
                new Ranking(user, items, relevant, train.interactions().transpose(), auc);
        for (int m = 0; m < values.length; m++) {
            values[m][user] = metrics.get(m).of(ranking);
        }
    }

    /** Asks the stages one after the other until the list is full, as the serving path does. */
    private int[] list(List<Model> stages, Profile profile, int[] seen) {
        int[] items = new int[0];
        for (Model stage : stages) {
            int[] excluded = items.length == 0 ? seen : union(seen, items);
            TopN top = new TopN(depth - items.length, eligibility(excluded));
            stage.topN(profile, top);
            int[] more = top.items();
            if (items.length == 0) {
                items = more;
            } else {
                int known = items.length;
                items = Arrays.copyOf(items, known + more.length);
                System.arraycopy(more, 0, items, known, more.length);
            }
            if (items.length == depth) {
                break;
            }
        }
        return items;
    }

    private double pairOrder(List<Model> stages, int user, Profile profile, int[] seen) {
        int items = relevant.columns();
        if (stages.isEmpty()) {
            return PairOrder.share((from, to, scores) -> {}, 0, items, relevant.row(user), eligibility(seen));
        }
        Scorer scorer = stages.get(0).scorer(profile);
        return PairOrder.share(scorer, stages.get(0).items(), items, relevant.row(user), eligibility(seen));
    }

    private Eligibility eligibility(int[] excluded) {
        int items = relevant.columns();
        if (candidates == null) {
            return Eligibility.allExcept(items, excluded);
        }
        return Eligibility.builder(items).only(candidates).seen(excluded).build();
    }

    private static int[] union(int[] ascending, int[] others) {
        int[] result = Arrays.copyOf(ascending, ascending.length + others.length);
        System.arraycopy(others, 0, result, ascending.length, others.length);
        Arrays.sort(result);
        return result;
    }
}
