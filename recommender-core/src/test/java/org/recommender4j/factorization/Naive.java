package org.recommender4j.factorization;

/** Slow and obvious numerics for tests. */
final class Naive {
    private Naive() {}

    /** Solves d equations, the right-hand sides in the last column, by Gauss-Jordan elimination with pivoting; destroys a. */
    static double[] solve(double[][] a) {
        int d = a.length;
        for (int k = 0; k < d; k++) {
            int best = k;
            for (int r = k + 1; r < d; r++) {
                best = Math.abs(a[r][k]) > Math.abs(a[best][k]) ? r : best;
            }
            double[] pivot = a[best];
            a[best] = a[k];
            a[k] = pivot;
            for (int r = 0; r < d; r++) {
                double factor = r == k ? 0 : a[r][k] / pivot[k];
                for (int c = k; c <= d && factor != 0; c++) {
                    a[r][c] -= factor * pivot[c];
                }
            }
        }
        double[] x = new double[d];
        for (int k = 0; k < d; k++) {
            x[k] = a[k][d] / a[k][k];
        }
        return x;
    }
}
