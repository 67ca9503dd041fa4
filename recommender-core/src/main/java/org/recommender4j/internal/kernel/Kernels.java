package org.recommender4j.internal.kernel;

import java.util.Objects;

/**
 * The arithmetic of training and packing, on row-major arrays, with the fastest implementation that the process allows.
 *
 * <p>All methods are static, thread-safe on disjoint output, and give the same bits with and without vector
 * instructions. Arguments are checked for their bounds once per call.
 *
 * <p>Square matrices and the rows that they are accumulated from have a <em>stride</em>: {@link #stride} of the
 * dimension, a multiple of 32. Columns and rows beyond the dimension are zero and stay zero.
 */
public final class Kernels {

    /* A constant for the compiler: the calls through it are direct. */
    static final KernelProvider PROVIDER = KernelSelection.select();

    private static final int FEW = 4;

    private Kernels() {}

    /** Chooses the kernels if that was not done, so that it need not be done within the first request. */
    public static void prepare() {
        // Entering this class does it.
    }

    /**
     * Says which kernels are active, and why if they are the scalar ones.
     *
     * @return for example {@code "simd 512-bit"}
     */
    public static String description() {
        return PROVIDER.description();
    }

    /**
     * Returns the distance between the rows of a padded matrix.
     *
     * @param dimension the number of values per row
     * @return {@code dimension} rounded up to a multiple of 32
     */
    public static int stride(int dimension) {
        return (dimension + 31) & -32;
    }

    /**
     * Returns the number of floats of a padded square matrix.
     *
     * @param dimension the number of rows and columns
     * @return the rows rounded up to a multiple of 16, times the stride
     */
    public static int squareSize(int dimension) {
        return Math.multiplyExact((dimension + 15) & -16, stride(dimension));
    }

