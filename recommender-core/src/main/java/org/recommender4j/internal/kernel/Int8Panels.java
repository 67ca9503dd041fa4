package org.recommender4j.internal.kernel;

import java.util.Objects;

/**
 * Item factors rounded to small whole numbers, in the panel layout of {@link Panels}: a fast first pass for large
 * catalogues, whose best candidates are then scored again with the exact factors.
 *
 * <p>The values of an item are divided by its scale, {@code max |value| / 63}, and rounded to the nearest integer, ties to
 * even; those of a user likewise. So the sum of eight products fits 16 bits, which is what makes it fast. A score is {@code
 * sum * scale of the item}, in units of the user's scale, and the sum is exact.
 *
 * <p>Memory: {@code (32 * panelCount) * (dimension + 4)} bytes, the dimension rounded up to a multiple of 8. Immutable and
 * thread-safe.
 */
public final class Int8Panels {

    /** The greatest number; eight of its squares are less than 2^15. */
    private static final int LARGEST = 63;

    private static final int WIDTH = Panels.WIDTH;
    private static final int CHUNK_BYTES = (1 << 26) - 64;

    private final int size;
    private final int values;
    /** With padding. */
    private final int dimension;

    private final int panelCount;
    private final int panelsPerChunk;
    private final byte[][] chunks;
    private final float[] scales;

    private Int8Panels(int size, int dimension, int panelCount) {
        this.size = size;
        this.values = dimension;
        this.dimension = (dimension + 7) & -8;
        this.panelCount = panelCount;
        int panelBytes = WIDTH * this.dimension;
        this.panelsPerChunk = Math.max(1, CHUNK_BYTES / panelBytes);
        this.chunks = new byte[(int) (((long) panelCount + panelsPerChunk - 1) / panelsPerChunk)][];
        for (int c = 0; c < chunks.length; c++) {
            chunks[c] = new byte[Math.min(panelsPerChunk, panelCount - c * panelsPerChunk) * panelBytes];
        }
        this.scales = new float[panelCount * WIDTH];
    }

    /**
     * Quantises item factors.
     *
     * @param exact the factors, only read; all finite
     * @return new panels with the items in the same order
     */
    public static Int8Panels of(Panels exact) {
        Int8Panels panels = new Int8Panels(exact.size(), exact.dimension(), exact.panelCount());
        float[] row = new float[exact.dimension()];
        for (int i = 0; i < exact.size(); i++) {
            exact.row(i, row, 0);
            panels.quantise(i, row);
        }
        return panels;
    }

    private void quantise(int item, float[] row) {
        float scale = scale(row);
        if (!(scale > 0)) {
            return;
        }
        int panel = item / WIDTH;
        byte[] chunk = chunks[panel / panelsPerChunk];
        int at = offsetOf(panel) + item % WIDTH;
        for (int j = 0; j < values; j++) {
            chunk[at + j * WIDTH] = (byte) rounded(row[j], scale);
        }
        scales[item] = scale;
    }

    /**
     * Returns the scale of a vector: what one stands for in its numbers.
     *
     * @param row the vector
     * @return {@code max |value| / 63}
     */
    public static float scale(float[] row) {
        float max = 0;
        for (float value : row) {
            max = Math.max(max, Math.abs(value));
        }
        return max / LARGEST;
    }

    private static int rounded(float value, float scale) {
        return (int) Math.max(-LARGEST, Math.min(LARGEST, Math.rint(value / (double) scale)));
    }

    /**
     * Returns the numbers of a user.
     *
     * @param user as many values as an item has
     * @return the numbers, with padding; zeros for a user of zeros
     */
    public short[] quantise(float[] user) {
        Objects.checkFromIndexSize(0, values, user.length);
        short[] result = new short[dimension];
        float scale = scale(user);
        for (int j = 0; j < values && scale > 0; j++) {
            result[j] = (short) rounded(user[j], scale);
        }
        return result;
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
     * Returns the number of panels.
     *
     * @return {@code ceil(size / 32)}
     */
    public int panelCount() {
        return panelCount;
    }

    /**
     * Writes the approximate scores of whole panels.
     *
     * @param user from {@link #quantise}
     * @param fromPanel the first panel
     * @param toPanel the end of the panels, exclusive
     * @param out receives {@code 32 * (toPanel - fromPanel)} scores, padding included
     * @param outOffset where in {@code out}
     */
    public void score(short[] user, int fromPanel, int toPanel, float[] out, int outOffset) {
        Objects.checkFromIndexSize(0, dimension, user.length);
        Objects.checkFromToIndex(fromPanel, toPanel, panelCount);
        Objects.checkFromIndexSize(outOffset, (toPanel - fromPanel) * (long) WIDTH, out.length);
        int panel = fromPanel;
        while (panel < toPanel) {
            int count = Math.min(toPanel - panel, panelsPerChunk - panel % panelsPerChunk);
            byte[] chunk = chunks[panel / panelsPerChunk];
            int to = outOffset + (panel - fromPanel) * WIDTH;
            Kernels.PROVIDER.scoreBytes(user, dimension, chunk, offsetOf(panel), count, scales, panel * WIDTH, out, to);
            panel += count;
        }
    }

    /**
     * Scans panels until one holds an approximate score that reaches a threshold, as {@link Panels#scan}.
     *
     * @param user from {@link #quantise}
     * @param fromPanel the first panel
     * @param toPanel the end of the panels, exclusive
     * @param threshold a score that is equal to it is found too; NaN is never found
     * @param scores at least 32 values; receives the scores of the panel returned, else holds nothing of use
     * @return the first panel with a score {@code >= threshold}, or {@code toPanel}
     */
    public int scan(short[] user, int fromPanel, int toPanel, float threshold, float[] scores) {
        Objects.checkFromIndexSize(0, dimension, user.length);
        Objects.checkFromToIndex(fromPanel, toPanel, panelCount);
        Objects.checkFromIndexSize(0, WIDTH, scores.length);
        int panel = fromPanel;
        while (panel < toPanel) {
            int count = Math.min(toPanel - panel, panelsPerChunk - panel % panelsPerChunk);
            byte[] chunk = chunks[panel / panelsPerChunk];
            int hit = Kernels.PROVIDER.scanBytes(
                    user, dimension, chunk, offsetOf(panel), count, scales, panel * WIDTH, threshold, scores);
            panel += hit;
            if (hit < count) {
                return panel;
            }
        }
        return toPanel;
    }

    private int offsetOf(int panel) {
        return panel % panelsPerChunk * WIDTH * dimension;
    }
}
