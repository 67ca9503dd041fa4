package org.recommender4j.internal.linalg;

import java.util.Arrays;
import java.util.Comparator;

/**
 * All eigenvalues and eigenvectors of a real symmetric matrix, largest eigenvalue first.
 *
 * <p>Householder reflections make the matrix tridiagonal, then implicit QL with Wilkinson's shift makes it diagonal; the
 * vectors are kept as rows, so that every inner loop runs over two contiguous rows. About 9 n^3 operations, 16 n^2
 * bytes: around a millisecond for n = 64 and 10 ms for n = 256. The result depends on the matrix alone.
 *
 * <p>See G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed. 2013, section 8.3; H. Bowdler, R. S. Martin, C. Reinsch
 * and J. H. Wilkinson, The QR and QL Algorithms for Symmetric Matrices, 1968. Immutable; thread-safe.
 */
public final class SymmetricEigen {
    private static final int MAX_SWEEPS = 60;
    private static final double EPSILON = 0x1p-52;

    /** Squares of numbers below this, in a matrix whose largest is about 1, come near to where doubles end. */
    private static final double NEGLIGIBLE = 0x1p-500;

    private final double[] values;
    private final double[][] vectors;

    private SymmetricEigen(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * Decomposes a matrix.
     *
     * @param a a symmetric matrix of finite numbers, row by row; destroyed
     * @throws ArithmeticException if the iteration does not converge, which finite numbers don't cause
     */
    public static SymmetricEigen of(double[][] a) {
        int n = a.length;
        double unit = unit(a);
        double[] diagonal = new double[n];
        double[] beside = new double[n];
        double[][] q = tridiagonalize(a, diagonal, beside);
        diagonalize(diagonal, beside, q);
        Integer[] order = new Integer[n];
        Arrays.setAll(order, k -> k);
        Arrays.sort(order, Comparator.comparingDouble(k -> -diagonal[k]));
        double[] values = new double[n];
        double[][] vectors = new double[n][];
        for (int k = 0; k < n; k++) {
            values[k] = diagonal[order[k]] * unit;
            vectors[k] = q[order[k]];
        }
        return new SymmetricEigen(values, vectors);
    }

    /** Divides the matrix by a power of two so that its largest element is about 1, which loses nothing; returns the power. */
    private static double unit(double[][] a) {
        double largest = Double.MIN_NORMAL;
        for (double[] row : a) {
            for (double value : row) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        int exponent = Math.getExponent(largest);
        for (double[] row : a) {
            for (int k = 0; k < row.length; k++) {
                row[k] = Math.scalb(row[k], -exponent);
            }
        }
        return Math.scalb(1.0, exponent);
    }

    /** Returns the eigenvalues, descending; the array is shared. */
    public double[] values() {
        return values;
    }

    /** Returns the orthonormal eigenvectors as rows, in the order of the values; the array is shared. */
    public double[][] vectors() {
        return vectors;
    }

    /** Writes the diagonal, and to {@code beside[k]} the element right of the k-th; returns Q' of A = Q T Q'. */
    private static double[][] tridiagonalize(double[][] a, double[] diagonal, double[] beside) {
        int n = a.length;
        double[] p = new double[n];
        double[] reflected = new double[n];
        for (int k = 0; k + 2 < n; k++) {
            double[] v = a[k];
            double norm = Math.sqrt(dot(v, v, k + 1, n));
            diagonal[k] = v[k];
            if (norm < NEGLIGIBLE) {
                beside[k] = v[k + 1];
                continue;
            }
            // The row is dead from here on: it keeps the reflection's vector for the accumulation below.
            double alpha = v[k + 1] > 0 ? -norm : norm;
            beside[k] = alpha;
            v[k + 1] -= alpha;
            reflected[k] = 2 / dot(v, v, k + 1, n);
            for (int i = k + 1; i < n; i++) {
                p[i] = reflected[k] * dot(a[i], v, k + 1, n);
            }
            double half = reflected[k] / 2 * dot(p, v, k + 1, n);
            for (int i = k + 1; i < n; i++) {
                p[i] -= half * v[i];
            }
            for (int i = k + 1; i < n; i++) {
                subtractTwo(a[i], v[i], p, p[i], v, k + 1, n);
            }
        }
        if (n >= 2) {
            diagonal[n - 2] = a[n - 2][n - 2];
            beside[n - 2] = a[n - 2][n - 1];
        }
        if (n >= 1) {
            diagonal[n - 1] = a[n - 1][n - 1];
        }
        return accumulate(a, reflected);
    }

    private static double[][] accumulate(double[][] a, double[] reflected) {
        int n = a.length;
        double[][] q = new double[n][n];
        for (int k = 0; k < n; k++) {
            q[k][k] = 1;
        }
        double[] t = new double[n];
        for (int k = n - 3; k >= 0; k--) {
            double[] v = a[k];
            Arrays.fill(t, 0);
            for (int i = k + 1; i < n; i++) {
                add(v[i], q[i], t, k + 1, n);
            }
            for (int i = k + 1; i < n; i++) {
                add(-reflected[k] * v[i], t, q[i], k + 1, n);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double swapped = q[i][j];
                q[i][j] = q[j][i];
                q[j][i] = swapped;
            }
        }
        return q;
    }

    private static void diagonalize(double[] d, double[] e, double[][] rows) {
        int n = d.length;
        double[] cosines = new double[n];
        double[] sines = new double[n];
        for (int l = 0; l < n; l++) {
            for (int sweep = 0; ; sweep++) {
                int m = l;
                while (m < n - 1 && Math.abs(e[m]) > EPSILON * Math.max(Math.abs(d[m]) + Math.abs(d[m + 1]), EPSILON)) {
                    m++;
                }
                if (m == l) {
                    break;
                }
                if (sweep == MAX_SWEEPS) {
                    throw new ArithmeticException("the eigenvalues do not converge");
                }
                int from = chase(d, e, l, m, cosines, sines);
                for (int i = m - 1; i >= from; i--) {
                    rotate(rows[i], rows[i + 1], cosines[i], sines[i]);
                }
            }
        }
    }

    /** One implicit QL sweep over the unreduced block l .. m; returns the last index that it came to. */
    private static int chase(double[] d, double[] e, int l, int m, double[] cosines, double[] sines) {
        double g = (d[l + 1] - d[l]) / (2 * e[l]);
        double r = Math.sqrt(g * g + 1);
        g = d[m] - d[l] + e[l] / (g + Math.copySign(r, g));
        double s = 1;
        double c = 1;
        double p = 0;
        for (int i = m - 1; i >= l; i--) {
            double f = s * e[i];
            double b = c * e[i];
            r = length(f, g);
            e[i + 1] = r;
            if (r == 0) {
                d[i + 1] -= p;
                e[m] = 0;
                return i + 1;
            }
            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            r = (d[i] - g) * s + 2 * c * b;
            p = s * r;
            d[i + 1] = g + p;
            g = c * r - b;
            cosines[i] = c;
            sines[i] = s;
        }
        d[l] -= p;
        e[l] = g;
        e[m] = 0;
        return l;
    }

    private static double length(double x, double y) {
        double larger = Math.max(Math.abs(x), Math.abs(y));
        if (larger == 0) {
            return 0;
        }
        double a = x / larger;
        double b = y / larger;
        return larger * Math.sqrt(a * a + b * b);
    }

    private static void rotate(double[] a, double[] b, double c, double s) {
        for (int k = 0; k < a.length; k++) {
            double x = a[k];
            double y = b[k];
            a[k] = c * x - s * y;
            b[k] = s * x + c * y;
        }
    }

    private static double dot(double[] a, double[] b, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = from;
        for (; k + 3 < to; k += 4) {
            s0 += a[k] * b[k];
            s1 += a[k + 1] * b[k + 1];
            s2 += a[k + 2] * b[k + 2];
            s3 += a[k + 3] * b[k + 3];
        }
        for (; k < to; k++) {
            s0 += a[k] * b[k];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static void add(double factor, double[] x, double[] y, int from, int to) {
        for (int k = from; k < to; k++) {
            y[k] += factor * x[k];
        }
    }

    private static void subtractTwo(double[] row, double f, double[] x, double g, double[] y, int from, int to) {
        for (int k = from; k < to; k++) {
            row[k] -= f * x[k] + g * y[k];
        }
    }
}
