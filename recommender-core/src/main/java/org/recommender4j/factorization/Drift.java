package org.recommender4j.factorization;

import java.util.Arrays;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.ModelState;

/**
 * What is added to the biases of users and items in each span of time. Spans hold about as many ratings each. The arrays are
 * shared; they are written to only while a model is trained.
 */
final class Drift {
    /** The first time of each span but the first. */
    final long[] edges;

    final long newest;
    final int spans;
    /** Row-major, spans x items. */
    final float[] items;

    /** Row-major, users x spans. */
    final float[] users;

    private final int itemCount;

    Drift(long[] edges, long newest, float[] items, float[] users) {
        this.edges = edges;
        this.newest = newest;
        spans = edges.length + 1;
        itemCount = items.length / spans;
        this.items = items;
        this.users = users;
    }

    /** Returns a drift of nothing, with at most so many spans; equal times are never apart. */
    static Drift of(Interactions ratings, int spans) {
        long[] times = new long[ratings.size()];
        Arrays.setAll(times, ratings::time);
        Arrays.sort(times);
        long[] edges = new long[spans];
        int n = 0;
        for (int k = 1; k < spans && times.length > 0; k++) {
            long edge = times[(int) ((long) k * times.length / spans)];
            if (edge > (n == 0 ? times[0] : edges[n - 1])) {
                edges[n++] = edge;
            }
        }
        return new Drift(
                Arrays.copyOf(edges, n),
                times.length == 0 ? 0 : times[times.length - 1],
                new float[ratings.columns() * (n + 1)],
                new float[ratings.rows() * (n + 1)]);
    }

    static Drift restore(ModelState state, int items, int users) {
        long[] edges = state.longs("edges");
        long[] newest = state.longs("newest", 1);
        for (int k = 1; k < edges.length; k++) {
            if (edges[k] <= edges[k - 1]) {
                throw new IllegalArgumentException("tensor 'edges' must ascend");
            }
        }
        long spans = edges.length + 1L;
        return new Drift(
                edges,
                newest[0],
                state.finiteFloats("items", items * spans),
                state.finiteFloats("users", users * spans));
    }

    ModelState state() {
        return new ModelState()
                .put("edges", edges)
                .put("newest", new long[] {newest})
                .put("items", items, spans, itemCount)
                .put("users", users, users.length / spans, spans);
    }

    /** Returns the number of the span that a time is in. */
    int span(long time) {
        int at = Arrays.binarySearch(edges, time);
        return at >= 0 ? at + 1 : -at - 1;
    }

    /** Returns what is added to the bias of an item. */
    float ofItem(int item, int span) {
        return items[span * itemCount + item];
    }

    /** Returns what is added to the bias of a user. */
    float ofUser(int user, int span) {
        return users[user * spans + span];
    }

    /**
     * Solves the spans of all items and of all users with the vectors as they are, and takes them off the targets of both
     * sides.
     *
     * @param ridge how strongly a span is drawn to 0, in ratings
     * @param positions for each rating in the order of the items its position in the order of the users
     */
    void fit(
            Interactions ratings,
            RatingData data,
            RatingSide byUser,
            RatingSide byItem,
            int[] positions,
            double ridge) {
        float[] errors = new float[ratings.size()];
        for (int user = 0; user < ratings.rows(); user++) {
            for (int p = ratings.begin(user); p < ratings.end(user); p++) {
                errors[p] = byUser.error(user, p, byItem) + ofItem(ratings.column(p), span(ratings.time(p)));
            }
        }
        // Items first: what they explain of a time is not the user's.
        double[] sums = new double[items.length];
        int[] counts = new int[items.length];
        for (int p = 0; p < errors.length; p++) {
            int k = span(ratings.time(p)) * itemCount + ratings.column(p);
            sums[k] += errors[p];
            counts[k]++;
        }
        for (int k = 0; k < items.length; k++) {
            items[k] = (float) (sums[k] / (counts[k] + ridge));
        }
        double[] own = new double[spans];
        for (int user = 0; user < ratings.rows(); user++) {
            int[] rated = new int[spans];
            Arrays.fill(own, 0);
            for (int p = ratings.begin(user); p < ratings.end(user); p++) {
                int span = span(ratings.time(p));
                own[span] += errors[p] - ofItem(ratings.column(p), span) + ofUser(user, span);
                rated[span]++;
            }
            for (int span = 0; span < spans; span++) {
                users[user * spans + span] = (float) (own[span] / (rated[span] + ridge));
            }
        }
        for (int user = 0; user < ratings.rows(); user++) {
            for (int p = ratings.begin(user); p < ratings.end(user); p++) {
                byUser.targets[p] = ratings.weight(p)
                        - data.mean
                        - ofItem(ratings.column(p), span(ratings.time(p)))
                        - ofUser(user, span(ratings.time(p)));
            }
        }
        for (int p = 0; p < positions.length; p++) {
            byItem.targets[p] = byUser.targets[positions[p]];
        }
    }
}
