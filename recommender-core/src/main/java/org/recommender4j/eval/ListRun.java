package org.recommender4j.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.TopN;
import org.recommender4j.model.TrainingData;

/**
 * Makes the list of every user with something to find, and measures it. Each value has a cell of its own and the exposure is
 * counted in whole numbers, so that the result is the same for any number of threads.
 */
final class ListRun {
    private static final int USERS_PER_BLOCK = 256;

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
            measure(from, to);
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

    /** One user of a block, while the list is being made. */
    private static final class Entry {
        private final int user;
        private final Profile profile;
        private final int[] seen;
        private int[] items = {};

        Entry(int user, Profile profile, int[] seen) {
            this.user = user;
            this.profile = profile;
            this.seen = seen;
        }
    }

    private void measure(int from, int to) {
        List<Entry> block = new ArrayList<>();
        for (int k = from; k < to; k++) {
            int user = users[k];
            int[] seen = user < train.users() ? train.interactions().row(user) : new int[0];
            block.add(new Entry(user, Profiles.of(train, user), seen));
        }
        fill(block);
        for (Entry entry : block) {
            measure(entry);
        }
    }

    private void measure(Entry entry) {
        if (model.stages().stream().noneMatch(stage -> stage.answers(entry.profile))) {
            unanswered.incrementAndGet();
        }
        int[] items = entry.items;
        for (Map.Entry<Integer, AtomicIntegerArray> exposure : exposures.entrySet()) {
            for (int j = 0; j < Math.min(exposure.getKey(), items.length); j++) {
                exposure.getValue().incrementAndGet(items[j]);
            }
        }
        Ranking ranking =
                new Ranking(entry.user, items, relevant, train.interactions().transpose(), () -> pairOrder(entry));
        for (int m = 0; m < values.length; m++) {
            values[m][entry.user] = metrics.get(m).of(ranking);
        }
    }

    /** Asks the stages one after the other until the lists are full, as the serving path does. */
    private void fill(List<Entry> block) {
        for (Model stage : model.stages()) {
            List<Entry> asking = new ArrayList<>();
            List<Profile> profiles = new ArrayList<>();
            List<TopN> tops = new ArrayList<>();
            for (Entry entry : block) {
                int[] items = entry.items;
                if (items.length < depth && stage.answers(entry.profile)) {
                    int[] excluded = items.length == 0 ? entry.seen : union(entry.seen, items);
                    asking.add(entry);
                    profiles.add(entry.profile);
                    tops.add(new TopN(depth - items.length, eligibility(excluded)));
                }
            }
            stage.topN(profiles, tops);
            for (int k = 0; k < tops.size(); k++) {
                asking.get(k).items = concat(asking.get(k).items, tops.get(k).items());
            }
        }
    }

    private static int[] concat(int[] first, int[] second) {
        int[] result = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, result, first.length, second.length);
        return result;
    }

    private double pairOrder(Entry entry) {
        int items = relevant.columns();
        Eligibility eligibility = eligibility(entry.seen);
        for (Model stage : model.stages()) {
            if (stage.answers(entry.profile)) {
                return PairOrder.share(
                        stage.scorer(entry.profile), stage.items(), items, relevant.row(entry.user), eligibility);
            }
        }
        return PairOrder.share((from, to, scores) -> {}, 0, items, relevant.row(entry.user), eligibility);
    }

    private Eligibility eligibility(int[] excluded) {
        int items = relevant.columns();
        if (candidates == null) {
            return Eligibility.allExcept(items, excluded);
        }
        return Eligibility.builder(items).only(candidates).seen(excluded).build();
    }

    private static int[] union(int[] ascending, int[] others) {
        int[] result = concat(ascending, others);
        Arrays.sort(result);
        return result;
    }
}
