package org.recommender4j.streaming.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The layout of the files, little endian.
 *
 * <pre>
 * segment, named by its base as 20 digits + ".journal":
 *    0  8  magic 89 'R' '4' 'J' 'J' 0D 0A 1A
 *    8  4  format version, 1
 *   12  4  CRC32C of bytes 8 to 12 and 16 to 32
 *   16  8  base: every version in the segment is at least this, every one before is less
 *   24  8  base of the segment before, 0 for the very first: a missing file shows
 *   32     records
 *
 * record:
 *    0  4  CRC32C of all that follows
 *    4  4  length of the payload
 *    8  8  version: more than that of the record before, at least 1
 *   16  8  time
 *   24     payload
 *
 * snapshot.mark:
 *    0  8  magic 89 'R' '4' 'J' 'M' 0D 0A 1A
 *    8  4  format version, 1
 *   12  4  CRC32C of bytes 8 to 12 and 16 to 32
 *   16  8  records up to this version are in a snapshot
 *   24  8  records up to this version may have been deleted
 * </pre>
 */
final class SegmentFormat {
    static final int HEADER = 32;
    static final int RECORD = 24;
    static final int FORMAT = 1;
    static final String SUFFIX = ".journal";
    static final int DIGITS = 20;

    private static final byte[] SEGMENT_MAGIC = {(byte) 0x89, 'R', '4', 'J', 'J', '\r', '\n', 0x1A};
    private static final byte[] MARK_MAGIC = {(byte) 0x89, 'R', '4', 'J', 'M', '\r', '\n', 0x1A};
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private SegmentFormat() {}

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static String name(long base) {
        return String.format("%0" + DIGITS + "d", base) + SUFFIX;
    }

    static byte[] segmentHeader(long base, long previous) {
        return header(SEGMENT_MAGIC, base, previous);
    }

    static byte[] mark(long snapshot, long deleted) {
        return header(MARK_MAGIC, snapshot, deleted);
    }

    private static byte[] header(byte[] magic, long first, long second) {
        byte[] bytes = Arrays.copyOf(magic, HEADER);
        INT.set(bytes, 8, FORMAT);
        LONG.set(bytes, 16, first);
        LONG.set(bytes, 24, second);
        INT.set(bytes, 12, headerSum(bytes));
        return bytes;
    }

    private static int headerSum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 8, 4);
        sum.update(bytes, 16, 16);
        return (int) sum.getValue();
    }

    /** Returns what is wrong with the header of a segment, or an empty text. */
    static String segmentProblem(byte[] header) {
        return problem(header, SEGMENT_MAGIC, "a journal segment");
    }

    /** Returns what is wrong with a mark, or an empty text. */
    static String markProblem(byte[] bytes) {
        return problem(bytes, MARK_MAGIC, "a snapshot mark");
    }

    private static String problem(byte[] header, byte[] magic, String what) {
        if (header.length < HEADER) {
            return "only " + header.length + " of the " + HEADER + " bytes of the header are there";
        } else if (!Arrays.equals(header, 0, 8, magic, 0, 8)) {
            return "this is not " + what;
        } else if (getInt(header, 8) != FORMAT) {
            return "the format version is " + getInt(header, 8) + ", but only " + FORMAT + " can be read";
        } else if (getInt(header, 12) != headerSum(header)) {
            return "the checksum of the header does not match";
        } else if (getLong(header, 16) < 0 || getLong(header, 24) < 0) {
            return "a version in the header is negative";
        }
        return "";
    }

    /** Writes a record to {@code out}, which must have room for {@link #RECORD} bytes and the payload. */
    static void putRecord(byte[] out, long version, long time, byte[] payload, int offset, int length) {
        INT.set(out, 4, length);
        LONG.set(out, 8, version);
        LONG.set(out, 16, time);
        System.arraycopy(payload, offset, out, RECORD, length);
        INT.set(out, 0, recordSum(out, 0, length));
    }

    /** Returns the checksum of the record that begins at {@code at}. */
    static int recordSum(byte[] bytes, int at, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, at + 4, RECORD - 4 + length);
        return (int) sum.getValue();
    }
}
