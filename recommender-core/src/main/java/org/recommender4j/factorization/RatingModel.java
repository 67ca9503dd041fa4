package org.recommender4j.factorization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TimedModel;
import org.recommender4j.model.Training;

/**
 * A model of ratings: predicts the mean rating, plus a bias of the user and of the item, plus the product of their vectors. Made
 * by {@link BiasedMf}, {@link SvdPlusPlus} and {@link BayesianMf}.
 *
 * <p>A score is a rating on the scale of the data. Within the outermost fiftieth of the scale it is bent such that it never
 * leaves the scale and the order stays. A user whose history is the one trained on has a stored vector; any other history is folded in by the same
 * ridge regression that the training ends with, in O(m n^2 + n^3) for m ratings and n = factors + 1, times the number of draws. An item
 * without a rating is scored by its prior. Explanations are exact: what each rating of the history contributes, and what
 * the item has without them.
 *
 * <p>Memory: {@code 4 (users + items) (draws (factors + 1) + 1)} bytes, plus that of drifts and implicit vectors. Immutable;
 * thread-safe.
 *
 * @since 0.1
 */
public final class RatingModel implements TimedModel {
    private static final int USERS = 32;

    private final String name;
    private final RatingScale scale;
    private final RatingFoldIn foldIn;
    private final float positiveFrom;
    private final boolean implicitFeedback;
    private final int[] counts;
    private final @Nullable Drift drift;
    private final int width;
    private final int dimensions;
    private final Panels items;
    private final float[] users;
    private final int userCount;
    private final float[] inverseNorms;

    private RatingModel(
            String name,
            RatingScale scale,
            RatingFoldIn foldIn,
            float positiveFrom,
            boolean implicitFeedback,
            int[] counts,
            @Nullable Drift drift,
            float[] itemRows,
            float[] users) {
        this.name = name;
        this.scale = scale;
        this.foldIn = foldIn;
        this.positiveFrom = positiveFrom;
        this.implicitFeedback = implicitFeedback;
        this.counts = counts;
        this.drift = drift;
        this.users = users;
        width = foldIn.width();
        dimensions = width + 1;
        userCount = users.length / (width + 1);
        items = Panels.of(counts.length, dimensions, (item, out) -> {
            System.arraycopy(itemRows, item * width, out, 0, width);
            out[width] = 1f;
        });
        inverseNorms = new float[counts.length];
        for (int item = 0; item < counts.length; item++) {
            double square = 0;
            for (int k = 0; k < width; k++) {
                float x = isBias(k) ? 0 : itemRows[item * width + k];
                square += (double) x * x;
            }
            inverseNorms[item] = square == 0 || counts[item] == 0 ? 0f : (float) (1 / Math.sqrt(square));
        }
    }

    private boolean isBias(int k) {
        return k % (foldIn.factors + 1) == foldIn.factors;
    }

    /**
     * Makes the model of what was learned of the items, and solves all users with it.
     *
     * @param itemRows one row of {@code foldIn.width()} numbers per item; kept
     */
    static RatingModel of(
            String name,
            RatingData data,
            RatingFoldIn foldIn,
            @Nullable Drift drift,
            float[] itemRows,
            Training training) {
        Interactions ratings = data.ratings;
        int width = foldIn.width();
        float[] users = new float[ratings.rows() * (width + 1)];
        RowSource source = (item, out, at) -> System.arraycopy(itemRows, item * width, out, at, width);
        Parallel.forBlocks(ratings.rows(), USERS, training.threads(), training.executor(), (block, from, to, none) -> {
            for (int user = from; user < to; user++) {
                int begin = ratings.begin(user);
                float[] targets = new float[ratings.length(user)];
                for (int k = 0; k < targets.length; k++) {
                    int item = ratings.column(begin + k);
                    targets[k] = ratings.weight(begin + k) - data.mean;
                    if (drift != null) {
                        int span = drift.span(ratings.time(begin + k));
                        targets[k] -= drift.items[item * drift.spans + span] + drift.users[user * drift.spans + span];
                    }
                }
                if (!foldIn.fold(source, ratings.row(user), targets, users, user * (width + 1))) {
                    throw new IllegalStateException(
                            "the ratings of a history are too large: the vector of user " + user + " overflows");
                }
                users[user * (width + 1) + width] += data.mean;
            }
        });
        int[] counts = new int[ratings.columns()];
        for (int item : ratings.columnIndices()) {
            counts[item]++;
        }
        return new RatingModel(
                name,
                new RatingScale(data.mean, data.min, data.max),
                foldIn,
                data.positiveFrom,
                data.implicit,
                counts,
                drift,
                itemRows,
                users);
    }

    static RatingModel restore(String name, ModelState state) {
        int[] counts = state.ints("counts", 0, Integer.MAX_VALUE);
        RatingFoldIn foldIn = RatingFoldIn.restore(state, counts.length);
        float[] users = state.finiteFloats("users");
        int row = foldIn.width() + 1;
        if (users.length % row != 0) {
            throw new IllegalArgumentException("tensor 'users' must have rows of " + row);
        }
        return new RatingModel(
                name,
                RatingScale.restore(state),
                foldIn,
                state.threshold("positiveFrom"),
                state.flag("implicitFeedback"),
                counts,
                state.has("drift") ? Drift.restore(state.child("drift"), counts.length, users.length / row) : null,
                state.finiteFloats("items", (long) counts.length * foldIn.width()),
                users);
    }

