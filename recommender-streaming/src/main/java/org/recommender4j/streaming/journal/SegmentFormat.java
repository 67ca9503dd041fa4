package org.recommender4j.streaming.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The layout of the files, little endian.
 *
 * <pre>
 * segment, named by its base as 20 digits + ".journal":
 *    0  8  magic 89 'R' '4' 'J' 'J' 0D 0A 1A
 *    8  4  format version, 2
 *   12  4  CRC32C of bytes 8 to 12 and 16 to 40
 *   16  8  base: the first version in the segment, one more than the last of the segment before; 1 in the very first
 *   24  4  link at the end of the segment before; any number in the very first, which identifies the journal
 *   28  4  0
 *   32  8  token of the owner who began the segment
 *   40     records and bridges
 *
 * record:
 *    0  4  CRC32C of all that follows, xor half of the token: nothing in a payload looks like a record
 *    4  4  length of the payload, at least 0
 *    8  8  version: one more than that of the record or bridge before
 *   16  8  time
 *   24  4  link of the record or bridge before, or of the header
 *   28  4  how many versions before this one were not known to be on the disk when this one was written
 *   32     payload
 *
 * bridge over versions that are not there: removed by a compaction, lost, or never given:
 *    0  4  CRC32C of all that follows, xor half of the token
 *    4  4  -1
 *    8  8  first version that is missing
 *   16  8  last version that is missing; the first - 1 if only the link is
 *   24  4  link of what is before
 *   28  4  link of the last missing record, which the next record has
 *
 * snapshot.mark, replaced in one step:            durable.mark, written in place at 0 and at 512 in turn:
 *    0  8  magic 89 'R' '4' 'J' 'M' 0D 0A 1A         0  8  magic 89 'R' '4' 'J' 'D' 0D 0A 1A
 *    8  4  format version, 2                         8  4  format version, 2
 *   12  4  CRC32C of bytes 8 to 12 and 16 to 40     12  4  CRC32C of bytes 8 to 12 and 16 to 40
 *   16  8  records up to here are in a snapshot     16  8  records up to this version were forced
 *   24  8  records up to here may be deleted        24 16  0
 *   32  8  0
 * </pre>
 *
 * <p>The link of a record or a header is its CRC32C, that of a bridge is in it. Since each contains the link before, the last one
 * stands for the whole journal; a compaction leaves all links as they were.
 */
final class SegmentFormat {
    static final int HEADER = 40;
    static final int RECORD = 32;
    static final int FORMAT = 2;
    static final int BRIDGE = -1;
    static final String SUFFIX = ".journal";
    static final int DIGITS = 20;

    private static final byte[] SEGMENT_MAGIC = magic('J');
    private static final byte[] SNAPSHOT_MAGIC = magic('M');
    private static final byte[] DURABLE_MAGIC = magic('D');
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private SegmentFormat() {}

    private static byte[] magic(char kind) {
        return new byte[] {(byte) 0x89, 'R', '4', 'J', (byte) kind, '\r', '\n', 0x1A};
    }

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static String name(long base) {
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", base) + SUFFIX;
    }

    static byte[] segmentHeader(long base, int before, long token) {
        return header(SEGMENT_MAGIC, base, Integer.toUnsignedLong(before), token);
    }

    static byte[] snapshotMark(long snapshot, long deleted) {
        return header(SNAPSHOT_MAGIC, snapshot, deleted, 0);
    }

    static byte[] durableMark(long version) {
        return header(DURABLE_MAGIC, version, 0, 0);
    }

    private static byte[] header(byte[] magic, long first, long second, long third) {
        byte[] bytes = Arrays.copyOf(magic, HEADER);
        INT.set(bytes, 8, FORMAT);
        LONG.set(bytes, 16, first);
        LONG.set(bytes, 24, second);
        LONG.set(bytes, 32, third);
        INT.set(bytes, 12, headerSum(bytes));
        return bytes;
    }

    private static int headerSum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 8, 4);
        sum.update(bytes, 16, HEADER - 16);
        return (int) sum.getValue();
    }

    /** Returns what is wrong with the header of a segment, or an empty text. */
    static String segmentProblem(byte[] header) {
        return problem(header, SEGMENT_MAGIC, "a journal segment");
    }

    /** Returns what is wrong with a snapshot's mark, or an empty text. */
    static String snapshotProblem(byte[] bytes) {
        return problem(bytes, SNAPSHOT_MAGIC, "a snapshot mark");
    }

    /** Returns what is wrong with a mark of what was forced, or an empty text. */
    static String durableProblem(byte[] bytes) {
        return problem(bytes, DURABLE_MAGIC, "a durable mark");
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

    /** Writes a record to {@code out}, which must have room for {@link #RECORD} bytes and the payload; returns its link. */
    static int putRecord(
            byte[] out,
            long token,
            long version,
            long time,
            int before,
            long notForced,
            byte[] payload,
            int offset,
            int length) {
        System.arraycopy(payload, offset, out, RECORD, length);
        return put(out, token, length, version, time, before, (int) Math.min(Integer.MAX_VALUE, notForced));
    }

    /** Returns a bridge. */
    static byte[] bridge(long token, long first, long last, int before, int link) {
        byte[] out = new byte[RECORD];
        put(out, token, BRIDGE, first, last, before, link);
        return out;
    }

    private static int put(byte[] out, long token, int length, long first, long second, int before, int last) {
        INT.set(out, 4, length);
        LONG.set(out, 8, first);
        LONG.set(out, 16, second);
        INT.set(out, 24, before);
        INT.set(out, 28, last);
        int sum = recordSum(out, 0, Math.max(0, length), token);
        INT.set(out, 0, sum);
        return sum;
    }

    /** Returns the checksum of the record that begins at {@code at}. */
    static int recordSum(byte[] bytes, int at, int length, long token) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, at + 4, RECORD - 4 + length);
        return (int) (sum.getValue() ^ token);
    }
}