    /**
     * Returns the dot product. Element {@code i} of the first {@code n / 16 * 16} is summed in lane {@code i % 16}, the
     * rest in one chain; the lanes are added in halves, then the rest is added.
     *
     * @param a the first vector
     * @param aOffset where it begins
     * @param b the second vector
     * @param bOffset where it begins
     * @param n the number of elements
     * @return the sum of products
     */
    public static float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
        Objects.checkFromIndexSize(aOffset, n, a.length);
        Objects.checkFromIndexSize(bOffset, n, b.length);
        return PROVIDER.dot(a, aOffset, b, bOffset, n);
    }

    /**
     * Transposes rows: {@code out[k][i] = x[i][k]}, with zeros for {@code i} from {@code rows} up to a multiple of 16. A
     * zero loses its sign, and a value that is not finite makes its neighbours NaN.
     *
     * @param x the rows
     * @param xOffset where the first begins
     * @param xStride the distance from one to the next
     * @param rows their number
     * @param n the number of elements per row, a multiple of 16
     * @param out is written, from index 0
     * @param outStride the distance between its rows
     */
    public static void transpose(float[] x, int xOffset, int xStride, int rows, int n, float[] out, int outStride) {
        if (n % 16 != 0) {
            throw new IllegalArgumentException("needs a multiple of 16 elements, not " + n);
        }
        checkMatrix(xOffset, rows, n, xStride, x.length);
        checkMatrix(0, n, (rows + 15) & -16, outStride, out.length);
        PROVIDER.transpose(x, xOffset, xStride, rows, n, out, 0, outStride);
    }

    /**
     * Multiplies element by element: {@code y *= x}.
     *
     * @param x the factors
     * @param xOffset where they begin
     * @param y is changed
     * @param yOffset where it begins
     * @param n the number of elements
     */
    public static void multiply(float[] x, int xOffset, float[] y, int yOffset, int n) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        PROVIDER.multiply(x, xOffset, y, yOffset, n);
    }

    /**
     * Adds a multiple of a vector: {@code y += alpha * x}.
     *
     * @param alpha the factor
     * @param x the vector to add
     * @param xOffset where it begins
     * @param y is changed
     * @param yOffset where it begins
     * @param n the number of elements
     */
    public static void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        PROVIDER.axpy(alpha, x, xOffset, y, yOffset, n);
    }

    /**
     * Writes a multiple of a vector: {@code y = alpha * x}.
     *
     * @param alpha the factor
     * @param x the vector to multiply
     * @param xOffset where it begins
     * @param y is written; may be {@code x} at the same offset
     * @param yOffset where it begins
     * @param n the number of elements
     */
    public static void scale(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
        Objects.checkFromIndexSize(xOffset, n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        PROVIDER.scale(alpha, x, xOffset, y, yOffset, n);
    }

    /**
     * Adds a weighted sum of rows: {@code y += sum over i of weights[i] * row i}, rows ascending.
     *
     * @param weights one per row
     * @param weightsOffset where they begin
     * @param rows the number of rows
     * @param x the rows
     * @param xOffset where the first begins
     * @param xStride the distance from one to the next
     * @param y is changed
     * @param yOffset where it begins
     * @param n the number of elements per row
     */
    public static void addRows(
            float[] weights,
            int weightsOffset,
            int rows,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset,
            int n) {
        Objects.checkFromIndexSize(weightsOffset, rows, weights.length);
        Objects.checkFromIndexSize(xOffset, rows == 0 ? 0 : (rows - 1L) * xStride + n, x.length);
        Objects.checkFromIndexSize(yOffset, n, y.length);
        PROVIDER.addRows(weights, weightsOffset, rows, x, xOffset, xStride, y, yOffset, n);
    }

    /**
     * Adds a product of rows to the upper triangle of a square matrix: {@code g[r][c] += sum over i of x[i][r] *
     * y[i][c]} for {@code r <= c}, rows ascending, so that splitting the rows over several calls gives the same bits.
     * With {@code y == x} this is the Gram matrix; with {@code y[i] = w[i] * x[i]} the weighted one. Some elements below
     * the diagonal are changed too. Best with at most 1024 rows per call.
     *
     * @param x rows at distance {@code stride(d)}
     * @param xOffset where the first begins
     * @param y rows at distance {@code stride(d)}
     * @param yOffset where the first begins
     * @param rows the number of rows
     * @param d the dimension
     * @param g {@code squareSize(d)} values, changed
     */
    public static void addGram(float[] x, int xOffset, float[] y, int yOffset, int rows, int d, float[] g) {
        int stride = stride(d);
        Objects.checkFromIndexSize(xOffset, (long) rows * stride, x.length);
        Objects.checkFromIndexSize(yOffset, (long) rows * stride, y.length);
        Objects.checkFromIndexSize(0, squareSize(d), g.length);
        if (d <= FEW) {
            // What else is in the square is zero and stays it, and by far most of the square.
            ScalarProducts.tile4x4(x, xOffset, stride, y, yOffset, stride, rows, g, 0, stride, false);
            return;
        }
        for (int c = 0; c < d; c += 32) {
            int right = c + 16;
            int wide = right < d ? right : 0;
            for (int r = 0; r < wide; r += 8) {
                PROVIDER.tile(x, xOffset + r, stride, y, yOffset + c, stride, rows, g, r * stride + c, stride, false);
            }
            int last = right < d ? right : c;
            for (int r = wide; r <= last; r += 16) {
                PROVIDER.square(x, xOffset + r, stride, y, yOffset + last, stride, rows, g, r * stride + last, stride);
            }
        }
    }

    /**
     * Adds or takes off a matrix product, {@code c[r][l] += sum over q of a[q][r] * b[q][l]} or {@code -= }, as one chain
     * per element over ascending {@code q} that starts from {@code c}: splitting {@code depth} over several calls gives
     * the same bits. The building block of blocked matrix products and factorisations: pack the operands so that a call's
     * parts of {@code a} and {@code b} stay in the cache, for example {@code a} with stride 8 and {@code b} with stride 32
     * for {@code rows == 8} and {@code columns == 32}.
     *
     * @param a the left operand, transposed: {@code depth} rows of {@code rows} values
     * @param aOffset where it begins
     * @param aStride the distance between its rows
     * @param b the right operand: {@code depth} rows of {@code columns} values
     * @param bOffset where it begins
     * @param bStride the distance between its rows
     * @param depth the number of terms, not negative
     * @param c {@code rows} rows of {@code columns} values, changed; disjoint from {@code a} and {@code b}
     * @param cOffset where it begins
     * @param cStride the distance between its rows
     * @param rows a positive multiple of 8
     * @param columns a positive multiple of 32
     * @param subtract whether the product is taken off
     */
    public static void addProduct(
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            int depth,
            float[] c,
            int cOffset,
            int cStride,
            int rows,
            int columns,
            boolean subtract) {
        if (rows < 1 || rows % 8 != 0) {
            throw new IllegalArgumentException("rows must be a positive multiple of 8, was " + rows);
        }
        if (columns < 1 || columns % 32 != 0) {
            throw new IllegalArgumentException("columns must be a positive multiple of 32, was " + columns);
        }
        checkMatrix(aOffset, depth, rows, aStride, a.length);
        checkMatrix(bOffset, depth, columns, bStride, b.length);
        checkMatrix(cOffset, rows, columns, cStride, c.length);
        for (int l = 0; l < columns; l += 32) {
            for (int r = 0; r < rows; r += 8) {
                PROVIDER.tile(
                        a,
                        aOffset + r,
                        aStride,
                        b,
                        bOffset + l,
                        bStride,
                        depth,
                        c,
                        cOffset + r * cStride + l,
                        cStride,
                        subtract);
            }
        }
    }

    private static void checkMatrix(int offset, int rows, int columns, int stride, int length) {
        Objects.checkFromIndexSize(0, stride, Integer.MAX_VALUE);
        Objects.checkFromIndexSize(offset, rows == 0 ? 0 : (rows - 1L) * stride + columns, length);
    }

    /**
     * Writes the dot products of rows with a vector, each one chain of multiply-adds in ascending order of the elements:
     * the same bits as the scores of {@link Panels}.
     *
     * @param rows the rows, one behind the other
     * @param fromRow the first row
     * @param toRow the end of the rows, exclusive
     * @param vector {@code d} values
     * @param d the number of elements of a row
     * @param out receives {@code toRow - fromRow} values
     */
    public static void dotRows(float[] rows, int fromRow, int toRow, float[] vector, int d, float[] out) {
        Objects.checkFromToIndex(fromRow, toRow, d == 0 ? Integer.MAX_VALUE : rows.length / d);
        Objects.checkFromIndexSize(0, d, vector.length);
        Objects.checkFromIndexSize(0, toRow - fromRow, out.length);
        ScalarProducts.dotRows(rows, fromRow * d, toRow - fromRow, vector, d, out);
    }

    /**
     * Packs up to eight users for {@link Panels#scoreBlock} and {@link Panels#scanBlock}: value {@code j} of user {@code
     * r} goes to {@code out[offset + 8 * j + r]}; missing users are zero.
     *
     * @param rows the users' values, one row per user
     * @param rowsOffset where the first row begins
     * @param rowsStride the distance from one row to the next
     * @param users the number of users, 1 to 8
     * @param d the dimension
     * @param out receives {@code 8 * d} values
     * @param outOffset where in {@code out}
     */
    public static void packUsers(
            float[] rows, int rowsOffset, int rowsStride, int users, int d, float[] out, int outOffset) {
        Objects.checkIndex(users - 1, Panels.USERS);
        Objects.checkFromIndexSize(rowsOffset, (users - 1L) * rowsStride + d, rows.length);
        Objects.checkFromIndexSize(outOffset, Panels.USERS * d, out.length);
        for (int r = 0; r < Panels.USERS; r++) {
            for (int j = 0; j < d; j++) {
                out[outOffset + Panels.USERS * j + r] = r < users ? rows[rowsOffset + r * rowsStride + j] : 0;
            }
        }
    }
}
