package org.recommender4j.streaming.online;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Profile;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;

/**
 * The factors of {@link IncrementalMf}. A row is an array that is replaced as a whole. The Gram matrices belong to the writer,
 * who gives readers (for folding in a history of nobody) a copy of the items' one now and then.
 */
final class MfModel implements OnlineModel {
    private static final int GRAM_EVERY = 64;
    private static final int FOLD_IN_PASSES = 4;

    private final IncrementalMf options;
    private final int factors;
    private final Rows<float[]> userRows = new Rows<>();
    private final Rows<float[]> itemRows = new Rows<>();
    /** How many items the factors of a user were solved with. */
    private final Rows<Integer> sizes = new Rows<>();

    private volatile int userCount;
    private volatile int itemCount;
    private volatile double[] publishedGram;

    /* The rest belongs to the thread that writes. */
    private final Map<Integer, UserEvents> users = new HashMap<>();
    private final List<@Nullable UserEvents> usersOfItem = new ArrayList<>();
    private final double[] itemGram;
    private final double[] userGram;
    private final EalsSolver solver;
    private int updates;

    MfModel(IncrementalMf options) {
        this.options = options;
        factors = options.factors;
        itemGram = new double[factors * factors];
        userGram = new double[factors * factors];
        publishedGram = itemGram.clone();
        solver = new EalsSolver(options);
    }

    @Override
    public void update(int user, int item, float weight, long time) {
        Check.event(user, item, weight, time);
        note(user, item, weight, time);
        solveUser(user, options.historySize, options.newWeight);
        solveItem(item, options.historySize, options.newWeight);
        if (++updates % GRAM_EVERY == 0) {
            publishedGram = itemGram.clone();
        }
    }

    private void note(int user, int item, float weight, long time) {
        UserEvents events = users.computeIfAbsent(user, key -> new UserEvents());
        int old = events.indexOf(item);
        UserEvents others = usersOf(item);
        if (old >= 0) {
            events.remove(old);
            others.remove(others.indexOf(user));
        }
        events.add(item, weight, time);
        others.add(user, weight, time);
        sizes.set(user, events.size());
        if (user >= userCount) {
            userCount = user + 1;
        }
        if (item >= itemCount) {
            itemCount = item + 1;
        }
        if (itemRows.get(item) == null) {
            replace(itemRows, item, firstFactors(item), itemGram);
        }
    }

    private UserEvents usersOf(int item) {
        while (usersOfItem.size() <= item) {
            usersOfItem.add(null);
        }
        UserEvents list = usersOfItem.get(item);
        if (list == null) {
            list = new UserEvents();
            usersOfItem.set(item, list);
        }
        return list;
    }

    private float[] firstFactors(int item) {
        SplittableRandom random = new SplittableRandom(options.seed + item * 0x9E3779B97F4A7C15L);
        float[] row = new float[factors];
        for (int f = 0; f < factors; f++) {
            row[f] = (float) ((random.nextDouble() - 0.5) * 0.2 / Math.sqrt(factors));
        }
        return row;
    }

    private void solveUser(int user, int most, double newWeight) {
        UserEvents events = users.get(user);
        if (events != null) {
            solve(userRows, user, userGram, events, itemRows, itemGram, most, newWeight);
        }
    }

    private void solveItem(int item, int most, double newWeight) {
        solve(itemRows, item, itemGram, usersOf(item), userRows, userGram, most, newWeight);
    }

    private void solve(
            Rows<float[]> rows,
            int index,
            double[] gram,
            UserEvents events,
            Rows<float[]> others,
            double[] otherGram,
            int most,
            double newWeight) {
        solver.clear();
        int[] places = events.newest(most);
        for (int n = 0; n < places.length; n++) {
            int k = places[n];
            double weight = (double) events.weight(k) * (n == places.length - 1 ? (float) newWeight : 1f);
            solver.add(others.get(events.item(k)), ScoreMap.finite(weight));
        }
        float[] old = rows.get(index);
        float[] row = old == null ? new float[factors] : old.clone();
        solver.improve(row, otherGram);
        replace(rows, index, row, gram);
    }

