package org.recommender4j.neighborhood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;

/** The same by the book, on dense arrays of double. */
final class Naive {
    private Naive() {}

    /** Random matrix with some popular columns, an empty row and a full row; weights from the given set. */
    static Interactions random(long seed, int rows, int columns, float... weights) {
        SplittableRandom random = new SplittableRandom(seed);
        InteractionsBuilder builder = Interactions.builder();
        for (int row = 1; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (row == 1 || random.nextDouble() < 0.6 * Math.pow(1 - column / (double) columns, 2)) {
                    builder.add(row, column, weights[random.nextInt(weights.length)]);
                }
            }
        }
        return builder.build(rows, columns, DuplicatePolicy.FAIL);
    }

    static double[][] dense(Interactions matrix) {
        double[][] result = new double[matrix.rows()][matrix.columns()];
        for (double[] row : result) {
            Arrays.fill(row, Double.NaN);
        }
        for (int r = 0; r < matrix.rows(); r++) {
            for (int p = matrix.begin(r); p < matrix.end(r); p++) {
                result[r][matrix.column(p)] = matrix.weight(p);
            }
        }
        return result;
    }

    /** The similarity of two rows; absent entries are NaN. */
    static double similarity(Similarity similarity, boolean common, double asymmetry, double[] x, double[] y) {
        double n = x.length;
        double nx = count(x);
        double ny = count(y);
        double both = 0;
        double xy = 0;
        double xx = 0;
        double yy = 0;
        double sx = 0;
        double sy = 0;
        for (int c = 0; c < x.length; c++) {
            boolean shared = !Double.isNaN(x[c]) && !Double.isNaN(y[c]);
            both += shared ? 1 : 0;
            xy += shared ? x[c] * y[c] : 0;
            xx += !Double.isNaN(x[c]) && (shared || !common) ? x[c] * x[c] : 0;
            yy += !Double.isNaN(y[c]) && (shared || !common) ? y[c] * y[c] : 0;
            sx += Double.isNaN(x[c]) ? 0 : x[c];
            sy += Double.isNaN(y[c]) ? 0 : y[c];
        }
        return switch (similarity) {
            case COSINE -> xy / Math.pow(xx, 1 - asymmetry) / Math.pow(yy, asymmetry);
            case CONDITIONAL_PROBABILITY -> xy / ny;
            case JACCARD -> both / (nx + ny - both);
            case ADJUSTED_COSINE -> xy / Math.sqrt(xx * yy);
            case PEARSON ->
                common
                        ? xy / Math.sqrt(xx * yy)
                        : (xy - sx * sy / n) / Math.sqrt((xx - sx * sx / n) * (yy - sy * sy / n));
            case LOG_LIKELIHOOD -> {
                double[][] cells = {{both, nx - both}, {ny - both, n - nx - ny + both}};
                double g = 0;
                for (int a = 0; a < 2; a++) {
                    for (int b = 0; b < 2; b++) {
                        double expected = (cells[a][0] + cells[a][1]) * (cells[0][b] + cells[1][b]) / n;
                        g += cells[a][b] == 0 ? 0 : 2 * cells[a][b] * Math.log(cells[a][b] / expected);
                    }
                }
                yield both > nx * ny / n ? g : 0;
            }
        };
    }

    static int common(double[] x, double[] y) {
        int n = 0;
        for (int c = 0; c < x.length; c++) {
            n += Double.isNaN(x[c]) || Double.isNaN(y[c]) ? 0 : 1;
        }
        return n;
    }

    static int count(double[] x) {
        return common(x, x);
    }

    /** Indices of the k largest positive values, ties by smaller index, ascending. */
    static int[] best(double[] values, int k) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0) {
                all.add(i);
            }
        }
        all.sort(Comparator.comparingDouble((Integer i) -> -values[i]).thenComparingInt(i -> i));
        return all.stream().limit(k).mapToInt(i -> i).sorted().toArray();
    }
}
