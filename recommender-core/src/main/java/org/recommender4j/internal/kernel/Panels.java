package org.recommender4j.internal.kernel;

import java.util.Objects;

/**
 * A matrix of item factors stored in panels of 32 items, and the ways to score users against it. The layout is drawn in
 * the package documentation.
 *
 * <p>A panel is named by its number {@code 0 .. panelCount() - 1}; it holds the items {@code 32 * panel .. 32 * panel +
 * 31}. The last panel is padded with items of zeros: callers ignore the scores of items from {@link #size} on. The score
 * of a user and an item has the same bits whichever method computes it.
 *
 * <p>Memory: {@code 4 * 32 * panelCount() * dimension()} bytes, in arrays of at most 64 MiB. Reading is thread-safe as
 * long as nobody calls {@link #setRow}.
 */
public final class Panels {

    /** The number of items in a panel, whatever the vectors of the machine are. */
    public static final int WIDTH = 32;

    /** The number of users in a block of packed users. */
    public static final int USERS = 8;

    /* A little less than 2^24 floats, so that an array with its header does not touch one more heap region. */
    private static final int CHUNK_FLOATS = (1 << 24) - 16;

    private static final int MAX_DIMENSION = CHUNK_FLOATS / WIDTH;

    private final int size;
    private final int dimension;
    private final int panelCount;
    private final int panelsPerChunk;
    private final float[][] chunks;

    /** Supplies the rows of a matrix. */
    @FunctionalInterface
    public interface RowSource {

        /**
         * Writes a row.
         *
         * @param index the row
         * @param out receives the row from index 0 on
         */
        void row(int index, float[] out);
    }