    /** Publishes a row, or takes it away, and corrects the Gram matrix. */
    private void replace(Rows<float[]> rows, int index, float @Nullable [] row, double[] gram) {
        addGram(rows.get(index), -1, gram);
        addGram(row, 1, gram);
        rows.set(index, row);
    }

    private void addGram(float @Nullable [] row, double sign, double[] gram) {
        for (int a = 0; row != null && a < factors; a++) {
            double scaled = sign * row[a];
            for (int b = 0; b < factors; b++) {
                gram[a * factors + b] += scaled * row[b];
            }
        }
    }

    /** Solves all users and all items once against all their events, and removes what rounding has left in the Gram matrices. */
    void sweep() {
        for (int user = 0; user < userCount; user++) {
            solveUser(user, Integer.MAX_VALUE, 1);
        }
        recompute(userRows, userCount, userGram);
        for (int item = 0; item < itemCount; item++) {
            if (itemRows.get(item) != null) {
                solveItem(item, Integer.MAX_VALUE, 1);
            }
        }
        recompute(itemRows, itemCount, itemGram);
        publishedGram = itemGram.clone();
    }

    private void recompute(Rows<float[]> rows, int count, double[] gram) {
        Arrays.fill(gram, 0.0);
        for (int k = 0; k < count; k++) {
            addGram(rows.get(k), 1, gram);
        }
    }

    @Override
    public Unlearned forget(int user) {
        UserEvents events = users.remove(user);
        if (events == null) {
            return new Unlearned(0, "");
        }
        replace(userRows, user, null, userGram);
        sizes.set(user, null);
        for (int k : events.newest(events.size())) {
            int item = events.item(k);
            UserEvents others = usersOf(item);
            others.remove(others.indexOf(user));
            if (others.size() == 0) {
                replace(itemRows, item, null, itemGram);
            } else {
                solveItem(item, Integer.MAX_VALUE, 1);
            }
        }
        publishedGram = itemGram.clone();
        return new Unlearned(
                events.size(),
                "the factors of " + events.size()
                        + " items were solved anew without the user, from where the user had moved them");
    }

    @Override
    public String name() {
        return "IncrementalMf";
    }

    @Override
    public int users() {
        return userCount;
    }

    @Override
    public int items() {
        return itemCount;
    }

