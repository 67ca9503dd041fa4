package org.recommender4j.factorization;

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
    private static final int USERS_AT_ONCE = 256;

    private static final int TILE_FLOATS = 1 << 15;

    private final Panels items;
    private final float[] packed;
    private final float[] thresholds;
    private final float[] scores = new float[Panels.USERS * Panels.WIDTH];

    private BatchSearch(Panels items, int users) {
        this.items = items;
        int blocks = blocks(users);
        packed = new float[blocks * Panels.USERS * items.dimension()];
        thresholds = new float[blocks * Panels.USERS];
    }

    /** Supplies the vector of a user of the batch. */
    @FunctionalInterface
    interface Vectors {
        float[] of(int user);
    }

    /** Offers each list the items that can enter it. */
    static void run(Panels items, Vectors vectors, List<TopN> tops) {
        BatchSearch search = new BatchSearch(items, Math.min(USERS_AT_ONCE, tops.size()));
        for (int from = 0; from < tops.size(); from += USERS_AT_ONCE) {
            int count = Math.min(USERS_AT_ONCE, tops.size() - from);
            int first = from;
            search.pack(user -> vectors.of(first + user), count);
            search.search(tops.subList(from, from + count));
        }
    }

    private static int blocks(int users) {
        return (users + Panels.USERS - 1) / Panels.USERS;
    }

    private void pack(Vectors vectors, int count) {
        int d = items.dimension();
        float[] rows = new float[Panels.USERS * d];
        for (int from = 0; from < count; from += Panels.USERS) {
            int users = Math.min(Panels.USERS, count - from);
            for (int r = 0; r < users; r++) {
                System.arraycopy(vectors.of(from + r), 0, rows, r * d, d);
            }
            Kernels.packUsers(rows, 0, d, users, d, packed, from * d);
        }
    }

    private void search(List<TopN> tops) {
        for (int k = 0; k < thresholds.length; k++) {
            thresholds[k] = k < tops.size() ? tops.get(k).threshold() : Float.POSITIVE_INFINITY;
        }
        int panels = items.panelCount();
        int tile = Math.max(1, TILE_FLOATS / (Panels.WIDTH * items.dimension()));
        for (int from = 0; from < panels; from += tile) {
            int to = Math.min(panels, from + tile);
            for (int block = 0; block < blocks(tops.size()); block++) {
                scan(tops, block * Panels.USERS, from, to);
            }
        }
    }

    private void scan(List<TopN> tops, int firstUser, int fromPanel, int toPanel) {
        int at = firstUser * items.dimension();
        for (int panel = fromPanel; panel < toPanel; panel++) {
            long found = items.scanBlock(packed, at, panel, toPanel, thresholds, firstUser, scores);
            panel = (int) found;
            for (int mask = (int) (found >>> 32); mask != 0; mask &= mask - 1) {
                int r = Integer.numberOfTrailingZeros(mask);
                if (firstUser + r < tops.size()) {
                    TopN top = tops.get(firstUser + r);
                    offer(top, panel * Panels.WIDTH, r * Panels.WIDTH);
                    thresholds[firstUser + r] = top.threshold();
                }
            }
        }
    }

    private void offer(TopN top, int firstItem, int at) {
        int count = Math.min(Panels.WIDTH, items.size() - firstItem);
        for (int lane = 0; lane < count; lane++) {
            top.offer(firstItem + lane, scores[at + lane]);
        }
    }
}
