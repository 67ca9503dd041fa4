package org.recommender4j.linear;

import org.recommender4j.data.Interactions;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Training;

/**
 * Finds the matrix of {@link Ease} in one array. Items without users are left out: their rows would be zero, and the work
 * grows with the third power. Rows and columns at the end, up to a multiple of 32, are those of the identity.
 */
final class EaseSolver {
    /** So many items fill one array. */
    static final int MOST = 46_336;

    private static final int ROWS = 64;

    private final Interactions byUser;
    private final Interactions byItem;
    private final Training training;
    private final int[] rowOf;
    private final int[] itemOf;
    private final int n;

    EaseSolver(Interactions byUser, Training training) {
        this.byUser = byUser;
        byItem = byUser.transpose();
        this.training = training;
        rowOf = new int[byItem.rows()];
        int rows = 0;
        for (int item = 0; item < rowOf.length; item++) {
            rowOf[item] = byItem.length(item) > 0 ? rows++ : -1;
        }
        itemOf = new int[rows];
        for (int item = 0; item < rowOf.length; item++) {
            if (rowOf[item] >= 0) {
                itemOf[rowOf[item]] = item;
            }
        }
        n = (int) Math.min(Integer.MAX_VALUE & -32, (rows + 31L) & -32);
    }

    /** The number of items with a row. */
    int items() {
        return itemOf.length;
    }

    /** The items of the rows, ascending. */
    int[] itemOf() {
        return itemOf;
    }

    /** The distance of the rows. */
    int stride() {
        return n;
    }

    /** How much memory the solution takes. */
    long bytes() {
        return 4L * n * n + 1024L * n;
    }

    /**
     * Returns B, each row for an item of the history.
     *
     * @throws ArithmeticException if there is no solution in floats
     */
    float[] solve(float regularization) {
        float[] matrix = new float[n * n];
        fillGram(matrix, regularization);
        SymmetricInverse.negate(matrix, n, training);
        fillWeights(matrix);
        return matrix;
    }

    private void forRows(Parallel.Body<Object> body) {
        Parallel.forBlocks(n, ROWS, training.threads(), training.executor(), body);
    }

    /** Writes the upper triangle of X'X + r I. */
    private void fillGram(float[] matrix, float regularization) {
        forRows((block, from, to, none) -> {
            // In ints: a float can't count beyond 2^24.
            int[] counts = new int[n];
            for (int row = from; row < to; row++) {
                if (row >= itemOf.length) {
                    matrix[row * n + row] = 1;
                    continue;
                }
                int item = itemOf[row];
                for (int p = byItem.begin(item); p < byItem.end(item); p++) {
                    int user = byItem.column(p);
                    for (int q = byUser.end(user) - 1; q >= byUser.begin(user) && byUser.column(q) >= item; q--) {
                        counts[rowOf[byUser.column(q)]]++;
                    }
                }
                for (int other = 0; other < n; other++) {
                    matrix[row * n + other] = counts[other];
                    counts[other] = 0;
                }
                matrix[row * n + row] += regularization;
            }
        });
    }

    /** Turns the upper triangle of -P into B. */
    private void fillWeights(float[] matrix) {
        int rows = itemOf.length;
        float[] columnScale = new float[rows];
        for (int c = 0; c < rows; c++) {
            columnScale[c] = -1 / matrix[c * n + c];
        }
        forRows((block, from, to, none) -> {
            for (int c = from + 1; c < rows; c++) {
                for (int row = from; row < Math.min(to, c); row++) {
                    matrix[c * n + row] = matrix[row * n + c];
                }
            }
        });
        forRows((block, from, to, none) -> {
            for (int row = from; row < Math.min(to, rows); row++) {
                matrix[row * n + row] = 0;
                for (int c = 0; c < rows; c++) {
                    matrix[row * n + c] *= columnScale[c];
                }
            }
        });
    }
}
