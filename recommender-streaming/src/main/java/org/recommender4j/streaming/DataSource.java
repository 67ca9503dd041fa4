package org.recommender4j.streaming;

import org.recommender4j.data.Dataset;
import org.recommender4j.data.Features;
import org.recommender4j.data.IdMap;
import org.recommender4j.data.Interactions;

/** A data set as the start of a live state: the ids are copied, and interactions without a time are dated now. */
final class DataSource<U, I> implements LiveState.Source<U, I> {
    private final Dataset<U, I> data;
    private final Interactions rows;
    private final IdMap<U> users;
    private final IdMap<I> items;
    private final long now;

    DataSource(Dataset<U, I> data, long now) {
        this.data = data;
        this.now = now;
        rows = data.interactions();
        users = copy(data.users(), rows.rows());
        items = copy(data.items(), rows.columns());
    }

    private static <K> IdMap<K> copy(IdMap<K> from, int count) {
        IdMap<K> to = IdMap.create();
        for (int k = 0; k < count; k++) {
            to.add(from.key(k));
        }
        return to;
    }

    @Override
    public IdMap<U> users() {
        return users;
    }

    @Override
    public IdMap<I> items() {
        return items;
    }

    @Override
    public int userCount() {
        return rows.rows();
    }

    @Override
    public int itemCount() {
        return rows.columns();
    }

    @Override
    public UserState history(int user) {
        int n = rows.length(user);
        if (n == 0) {
            return UserState.EMPTY;
        }
        float[] weights = new float[n];
        long[] times = new long[n];
        for (int k = 0; k < n; k++) {
            int p = rows.begin(user) + k;
            weights[k] = rows.weight(p);
            times[k] = rows.hasTimes() ? rows.time(p) : now;
        }
        return UserState.of(rows.row(user), weights, times);
    }

    @Override
    public Effect.Scale scale() {
        return Effect.Scale.of(data);
    }

    @Override
    public Features itemFeatures() {
        return data.itemFeatures();
    }

    @Override
    public Features userFeatures() {
        return data.userFeatures();
    }
}
