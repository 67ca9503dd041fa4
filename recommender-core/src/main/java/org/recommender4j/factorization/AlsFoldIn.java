package org.recommender4j.factorization;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.recommender4j.model.ModelState;

/**
 * The exact solution of a user's row, the same that the training ends with: for the history that a user was trained on, the
 * same bits. With m items it takes O(m^2 d + m^3), or O(m d^2 + d^3) where that is less. The item vectors are rotated such that their
 * Gram matrix is diagonal, so d numbers are all that is kept of it.
 */
final class AlsFoldIn implements FoldIn {
    private static final String TRAINED_ITEMS = "trainedItems";

    private final AlsOptions options;
    private final float[] spectrum;
    private final int itemCount;
    private final ConcurrentLinkedQueue<RidgeSolver> idle = new ConcurrentLinkedQueue<>();

    AlsFoldIn(AlsOptions options, float[] spectrum, int itemCount) {
        this.options = options;
        this.spectrum = spectrum;
        this.itemCount = itemCount;
    }

    static AlsFoldIn restore(ModelState state, int dimensions, int itemCount) {
        int trained = state.has(TRAINED_ITEMS) ? state.ints(TRAINED_ITEMS, 1, 1, itemCount)[0] : itemCount;
        return new AlsFoldIn(AlsOptions.restore(state), state.finiteFloats("spectrum", dimensions), trained);
    }

    @Override
    public void fold(ItemFactors items, int[] history, float[] weights, float[] out) {
        RidgeSolver solver = begin(weights);
        if (!solver.solve(items::row, history, weights, 0, history.length, out, 0)) {
            Arrays.fill(out, Float.NaN);
        }
        idle.add(solver);
    }

    @Override
    public float[] explain(ItemFactors items, int[] history, float[] weights, int item) {
        RidgeSolver solver = begin(weights);
        float[] target = new float[spectrum.length];
        items.row(item, target, 0);
        float[] parts = new float[history.length];
        if (!solver.explain(items::row, history, weights, 0, history.length, target, parts)) {
            Arrays.fill(parts, Float.NaN);
        }
        idle.add(solver);
        return parts;
    }

    private RidgeSolver begin(float[] weights) {
        double observed = 0;
        for (float weight : weights) {
            observed += RidgeSolver.confidence(weight);
        }
        RidgeSolver solver = idle.poll();
        if (solver == null) {
            solver = new RidgeSolver(spectrum.length);
        }
        solver.penalties(spectrum, options.unobservedWeight(), options.penalty(observed, itemCount));
        return solver;
    }

    @Override
    public Optional<ItemSolver> itemSolver(float[] users, int dimensions) {
        return Optional.of(new ItemSolver(users, dimensions, options));
    }

    @Override
    public void addTo(ModelState state) {
        options.addTo(state);
        state.put("spectrum", spectrum);
        if (state.tensor("items").shape()[0] != itemCount) {
            // Items that joined later do not change the penalty of a history, neither here nor in what is restored.
            state.put(TRAINED_ITEMS, new int[] {itemCount});
        }
    }
}
