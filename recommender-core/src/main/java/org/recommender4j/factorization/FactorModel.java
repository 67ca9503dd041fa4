package org.recommender4j.factorization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Profile;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;
import org.recommender4j.model.Training;

/**
 * A model of two factor matrices: the score of an item is the dot product of the user's vector with the item's.
 *
 * <p>Made by {@link ImplicitAls} and the other algorithms of this package. A user whose history is the one trained on has a
 * stored vector; any other history is folded in, which for n known items takes O(n d^2 + d^3) or less. A list costs at most
 * one pass over the items' vectors, {@code 4 d} bytes each, without an array of scores; they are stored by length, and the
 * pass ends where no more item can enter the list, so the more uneven the lengths and the shorter the list, the less it takes.
 * Lists of many users together take less time for each. A user or item without a positive interaction has a
 * vector of zeros. All ways to a score give the same bits. Immutable; thread-safe.
 *
 * <p>Memory: {@code 4 (users + items) d + 16 items} bytes.
 *
 * @since 0.1
 */
public final class FactorModel implements Model {
    /** More than an algorithm here makes, and few enough to hold the vector of a user. */
    private static final int MAX_DIMENSIONS = 1 << 16;

    private final String name;
    private final int userCount;
    private final int dimensions;
    private final int factors;
    private final float[] users;
    private final ItemFactors items;
    private final float[] inverseNorms;
    private final FoldIn foldIn;
    private final float positiveFrom;
    private final boolean binary;
    private final ItemSearch search;
    private volatile @Nullable ItemSolver itemSolver;
    private int itemRevision;

    /** Makes a fold-in from a state. */
    @FunctionalInterface
    interface FoldInSource {
        FoldIn restore(ModelState state, int dimensions, int itemCount);
    }

    /**
     * Puts the parts together; the array of users is kept, the items are copied.
     *
     * @param users row-major, as long as a row of the items
     * @param factors how many of the dimensions, from the first, compare items; the rest are biases: where one side holds
     *     a bias, the other holds 1
     * @param positiveFrom the least weight of a history that counts
     * @param binary whether each weight that counts is taken as 1
     */
    FactorModel(
            String name, float[] users, Panels items, int factors, FoldIn foldIn, float positiveFrom, boolean binary) {
        this(
                name,
                users,
                new ItemFactors(items.size(), items.dimension(), items::row),
                inverseNorms(items, factors),
                factors,
                items.dimension(),
                foldIn,
                positiveFrom,
                binary);
    }

    private FactorModel(
            String name,
            float[] users,
            ItemFactors items,
            float[] inverseNorms,
            int factors,
            int dimensions,
            FoldIn foldIn,
            float positiveFrom,
            boolean binary) {
        this(name, users, items, inverseNorms, factors, dimensions, foldIn, positiveFrom, binary, items);
    }

    private FactorModel(
            String name,
            float[] users,
            ItemFactors items,
            float[] inverseNorms,
            int factors,
            int dimensions,
            FoldIn foldIn,
            float positiveFrom,
            boolean binary,
            ItemSearch search) {
        this.name = name;
        this.users = users;
        this.items = items;
        this.inverseNorms = inverseNorms;
        this.factors = factors;
        this.dimensions = dimensions;
        this.foldIn = foldIn;
        this.positiveFrom = positiveFrom;
        this.binary = binary;
        userCount = users.length / dimensions;
        this.search = search;
    }

    /** Returns a model of the same vectors that finds items in another way. */
    FactorModel with(Retrieval retrieval, Training training) {
        return copy(
                users,
                switch (retrieval) {
                    case EXACT -> items;
                    case QUANTIZED -> items.quantized();
                    case APPROXIMATE -> ApproximateSearch.of(items, users, training);
                });
    }

    private FactorModel copy(float[] otherUsers, ItemSearch otherSearch) {
        FactorModel result = new FactorModel(
                name, otherUsers, items, inverseNorms, factors, dimensions, foldIn, positiveFrom, binary, otherSearch);
        result.itemSolver = itemSolver;
        result.itemRevision = itemRevision;
        return result;
    }

    private static float[] inverseNorms(Panels items, int factors) {
        float[] result = new float[items.size()];
        float[] row = new float[items.dimension()];
        for (int item = 0; item < result.length; item++) {
            items.row(item, row, 0);
            result[item] = inverseNorm(row, factors);
        }
        return result;
    }

