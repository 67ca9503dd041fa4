package org.recommender4j.internal.kernel;

import java.util.Objects;

/**
 * Item factors rounded to bytes, in the panel layout of {@link Panels}: a fast first pass for large catalogues, whose best
 * candidates are then scored again with the exact factors.
 *
 * <p>An item's values are divided by its scale {@code max |value| / 127} and rounded to the nearest integer, ties to
 * even; the user's values stay floats. The score is {@code scale * sum}, the sum being one chain of multiply-adds in ascending
 * order of the dimension. The error of a score is at most {@code scale / 2} times the sum of the user's absolute values.
 *
 * <p>Memory: {@code (32 * panelCount) * (dimension + 4)} bytes. Immutable and thread-safe.
 */
public final class Int8Panels {

    private static final int WIDTH = Panels.WIDTH;
    private static final int CHUNK_BYTES = (1 << 26) - 64;

    private final int size;
    private final int dimension;
    private final int panelCount;
    private final int panelsPerChunk;
    private final byte[][] chunks;
    private final float[] scales;

    private Int8Panels(int size, int dimension, int panelCount) {
        this.size = size;
        this.dimension = dimension;
        this.panelCount = panelCount;
        int panelBytes = WIDTH * dimension;
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
        float max = 0;
        for (float value : row) {
            max = Math.max(max, Math.abs(value));
        }
        float scale = max / 127;
        if (!(scale > 0)) {
            return;
        }
        int panel = item / WIDTH;
        byte[] chunk = chunks[panel / panelsPerChunk];
        int at = offsetOf(panel) + item % WIDTH;
        for (int j = 0; j < dimension; j++) {
            chunk[at + j * WIDTH] = (byte) Math.max(-127, Math.min(127, Math.rint(row[j] / (double) scale)));
        }
        scales[item] = scale;
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
     * @param user holds the user's values
     * @param userOffset where in {@code user}
     * @param fromPanel the first panel
     * @param toPanel the end of the panels, exclusive
     * @param out receives {@code 32 * (toPanel - fromPanel)} scores, padding included
     * @param outOffset where in {@code out}
     */
    public void score(float[] user, int userOffset, int fromPanel, int toPanel, float[] out, int outOffset) {
        Objects.checkFromIndexSize(userOffset, dimension, user.length);
        Objects.checkFromToIndex(fromPanel, toPanel, panelCount);
        Objects.checkFromIndexSize(outOffset, (toPanel - fromPanel) * (long) WIDTH, out.length);
        int panel = fromPanel;
        while (panel < toPanel) {
            int count = Math.min(toPanel - panel, panelsPerChunk - panel % panelsPerChunk);
            byte[] chunk = chunks[panel / panelsPerChunk];
            int to = outOffset + (panel - fromPanel) * WIDTH;
            Kernels.PROVIDER.scoreBytes(
                    user, userOffset, dimension, chunk, offsetOf(panel), count, scales, panel * WIDTH, out, to);
            panel += count;
        }
    }

    /**
     * Scans panels until one holds an approximate score that reaches a threshold, as {@link Panels#scan}.
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
            int count = Math.min(toPanel - panel, panelsPerChunk - panel % panelsPerChunk);
            byte[] chunk = chunks[panel / panelsPerChunk];
            int hit = Kernels.PROVIDER.scanBytes(
                    user,
                    userOffset,
                    dimension,
                    chunk,
                    offsetOf(panel),
                    count,
                    scales,
                    panel * WIDTH,
                    threshold,
                    scores);
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
