package org.recommender4j.streaming.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a segment anew, beside the old one, whose place it takes in one step. Links stay as they are. */
final class SegmentRewrite implements Closeable {
    private final Disk disk;
    private final Path temporary;
    private final Disk.Appender out;
    private boolean finished;
    final Segment result;

    /** Starts with all before a position of the old one. */
    SegmentRewrite(Segment old, long until, Disk disk) throws IOException {
        this.disk = disk;
        result = new Segment(old.file, old.header);
        temporary = SegmentScan.temporary(old.file);
        disk.delete(temporary);
        out = disk.open(temporary);
        boolean done = false;
        try (SegmentReader reader = new SegmentReader(old, until)) {
            out.append(old.header, old.header.length);
            while (reader.next()) {
                put(reader);
            }
            reader.check(old);
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** Adds what a reader stands at. */
    void put(SegmentReader reader) throws IOException {
        byte[] bytes = reader.bytes();
        out.append(bytes, bytes.length);
        result.add(reader);
    }

    /** Adds a bridge up to a version; only the link changes if that is the last one. */
    void bridge(long through, int link) throws IOException {
        byte[] bytes = SegmentFormat.bridge(result.token, result.last + 1, through, result.link, link);
        out.append(bytes, bytes.length);
        result.bridged(through, link);
    }

    /** Takes the place of the old one, if the folder is still ours. */
    Segment finish(Ownership owner) throws IOException {
        out.force();
        out.close();
        owner.check();
        disk.replace(temporary, result.file);
        finished = true;
        return result;
    }

    /** Removes what is not finished. */
    @Override
    public void close() throws IOException {
        if (!finished) {
            out.close();
            disk.delete(temporary);
        }
    }
}
