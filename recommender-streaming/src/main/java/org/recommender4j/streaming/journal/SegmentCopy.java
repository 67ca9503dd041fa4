package org.recommender4j.streaming.journal;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes a segment anew without some of its records. A segment that keeps all of them is not touched. */
final class SegmentCopy {
    private final Segment old;
    private final Disk disk;
    private final Journal.Filter filter;
    private final Segment result;
    private Disk.@Nullable Appender out;

    SegmentCopy(Segment old, Disk disk, Journal.Filter filter) {
        this.old = old;
        this.disk = disk;
        this.filter = filter;
        result = new Segment(old.file, old.base, old.previous);
    }

    Segment run() throws IOException {
        Path temporary = old.file.resolveSibling(old.file.getFileName() + SegmentScan.TEMPORARY);
        boolean done = false;
        try (SegmentReader reader = new SegmentReader(old.file, old.end)) {
            copy(reader, temporary);
            if (!reader.problem().isEmpty()) {
                throw new JournalFormatException(old.file, reader.at(), reader.problem());
            }
            if (out == null) {
                return old;
            }
            out.force();
            done = true;
        } finally {
            if (out != null) {
                out.close();
                if (!done) {
                    disk.delete(temporary);
                }
            }
        }
        disk.replace(temporary, old.file);
        return result;
    }

    private void copy(SegmentReader reader, Path temporary) throws IOException {
        long least = old.base;
        while (reader.next(least)) {
            byte[] payload = reader.payload();
            if (filter.keep(reader.version(), reader.time(), payload)) {
                if (out != null) {
                    put(out, reader.version(), reader.time(), payload);
                }
                result.added(reader.version(), SegmentFormat.RECORD + (long) payload.length);
            } else if (out == null) {
                out = begin(temporary, reader.at());
            }
            least = reader.version() + 1;
        }
    }

    /** Starts the new file with all records before the first that is dropped. */
    private Disk.Appender begin(Path temporary, long until) throws IOException {
        disk.delete(temporary);
        Disk.Appender appender = disk.open(temporary);
        out = appender;
        appender.append(SegmentFormat.segmentHeader(old.base, old.previous), SegmentFormat.HEADER);
        try (SegmentReader reader = new SegmentReader(old.file, until)) {
            while (reader.next(1)) {
                put(appender, reader.version(), reader.time(), reader.payload());
            }
        }
        return appender;
    }

    private static void put(Disk.Appender to, long version, long time, byte[] payload) throws IOException {
        byte[] bytes = new byte[SegmentFormat.RECORD + payload.length];
        SegmentFormat.putRecord(bytes, version, time, payload, 0, payload.length);
        to.append(bytes, bytes.length);
    }
}
