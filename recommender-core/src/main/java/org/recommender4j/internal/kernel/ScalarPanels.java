package org.recommender4j.internal.kernel;

import static org.recommender4j.internal.kernel.Fma.fma;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Scores up to 16 panels at a time with loops that C2 turns into vector code without the Vector API.
 *
 * <p>It does so for long loops over separate arrays that all start at index 0. So four dimensions of all panels are copied
 * to four columns, and each sum is stored once per four multiply-adds. An object holds the arrays of a call.
 */
final class ScalarPanels {

    /** The most panels that one block holds. */
    static final int BLOCK = 16;

    private final float[] c0 = new float[BLOCK * Panels.WIDTH];
    private final float[] c1 = new float[BLOCK * Panels.WIDTH];
    private final float[] c2 = new float[BLOCK * Panels.WIDTH];
    private final float[] c3 = new float[BLOCK * Panels.WIDTH];

    /* Idle objects for later calls: making 10 KiB of arrays again in every call would be much for a small search. */
    private static final int SLOTS = 8;
    private static final AtomicReferenceArray<@Nullable ScalarPanels> IDLE = new AtomicReferenceArray<>(SLOTS);
    private static final AtomicReferenceArray<@Nullable ScalarPanels> IDLE_BLOCKS = new AtomicReferenceArray<>(SLOTS);

    /** One array of sums per user, zero before {@link #add}. */
    final float[][] sums;

    private ScalarPanels(int users) {
        sums = new float[users][BLOCK * Panels.WIDTH];
    }

    /** Returns an object for one user or for eight, with any content. */
    static ScalarPanels borrow(int users) {
        AtomicReferenceArray<@Nullable ScalarPanels> idle = users == 1 ? IDLE : IDLE_BLOCKS;
        for (int slot = 0; slot < SLOTS; slot++) {
            ScalarPanels found = idle.get(slot);
            if (found != null && idle.compareAndSet(slot, found, null)) {
                return found;
            }
        }
        return new ScalarPanels(users);
    }

    /** Leaves this object to a later call. */
    void giveBack() {
        AtomicReferenceArray<@Nullable ScalarPanels> idle = sums.length == 1 ? IDLE : IDLE_BLOCKS;
        for (int slot = 0; slot < SLOTS; slot++) {
            if (idle.get(slot) == null && idle.compareAndSet(slot, null, this)) {
                return;
            }
        }
    }

    /**
     * Reads a value of each line of memory in order, which is how main memory is fastest; the copies then find in the cache what they
     * read from 16 places in turn. A multiple of 64 values is read, the rest left.
     */
    void fetch(float[] p, int from, int length) {
        float a = 0;
        float b = 0;
        float c = 0;
        float e = 0;
        for (int k = from; k <= from + length - 64; k += 64) {
            a += p[k];
            b += p[k + 16];
            c += p[k + 32];
            e += p[k + 48];
        }
        // So that the compiler does not leave the reading out; a copy overwrites it.
        c0[0] = a + b + c + e;
    }

    /** Adds the scores of {@code sums.length} users, value {@code j} of user {@code r} at {@code uOff + j * users + r}. */
    void add(float[] u, int uOff, int d, float[] p, int pOff, int panels) {
        add(u, uOff, 0, d, d, p, pOff, panels);
    }

    /** As above, with the dimensions {@code from .. to - 1} only. */
    void add(float[] u, int uOff, int from, int to, int d, float[] p, int pOff, int panels) {
        int users = sums.length;
        int lanes = panels * Panels.WIDTH;
        int j = from;
        for (; j + 4 <= to; j += 4) {
            copy(d, p, pOff + j * Panels.WIDTH, panels);
            int x = uOff + j * users;
            int r = 0;
            for (; r + 2 <= users; r += 2, x += 2) {
                two(
                        sums[r],
                        sums[r + 1],
                        c0,
                        c1,
                        c2,
                        c3,
                        u[x],
                        u[x + users],
                        u[x + 2 * users],
                        u[x + 3 * users],
                        u[x + 1],
                        u[x + 1 + users],
                        u[x + 1 + 2 * users],
                        u[x + 1 + 3 * users],
                        lanes);
            }
            if (r < users) {
                one(sums[r], c0, c1, c2, c3, u[x], u[x + users], u[x + 2 * users], u[x + 3 * users], lanes);
            }
        }
        for (; j < to; j++) {
            for (int panel = 0; panel < panels; panel++) {
                int at = pOff + (panel * d + j) * Panels.WIDTH;
                System.arraycopy(p, at, c0, panel * Panels.WIDTH, Panels.WIDTH);
            }
            for (int r = 0; r < users; r++) {
                single(sums[r], c0, u[uOff + j * users + r], lanes);
            }
        }
    }

    private void copy(int d, float[] p, int pOff, int panels) {
        for (int panel = 0; panel < panels; panel++) {
            int at = pOff + panel * d * Panels.WIDTH;
            int to = panel * Panels.WIDTH;
            System.arraycopy(p, at, c0, to, Panels.WIDTH);
            System.arraycopy(p, at + Panels.WIDTH, c1, to, Panels.WIDTH);
            System.arraycopy(p, at + 2 * Panels.WIDTH, c2, to, Panels.WIDTH);
            System.arraycopy(p, at + 3 * Panels.WIDTH, c3, to, Panels.WIDTH);
        }
    }

    private static void two(
            float[] s,
            float[] t,
            float[] c0,
            float[] c1,
            float[] c2,
            float[] c3,
            float x0,
            float x1,
            float x2,
            float x3,
            float y0,
            float y1,
            float y2,
            float y3,
            int lanes) {
        for (int l = 0; l < lanes; l++) {
            s[l] = fma(x3, c3[l], fma(x2, c2[l], fma(x1, c1[l], fma(x0, c0[l], s[l]))));
            t[l] = fma(y3, c3[l], fma(y2, c2[l], fma(y1, c1[l], fma(y0, c0[l], t[l]))));
        }
    }

    private static void one(
            float[] s,
            float[] c0,
            float[] c1,
            float[] c2,
            float[] c3,
            float x0,
            float x1,
            float x2,
            float x3,
            int lanes) {
        for (int l = 0; l < lanes; l++) {
            s[l] = fma(x3, c3[l], fma(x2, c2[l], fma(x1, c1[l], fma(x0, c0[l], s[l]))));
        }
    }

    private static void single(float[] s, float[] c, float x, int lanes) {
        for (int l = 0; l < lanes; l++) {
            s[l] = fma(x, c[l], s[l]);
        }
    }
}
