package org.recommender4j.neighborhood;

import java.util.Arrays;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.ModelState;

/**
 * A first guess of a rating: {@code mean + b(user) + b(item)}. Immutable; thread-safe; 4 bytes per user and item.
 *
 * <p>With {@link Centering#BASELINE} the biases minimise {@code sum (r - mean - b(u) - b(i))^2 + 15 sum b(u)^2 + 10 sum b(i)^2}, found by
 * ten rounds of alternating least squares (Koren 2010); otherwise one of the two is the deviation of the user's or the
 * item's mean and the other is 0.
 */
final class Baseline {
    private static final int ROUNDS = 10;
    private static final double USER_DAMPING = 15;
    private static final double ITEM_DAMPING = 10;

    private final float mean;
    private final float[] userBiases;
    private final float[] itemBiases;
    private final double userDamping;

    private Baseline(float mean, float[] userBiases, float[] itemBiases, double userDamping) {
        this.mean = mean;
        this.userBiases = userBiases;
        this.itemBiases = itemBiases;
        this.userDamping = userDamping;
    }

    /** Guesses 0. */
    static Baseline zero(int users, int items) {
        return new Baseline(0, new float[users], new float[items], Double.POSITIVE_INFINITY);
    }

    /** Fits biases of both sides. */
    static Baseline ofBoth(Interactions ratings, float middle) {
        return fit(ratings, middle, USER_DAMPING, ITEM_DAMPING, ROUNDS);
    }

    /** Takes the means of users. */
    static Baseline ofUsers(Interactions ratings, float middle) {
        return fit(ratings, middle, 0, Double.POSITIVE_INFINITY, 1);
    }

    /** Takes the means of items. */
    static Baseline ofItems(Interactions ratings, float middle) {
        return fit(ratings, middle, Double.POSITIVE_INFINITY, 0, 1);
    }

    private static Baseline fit(
            Interactions ratings, float middle, double userDamping, double itemDamping, int rounds) {
        double sum = 0;
        for (int p = 0; p < ratings.size(); p++) {
            sum += ratings.weight(p);
        }
        float mean = ratings.size() == 0 ? middle : (float) (sum / ratings.size());
        float[] users = new float[ratings.rows()];
        float[] items = new float[ratings.columns()];
        for (int round = 0; round < rounds; round++) {
            solve(ratings.transpose(), mean, users, items, itemDamping);
            solve(ratings, mean, items, users, userDamping);
        }
        return new Baseline(mean, users, items, userDamping);
    }

    private static void solve(Interactions rows, float mean, float[] others, float[] biases, double damping) {
        for (int row = 0; row < rows.rows(); row++) {
            double sum = 0;
            for (int p = rows.begin(row); p < rows.end(row); p++) {
                sum += rows.weight(p) - mean - others[rows.column(p)];
            }
            biases[row] = shrunk(sum, rows.length(row), damping);
        }
    }

    private static float shrunk(double sum, int count, double damping) {
        return count == 0 ? 0f : (float) (sum / (count + damping));
    }

    /** Returns a baseline from its state. */
    static Baseline restore(ModelState state) {
        float[] users = state.finiteFloats("users");
        float[] items = state.finiteFloats("items");
        return new Baseline(
                state.single("mean", -Float.MAX_VALUE, Float.MAX_VALUE),
                users,
                items,
                state.number("userDamping", 0, Double.POSITIVE_INFINITY));
    }

    /** Returns a baseline from its state, which must fit the ratings. */
    static Baseline restore(ModelState state, Interactions ratings) {
        state.floats("users", ratings.rows());
        state.floats("items", ratings.columns());
        return restore(state);
    }

    ModelState state() {
        return new ModelState()
                .put("mean", Float.toString(mean))
                .put("users", userBiases)
                .put("items", itemBiases)
                .put("userDamping", Double.toString(userDamping));
    }

    int items() {
        return itemBiases.length;
    }

    int users() {
        return userBiases.length;
    }

    /** Returns the mean and the bias of a trained user. */
    float ofUser(int user) {
        return mean + userBiases[user];
    }

    /** Returns the mean and the bias of whoever has this history, items beyond the known ones left out. */
    float ofProfile(Profile profile) {
        if (profile.trained() && profile.user() >= 0 && profile.user() < userBiases.length) {
            return ofUser(profile.user());
        }
        double sum = 0;
        int count = 0;
        for (int k = 0; k < profile.size(); k++) {
            if (profile.item(k) < itemBiases.length) {
                sum += profile.weight(k) - mean - itemBiases[profile.item(k)];
                count++;
            }
        }
        return mean + shrunk(sum, count, userDamping);
    }

    /** Returns the bias of an item. */
    float ofItem(int item) {
        return itemBiases[item];
    }

    /** Tells whether there is a guess for any item of a history. */
    boolean knowsOf(Profile profile) {
        for (int k = 0; k < profile.size(); k++) {
            if (profile.item(k) < itemBiases.length) {
                return true;
            }
        }
        return false;
    }

    /** Some items and by how much each is rated above the guess. */
    record Deviations(int[] items, float[] values) {}

    /** Returns the deviations of a history's ratings, items beyond the known ones left out. */
    Deviations deviations(Profile profile) {
        float user = ofProfile(profile);
        int[] items = new int[profile.size()];
        float[] values = new float[items.length];
        int n = 0;
        for (int k = 0; k < items.length; k++) {
            int item = profile.item(k);
            if (item < itemBiases.length) {
                items[n] = item;
                values[n++] = profile.weight(k) - user - itemBiases[item];
            }
        }
        return new Deviations(Arrays.copyOf(items, n), Arrays.copyOf(values, n));
    }

    /** Returns each rating's deviation from the guess. */
    Interactions deviations(Interactions ratings) {
        float[] values = new float[ratings.size()];
        for (int user = 0; user < ratings.rows(); user++) {
            for (int p = ratings.begin(user); p < ratings.end(user); p++) {
                values[p] = ratings.weight(p) - ofUser(user) - itemBiases[ratings.column(p)];
            }
        }
        return Interactions.of(ratings.columns(), ratings.offsets(), ratings.columnIndices(), values, null);
    }
}
