package org.recommender4j.streaming;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.recommender4j.data.Features;
import org.recommender4j.data.IdMap;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.factorization.FactorModel;
import org.recommender4j.model.TrainingData;

/**
 * All histories at one version, of the users who are not forgotten, numbered anew without holes. Immutable, for histories are.
 */
final class Snapshot<U, I> {
    private final LiveState<U, I> state;
    final long version;
    private final UserState[] histories;
    final int[] rows;
    final int rowCount;
    final int itemCount;
    final Features itemFeatures;

    /**
     * Puts the parts together.
     *
     * @param rows the row of each user, -1 for a hole
     */
    Snapshot(
            LiveState<U, I> state,
            long version,
            UserState[] histories,
            int[] rows,
            int rowCount,
            int itemCount,
            Features itemFeatures) {
        this.state = state;
        this.version = version;
        this.histories = histories;
        this.rows = rows;
        this.rowCount = rowCount;
        this.itemCount = itemCount;
        this.itemFeatures = itemFeatures;
    }

    /** Returns the same with holes as users without a history, so that rows are users. */
    Snapshot<U, I> withHoles() {
        int[] all = new int[histories.length];
        for (int user = 0; user < all.length; user++) {
            all[user] = user;
        }
        return new Snapshot<>(state, version, histories, all, all.length, itemCount, itemFeatures);
    }

    /** An item of a history that is kept out of a training. */
    record Held(int user, int item, long time) {
        /** Returns a number that has nothing to do with the order of users and items. */
        long lot() {
            return new SplittableRandom(((long) user << 32) | item).nextLong();
        }
    }

    /**
     * Returns the latest interactions of the users who did something since the start: at most a quarter of a history, and a
     * tenth of all interactions.
     *
     * @return by user, then item
     */
    Held[] latest(int count, long interactions) {
        PriorityQueue<Held> latest = new PriorityQueue<>((a, b) -> Long.compare(a.time, b.time));
        int most = (int) Math.min(count, interactions / 10);
        for (int user = 0; user < histories.length && most > 0; user++) {
            if (rows[user] >= 0 && histories[user].version > 0) {
                for (Held one : latestOf(user)) {
                    latest.add(one);
                    if (latest.size() > most) {
                        latest.poll();
                    }
                }
            }
        }
        Held[] result = latest.toArray(new Held[0]);
        Arrays.sort(result, (a, b) -> a.user != b.user ? Integer.compare(a.user, b.user) : a.item - b.item);
        return result;
    }

    private List<Held> latestOf(int user) {
        Row history = histories[user].row();
        List<Held> liked = new ArrayList<>();
        for (int k = 0; k < history.size(); k++) {
            if (history.weights()[k] >= state.scale.positiveFrom()) {
                liked.add(new Held(user, history.items()[k], history.times()[k]));
            }
        }
        liked.sort((a, b) -> Long.compare(b.time, a.time));
        return liked.subList(0, liked.size() < 2 ? 0 : (liked.size() + 3) / 4);
    }

    /**
     * Returns how often each item occurs in the latest interactions with a positive weight; empty if there are fewer of them. Of
     * those with the same time a random sample is taken, always the same.
     */
    Map<Integer, Integer> latestItems(int count) {
        PriorityQueue<Held> latest = new PriorityQueue<>(Comparator.comparingLong(Held::time)
                .thenComparingLong(Held::lot)
                .thenComparingInt(Held::item));
        for (int user = 0; user < histories.length; user++) {
            Row history = histories[user].row();
            for (int k = 0; k < history.size(); k++) {
                if (history.weights()[k] > 0) {
                    latest.add(new Held(user, history.items()[k], history.times()[k]));
                    if (latest.size() > count) {
                        latest.poll();
                    }
                }
            }
        }
        Map<Integer, Integer> result = new HashMap<>();
        if (latest.size() == count) {
            latest.forEach(one -> result.merge(one.item, 1, Integer::sum));
        }
        return result;
    }

    static BitSet usersOf(Held[] held) {
        BitSet users = new BitSet();
        for (Held one : held) {
            users.set(one.user);
        }
        return users;
    }

    /** Returns the history of a user without what is held out of it, as new data to a model. */
    Profile without(int user, Held[] held, int from, int to) {
        UserState history = histories[user];
        Profile rest = history.profile(-1, false);
        for (int k = to - 1; k >= from; k--) {
            rest = rest.without(Arrays.binarySearch(rest.items(), held[k].item));
        }
        return rest;
    }

    /** Returns the histories, without those interactions. */
    TrainingData trainingData(Held[] held) {
        int[] offsets = new int[rowCount + 1];
        int size = -held.length;
        for (int user = 0; user < histories.length; user++) {
            size += rows[user] < 0 ? 0 : histories[user].size();
        }
        int[] columns = new int[size];
        float[] weights = new float[size];
        long[] times = new long[size];
        int at = 0;
        int next = 0;
        boolean weighted = false;
        for (int user = 0; user < histories.length; user++) {
            if (rows[user] < 0) {
                continue;
            }
            Row history = histories[user].row();
            for (int k = 0; k < history.size(); k++) {
                if (next < held.length && held[next].user == user && held[next].item == history.items()[k]) {
                    next++;
                    continue;
                }
                columns[at] = history.items()[k];
                weights[at] = history.weights()[k];
                times[at] = Math.max(0, history.times()[k]);
                weighted |= weights[at] != 1f;
                at++;
            }
            offsets[rows[user] + 1] = at;
        }
        Interactions matrix = Interactions.of(itemCount, offsets, columns, weighted ? weights : null, times);
        Features userFeatures = FeatureStore.copy(state.userFeatures, user -> rows[user])
                .build(state.userFeatures.isEmpty() ? 0 : rowCount);
        return new TrainingData(
                matrix,
                state.scale.feedback(),
                state.scale.positiveFrom(),
                state.scale.min(),
                state.scale.max(),
                itemFeatures,
                state.userFeatures.isEmpty() ? Features.none() : userFeatures);
    }

    /** Returns a model of factors with the vectors of the users of this snapshot, by their rows, as they are now. */
    FactorModel withVectors(FactorModel factors, Generation generation) {
        float[] vectors = new float[Math.multiplyExact(rowCount, factors.dimensions())];
        for (int user = 0; user < histories.length; user++) {
            if (rows[user] >= 0) {
                float[] vector = generation.vector(factors, user, histories[user], false);
                System.arraycopy(vector, 0, vectors, rows[user] * vector.length, vector.length);
            }
        }
        return factors.withUsers(vectors);
    }

    /** Returns the users of the rows. */
    int[] usersOfRows() {
        int[] users = new int[rowCount];
        for (int user = 0; user < histories.length; user++) {
            if (rows[user] >= 0) {
                users[rows[user]] = user;
            }
        }
        return users;
    }

    UserState history(int user) {
        return histories[user];
    }

    int users() {
        return histories.length;
    }

    /** Returns the ids of the rows. */
    IdMap<U> ids() {
        IdMap<U> ids = IdMap.create();
        for (int user = 0; user < histories.length; user++) {
            if (rows[user] >= 0) {
                ids.add(state.users.key(user));
            }
        }
        return ids;
    }
}
