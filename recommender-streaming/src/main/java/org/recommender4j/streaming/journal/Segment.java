package org.recommender4j.streaming.journal;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the journal as it was found or made. Changed only by who holds the journal's lock. */
final class Segment {
    final Path file;
    final byte[] header;
    final long base;
    /** Link at the end of the segment before. */
    final int before;
    /** Token of the owner who began it. */
    final long token;
    /** Bytes that are good. */
    long end;
    /** Number of records, and the version of the first; 0 without any. */
    long records;

    long first;
    /** The last version of a record or a bridge. */
    long last;
    /** Link at the end. */
    int link;

    /** Makes a segment without records of a header that is good. */
    Segment(Path file, byte[] header) {
        this.file = file;
        this.header = header;
        base = SegmentFormat.getLong(header, 16);
        before = SegmentFormat.getInt(header, 24);
        token = SegmentFormat.getLong(header, 32);
        end = SegmentFormat.HEADER;
        last = base - 1;
        link = SegmentFormat.getInt(header, 12);
    }

    /**
     * Makes the file, whole and durable before it has its name, so that no segment is ever unfinished but at its end.
     *
     * @param bridge the last of the versions that are not there from the base on; less than the base for none
     * @param bridgeLink what the record behind the bridge has as the link before
     */
    static Segment create(Disk disk, Path folder, byte[] header, long bridge, int bridgeLink) throws IOException {
        Segment result = new Segment(folder.resolve(SegmentFormat.name(SegmentFormat.getLong(header, 16))), header);
        Path temporary = SegmentScan.temporary(result.file);
        disk.delete(temporary);
        try (Disk.Appender out = disk.open(temporary)) {
            out.append(header, header.length);
            if (bridge >= result.base) {
                out.append(
                        SegmentFormat.bridge(result.token, result.base, bridge, result.link, bridgeLink),
                        SegmentFormat.RECORD);
                result.bridged(bridge, bridgeLink);
            }
            out.force();
        }
        disk.replace(temporary, result.file);
        return result;
    }

    boolean isEmpty() {
        return end == SegmentFormat.HEADER;
    }

    void added(long version, int newLink, long bytes) {
        if (records++ == 0) {
            first = version;
        }
        last = version;
        link = newLink;
        end += bytes;
    }

    void bridged(long through, int newLink) {
        last = through;
        link = newLink;
        end += SegmentFormat.RECORD;
    }

    /** Notes what a reader stands at. */
    void add(SegmentReader reader) {
        if (reader.isBridge()) {
            bridged(reader.through(), reader.link());
        } else {
            added(reader.version(), reader.link(), SegmentFormat.RECORD + (long) reader.length());
        }
    }
}
