package org.recommender4j.neighborhood;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Interactions;

/**
 * What one sparse vector has in common with each of many: the number of common entries, the sum of the products of their
 * values, and on demand the sums of the squares of either's values over the common entries.
 *
 * <p>Belongs to one thread. Memory: 8 bytes per vector, 4 more with products, 8 more with squares.
 */
final class PairSums {
    /*
     * The vectors' entries are read coordinate by coordinate (an inverted index), so that the work is that of the common
     * entries and nothing else. The sums lie in arrays with a place for each vector. An addition to a count of zero puts its
     * vector on the list of the touched ones, without a branch: (0 - 1) >>> 31 is 1, and 0 for each larger count. When more
     * additions are to come than there are vectors, the list would cost more than a look at all counts, and is left out.
     * A sum's terms are added in the order of the vector's coordinates either way.
     */
    private final Interactions index;
    final int[] counts;
    final float[] products;
    final float[] ownSquares;
    final float[] otherSquares;
    private final int[] touched;
    private int size;

    /**
     * Prepares sums against all columns of a matrix.
     *
     * @param index the vectors' entries: a row per coordinate, a column per vector
     * @param products whether products are wanted, or counts alone
     * @param squares whether sums of squares are wanted too
     */
    PairSums(Interactions index, boolean products, boolean squares) {
        this.index = index;
        int n = index.columns();
        counts = new int[n];
        touched = new int[n + 1];
        this.products = new float[products ? n : 0];
        ownSquares = new float[squares ? n : 0];
        otherSquares = new float[squares ? n : 0];
    }

    /**
     * Adds up one vector's products with all, and lists the vectors with something in common.
     *
     * @param coordinates its coordinates, from (inclusive) to (exclusive)
     * @param values its values at the same places, or null when each is 1
     */
    void add(int[] coordinates, float @Nullable [] values, int from, int to) {
        long work = 0;
        for (int p = from; p < to; p++) {
            work += index.length(coordinates[p]);
        }
        boolean listed = work < counts.length;
        float[] others = index.weights();
        size = 0;
        for (int p = from; p < to; p++) {
            int begin = index.begin(coordinates[p]);
            int end = index.end(coordinates[p]);
            float value = values == null ? 1f : values[p];
            if (ownSquares.length > 0) {
                square(index.columnIndices(), others, begin, end, value);
            }
            if (products.length == 0) {
                count(index.columnIndices(), begin, end, listed);
            } else if (others == null) {
                add(index.columnIndices(), begin, end, value, listed);
            } else {
                multiply(index.columnIndices(), others, begin, end, value, listed);
            }
        }
        if (!listed) {
            listAll();
        }
    }

    private void count(int[] columns, int begin, int end, boolean listed) {
        if (listed) {
            size = countListed(columns, begin, end, counts, touched, size);
        } else {
            for (int q = begin; q < end; q++) {
                counts[columns[q]]++;
            }
        }
    }

    private static int countListed(int[] columns, int begin, int end, int[] counts, int[] touched, int size) {
        int n = size;
        for (int q = begin; q < end; q++) {
            int other = columns[q];
            int count = counts[other];
            touched[n] = other;
            n += (count - 1) >>> 31;
            counts[other] = count + 1;
        }
        return n;
    }

    private void add(int[] columns, int begin, int end, float value, boolean listed) {
        if (listed) {
            size = addListed(columns, begin, end, value, products, counts, touched, size);
        } else {
            for (int q = begin; q < end; q++) {
                products[columns[q]] += value;
                counts[columns[q]]++;
            }
        }
    }

    private static int addListed(
            int[] columns, int begin, int end, float value, float[] sums, int[] counts, int[] touched, int size) {
        int n = size;
        for (int q = begin; q < end; q++) {
            int other = columns[q];
            int count = counts[other];
            touched[n] = other;
            n += (count - 1) >>> 31;
            counts[other] = count + 1;
            sums[other] += value;
        }
        return n;
    }

    private void multiply(int[] columns, float[] others, int begin, int end, float value, boolean listed) {
        if (listed) {
            size = multiplyListed(columns, others, begin, end, value, products, counts, touched, size);
        } else {
            for (int q = begin; q < end; q++) {
                products[columns[q]] += value * others[q];
                counts[columns[q]]++;
            }
        }
    }

    private static int multiplyListed(
            int[] columns,
            float[] others,
            int begin,
            int end,
            float value,
            float[] sums,
            int[] counts,
            int[] touched,
            int size) {
        int n = size;
        for (int q = begin; q < end; q++) {
            int other = columns[q];
            int count = counts[other];
            touched[n] = other;
            n += (count - 1) >>> 31;
            counts[other] = count + 1;
            sums[other] += value * others[q];
        }
        return n;
    }

    private void square(int[] columns, float @Nullable [] others, int begin, int end, float value) {
        for (int q = begin; q < end; q++) {
            float other = others == null ? 1f : others[q];
            ownSquares[columns[q]] += value * value;
            otherSquares[columns[q]] += other * other;
        }
    }

    private void listAll() {
        int n = 0;
        for (int other = 0; other < counts.length; other++) {
            touched[n] = other;
            n += -counts[other] >>> 31;
        }
        size = n;
    }

    /** Returns how many vectors have something in common with the one added. */
    int size() {
        return size;
    }

    /** Returns those vectors, at the places from 0 to {@link #size()}; the array is shared. */
    int[] touched() {
        return touched;
    }

    /** Returns the sum of the products of a vector. */
    float product(int other) {
        return products.length == 0 ? counts[other] : products[other];
    }

    /** Forgets all sums, for the next vector. */
    void clear() {
        if (size > counts.length / 4) {
            Arrays.fill(counts, 0);
            Arrays.fill(products, 0f);
            Arrays.fill(ownSquares, 0f);
            Arrays.fill(otherSquares, 0f);
            return;
        }
        clear(counts);
        clear(products);
        clear(ownSquares);
        clear(otherSquares);
    }

    private void clear(int[] sums) {
        for (int place = 0; place < size; place++) {
            sums[touched[place]] = 0;
        }
    }

    private void clear(float[] sums) {
        for (int place = 0; sums.length > 0 && place < size; place++) {
            sums[touched[place]] = 0f;
        }
    }
}
