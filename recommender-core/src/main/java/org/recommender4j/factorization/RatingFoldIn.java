package org.recommender4j.factorization;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.model.ModelState;

/**
 * Finds the vectors of a user from ratings, with the items as they are: one ridge regression for each draw of a model, around a
 * prior mean to which items may contribute by having been rated at all. Immutable; thread-safe.
 */
final class RatingFoldIn {
    /*
     * A model has one or more draws of n = d + 1 numbers per item: d factors and a bias. Those of an item lie one after the other,
     *
     *     item    q1 b1 | q2 b2 | ... | 1
     *     user    p1 1  | p2 1  | ... | c        all but c times 1 / draws
     *
     * where c is the mean of the user's biases, plus the mean rating, so that the product is the mean of the draws'
     * predictions.
     */
    private static final int MAX_FACTORS = 4096;
    private static final int MAX_DRAWS = 4096;

    final int factors;
    final int draws;
    private final RowPrior prior;
    private final float[] means;
    private final float @Nullable [] implicit;

    /**
     * Puts the parts together; the arrays are kept.
     *
     * @param prior the prior precision for each draw, in units of the precision of a rating
     * @param means for each draw the prior mean, n numbers
     * @param implicit for each item what having rated it adds to the prior mean, divided by the root of the number of ratings;
     *     of the layout of the items; or null
     */
    RatingFoldIn(int factors, int draws, RowPrior prior, float[] means, float @Nullable [] implicit) {
        this.factors = factors;
        this.draws = draws;
        this.prior = prior;
        this.means = means;
        this.implicit = implicit;
    }

    static RatingFoldIn restore(ModelState state, int items) {
        int factors = state.integer("factors", 1, MAX_FACTORS);
        int draws = state.integer("draws", 1, MAX_DRAWS);
        long n = factors + 1L;
        return new RatingFoldIn(
                factors,
                draws,
                RowPrior.restore(state, draws, n),
                state.finiteFloats("means", draws * n),
                state.has("implicit") ? state.finiteFloats("implicit", n * draws * items) : null);
    }

    void addTo(ModelState state) {
        int n = factors + 1;
        state.put("factors", Integer.toString(factors))
                .put("draws", Integer.toString(draws))
                .put("means", means, draws, n);
        prior.addTo(state, draws, n);
        if (implicit != null) {
            state.put("implicit", implicit, implicit.length / (draws * n), (long) draws * n);
        }
    }

    /** Returns the numbers of an item, over all draws. */
    int width() {
        return draws * (factors + 1);
    }

    /**
     * Writes the vector of a user.
     *
     * @param source copies the {@link #width()} numbers of an item
     * @param targets the ratings without the mean rating
     * @param out receives width + 1 numbers; the mean rating is not in them
     * @return false if a number overflowed; then the output is of no use
     */
    boolean fold(RowSource source, int[] items, float[] targets, float[] out, int at) {
        int width = width();
        int n = factors + 1;
        float[] rows = rows(source, items);
        int[] order = order(items.length);
        float[] mean = new float[n];
        float[] solution = new float[n];
        RatingSolver solver = new RatingSolver(factors);
        float constant = 0;
        float share = 1f / draws;
        for (int draw = 0; draw < draws; draw++) {
            prepare(solver, draw, items, mean);
            int begin = draw * n;
            RowSource slice = (j, to, offset) -> System.arraycopy(rows, j * width + begin, to, offset, n);
            if (!solver.solve(slice, order, targets, 0, items.length, mean, 0, null, solution, 0)) {
                return false;
            }
            Kernels.scale(share, solution, 0, out, at + begin, factors);
            out[at + begin + factors] = share;
            constant += solution[factors] * share;
        }
        out[at + width] = constant;
        return Float.isFinite(constant);
    }

    /**
     * Returns what each rating of a history adds to the score of an item; its own bias and the prior's share are not in it. All NaN
     * if a number overflows.
     */
    float[] explain(RowSource source, int[] items, float[] targets, int item) {
        int width = width();
        int n = factors + 1;
        float[] rows = rows(source, items);
        int[] order = order(items.length);
        float[] all = new float[width];
        source.copy(item, all, 0);
        float[] mean = new float[n];
        float[] parts = new float[items.length];
        float[] sums = new float[items.length];
        RatingSolver solver = new RatingSolver(factors);
        float root = (float) (1 / Math.sqrt(Math.max(1, items.length)));
        for (int draw = 0; draw < draws; draw++) {
            prepare(solver, draw, items, mean);
            int begin = draw * n;
            RowSource slice = (j, to, offset) -> System.arraycopy(rows, j * width + begin, to, offset, n);
            float[] target = Arrays.copyOfRange(all, begin, begin + n);
            target[factors] = 1f;
            if (!solver.explain(slice, order, targets, 0, items.length, mean, 0, target, parts)) {
                Arrays.fill(sums, Float.NaN);
                return sums;
            }
            for (int j = 0; j < parts.length; j++) {
                sums[j] += parts[j];
                if (implicit != null) {
                    sums[j] += root * Kernels.dot(implicit, items[j] * width + begin, target, 0, n);
                }
            }
        }
        for (int j = 0; j < sums.length; j++) {
            sums[j] /= draws;
        }
        return sums;
    }

    private void prepare(RatingSolver solver, int draw, int[] items, float[] mean) {
        int n = factors + 1;
        solver.prior(prior, draw, items.length);
        System.arraycopy(means, draw * n, mean, 0, n);
        if (implicit != null) {
            float root = (float) (1 / Math.sqrt(Math.max(1, items.length)));
            for (int item : items) {
                Kernels.axpy(root, implicit, item * width() + draw * n, mean, 0, n);
            }
        }
    }

    private float[] rows(RowSource source, int[] items) {
        float[] rows = new float[Math.multiplyExact(items.length, width())];
        for (int j = 0; j < items.length; j++) {
            source.copy(items[j], rows, j * width());
        }
        return rows;
    }

    private static int[] order(int length) {
        int[] order = new int[length];
        Arrays.setAll(order, j -> j);
        return order;
    }
}
