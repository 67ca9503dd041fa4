package org.recommender4j.streaming.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.recommender4j.internal.disk.DiskFile;

/**
 * Reads records and bridges from a segment one after the other. Trusts nothing: a length is compared with what is left of the
 * file before memory is taken, and each must continue the one before.
 */
final class SegmentReader implements Closeable {
    private static final int BUFFER = 1 << 16;
    /** Versions that follow each other are not farther apart, but for a new epoch. Rules out chance finds. */
    private static final long FAR = 2 * Segments.EPOCH;

    private final DiskFile file;
    private final long token;
    private final long end;
    private byte[] buffer = new byte[BUFFER];
    /** Position in the file of the first byte of the buffer. */
    private long bufferAt;

    private int limit;
    /** Position in the file of the current record, and of the one behind it. */
    private long at;

    private long next;
    private long expected;
    private int before;
    private String problem = "";

    /** Opens a segment up to {@code end}. */
    SegmentReader(Segment segment, long end) throws IOException {
        file = DiskFile.read(segment.file);
        token = segment.token;
        this.end = end;
        next = SegmentFormat.HEADER;
        bufferAt = next;
        expected = segment.base;
        before = SegmentFormat.getInt(segment.header, 12);
    }

    /** Gives the records of a range of versions to a visitor, as far as {@code end}. */
    static void readAll(Segment segment, long end, long after, long through, Journal.Visitor visitor)
            throws IOException {
        try (SegmentReader reader = new SegmentReader(segment, end)) {
            while (reader.next()) {
                if (reader.version() > through) {
                    return;
                }
                if (reader.version() > after && !reader.isBridge()) {
                    visitor.record(reader.version(), reader.time(), reader.payload());
                }
            }
            reader.check(segment);
        }
    }

    /** Returns the link at a version, at least 0, or -1 if a bridge leads over it. */
    static long linkAt(Segment segment, long end, long version) throws IOException {
        try (SegmentReader reader = new SegmentReader(segment, end)) {
            boolean found = reader.next();
            while (found && reader.through() < version) {
                found = reader.next();
            }
            reader.check(segment);
            // At the end the reader still stands at the last one.
            return reader.at() < end && reader.through() == version ? Integer.toUnsignedLong(reader.link()) : -1;
        }
    }

    /** Throws if there is something wrong. */
    void check(Segment segment) {
        if (!problem.isEmpty()) {
            throw new JournalFormatException(segment.file, at, problem);
        }
    }

    /** Returns the first bytes of a file, as many as a header has or fewer. */
    static byte[] header(Path path) throws IOException {
        try (DiskFile file = DiskFile.read(path)) {
            byte[] header = new byte[(int) Math.min(SegmentFormat.HEADER, file.size())];
            file.readFully(header, 0, header.length);
            return header;
        }
    }

    /** Goes to the next record or bridge; returns false if there is no whole one, {@link #problem} being empty at the end. */
    boolean next() throws IOException {
        at = next;
        problem = at == end ? "" : find();
        if (at == end || !problem.isEmpty()) {
            return false;
        }
        accept();
        return true;
    }

    private void accept() {
        next = at + SegmentFormat.RECORD + size();
        expected = through() + 1;
        before = link();
    }

    private String find() throws IOException {
        String wrong = check();
        if (!wrong.isEmpty()) {
            return wrong;
        } else if (version() != expected) {
            return "version " + version() + " where " + expected + " must follow";
        } else if (before() != before) {
            return "version " + version() + " does not follow the record before, but another";
        }
        return "";
    }

