package org.recommender4j.factorization;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Training;

/** Alternates between the two sides of implicit ALS. Used for one training. */
final class AlsTrainer {
    /*
     * An iteration solves all items with the users fixed, then all users with the items fixed. Users come last, so that the
     * vector of a user is exactly what folding the same history in gives.
     *
     * Before a side is solved, the other is rotated such that its Gram matrix is diagonal; see RidgeSolver for what that
     * buys. A rotation of both sides changes no score, and the side to be solved is overwritten, so one is enough.
     */
    private static final int INIT_BLOCK = 1024;
    private static final int ROWS = 32;
    private static final int LOSS_ROWS = 1024;

    /* Up to this length of a history, the exact solution costs no more than one block by block. */
    private static final int SHORT = 80;

    private final int d;
    private final int stride;
    private final int blockSize;
    private final AlsOptions options;
    private final Training training;
    private final Interactions byUser;
    private final Interactions byItem;
    private final int[] userOrder;
    private final int[] itemOrder;
    private final float[] users;
    private final float[] items;
    private float[] spectrum = {};

    AlsTrainer(Interactions positives, int d, int blockSize, AlsOptions options, Training training) {
        this.d = d;
        this.blockSize = blockSize;
        stride = Kernels.stride(d);
        this.options = options;
        this.training = training;
        byUser = positives;
        byItem = positives.transpose();
        userOrder = longestFirst(byUser);
        itemOrder = longestFirst(byItem);
        users = new float[byUser.rows() * stride];
        items = new float[byItem.rows() * stride];
    }

    /** The stride of the rows of the two matrices. */
    int stride() {
        return stride;
    }

    float[] users() {
        return users;
    }

    float[] items() {
        return items;
    }

    /** The diagonal of the Gram matrix of the items. */
    float[] spectrum() {
        return spectrum;
    }

    /** Fills the vectors of the users who have a history with uniform numbers of the given standard deviation. */
    void initialize(long seed, double deviation) {
        SplittableRandom root = new SplittableRandom(seed);
        SplittableRandom[] streams = new SplittableRandom[Parallel.blocks(byUser.rows(), INIT_BLOCK)];
        for (int block = 0; block < streams.length; block++) {
            streams[block] = root.split();
        }
        double width = Math.sqrt(12) * deviation;
        Parallel.forBlocks(
                byUser.rows(), INIT_BLOCK, training.threads(), training.executor(), (block, from, to, none) -> {
                    SplittableRandom random = streams[block];
                    for (int user = from; user < to; user++) {
                        for (int k = 0; k < d && byUser.length(user) > 0; k++) {
                            users[user * stride + k] = (float) ((random.nextDouble() - 0.5) * width);
                        }
                    }
                });
    }

    /**
     * Runs one iteration.
     *
     * @param first whether there are no vectors of the items yet, and those of the users are random
     * @param last whether the vectors of the users must be what folding in gives
     * @throws ArithmeticException if a number overflows
     */
    void iterate(boolean first, boolean last) {
        half(users, byItem, itemOrder, items, first);
        spectrum = half(items, byUser, userOrder, users, first || last);
    }

    private float[] half(float[] fixed, Interactions rows, int[] order, float[] solved, boolean exact) {
        Gram.Rotation rotation = Gram.diagonalize(fixed, rows.columns(), d, training);
        RowSource source = (column, out, at) -> System.arraycopy(fixed, column * stride, out, at, d);
        int longest = exact || blockSize >= d ? Integer.MAX_VALUE : Math.max(SHORT, blockSize);
        int[] columns = rows.columnIndices();
        float[] weights = rows.weights();
        // One at a time, each on all threads: a crawler or a hit would keep one thread busy long after the others.
        int shared = solveLongest(source, rows, order, rotation.spectrum(), solved);
        Parallel.forBlocks(
                order.length - shared,
                ROWS,
                training.threads(),
                training.executor(),
                () -> new Solvers(d, Math.min(blockSize, d)),
                (block, from, to, solvers) -> {
                    double last = Double.NaN;
                    for (int k = from; k < to; k++) {
                        int row = order[shared + k];
                        double penalty = penalty(rows, row);
                        if (penalty != last) {
                            solvers.exact.penalties(rotation.spectrum(), options.unobservedWeight(), penalty);
                            last = penalty;
                        }
                        int begin = rows.begin(row);
                        int end = rows.end(row);
                        int at = row * stride;
                        boolean done = false;
                        if (end - begin > longest) {
                            // The vector of the last iteration refers to other axes.
                            System.arraycopy(solved, at, solvers.old, 0, d);
                            rotation.axes().score(solvers.old, 0, 0, d, solved, at);
                            float[] scale = solvers.exact.inverseRoots();
                            done = solvers.blocks.improve(scale, fixed, columns, weights, begin, end, solved, at);
                        }
                        if (!done && !solvers.exact.solve(source, columns, weights, begin, end, solved, at)) {
                            throw new ArithmeticException("a vector overflows");
                        }
                    }
                });
        return rotation.spectrum();
    }