    private Panels(int size, int dimension, int floatsPerChunk) {
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative, was " + size);
        }
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException("dimension must be in 1 .. " + MAX_DIMENSION + ", was " + dimension);
        }
        this.size = size;
        this.dimension = dimension;
        this.panelCount = (int) (((long) size + WIDTH - 1) / WIDTH);
        int panelFloats = WIDTH * dimension;
        this.panelsPerChunk = Math.max(1, floatsPerChunk / panelFloats);
        this.chunks = new float[(int) (((long) panelCount + panelsPerChunk - 1) / panelsPerChunk)][];
        for (int c = 0; c < chunks.length; c++) {
            chunks[c] = new float[Math.min(panelsPerChunk, panelCount - c * panelsPerChunk) * panelFloats];
        }
    }

    /**
     * Returns panels of zeros.
     *
     * @param size the number of items
     * @param dimension the number of values per item
     * @return new panels
     */
    public static Panels zeros(int size, int dimension) {
        return new Panels(size, dimension, CHUNK_FLOATS);
    }

    /**
     * Copies a row-major matrix.
     *
     * @param rows the matrix, {@code size * dimension} values
     * @param size the number of items
     * @param dimension the number of values per item
     * @return new panels
     */
    public static Panels of(float[] rows, int size, int dimension) {
        Objects.checkFromIndexSize(0L, (long) size * dimension, rows.length);
        Panels panels = zeros(size, dimension);
        for (int i = 0; i < size; i++) {
            panels.setRow(i, rows, i * dimension);
        }
        return panels;
    }

    /**
     * Copies a matrix row by row.
     *
     * @param size the number of items
     * @param dimension the number of values per item
     * @param source supplies the rows, asked in ascending order
     * @return new panels
     */
    public static Panels of(int size, int dimension, RowSource source) {
        return of(size, dimension, source, CHUNK_FLOATS);
    }

    /** As above, with smaller chunks for tests. */
    static Panels of(int size, int dimension, RowSource source, int floatsPerChunk) {
        Panels panels = new Panels(size, dimension, floatsPerChunk);
        float[] row = new float[dimension];
        for (int i = 0; i < size; i++) {
            source.row(i, row);
            panels.setRow(i, row, 0);
        }
        return panels;
    }

    /**
     * Returns the number of items.
     *
     * @return the number, without padding
     */
    public int size() {
        return size;
    }

    /**
     * Returns the number of values per item.
     *
     * @return the dimension
     */
    public int dimension() {
        return dimension;
    }

    /**
     * Returns the number of panels.
     *
     * @return {@code ceil(size / 32)}
     */
    public int panelCount() {
        return panelCount;
    }

    /**
     * Copies an item's values out.
     *
     * @param item the item
     * @param out receives {@code dimension} values
     * @param offset where in {@code out}
     */
    public void row(int item, float[] out, int offset) {
        Objects.checkFromIndexSize(offset, dimension, out.length);
        float[] chunk = chunkOf(item);
        int at = positionOf(item);
        for (int j = 0; j < dimension; j++) {
            out[offset + j] = chunk[at + j * WIDTH];
        }
    }

    /**
     * Replaces an item's values.
     *
     * @param item the item
     * @param values holds {@code dimension} values
     * @param offset where in {@code values}
     */
    public void setRow(int item, float[] values, int offset) {
        Objects.checkFromIndexSize(offset, dimension, values.length);
        float[] chunk = chunkOf(item);
        int at = positionOf(item);
        for (int j = 0; j < dimension; j++) {
            chunk[at + j * WIDTH] = values[offset + j];
        }
    }

    /**
     * Returns the score of one item. Costs a cache miss per value: for many items use the other methods.
     *
     * @param user holds the user's values
     * @param userOffset where in {@code user}
     * @param item the item
     * @return the score
     */
    public float dot(float[] user, int userOffset, int item) {
        Objects.checkFromIndexSize(userOffset, dimension, user.length);
        float[] chunk = chunkOf(item);
        int at = positionOf(item);
        float sum = 0;
        for (int j = 0; j < dimension; j++) {
            sum = Fma.fma(user[userOffset + j], chunk[at + j * WIDTH], sum);
        }
        return sum;
    }

    /**
     * Scores the items {@code from .. to - 1}. Fastest when both are multiples of 32, or {@code to} is the last item.
     *
     * @param user holds the user's values
     * @param userOffset where in {@code user}
     * @param from the first item
     * @param to the end of the items, exclusive
     * @param out receives {@code to - from} scores
     * @param outOffset where in {@code out}
     */
    public void score(float[] user, int userOffset, int from, int to, float[] out, int outOffset) {
        Objects.checkFromIndexSize(userOffset, dimension, user.length);
        Objects.checkFromToIndex(from, to, size);
        Objects.checkFromIndexSize(outOffset, to - from, out.length);
        int item = from;
        while (item < to) {
            int panel = item / WIDTH;
            int at = outOffset + item - from;
            int whole = Math.min((to - item) / WIDTH, panelsLeft(panel));
            if (item % WIDTH == 0 && whole > 0) {
                Kernels.PROVIDER.score(
                        user, userOffset, dimension, chunks[panel / panelsPerChunk], offsetOf(panel), whole, out, at);
                item += whole * WIDTH;
            } else {
                float[] scores = new float[WIDTH];
                Kernels.PROVIDER.score(
                        user, userOffset, dimension, chunks[panel / panelsPerChunk], offsetOf(panel), 1, scores, 0);
                int end = Math.min(to, (panel + 1) * WIDTH);
                System.arraycopy(scores, item % WIDTH, out, at, end - item);
                item = end;
            }
        }
    }

    /**
     * Scans panels until one holds a score that reaches a threshold; the other panels cost a comparison only. A caller
     * that keeps the best {@code k} offers it the scores found, and goes on behind that panel with its new threshold.
     *
     * <pre>{@code
     * for (int panel = 0; (panel = panels.scan(user, 0, panel, end, top.threshold(), scores)) < end; panel++) {
     *     // offer scores[0 .. 31], the items from 32 * panel on, except those >= panels.size()
     * }
     * }</pre>
     *
     * @param user holds the user's values
     * @param userOffset where in {@code user}
     * @param fromPanel the first panel
     * @param toPanel the end of the panels, exclusive
     * @param threshold a score that is equal to it is found too; NaN is never found
     * @param scores at least 32 values; receives the scores of the panel returned, else holds nothing of use
     * @return the first panel with a score {@code >= threshold}, or {@code toPanel}
     */
    public int scan(float[] user, int userOffset, int fromPanel, int toPanel, float threshold, float[] scores) {
        Objects.checkFromIndexSize(userOffset, dimension, user.length);
        Objects.checkFromToIndex(fromPanel, toPanel, panelCount);
        Objects.checkFromIndexSize(0, WIDTH, scores.length);
        int panel = fromPanel;
        while (panel < toPanel) {
            int count = Math.min(toPanel - panel, panelsLeft(panel));
            float[] chunk = chunks[panel / panelsPerChunk];
            int hit = Kernels.PROVIDER.scan(
                    user, userOffset, dimension, chunk, offsetOf(panel), count, threshold, scores);
            panel += hit;
            if (hit < count) {
                return panel;
            }
        }
        return toPanel;
    }

    /**
     * Scans panels as {@link #scan} does, but leaves a panel after some of its dimensions if what remains can't lift any of its
     * scores to {@code least}: if {@code sum + restNorm * rests[item] >= least} holds for none of them.
     *
     * @param user holds the user's values
     * @param lead after how many dimensions, in {@code 0 .. dimension}
     * @param fromPanel the first panel
     * @param toPanel the end of the panels, exclusive
     * @param rests for each item, padding included, the length of its vector without the leading dimensions
     * @param restNorm the same for the user
     * @param least the threshold, less something for rounding
     * @param threshold a score that is equal to it is found too; NaN is never found
     * @param scores at least 32 values; receives the scores of the panel returned, else holds nothing of use
     * @return {@code panel | left << 32}: the lower half is the first panel with a score {@code >= threshold}, or {@code
     *     toPanel}; the upper half is how many panels were left early
     */
    public long scanBounded(
            float[] user,
            int lead,
            int fromPanel,
            int toPanel,
            float[] rests,
            float restNorm,
            float least,
            float threshold,
            float[] scores) {
        Objects.checkFromIndexSize(0, dimension, user.length);
        Objects.checkFromToIndex(0, lead, dimension);
        Objects.checkFromToIndex(fromPanel, toPanel, panelCount);
        Objects.checkFromIndexSize(0, panelCount * (long) WIDTH, rests.length);
        Objects.checkFromIndexSize(0, WIDTH, scores.length);
        int panel = fromPanel;
        long left = 0;
        while (panel < toPanel) {
            int count = Math.min(toPanel - panel, panelsLeft(panel));
            long found = Kernels.PROVIDER.scanBounded(
                    user,
                    0,
                    dimension,
                    lead,
                    chunks[panel / panelsPerChunk],
                    offsetOf(panel),
                    count,
                    rests,
                    panel * WIDTH,
                    restNorm,
                    least,
                    threshold,
                    scores);
            left += found >>> 32;
            panel += (int) found;
            if ((int) found < count) {
                break;
            }
        }
        return panel | left << 32;
    }

    /**
     * Scores eight users against whole panels.
     *
     * @param users users packed by {@link Kernels#packUsers}
     * @param usersOffset where the block of eight begins in {@code users}
     * @param fromPanel the first panel
     * @param toPanel the end of the panels, exclusive
     * @param out receives {@code 32 * (toPanel - fromPanel)} scores per user
     * @param outOffset where in {@code out} the first user's scores begin
     * @param outStride the distance in {@code out} from one user to the next
     */
    public void scoreBlock(
            float[] users, int usersOffset, int fromPanel, int toPanel, float[] out, int outOffset, int outStride) {
        Objects.checkFromIndexSize(usersOffset, USERS * dimension, users.length);
        Objects.checkFromToIndex(fromPanel, toPanel, panelCount);
        int width = Math.multiplyExact(toPanel - fromPanel, WIDTH);
        Objects.checkFromIndexSize(outOffset, (USERS - 1L) * outStride + width, out.length);
        int panel = fromPanel;
        while (panel < toPanel) {
            int count = Math.min(toPanel - panel, panelsLeft(panel));
            Kernels.PROVIDER.scoreBlock(
                    users,
                    usersOffset,
                    dimension,
                    chunks[panel / panelsPerChunk],
                    offsetOf(panel),
                    count,
                    out,
                    outOffset + (panel - fromPanel) * WIDTH,
                    outStride);
            panel += count;
        }
    }

    /**
     * Scans panels for eight users until one panel holds, for one of them or more, a score that reaches the user's
     * threshold. Used as {@link #scan}; walk over the users inside a range of panels that fits the L2 cache (64 to 192
     * KiB), and over such ranges outside.
     *
     * @param users users packed by {@link Kernels#packUsers}
     * @param usersOffset where the block of eight begins in {@code users}
     * @param fromPanel the first panel
     * @param toPanel the end of the panels, exclusive
     * @param thresholds the eight thresholds; positive infinity for a missing user
     * @param thresholdsOffset where in {@code thresholds}
     * @param scores at least 256 values; receives the scores of the panel found, those of user {@code r} from {@code 32
     *     * r} on, also of the users without a hit
     * @return {@code panel | mask << 32}: the lower half is the panel found, or {@code toPanel}; bit {@code r} of the
     *     upper half is set if user {@code r} has a score {@code >= thresholds[r]} in it
     */
    public long scanBlock(
            float[] users,
            int usersOffset,
            int fromPanel,
            int toPanel,
            float[] thresholds,
            int thresholdsOffset,
            float[] scores) {
        Objects.checkFromIndexSize(usersOffset, USERS * dimension, users.length);
        Objects.checkFromToIndex(fromPanel, toPanel, panelCount);
        Objects.checkFromIndexSize(thresholdsOffset, USERS, thresholds.length);
        Objects.checkFromIndexSize(0, USERS * WIDTH, scores.length);
        int panel = fromPanel;
        while (panel < toPanel) {
            int count = Math.min(toPanel - panel, panelsLeft(panel));
            float[] chunk = chunks[panel / panelsPerChunk];
            long hit = Kernels.PROVIDER.scanBlock(
                    users, usersOffset, dimension, chunk, offsetOf(panel), count, thresholds, thresholdsOffset, scores);
            if (hit >>> 32 != 0) {
                return panel + hit;
            }
            panel += count;
        }
        return toPanel;
    }

    private float[] chunkOf(int item) {
        Objects.checkIndex(item, size);
        return chunks[item / WIDTH / panelsPerChunk];
    }

    private int positionOf(int item) {
        return offsetOf(item / WIDTH) + item % WIDTH;
    }

    private int offsetOf(int panel) {
        return panel % panelsPerChunk * WIDTH * dimension;
    }

    private int panelsLeft(int panel) {
        return panelsPerChunk - panel % panelsPerChunk;
    }
}