    @Override
    public boolean answers(Profile profile) {
        if (profile.user() >= 0 && userRows.get(profile.user()) != null) {
            return true;
        }
        for (int k = 0; k < profile.size(); k++) {
            if (itemRows.get(profile.item(k)) != null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Scorer scorer(Profile profile) {
        float[] user = factorsOf(profile);
        return (from, to, scores) -> {
            for (int item = from; item < to; item++) {
                float[] row = itemRows.get(item);
                scores[item - from] = row == null ? Scorer.UNSCORED : Kernels.dot(user, 0, row, 0, factors);
            }
        };
    }

    /** Returns the factors that events have given a user; a history of which the model was not told is folded in. */
    private float[] factorsOf(Profile profile) {
        float[] known = profile.user() < 0 ? null : userRows.get(profile.user());
        if (known != null && (profile.trained() || profile.size() == 0 || isSame(profile))) {
            return known;
        }
        EalsSolver folding = new EalsSolver(options);
        for (int k = 0; k < profile.size(); k++) {
            folding.add(itemRows.get(profile.item(k)), profile.weight(k));
        }
        float[] row = new float[factors];
        double[] gram = publishedGram;
        for (int pass = 0; pass < FOLD_IN_PASSES; pass++) {
            folding.improve(row, gram);
        }
        return row;
    }

    private boolean isSame(Profile profile) {
        Integer size = sizes.get(profile.user());
        return size != null && size == profile.size();
    }

    /**
     * What each item adds to the solution of the user's factors: they are the inverse of a matrix, in which all items of the history have
     * a part, times the sum of what the items pull at them. The rest is by how much the factors, which follow the events step by step,
     * are away from that solution. O(history x factors) a step, of at most {@code factors} steps.
     */
    @Override
    public List<Contribution> explain(Profile profile, int item) {
        float[] row = itemRows.get(item);
        if (row == null) {
            return List.of();
        }
        EalsSolver pulls = new EalsSolver(options);
        int[] places = new int[profile.size()];
        int n = 0;
        for (int k = 0; k < profile.size(); k++) {
            places[n] = k;
            n += pulls.add(itemRows.get(profile.item(k)), profile.weight(k)) ? 1 : 0;
        }
        double[] parts = pulls.parts(row, publishedGram);
        double rest = Kernels.dot(factorsOf(profile), 0, row, 0, factors);
        List<Contribution> result = new ArrayList<>(n + 1);
        for (int k = 0; k < n; k++) {
            if (parts[k] != 0 && Double.isFinite(parts[k])) {
                rest -= parts[k];
                result.add(Contribution.ofItem(profile.item(places[k]), ScoreMap.finite(parts[k])));
            }
        }
        if (rest != 0) {
            result.add(Contribution.of("earlier steps of learning", ScoreMap.finite(rest)));
        }
        return result;
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        float[] row = itemRows.get(item);
        if (row == null) {
            return Optional.empty();
        }
        double own = Math.sqrt(Kernels.dot(row, 0, row, 0, factors));
        return Optional.of((from, to, scores) -> {
            for (int k = from; k < to; k++) {
                float[] other = itemRows.get(k);
                double length = other == null ? 0 : Math.sqrt(Kernels.dot(other, 0, other, 0, factors));
                scores[k - from] = other == null || length * own == 0
                        ? Scorer.UNSCORED
                        : (float) (Kernels.dot(row, 0, other, 0, factors) / (length * own));
            }
        });
    }

    @Override
    public Optional<Scorer> audience(int item) {
        float[] row = itemRows.get(item);
        if (row == null) {
            return Optional.empty();
        }
        return Optional.of((from, to, scores) -> {
            for (int user = from; user < to; user++) {
                float[] other = userRows.get(user);
                scores[user - from] = other == null ? Scorer.UNSCORED : Kernels.dot(other, 0, row, 0, factors);
            }
        });
    }

    @Override
    public ModelState state() {
        return new ModelState()
                .put("events", EventState.write(users))
                .put("userFactors", table(userRows, userCount), userCount, factors)
                .put("itemFactors", table(itemRows, itemCount), itemCount, factors);
    }

    private float[] table(Rows<float[]> rows, int count) {
        float[] result = new float[Math.multiplyExact(count, factors)];
        for (int k = 0; k < count; k++) {
            float[] row = rows.get(k);
            if (row != null) {
                System.arraycopy(row, 0, result, k * factors, factors);
            } else {
                result[k * factors] = Float.NaN;
            }
        }
        return result;
    }

    static MfModel restore(IncrementalMf options, ModelState state) {
        MfModel model = new MfModel(options);
        Map<Integer, UserEvents> events = EventState.read(state.child("events"));
        // By time, so that the newest users of an item come last again.
        record Entry(int user, int item, float weight, long time) {}
        List<Entry> order = new ArrayList<>();
        events.forEach((user, list) -> {
            for (int k = 0; k < list.size(); k++) {
                order.add(new Entry(user, list.item(k), list.weight(k), list.time(k)));
            }
        });
        order.sort(Comparator.comparingLong(Entry::time));
        order.forEach(entry -> model.note(entry.user, entry.item, entry.weight, entry.time));
        model.userCount = state.checkUsers(model.read(state.floats("userFactors"), model.userRows, model.userCount));
        model.itemCount = state.checkItems(model.read(state.floats("itemFactors"), model.itemRows, model.itemCount));
        model.recompute(model.userRows, model.userCount, model.userGram);
        model.recompute(model.itemRows, model.itemCount, model.itemGram);
        model.publishedGram = model.itemGram.clone();
        return model;
    }

    private int read(float[] table, Rows<float[]> rows, int atLeast) {
        int count = table.length / factors;
        if (table.length != count * factors || count < atLeast) {
            throw new IllegalArgumentException(table.length + " factors are not rows of " + factors);
        }
        for (int k = 0; k < count; k++) {
            boolean missing = Float.isNaN(table[k * factors]);
            for (int f = 1; f < factors && !missing; f++) {
                if (!Float.isFinite(table[k * factors + f])) {
                    throw new IllegalArgumentException("row " + k + " has the factor " + table[k * factors + f]);
                }
            }
            rows.set(k, missing ? null : Arrays.copyOfRange(table, k * factors, (k + 1) * factors));
        }
        return count;
    }
}
