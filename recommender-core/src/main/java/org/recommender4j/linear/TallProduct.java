package org.recommender4j.linear;

import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.kernel.Panels;

/** Multiplies up to 64 rows at a time with a matrix in panels, each panel read once for all of them. One per thread. */
final class TallProduct {
    /** How many rows are best given at a time. */
    static final int ROWS = 64;

    private final Panels panels;
    private final int width;
    private final float[] packed;
    private final float[] out;

    TallProduct(Panels panels) {
        this.panels = panels;
        width = panels.panelCount() * Panels.WIDTH;
        packed = new float[ROWS * panels.dimension()];
        out = new float[ROWS * width];
    }

    /** The distance between the rows of the result. */
    int width() {
        return width;
    }

    /**
     * Returns the products of rows with all of the panels' rows: shared, valid until the next call, the caller's to change.
     *
     * @param offset where the first row begins
     * @param stride the distance between rows
     * @param count how many, at most {@link #ROWS}
     */
    float[] multiply(float[] rows, int offset, int stride, int count) {
        int d = panels.dimension();
        int groups = (count + Panels.USERS - 1) / Panels.USERS;
        for (int g = 0; g < groups; g++) {
            int first = g * Panels.USERS;
            Kernels.packUsers(
                    rows, offset + first * stride, stride, Math.min(Panels.USERS, count - first), d, packed, first * d);
        }
        for (int panel = 0; panel < panels.panelCount(); panel++) {
            for (int g = 0; g < groups; g++) {
                int first = g * Panels.USERS;
                panels.scoreBlock(
                        packed, first * d, panel, panel + 1, out, first * width + panel * Panels.WIDTH, width);
            }
        }
        return out;
    }
}