    @Override
    public ModelState state() {
        float[] rows = new float[counts.length * width];
        for (int item = 0; item < counts.length; item++) {
            copy(item, rows, item * width);
        }
        ModelState state = new ModelState()
                .put("users", users, userCount, width + 1)
                .put("items", rows, counts.length, width)
                .put("counts", counts)
                .put("positiveFrom", Float.toString(positiveFrom))
                .put("implicitFeedback", Boolean.toString(implicitFeedback));
        scale.addTo(state);
        foldIn.addTo(state);
        if (drift != null) {
            state.put("drift", drift.state());
        }
        return state;
    }

    private void copy(int item, float[] out, int at) {
        float[] row = new float[dimensions];
        items.row(item, row, 0);
        System.arraycopy(row, 0, out, at, width);
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
        return counts.length;
    }

    /** Returns the mean rating of the training data. */
    public float meanRating() {
        return scale.mean();
    }

    @Override
    public boolean answers(Profile profile) {
        for (int k = 0; k < profile.size(); k++) {
            if (counts(profile, k)) {
                return true;
            }
        }
        return false;
    }

    private boolean counts(Profile profile, int k) {
        int item = profile.item(k);
        return item < counts.length && counts[item] > 0 && profile.weight(k) >= positiveFrom;
    }

    private record History(int[] items, float[] targets) {}

    private History history(Profile profile) {
        int[] known = new int[profile.size()];
        float[] targets = new float[profile.size()];
        int n = 0;
        for (int k = 0; k < profile.size(); k++) {
            if (counts(profile, k)) {
                known[n] = profile.item(k);
                float rating = implicitFeedback ? 1f : Math.min(scale.max(), Math.max(scale.min(), profile.weight(k)));
                targets[n] = rating - scale.mean();
                if (drift != null && profile.hasTimes()) {
                    targets[n] -= drift.ofItem(known[n], drift.span(profile.time(k)));
                }
                n++;
            }
        }
        return new History(Arrays.copyOf(known, n), Arrays.copyOf(targets, n));
    }

    private boolean isStored(Profile profile) {
        return profile.trained() && profile.user() >= 0 && profile.user() < userCount;
    }

    private float[] vector(Profile profile, long time) {
        float[] result = new float[dimensions];
        if (isStored(profile)) {
            System.arraycopy(users, profile.user() * (width + 1), result, 0, width + 1);
        } else {
            History history = history(profile);
            if (foldIn.fold(this::copy, history.items, history.targets, result, 0)) {
                result[width] += scale.mean();
            } else {
                // Too large ratings: nothing is scored.
                Arrays.fill(result, Float.NaN);
            }
        }
        if (drift != null && isStored(profile)) {
            result[width] += drift.ofUser(profile.user(), drift.span(time));
        }
        return result;
    }

    private long now(Profile profile) {
        long newest = drift == null ? 0 : drift.newest;
        if (profile.hasTimes() && profile.size() > 0) {
            newest = Long.MIN_VALUE;
            for (int k = 0; k < profile.size(); k++) {
                newest = Math.max(newest, profile.time(k));
            }
        }
        return newest;
    }

    @Override
    public Scorer scorer(Profile profile) {
        return scorer(profile, now(profile));
    }

    @Override
    public Scorer scorer(Profile profile, long time) {
        float[] vector = vector(profile, time);
        int span = drift == null ? 0 : drift.span(time);
        return new Scorer() {
            @Override
            public void score(int from, int to, float[] scores) {
                items.score(vector, 0, from, to, scores, 0);
                for (int k = 0; k < to - from; k++) {
                    scores[k] = rating(scores[k], from + k, span);
                }
            }

            @Override
            public float score(int item) {
                return rating(items.dot(vector, 0, item), item, span);
            }
        };
    }

    private float rating(float product, int item, int span) {
        return scale.clip(drift == null ? product : product + drift.ofItem(item, span));
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        if (item >= counts.length || inverseNorms[item] == 0) {
            return Optional.empty();
        }
        float[] direction = new float[dimensions];
        copy(item, direction, 0);
        for (int k = 0; k < width; k++) {
            direction[k] = isBias(k) ? 0f : direction[k] * inverseNorms[item];
        }
        return Optional.of((from, to, scores) -> {
            items.score(direction, 0, from, to, scores, 0);
            for (int other = from; other < to; other++) {
                float inverse = inverseNorms[other];
                scores[other - from] = inverse == 0 ? Scorer.UNSCORED : scores[other - from] * inverse;
            }
        });
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        History history = history(profile);
        List<Contribution> result = new ArrayList<>();
        float rest = scorer(profile).score(item);
        if (history.items.length > 0) {
            float[] parts = foldIn.explain(this::copy, history.items, history.targets, item);
            for (int k = 0; k < parts.length; k++) {
                result.add(Contribution.ofItem(history.items[k], parts[k]));
                rest -= parts[k];
            }
        }
        result.add(Contribution.of("what others think of it", rest));
        return result;
    }
}
