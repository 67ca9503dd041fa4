package org.recommender4j.streaming;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.recommender4j.factorization.FactorModel;

/**
 * Solves the vectors of the items anew that people liked since the last time, with the vectors of all their users as they are
 * now; so a new item gets a vector without a training. One at a time.
 */
final class Refresher<U, I> {
    /** An item that so many know changes too little by a few more. */
    private static final int WELL_KNOWN = 2000;

    private final LiveState<U, I> state;
    private final Writer<U, I> writer;

    /** Whether items are being solved, from histories that may be forgotten meanwhile. */
    private volatile boolean solving;

    Refresher(LiveState<U, I> state, Writer<U, I> writer) {
        this.state = state;
        this.writer = writer;
    }

    /** Tells whether vectors of items may know a history that the model was not trained on; under the writer's lock. */
    boolean mayKnow(Generation generation) {
        return solving || generation.model != generation.trained();
    }

    /** Returns the number of items that have a new vector. */
    synchronized int refresh() {
        try {
            return solve();
        } finally {
            solving = false;
        }
    }

    private int solve() {
        Generation generation = writer.generation();
        if (!(generation.model instanceof FactorModel model)) {
            return 0;
        }
        Trace.Refresh trace = new Trace.Refresh();
        trace.begin();
        BitSet touched = writer.exclusively(() -> {
            solving = true;
            return state.takeTouched();
        });
        BitSet unsolved = new BitSet();
        int count = 0;
        int[] items = new int[touched.cardinality()];
        float[][] vectors = new float[items.length][];
        for (int item = touched.nextSetBit(0); item >= 0; item = touched.nextSetBit(item + 1)) {
            if (item >= model.items() || state.itemUsers.count(item) <= WELL_KNOWN) {
                Optional<float[]> vector = solve(generation, model, item);
                if (vector.isPresent()) {
                    items[count] = item;
                    vectors[count++] = vector.get();
                } else if (item >= model.items() || isZero(model.itemVector(item))) {
                    // Those who like it may have vectors by the next time.
                    unsolved.set(item);
                }
            }
        }
        if (!unsolved.isEmpty()) {
            writer.exclusively(() -> {
                state.giveBack(unsolved);
                return unsolved;
            });
        }
        if (count > 0) {
            int[] changed = Arrays.copyOf(items, count);
            int itemCount = state.itemCount;
            FactorModel next = model.withItems(itemCount, changed, vectors);
            boolean taken = writer.exclusively(() -> {
                if (writer.generation() != generation) {
                    state.giveBack(touched);
                    return false;
                }
                // A user may have been forgotten meanwhile.
                generation.model = generation.model == model
                        ? next
                        : ((FactorModel) generation.model).withItems(itemCount, changed, vectors);
                return true;
            });
            count = taken ? count : 0;
        }
        if (trace.shouldCommit()) {
            trace.items = count;
            trace.commit();
        }
        return count;
    }

    private Optional<float[]> solve(Generation generation, FactorModel model, int item) {
        int[] users = state.itemUsers.of(item);
        float[][] vectors = new float[users.length][];
        float[] weights = new float[users.length];
        int n = 0;
        for (int user : users) {
            UserState history = state.history(user);
            Entries entries = history.entries();
            int at = entries.find(item);
            if (at >= 0 && entries.weight(at) >= state.scale.positiveFrom()) {
                float[] vector = generation.vector(model, user, history, false);
                if (!isZero(vector)) {
                    vectors[n] = vector;
                    weights[n++] = entries.weight(at);
                }
            }
        }
        return n == 0 ? Optional.empty() : model.solveItem(Arrays.copyOf(vectors, n), Arrays.copyOf(weights, n));
    }

    private static boolean isZero(float[] vector) {
        for (float value : vector) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
