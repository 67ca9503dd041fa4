package org.recommender4j.streaming.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what a folder holds when a journal is opened. Only the very end may be unfinished: a record that was being
 * written when the process or the machine stopped, which nobody was told of. Everything else that is not whole is an error,
 * because it was acknowledged once.
 */
final class SegmentScan {
    static final String MARK = "snapshot.mark";
    static final String TEMPORARY = ".tmp";

    private final Path folder;
    private final Disk disk;
    private final boolean salvage;

    final List<Segment> segments = new ArrayList<>();
    long snapshot;
    long deleted;
    long bytesCut;
    Optional<Path> cutFile = Optional.empty();
    long cutAt;

    SegmentScan(Path folder, Disk disk, boolean salvage) {
        this.folder = folder;
        this.disk = disk;
        this.salvage = salvage;
    }

    void run() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                String name = String.valueOf(path.getFileName());
                if (name.endsWith(TEMPORARY)) {
                    disk.delete(path);
                } else if (name.endsWith(SegmentFormat.SUFFIX)) {
                    files.add(path);
                }
            }
        }
        files.sort(null);
        readMark();
        long before = 0;
        for (int k = 0; k < files.size(); k++) {
            boolean last = k == files.size() - 1;
            Path file = files.get(k);
            Optional<Segment> segment = readHeader(file, last, before, k == 0);
            if (segment.isPresent()) {
                scan(segment.get(), last);
                before = segment.get().base;
                segments.add(segment.get());
            }
        }
        while (segments.size() > 1 && segments.get(1).base - 1 <= deleted) {
            // Marked as deleted, but the process ended before it was.
            disk.delete(segments.remove(0).file);
        }
    }

    private void readMark() throws IOException {
        Path file = folder.resolve(MARK);
        if (Files.exists(file)) {
            byte[] bytes = SegmentReader.header(file);
            String problem = SegmentFormat.markProblem(bytes);
            if (!problem.isEmpty()) {
                throw new JournalFormatException(file, 0, problem);
            }
            snapshot = SegmentFormat.getLong(bytes, 16);
            deleted = SegmentFormat.getLong(bytes, 24);
        }
    }

    /** Writes the mark of a snapshot in one step. */
    static void writeMark(Path folder, Disk disk, long version, long deletedThrough) throws IOException {
        Path temporary = folder.resolve(MARK + TEMPORARY);
        disk.delete(temporary);
        try (Disk.Appender out = disk.open(temporary)) {
            out.append(SegmentFormat.mark(version, deletedThrough), SegmentFormat.HEADER);
            out.force();
        }
        disk.replace(temporary, folder.resolve(MARK));
    }

    private Optional<Segment> readHeader(Path file, boolean last, long before, boolean first) throws IOException {
        byte[] header = SegmentReader.header(file);
        String problem = SegmentFormat.segmentProblem(header);
        long size = Files.size(file);
        if (!problem.isEmpty() && last && size <= SegmentFormat.HEADER) {
            cut(file, 0, size);
            disk.delete(file);
            return Optional.empty();
        }
        if (!problem.isEmpty()) {
            throw new JournalFormatException(file, 0, problem);
        }
        long base = SegmentFormat.getLong(header, 16);
        long previous = SegmentFormat.getLong(header, 24);
        if (!String.valueOf(file.getFileName()).equals(SegmentFormat.name(base))) {
            throw new JournalFormatException(file, 16, "the name does not fit to the base " + base);
        }
        boolean follows = first ? previous == 0 || base <= deleted + 1 : previous == before;
        if (!follows) {
            throw new JournalFormatException(
                    file, 24, "the segment before is missing: it has the name " + SegmentFormat.name(previous));
        }
        return Optional.of(new Segment(file, base, previous));
    }

    private void scan(Segment segment, boolean last) throws IOException {
        long size = Files.size(segment.file);
        try (SegmentReader reader = new SegmentReader(segment.file, size)) {
            while (reader.next(segment.nextVersion())) {
                segment.added(reader.version(), SegmentFormat.RECORD + (long) reader.length());
            }
            if (reader.problem().isEmpty()) {
                return;
            }
            if (!last) {
                throw new JournalFormatException(
                        segment.file, reader.at(), reader.problem() + ", and later segments follow");
            }
            long behind = salvage ? -1 : reader.findRecordBehind(segment.nextVersion());
            if (behind >= 0) {
                throw new JournalFormatException(
                        segment.file,
                        reader.at(),
                        reader.problem() + ", but a whole record follows at byte " + behind
                                + ", so this is not an unfinished end; opening with salvage(true) gives up all from here on");
            }
            cut(segment.file, segment.end, size - segment.end);
        }
    }

    private void cut(Path file, long at, long bytes) {
        bytesCut = bytes;
        cutFile = Optional.of(file);
        cutAt = at;
    }
}
