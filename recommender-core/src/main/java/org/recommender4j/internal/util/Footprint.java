package org.recommender4j.internal.util;

/**
 * Adds up what a training is going to allocate, and refuses before it starts what can't be allocated: an array of more
 * elements than the runtime allows, or more memory than the heap can have. A sum counts what is in memory at the same time and no
 * more, so that nothing is refused that would have fitted. Belongs to one thread.
 */
public final class Footprint {
    /** The longest array that every runtime can make. */
    public static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final String algorithm;
    private final String remedy;
    private final long heap;
    private double bytes;

    /**
     * Starts a sum.
     *
     * @param algorithm whose training it is
     * @param remedy what lets it fit, such as "a smaller factors"
     */
    public Footprint(String algorithm, String remedy) {
        this(algorithm, remedy, Runtime.getRuntime().maxMemory());
    }

    Footprint(String algorithm, String remedy, long heap) {
        this.algorithm = algorithm;
        this.remedy = remedy;
        this.heap = heap;
    }

    /**
     * Adds an array of a number of rows.
     *
     * @param of whose rows they are, such as "users"
     * @param width the elements of a row
     * @param size the bytes of an element
     * @throws IllegalStateException if no array can have as many elements
     */
    public Footprint array(String of, long rows, long width, int size) {
        if (width > 0 && rows > LONGEST_ARRAY / width) {
            throw new IllegalStateException(algorithm + " needs an array of " + width + " numbers for each of " + rows
                    + " " + of + ", but no array can have more than " + LONGEST_ARRAY + "; use " + remedy);
        }
        return bytes((double) rows * width * size);
    }

    /** Adds bytes. */
    public Footprint bytes(double more) {
        bytes += more;
        return this;
    }

    /** Adds a sparse matrix and its transposed view: entries, and their weights if there are some. */
    public Footprint matrix(long rows, long columns, long entries, boolean weights) {
        return bytes(4.0 * (rows + columns) + (weights ? 16.0 : 8.0) * entries);
    }

    /**
     * Ends the sum.
     *
     * @throws IllegalStateException if it is more than the largest size of the heap
     */
    public void check() {
        if (bytes > heap) {
            throw new IllegalStateException(algorithm + " needs about " + megabytes(bytes)
                    + " MB of memory, but the heap" + " can't grow beyond " + megabytes((double) heap) + " MB; use "
                    + remedy + ", or a larger heap");
        }
    }

    private static long megabytes(double bytes) {
        return (long) Math.ceil(bytes / 1e6);
    }
}
