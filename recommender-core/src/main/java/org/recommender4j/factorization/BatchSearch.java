package org.recommender4j.factorization;

import java.util.Arrays;
import java.util.List;
import org.recommender4j.internal.kernel.Kernels;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.model.TopN;

/**
 * Fills the lists of many users in one pass over the items. Eight users are scored together from registers, and the items are
 * walked in tiles that stay in the cache while all users go by.
 */
final class BatchSearch {
    /** More users at once do not pay, as each tile is read from memory seldom enough. */
    static final int USERS_AT_ONCE = 256;

    private static final int TILE_FLOATS = 1 << 15;

    private final ItemFactors items;
    private final Panels panels;
    private final float[] packed;
    private final double[] norms;
    private final float[] thresholds;
    /** For each block of users, where it is done. */
    private final int[] ends;

    private final float[] scores = new float[Panels.USERS * Panels.WIDTH];

    BatchSearch(ItemFactors items, Panels panels, int users) {
        this.items = items;
        this.panels = panels;
        ends = new int[blocks(users)];
        packed = new float[ends.length * Panels.USERS * panels.dimension()];
        norms = new double[ends.length * Panels.USERS];
        thresholds = new float[ends.length * Panels.USERS];
    }

    private static int blocks(int users) {
        return (users + Panels.USERS - 1) / Panels.USERS;
    }

    void run(ItemFactors.Vectors vectors, List<TopN> tops) {
        for (int from = 0; from < tops.size(); from += USERS_AT_ONCE) {
            int first = from;
            int count = Math.min(USERS_AT_ONCE, tops.size() - from);
            begin(user -> vectors.of(first + user), tops.subList(from, from + count));
            search(tops.subList(from, from + count));
        }
    }

    private void begin(ItemFactors.Vectors vectors, List<TopN> tops) {
        int d = panels.dimension();
        float[] rows = new float[Panels.USERS * d];
        for (int from = 0; from < tops.size(); from += Panels.USERS) {
            int users = Math.min(Panels.USERS, tops.size() - from);
            for (int r = 0; r < users; r++) {
                float[] vector = vectors.of(from + r);
                System.arraycopy(vector, 0, rows, r * d, d);
                norms[from + r] = ItemFactors.length(vector, 0);
                thresholds[from + r] = tops.get(from + r).threshold();
            }
            Arrays.fill(thresholds, from + users, from + Panels.USERS, Float.POSITIVE_INFINITY);
            Arrays.fill(norms, from + users, from + Panels.USERS, 0);
            Kernels.packUsers(rows, 0, d, users, d, packed, from * d);
            ends[from / Panels.USERS] = panels.panelCount();
        }
    }

    private void search(List<TopN> tops) {
        int blocks = blocks(tops.size());
        int tile = Math.max(1, TILE_FLOATS / (Panels.WIDTH * panels.dimension()));
        boolean open = true;
        for (int from = 0; open; from += tile) {
            open = false;
            for (int block = 0; block < blocks; block++) {
                int end = ends[block];
                if (from < end) {
                    scan(tops, block * Panels.USERS, from, Math.min(end, from + tile));
                    ends[block] = end(block * Panels.USERS, end);
                    open |= from + tile < ends[block];
                }
            }
        }
    }

    /** Returns where the last user of a block is done. */
    private int end(int firstUser, int before) {
        int end = 0;
        for (int user = firstUser; user < firstUser + Panels.USERS && end < before; user++) {
            end = Math.max(end, items.reachable(norms[user], thresholds[user], before));
        }
        return end;
    }

    private void scan(List<TopN> tops, int firstUser, int fromPanel, int toPanel) {
        int at = firstUser * panels.dimension();
        for (int panel = fromPanel; panel < toPanel; panel++) {
            long found = panels.scanBlock(packed, at, panel, toPanel, thresholds, firstUser, scores);
            panel = (int) found;
            for (int mask = (int) (found >>> 32); mask != 0; mask &= mask - 1) {
                int r = Integer.numberOfTrailingZeros(mask);
                if (firstUser + r < tops.size()) {
                    TopN top = tops.get(firstUser + r);
                    items.offer(top, panel, scores, r * Panels.WIDTH);
                    thresholds[firstUser + r] = top.threshold();
                }
            }
        }
    }
}