    /** Solves the rows that are longer than a block, which come first, and returns how many there are. */
    private int solveLongest(RowSource source, Interactions rows, int[] order, float[] spectrum, float[] solved) {
        RidgeSolver solver = new RidgeSolver(d);
        int count = 0;
        while (count < order.length && rows.length(order[count]) > RidgeSolver.BLOCK) {
            int row = order[count++];
            solver.penalties(spectrum, options.unobservedWeight(), penalty(rows, row));
            if (!solver.solve(
                    source,
                    rows.columnIndices(),
                    rows.weights(),
                    rows.begin(row),
                    rows.end(row),
                    solved,
                    row * stride,
                    training)) {
                throw new ArithmeticException("a vector overflows");
            }
        }
        return count;
    }

    /** What a thread needs to solve rows. */
    private static final class Solvers {
        final RidgeSolver exact;
        final BlockDescent blocks;
        final float[] old;

        Solvers(int d, int block) {
            exact = new RidgeSolver(d);
            blocks = new BlockDescent(d, block);
            old = new float[d];
        }
    }

    private double penalty(Interactions rows, int row) {
        return options.penalty(confidence(rows, row), rows.columns());
    }

    /** Returns the sum of the confidences of a row. */
    static double confidence(Interactions rows, int row) {
        float[] weights = rows.weights();
        if (weights == null) {
            return rows.length(row);
        }
        double sum = 0;
        for (int p = rows.begin(row); p < rows.end(row); p++) {
            sum += RidgeSolver.confidence(weights[p]);
        }
        return sum;
    }

    /** Returns the objective; time O(interactions x d), for the sum over all pairs is taken from the Gram matrices. */
    double loss() {
        double[] partial = new double[Parallel.blocks(byUser.rows(), LOSS_ROWS)];
        Parallel.forBlocks(
                byUser.rows(), LOSS_ROWS, training.threads(), training.executor(), (block, from, to, none) -> {
                    for (int user = from; user < to; user++) {
                        partial[block] += userLoss(user);
                    }
                });
        double sum = 0;
        for (double part : partial) {
            sum += part;
        }
        for (int item = 0; item < byItem.rows(); item++) {
            if (byItem.length(item) > 0) {
                sum += penalty(byItem, item) * square(items, item, null);
            }
        }
        return sum;
    }

    private double userLoss(int user) {
        if (byUser.length(user) == 0) {
            return 0;
        }
        double sum = penalty(byUser, user) * square(users, user, null)
                + options.unobservedWeight() * square(users, user, spectrum);
        for (int p = byUser.begin(user); p < byUser.end(user); p++) {
            double error = 1 - Kernels.dot(users, user * stride, items, byUser.column(p) * stride, d);
            sum += RidgeSolver.confidence(byUser.weight(p)) * error * error;
        }
        return sum;
    }

    private double square(float[] matrix, int row, float @Nullable [] diagonal) {
        double sum = 0;
        for (int k = 0; k < d; k++) {
            double x = matrix[row * stride + k];
            sum += diagonal == null ? x * x : diagonal[k] * x * x;
        }
        return sum;
    }

    /** Rows by falling length, so that the threads end together and equal penalties come one after the other. */
    private static int[] longestFirst(Interactions rows) {
        int longest = 0;
        for (int row = 0; row < rows.rows(); row++) {
            longest = Math.max(longest, rows.length(row));
        }
        int[] next = new int[longest + 2];
        for (int row = 0; row < rows.rows(); row++) {
            next[longest - rows.length(row) + 1]++;
        }
        for (int k = 0; k <= longest; k++) {
            next[k + 1] += next[k];
        }
        int[] order = new int[rows.rows()];
        for (int row = 0; row < rows.rows(); row++) {
            order[next[longest - rows.length(row)]++] = row;
        }
        return order;
    }
}
