package org.recommender4j.factorization;

import java.util.SplittableRandom;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Training;

/**
 * Stochastic gradient descent for ratings that gives the same result on any number of threads.
 *
 * <p>Users and items are cut into {@link #PARTS} parts each. In a round each part of the users is paired with another part of
 * the items, and the ratings of such a pair are visited one after the other; pairs of a round share no user and no item, so
 * they run at the same time. After as many rounds as parts each rating was visited once (R. Gemulla et al., Large-Scale Matrix
 * Factorization with Distributed Stochastic Gradient Descent, KDD 2011).
 */
final class RatingSgd {
    private static final int PARTS = 16;

    private final RatingSide users;
    private final RatingSide items;
    private final int[] begins = new int[PARTS * PARTS + 1];
    private final int[] user;
    private final int[] item;
    private final float[] target;
    private final float[] userDecay;
    private final float[] itemDecay;
    private final float biasShare;
    private final long seed;
    private final Training training;

    /** Sorts the ratings by pairs of parts, in a random order within each. */
    RatingSgd(
            Interactions ratings,
            RatingSide users,
            RatingSide items,
            double regularization,
            double biasRegularization,
            double exponent,
            long seed,
            Training training) {
        this.users = users;
        this.items = items;
        this.seed = seed;
        this.training = training;
        biasShare = regularization == 0 ? 0 : (float) (biasRegularization / regularization);
        userDecay = decay(users, regularization, exponent);
        itemDecay = decay(items, regularization, exponent);
        SplittableRandom random = new SplittableRandom(seed);
        int[] userPart = parts(users.count, random);
        int[] itemPart = parts(items.count, random);
        int size = ratings.size();
        user = new int[size];
        item = new int[size];
        target = new float[size];
        int[] order = new int[size];
        int[] rows = new int[size];
        for (int u = 0; u < ratings.rows(); u++) {
            for (int p = ratings.begin(u); p < ratings.end(u); p++) {
                rows[p] = u;
                begins[pair(userPart[u], itemPart[ratings.column(p)]) + 1]++;
                int other = random.nextInt(p + 1);
                order[p] = order[other];
                order[other] = p;
            }
        }
        for (int k = 0; k < PARTS * PARTS; k++) {
            begins[k + 1] += begins[k];
        }
        int[] next = begins.clone();
        for (int p : order) {
            int to = next[pair(userPart[rows[p]], itemPart[ratings.column(p)])]++;
            user[to] = rows[p];
            item[to] = ratings.column(p);
            target[to] = users.targets[p];
        }
    }

    private static int pair(int userPart, int itemPart) {
        return userPart * PARTS + itemPart;
    }

    private static int[] parts(int n, SplittableRandom random) {
        int[] parts = new int[n];
        for (int k = 0; k < n; k++) {
            parts[k] = random.nextInt(PARTS);
        }
        return parts;
    }

    /** The share of a row's penalty that each of its ratings brings along. */
    private static float[] decay(RatingSide side, double regularization, double exponent) {
        float[] decay = new float[side.count];
        for (int row = 0; row < side.count; row++) {
            decay[row] = (float) (regularization * StrictMath.pow(Math.max(1, side.length(row)), exponent - 1));
        }
        return decay;
    }

    /** Visits all ratings once. */
    void iterate(int iteration, double learningRate) {
        float rate = (float) learningRate;
        SplittableRandom random = new SplittableRandom(RatingSide.mix(seed, iteration));
        int[] rounds = new int[PARTS];
        for (int k = 0; k < PARTS; k++) {
            int other = random.nextInt(k + 1);
            rounds[k] = rounds[other];
            rounds[other] = k;
        }
        for (int round : rounds) {
            Parallel.forBlocks(
                    PARTS,
                    1,
                    training.threads(),
                    training.executor(),
                    () -> new float[users.factors],
                    (part, from, to, old) -> {
                        int pair = pair(part, (part + round) % PARTS);
                        for (int p = begins[pair]; p < begins[pair + 1]; p++) {
                            step(p, rate, old);
                        }
                    });
        }
    }

    private void step(int p, float rate, float[] old) {
        int d = users.factors;
        int u = user[p] * users.stride;
        int i = item[p] * items.stride;
        float[] x = users.vectors;
        float[] y = items.vectors;
        float error = target[p] - x[u + d] - y[i + d] - Kernels.dot(x, u, y, i, d);
        float ud = userDecay[user[p]];
        float id = itemDecay[item[p]];
        System.arraycopy(x, u, old, 0, d);
        Kernels.scale(1 - rate * ud, x, u, x, u, d);
        Kernels.axpy(rate * error, y, i, x, u, d);
        Kernels.scale(1 - rate * id, y, i, y, i, d);
        Kernels.axpy(rate * error, old, 0, y, i, d);
        x[u + d] += rate * (error - biasShare * ud * x[u + d]);
        y[i + d] += rate * (error - biasShare * id * y[i + d]);
    }
}