    private String check() throws IOException {
        long left = end - at;
        if (left < SegmentFormat.RECORD) {
            return "a record is cut off in its header";
        }
        fill(SegmentFormat.RECORD);
        int length = size();
        if (length < 0 || length > left - SegmentFormat.RECORD) {
            return "a record of " + Integer.toUnsignedString(length) + " bytes does not fit into the "
                    + (left - SegmentFormat.RECORD) + " bytes left";
        }
        fill(SegmentFormat.RECORD + length);
        int begin = (int) (at - bufferAt);
        boolean whole = SegmentFormat.recordSum(buffer, begin, length, token) == SegmentFormat.getInt(buffer, begin);
        return whole && (!isBridge() || through() >= version() - 1)
                ? ""
                : "the checksum of a record of " + length + " bytes does not match";
    }

    /** Makes sure that this many bytes from the current record on are in the buffer; so many there are in the file. */
    private void fill(int needed) throws IOException {
        int begin = (int) (at - bufferAt);
        if (begin + needed <= limit) {
            return;
        }
        byte[] to = needed <= buffer.length ? buffer : new byte[needed];
        int kept = Math.max(0, limit - begin);
        System.arraycopy(buffer, Math.min(begin, limit), to, 0, kept);
        buffer = to;
        bufferAt = at;
        file.seek(at + kept);
        int more = (int) Math.min((long) buffer.length - kept, end - at - kept);
        file.readFully(buffer, kept, more);
        limit = kept + more;
    }

    /**
     * Tells whether what is left at a problem can be the beginning of the record that was to come, as a process leaves it that
     * ends while it writes: then nobody has heard of its version.
     */
    boolean isTorn() throws IOException {
        long left = end - at;
        if (left < SegmentFormat.RECORD) {
            return true;
        }
        fill(SegmentFormat.RECORD);
        return length() > left - SegmentFormat.RECORD && version() == expected && before() == before;
    }

    /**
     * Goes to the first whole record or bridge behind a position that has at least the expected version, if there is one; {@link #next} then
     * goes on behind it.
     */
    boolean skipTo(long position) throws IOException {
        for (long k = position; k <= end - SegmentFormat.RECORD; k++) {
            at = k;
            fill(SegmentFormat.RECORD);
            if (size() >= 0
                    && size() <= end - at - SegmentFormat.RECORD
                    && version() >= expected
                    && version() - expected <= FAR
                    && check().isEmpty()) {
                accept();
                return true;
            }
        }
        return false;
    }

    /** Returns what is wrong at {@link #at}, empty if nothing. */
    String problem() {
        return problem;
    }

    /** Returns the position of the current record, or that of the end, or of what is broken. */
    long at() {
        return at;
    }

    /** Returns the position behind the current record. */
    long behind() {
        return next;
    }

    boolean isBridge() {
        return length() == SegmentFormat.BRIDGE;
    }

    private int field(int offset) {
        return SegmentFormat.getInt(buffer, (int) (at - bufferAt) + offset);
    }

    /** Returns the version of a record, or the first one of a bridge. */
    long version() {
        return SegmentFormat.getLong(buffer, (int) (at - bufferAt) + 8);
    }

    long time() {
        return SegmentFormat.getLong(buffer, (int) (at - bufferAt) + 16);
    }

    /** Returns the last version that a record or a bridge stands for. */
    long through() {
        return isBridge() ? time() : version();
    }

    int length() {
        return field(4);
    }

    private int size() {
        return isBridge() ? 0 : length();
    }

    /** Returns the link of what was before this one when it was written. */
    int before() {
        return field(24);
    }

    /** Returns the link that the next one has. */
    int link() {
        return field(isBridge() ? 28 : 0);
    }

    /** Returns up to which version records were on the disk when this one was written, as far as it says. */
    long forced() {
        return isBridge() || field(28) == Integer.MAX_VALUE ? 0 : version() - 1 - field(28);
    }

    /** Returns a copy of the payload. */
    byte[] payload() {
        int from = (int) (at - bufferAt) + SegmentFormat.RECORD;
        return Arrays.copyOfRange(buffer, from, from + size());
    }

    /** Returns a copy of the whole record. */
    byte[] bytes() {
        int from = (int) (at - bufferAt);
        return Arrays.copyOfRange(buffer, from, from + SegmentFormat.RECORD + size());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
