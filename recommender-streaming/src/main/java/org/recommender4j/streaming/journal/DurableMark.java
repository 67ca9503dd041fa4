package org.recommender4j.streaming.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.recommender4j.internal.disk.DiskFile;

/**
 * Says up to which version records were forced to the disk. Written in place before a record is acknowledged, into two slots in
 * turn that lie in different sectors, so that one is whole whatever happens. It is forced itself only when a segment is full, at
 * a snapshot and on closing: after a loss of power it may be older than the truth, and then records say what it does not (see
 * {@link SegmentFormat}). Never newer.
 */
final class DurableMark implements Closeable {
    static final String NAME = "durable.mark";
    private static final int SECTOR = 512;

    private final Disk.Appender file;
    private int slot;

    /** Opens the mark of a folder, or makes one. */
    DurableMark(Disk disk, Path folder) throws IOException {
        file = disk.open(folder.resolve(NAME));
    }

    /** Returns what the mark of a folder says, 0 if there is none or none that is whole. */
    static long read(Path folder) throws IOException {
        Path path = folder.resolve(NAME);
        if (!Files.exists(path)) {
            return 0;
        }
        long durable = 0;
        try (DiskFile in = DiskFile.read(path)) {
            for (long at = 0; at + SegmentFormat.HEADER <= in.size(); at += SECTOR) {
                byte[] bytes = new byte[SegmentFormat.HEADER];
                in.seek(at);
                in.readFully(bytes, 0, bytes.length);
                if (SegmentFormat.durableProblem(bytes).isEmpty()) {
                    durable = Math.max(durable, SegmentFormat.getLong(bytes, 16));
                }
            }
        }
        return durable;
    }

    void write(long version) throws IOException {
        file.writeAt((long) slot * SECTOR, SegmentFormat.durableMark(version), SegmentFormat.HEADER);
        slot ^= 1;
    }

    void force() throws IOException {
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
