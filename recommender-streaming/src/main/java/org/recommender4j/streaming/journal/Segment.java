package org.recommender4j.streaming.journal;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the journal as it was found or made. Changed only by who holds the journal's lock. */
final class Segment {
    final Path file;
    final long base;
    final long previous;
    /** Bytes that are good. */
    long end;
    /** Number of records, and the versions of the first and last; 0 without any. */
    long records;

    long first;
    long last;

    Segment(Path file, long base, long previous) {
        this.file = file;
        this.base = base;
        this.previous = previous;
        end = SegmentFormat.HEADER;
    }

    /** Makes the file, durably, and returns what adds to it; its name is for the caller to make durable. */
    Disk.Appender create(Disk disk) throws IOException {
        disk.delete(file);
        Disk.Appender out = disk.open(file);
        out.append(SegmentFormat.segmentHeader(base, previous), SegmentFormat.HEADER);
        out.force();
        return out;
    }

    /** Returns the least version that a further record may have. */
    long nextVersion() {
        return Math.max(base, last + 1);
    }

    void added(long version, long bytes) {
        if (records++ == 0) {
            first = version;
        }
        last = version;
        end += bytes;
    }
}
