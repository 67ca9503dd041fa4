package org.recommender4j.internal.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Products of small whole numbers in plain Java, four by one multiplication: eight bytes are read as a long and taken apart
 * into two longs of four lanes of 16 bits, which are multiplied with the user's number as a whole.
 *
 * <p>For that the bytes, of -63 to 63, are lifted by {@link #LIFT} to be positive. Four products of a lane, with signs, have a
 * magnitude of at most {@code 4 * 63 * 127}, which is less than 2^15: so the sums start at 2^15 and no lane borrows from the next. After
 * four dimensions they go to lanes of 32 bits. All of it is exact.
 */
final class ScalarBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int LIFT = 64;
    private static final long SIGNS = 0x8080808080808080L;
    private static final long LIFTS = 0x4040404040404040L;
    private static final long BYTES = 0x00FF00FF00FF00FFL;
    private static final long HALVES = 0x0000FFFF0000FFFFL;
    private static final long MIDDLES = 0x8000800080008000L;
    private static final int MIDDLE = 0x8000;

    private ScalarBytes() {}

    /**
     * Writes the scores of eight items.
     *
     * @param u numbers of -63 to 63, as many as {@code d}, a multiple of four
     * @param lifted what all sums have too much, by {@link #lifted}
     * @param p holds the bytes of the first dimension at {@code at}, those of the next {@link Panels#WIDTH} further
     */
    static void eight(short[] u, int d, long lifted, byte[] p, int at, float[] scales, int sOff, float[] out, int to) {
        long sums04 = 0;
        long sums26 = 0;
        long sums15 = 0;
        long sums37 = 0;
        int q = at;
        for (int j = 0; j < d; j += 4, q += 4 * Panels.WIDTH) {
            long w0 = ((long) LONGS.get(p, q) ^ SIGNS) - LIFTS;
            long w1 = ((long) LONGS.get(p, q + Panels.WIDTH) ^ SIGNS) - LIFTS;
            long w2 = ((long) LONGS.get(p, q + 2 * Panels.WIDTH) ^ SIGNS) - LIFTS;
            long w3 = ((long) LONGS.get(p, q + 3 * Panels.WIDTH) ^ SIGNS) - LIFTS;
            long even = MIDDLES
                    + u[j] * (w0 & BYTES)
                    + u[j + 1] * (w1 & BYTES)
                    + u[j + 2] * (w2 & BYTES)
                    + u[j + 3] * (w3 & BYTES);
            long odd = MIDDLES
                    + u[j] * (w0 >>> 8 & BYTES)
                    + u[j + 1] * (w1 >>> 8 & BYTES)
                    + u[j + 2] * (w2 >>> 8 & BYTES)
                    + u[j + 3] * (w3 >>> 8 & BYTES);
            sums04 += even & HALVES;
            sums26 += even >>> 16 & HALVES;
            sums15 += odd & HALVES;
            sums37 += odd >>> 16 & HALVES;
        }
        out[to] = low(sums04, lifted) * scales[sOff];
        out[to + 1] = low(sums15, lifted) * scales[sOff + 1];
        out[to + 2] = low(sums26, lifted) * scales[sOff + 2];
        out[to + 3] = low(sums37, lifted) * scales[sOff + 3];
        out[to + 4] = high(sums04, lifted) * scales[sOff + 4];
        out[to + 5] = high(sums15, lifted) * scales[sOff + 5];
        out[to + 6] = high(sums26, lifted) * scales[sOff + 6];
        out[to + 7] = high(sums37, lifted) * scales[sOff + 7];
    }

    /** Returns what the sums for a user have too much. */
    static long lifted(short[] u, int d) {
        long sum = 0;
        for (int j = 0; j < d; j++) {
            sum += u[j];
        }
        return LIFT * sum + (long) MIDDLE * (d / 4);
    }

    private static int low(long sums, long lifted) {
        return (int) ((sums & 0xFFFFFFFFL) - lifted);
    }

    private static int high(long sums, long lifted) {
        return (int) ((sums >>> 32) - lifted);
    }
}
