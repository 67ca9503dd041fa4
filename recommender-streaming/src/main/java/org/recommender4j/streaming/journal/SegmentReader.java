package org.recommender4j.streaming.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads records from a segment one after the other. Trusts nothing: a length is compared with what is left of the file
 * before memory is taken.
 */
final class SegmentReader implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final RandomAccessFile file;
    private final long end;
    private byte[] buffer = new byte[BUFFER];
    /** Position in the file of the first byte of the buffer. */
    private long bufferAt;

    private int limit;
    /** Position in the file of the current record, and of the one behind it. */
    private long at;

    private long next;
    private String problem = "";

    /** Opens a segment whose header is known to be good, up to {@code end}. */
    SegmentReader(Path path, long end) throws IOException {
        file = new RandomAccessFile(path.toFile(), "r");
        this.end = end;
        next = SegmentFormat.HEADER;
        bufferAt = next;
    }

    /** Gives the records of a range of versions to a visitor, as far as {@code end}. */
    static void readAll(Segment segment, long end, long after, long through, Journal.Visitor visitor)
            throws IOException {
        try (SegmentReader reader = new SegmentReader(segment.file, end)) {
            long least = segment.base;
            while (reader.next(least)) {
                if (reader.version() > through) {
                    return;
                }
                if (reader.version() > after) {
                    visitor.record(reader.version(), reader.time(), reader.payload());
                }
                least = reader.version() + 1;
            }
            if (!reader.problem().isEmpty()) {
                throw new JournalFormatException(segment.file, reader.at(), reader.problem());
            }
        }
    }

    /** Returns the first bytes of a file, as many as a header has or fewer. */
    static byte[] header(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] header = new byte[(int) Math.min(SegmentFormat.HEADER, file.length())];
            file.readFully(header);
            return header;
        }
    }

    /**
     * Goes to the next record.
     *
     * @param least the least version that it may have
     * @return false if there is no whole record; then {@link #problem} is empty at the end of the file
     */
    boolean next(long least) throws IOException {
        at = next;
        problem = at == end ? "" : check(least);
        if (at == end || !problem.isEmpty()) {
            return false;
        }
        next = at + SegmentFormat.RECORD + length();
        return true;
    }

    private String check(long least) throws IOException {
        long left = end - at;
        if (left < SegmentFormat.RECORD) {
            return "a record is cut off in its header";
        }
        fill(SegmentFormat.RECORD);
        int length = length();
        if (length < 0 || length > left - SegmentFormat.RECORD) {
            return "a record of " + Integer.toUnsignedString(length) + " bytes does not fit into the "
                    + (left - SegmentFormat.RECORD) + " bytes left";
        } else if (version() < least) {
            return "version " + version() + " where at least " + least + " must follow";
        }
        fill(SegmentFormat.RECORD + length);
        int begin = (int) (at - bufferAt);
        return SegmentFormat.recordSum(buffer, begin, length) == SegmentFormat.getInt(buffer, begin)
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
     * Returns the position of the first whole record that begins behind the current position, or -1. If there is one, the
     * broken one was not the last thing that was written.
     */
    long findRecordBehind(long least) throws IOException {
        long broken = at;
        long found = -1;
        for (long k = broken + 1; k <= end - SegmentFormat.RECORD && found < 0; k++) {
            at = k;
            fill(SegmentFormat.RECORD);
            // Versions follow each other closely, which rules out almost all chance finds before a checksum is
            // computed.
            if (length() >= 0
                    && length() <= end - at - SegmentFormat.RECORD
                    && version() >= least
                    && version() - least <= (end - broken) / SegmentFormat.RECORD) {
                found = check(least).isEmpty() ? k : -1;
            }
        }
        at = broken;
        next = broken;
        bufferAt = broken;
        limit = 0;
        return found;
    }

    /** Returns what is wrong at {@link #at}, empty if nothing. */
    String problem() {
        return problem;
    }

    /** Returns the position of the current record, or that of the end, or of what is broken. */
    long at() {
        return at;
    }

    long version() {
        return SegmentFormat.getLong(buffer, (int) (at - bufferAt) + 8);
    }

    long time() {
        return SegmentFormat.getLong(buffer, (int) (at - bufferAt) + 16);
    }

    int length() {
        return SegmentFormat.getInt(buffer, (int) (at - bufferAt) + 4);
    }

    /** Returns a copy of the payload. */
    byte[] payload() {
        int from = (int) (at - bufferAt) + SegmentFormat.RECORD;
        return Arrays.copyOfRange(buffer, from, from + length());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
