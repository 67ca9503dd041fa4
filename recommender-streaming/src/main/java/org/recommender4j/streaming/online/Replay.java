package org.recommender4j.streaming.online;

import java.util.Arrays;
import org.recommender4j.data.Interactions;

/** The entries of a matrix as a stream of events: by time, at the same time by user and item; without times by user. */
final class Replay {
    private final Interactions data;
    private final int[] rowOf;
    private final int[] order;

    private Replay(Interactions data) {
        this.data = data;
        rowOf = new int[data.size()];
        Integer[] boxed = new Integer[data.size()];
        for (int row = 0; row < data.rows(); row++) {
            for (int p = data.begin(row); p < data.end(row); p++) {
                rowOf[p] = row;
                boxed[p] = p;
            }
        }
        if (data.hasTimes()) {
            Arrays.sort(boxed, (a, b) -> Long.compare(data.time(a), data.time(b)));
        }
        order = new int[boxed.length];
        for (int k = 0; k < order.length; k++) {
            order[k] = boxed[k];
        }
    }

    static Replay of(Interactions data) {
        return new Replay(data);
    }

    void into(OnlineModel model) {
        for (int p : order) {
            model.update(rowOf[p], data.column(p), data.weight(p), data.time(p));
        }
    }
}