    private static float inverseNorm(float[] row, int factors) {
        double square = 0;
        for (int k = 0; k < factors; k++) {
            square += (double) row[k] * row[k];
        }
        return square == 0 ? 0f : (float) (1 / Math.sqrt(square));
    }

    static FactorModel restore(String name, ModelState state, FoldInSource source) {
        int dimensions = state.rowLength("items", MAX_DIMENSIONS);
        if (state.rowLength("users", MAX_DIMENSIONS) != dimensions) {
            throw new IllegalArgumentException(
                    "tensor 'users' must have rows of " + dimensions + ", as tensor 'items' has");
        }
        float[] vectors = state.finiteFloats("items");
        int itemCount = vectors.length / dimensions;
        FactorModel exact = new FactorModel(
                name,
                state.finiteFloats("users"),
                Panels.of(vectors, itemCount, dimensions),
                state.integer("factors", 1, dimensions),
                source.restore(state, dimensions, itemCount),
                state.threshold("positiveFrom"),
                state.flag("binary"));
        Retrieval retrieval = Retrieval.valueOf(state.text("retrieval"));
        return retrieval == Retrieval.APPROXIMATE && ApproximateSearch.isIn(state)
                ? exact.copy(exact.users, ApproximateSearch.restore(exact.items, state))
                : exact.with(retrieval, Training.defaults());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int users() {
        return userCount;
    }

    @Override
    public int items() {
        return items.size();
    }

    /** Returns the length of the vectors. */
    public int dimensions() {
        return dimensions;
    }

    /** Returns a copy of the vector of an item. */
    public float[] itemVector(int item) {
        float[] result = new float[dimensions];
        items.row(item, result, 0);
        return result;
    }

    /**
     * Returns the vector of a profile as a new array: the stored one if it was trained on, else folded in. Where the weights of
     * the history are so large that the vector overflows it is NaN throughout, so that the model scores nothing.
     */
    public float[] userVector(Profile profile) {
        if (isStored(profile)) {
            int at = profile.user() * dimensions;
            return Arrays.copyOfRange(users, at, at + dimensions);
        }
        float[] result = new float[dimensions];
        History history = history(profile);
        if (history.items.length > 0) {
            foldIn.fold(items, history.items, history.weights, result);
            for (float x : result) {
                if (!Float.isFinite(x)) {
                    Arrays.fill(result, Float.NaN);
                    break;
                }
            }
        }
        return result;
    }

    /**
     * Returns the vector that the training would give an item if it went on with the users fixed, or empty if the algorithm
     * has no such step. For m users it takes O(m d^2 + d^3), and the first call O(users d^2) once.
     *
     * @param vectors those of the users who like the item
     * @param weights one positive weight per user
     */
    public Optional<float[]> solveItem(float[][] vectors, float[] weights) {
        ItemSolver solver = itemSolver;
        if (solver == null) {
            solver = foldIn.itemSolver(users, dimensions).orElse(null);
            if (solver == null) {
                return Optional.empty();
            }
            itemSolver = solver;
        }
        float[] ones = weights.clone();
        if (binary) {
            Arrays.fill(ones, 1f);
        }
        return Optional.of(solver.solve(vectors, ones));
    }

    /**
     * Returns a copy with other vectors of some items, and with more items. Users keep their vectors. Takes
     * O(items x dimensions).
     *
     * @param itemCount at least {@link #items()}; those between that get no vector here have one of zeros
     * @param changed items below {@code itemCount}
     * @param vectors one per changed item
     */
    public FactorModel withItems(int itemCount, int[] changed, float[][] vectors) {
        Panels panels = Panels.of(itemCount, dimensions, (item, out) -> {
            if (item < items.size()) {
                items.row(item, out, 0);
            } else {
                Arrays.fill(out, 0f);
            }
        });
        for (int k = 0; k < changed.length; k++) {
            panels.setRow(changed[k], vectors[k], 0);
        }
        FactorModel result = new FactorModel(name, users, panels, factors, foldIn, positiveFrom, binary);
        result.itemSolver = itemSolver;
        result.itemRevision = itemRevision + 1;
        return result.copy(users, search.over(result.items, changed));
    }

    /** Returns a copy with vectors of other users, or other vectors; one row each, row-major, kept. */
    public FactorModel withUsers(float[] vectors) {
        return copy(vectors, search);
    }

    /** Returns a copy in which the stored vector of a user is zeros; O(users x dimensions). */
    @Override
    public Optional<Model> withoutUser(int user) {
        if (user >= userCount) {
            return Optional.of(this);
        }
        float[] rest = users.clone();
        Arrays.fill(rest, user * dimensions, (user + 1) * dimensions, 0f);
        return Optional.of(copy(rest, search));
    }

    private boolean isStored(Profile profile) {
        return profile.trained() && profile.user() >= 0 && profile.user() < userCount;
    }

    @Override
    public boolean answers(Profile profile) {
        if (isStored(profile)) {
            return isKnown(profile.user());
        }
        for (int k = 0; k < profile.size(); k++) {
            if (counts(profile, k)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns how often vectors of items were replaced by {@link #withItems} since the training, or since the model was read: a
     * vector that was folded in at another revision was made of other items.
     */
    public int itemRevision() {
        return itemRevision;
    }

    private boolean isKnown(int user) {
        int at = user * dimensions;
        for (int k = 0; k < factors; k++) {
            if (users[at + k] != 0) {
                return true;
            }
        }
        return false;
    }

    private boolean counts(Profile profile, int k) {
        int item = profile.item(k);
        return profile.weight(k) >= positiveFrom && item < items.size() && inverseNorms[item] > 0;
    }

    private record History(int[] items, float[] weights) {}

    private History history(Profile profile) {
        int[] known = new int[profile.size()];
        float[] weights = new float[profile.size()];
        int n = 0;
        for (int k = 0; k < profile.size(); k++) {
            if (counts(profile, k)) {
                known[n] = profile.item(k);
                weights[n++] = binary ? 1f : profile.weight(k);
            }
        }
        return new History(Arrays.copyOf(known, n), Arrays.copyOf(weights, n));
    }

    @Override
    public Scorer scorer(Profile profile) {
        return scorer(userVector(profile));
    }

    /** Returns the scores for a user's vector, which is kept. */
    public Scorer scorer(float[] vector) {
        return items.scorer(vector);
    }

    @Override
    public void topN(Profile profile, TopN top) {
        topN(userVector(profile), top);
    }

    /** Offers the items with the best scores for a user's vector, which is only read. */
    public void topN(float[] vector, TopN top) {
        search.search(vector, top);
    }

    @Override
    public void topN(List<Profile> profiles, List<TopN> tops) {
        if (search.retrieval() != Retrieval.EXACT || profiles.size() == 1) {
            Model.super.topN(profiles, tops);
        } else {
            items.search(k -> userVector(profiles.get(k)), tops);
        }
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        if (item >= items.size() || inverseNorms[item] == 0) {
            return Optional.empty();
        }
        float[] direction = itemVector(item);
        for (int k = 0; k < dimensions; k++) {
            direction[k] = k < factors ? direction[k] * inverseNorms[item] : 0f;
        }
        Scorer products = items.scorer(direction);
        return Optional.of((from, to, scores) -> {
            products.score(from, to, scores);
            for (int other = from; other < to; other++) {
                float inverse = inverseNorms[other];
                scores[other - from] = inverse == 0 ? Scorer.UNSCORED : scores[other - from] * inverse;
            }
        });
    }

    /** The scores of those with a stored vector; the others have none, as they have no answer. */
    @Override
    public Optional<Scorer> audience(int item) {
        if (item >= items.size() || inverseNorms[item] == 0) {
            return Optional.empty();
        }
        float[] vector = itemVector(item);
        return Optional.of((from, to, scores) -> {
            Kernels.dotRows(users, from, to, vector, dimensions, scores);
            for (int user = from; user < to; user++) {
                if (!isKnown(user)) {
                    scores[user - from] = Scorer.UNSCORED;
                }
            }
        });
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        History history = history(profile);
        if (history.items.length == 0) {
            return List.of();
        }
        float[] parts = foldIn.explain(items, history.items, history.weights, item);
        List<Contribution> result = new ArrayList<>(parts.length);
        for (int k = 0; k < parts.length; k++) {
            result.add(Contribution.ofItem(history.items[k], parts[k]));
        }
        return result;
    }

    @Override
    public ModelState state() {
        float[] rows = new float[items.size() * dimensions];
        for (int item = 0; item < items.size(); item++) {
            items.row(item, rows, item * dimensions);
        }
        ModelState state = new ModelState()
                .put("users", users, userCount, dimensions)
                .put("items", rows, items.size(), dimensions)
                .put("factors", Integer.toString(factors))
                .put("positiveFrom", Float.toString(positiveFrom))
                .put("binary", Boolean.toString(binary))
                .put("retrieval", search.retrieval().name());
        search.addTo(state);
        foldIn.addTo(state);
        return state;
    }
}
