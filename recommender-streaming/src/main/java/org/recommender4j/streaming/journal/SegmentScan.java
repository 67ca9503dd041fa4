package org.recommender4j.streaming.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds out what a folder holds when a journal is opened. Only what nobody was told of may be missing or broken: records at the end
 * of the last segment that were not forced yet. A process that ends leaves the last of them cut off; a loss of power
 * leaves any of their pages out. Everything else that is not whole is an error, because it was acknowledged once, or with {@code
 * salvage} is bridged and reported.
 *
 * <p>How far the forced part goes is known from the durable mark, from the marked snapshot, from the base of the last segment,
 * which is begun only when all before is forced, and from each record, also one behind a broken one, which says what was
 * forced when it was written.
 */
final class SegmentScan {
    static final String MARK = "snapshot.mark";
    static final String TEMPORARY = ".tmp";

    private final Path folder;
    private final Disk disk;
    private final boolean salvage;
    private final Ownership owner;

    final List<Segment> segments = new ArrayList<>();
    long snapshot;
    long deleted;
    long bytesCut;
    Optional<Path> cutFile = Optional.empty();
    long cutAt;
    long lost;
    long firstLost;
    long lastLost;
    /** Up to which version records were forced, as far as is known. */
    private long durable;
    /** If not negative, versions up to this one and perhaps beyond may be known outside and stand for something else. */
    long known = -1;

    SegmentScan(Path folder, Disk disk, boolean salvage, Ownership owner) {
        this.folder = folder;
        this.disk = disk;
        this.salvage = salvage;
        this.owner = owner;
    }

    static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY);
    }

    void run() throws IOException {
        List<Path> files = files();
        readMark();
        durable = Math.max(snapshot, DurableMark.read(folder));
        List<Path> useless = new ArrayList<>();
        for (Path file : files) {
            readHeader(file, file.equals(files.get(files.size() - 1)), useless);
        }
        while (segments.size() > 1 && segments.get(1).base - 1 <= deleted) {
            // Marked as deleted, but the process ended before it was.
            disk.delete(segments.remove(0).file);
        }
        if (segments.isEmpty()) {
            nothing();
        } else {
            beginning();
        }
        for (int k = 0; k < segments.size(); k++) {
            segments.set(
                    k, k + 1 < segments.size() ? sealed(segments.get(k), segments.get(k + 1)) : last(segments.get(k)));
        }
        for (Path file : useless) {
            disk.delete(file);
        }
    }

    private List<Path> files() throws IOException {
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
        return files;
    }

    private void readMark() throws IOException {
        Path file = folder.resolve(MARK);
        if (Files.exists(file)) {
            byte[] bytes = SegmentReader.header(file);
            String problem = SegmentFormat.snapshotProblem(bytes);
            if (problem.isEmpty()) {
                snapshot = SegmentFormat.getLong(bytes, 16);
                deleted = SegmentFormat.getLong(bytes, 24);
            } else {
                refuse(file, 0, problem);
            }
        }
    }

    /** Writes the mark of a snapshot in one step. */
    static void writeMark(Path folder, Disk disk, long version, long deletedThrough) throws IOException {
        Path temporary = folder.resolve(MARK + TEMPORARY);
        disk.delete(temporary);
        try (Disk.Appender out = disk.open(temporary)) {
            out.append(SegmentFormat.snapshotMark(version, deletedThrough), SegmentFormat.HEADER);
            out.force();
        }
        disk.replace(temporary, folder.resolve(MARK));
    }

    /** Goes on only if what is lost may be given up. */
    private void refuse(Path file, long at, String problem) {
        if (!salvage) {
            throw new JournalFormatException(file, at, problem);
        }
    }

    private void readHeader(Path file, boolean last, List<Path> useless) throws IOException {
        byte[] header = SegmentReader.header(file);
        String problem = SegmentFormat.segmentProblem(header);
        long size = Files.size(file);
        if (problem.isEmpty()) {
            Segment segment = new Segment(file, header);
            if (String.valueOf(file.getFileName()).equals(SegmentFormat.name(segment.base))) {
                segments.add(segment);
                return;
            }
            problem = "the name does not fit to the base " + segment.base;
        } else if (last && size <= SegmentFormat.HEADER && !isMarked()) {
            // Nothing can have been in it.
            cut(file, 0, size);
            useless.add(file);
            return;
        }
        refuse(file, 0, problem);
        useless.add(file);
    }

    private boolean isMarked() {
        return Files.exists(folder.resolve(DurableMark.NAME)) || Files.exists(folder.resolve(MARK));
    }

    /** There is no segment: the journal is new, or all is lost. */
    private void nothing() {
        if (isMarked()) {
            refuse(
                    folder,
                    0,
                    "all segments are missing, with the records up to version " + durable + missing(deleted, durable));
            lose(deleted + 1, durable);
            known = Math.max(durable, deleted);
        }
    }

    private static String missing(long after, long through) {
        return after < through ? ": versions " + (after + 1) + " to " + through + " can't be recovered" : "";
    }

    /** The first segment must begin where the journal does, or where records were deleted that are in a snapshot. */
    private void beginning() throws IOException {
        Segment first = segments.get(0);
        if (first.base <= deleted + 1) {
            return;
        }
        refuse(
                first.file,
                16,
                "the segments before are missing" + missing(deleted, first.base - 1) + ", the first one being "
                        + SegmentFormat.name(deleted + 1));
        lose(deleted + 1, first.base - 1);
        byte[] header = SegmentFormat.segmentHeader(deleted + 1, anyLink(), owner.token);
        segments.add(0, Segment.create(disk, folder, header, first.base - 1, first.before));
        segments.set(0, new Segment(segments.get(0).file, header));
    }

    static int anyLink() {
        return UUID.randomUUID().hashCode();
    }

    /** Reads a segment that another one follows. All in it was forced before that one was begun. */
    private Segment sealed(Segment segment, Segment following) throws IOException {
        long through = following.base - 1;
        long size = Files.size(segment.file);
        try (SegmentReader reader = new SegmentReader(segment, size)) {
            while (segment.last < through && reader.next() && reader.through() <= through) {
                segment.add(reader);
            }
            if (segment.last == through && segment.link == following.before) {
                if (size > segment.end) {
                    // By one who had lost the folder already, or an unfinished end before a new epoch.
                    cut(segment.file, segment.end, size - segment.end);
                    truncate(segment);
                }
                return segment;
            }
            String problem = reader.problem() + ", and later segments follow";
            if (segment.last == through) {
                problem = following.file.getFileName() + " does not continue this segment, but another";
            } else if (reader.problem().isEmpty()) {
                problem = "versions " + (segment.last + 1) + " to " + through
                        + " are missing: the end of this segment, or " + SegmentFormat.name(segment.last + 1);
            }
            refuse(segment.file, segment.end, problem);
            return repair(segment, reader, size, through, following.before);
        }
    }

    private void truncate(Segment segment) throws IOException {
        owner.check();
        try (Disk.Appender out = disk.open(segment.file)) {
            out.truncate(segment.end);
            out.force();
        }
    }

    /** Reads the last segment. */
    private Segment last(Segment segment) throws IOException {
        durable = Math.max(durable, segment.base - 1);
        long size = Files.size(segment.file);
        try (SegmentReader reader = new SegmentReader(segment, size)) {
            while (reader.next()) {
                durable = Math.max(durable, reader.forced());
                segment.add(reader);
            }
            String problem = reader.problem();
            boolean torn = problem.isEmpty() || reader.isTorn();
            long whole = -1;
            long through = segment.last;
            for (long from = segment.end; from < size && reader.skipTo(from); from = reader.behind()) {
                durable = Math.max(durable, reader.forced());
                through = Math.max(through, reader.through());
                whole = whole < 0 ? reader.at() : whole;
            }
            if (durable > segment.last) {
                refuse(segment.file, segment.end, damage(segment, problem, whole));
                known = Math.max(through, durable);
                return repair(segment, new SegmentReader(segment, size), size, Long.MAX_VALUE, anyLink());
            }
            if (size > segment.end) {
                cut(segment.file, segment.end, size - segment.end);
                known = torn ? known : through;
            }
        }
        return segment;
    }

    private String damage(Segment segment, String problem, long whole) {
        return (problem.isEmpty() ? "the end is missing" : problem)
                + (whole < 0 ? "" : ", and a whole record follows at byte " + whole)
                + ", so this is not an unfinished end: versions " + (segment.last + 1) + " to " + durable
                + " were acknowledged. Opening with salvage(true) goes on without what can't be read";
    }

    /**
     * Writes a segment anew with bridges over what is broken.
     *
     * @param through the last version that may be in it; if it is the last segment, any
     * @param link the one to end with, unless records in the last segment do
     */
    private Segment repair(Segment segment, SegmentReader reader, long size, long through, int link)
            throws IOException {
        boolean isLast = through == Long.MAX_VALUE;
        Segment result;
        try (reader;
                SegmentRewrite out = new SegmentRewrite(segment, segment.end, disk)) {
            long from = segment.end;
            while (reader.behind() < from) {
                reader.next();
            }
            while (out.result.last < through && reader.skipTo(from) && reader.through() <= through) {
                lose(out.result.last + 1, reader.version() - 1);
                out.bridge(reader.version() - 1, reader.before());
                do {
                    out.put(reader);
                } while (reader.next() && reader.through() <= through);
                from = reader.at();
            }
            long end = isLast ? Math.max(durable, out.result.last) : through;
            if (out.result.last < end || (!isLast && out.result.link != link)) {
                lose(out.result.last + 1, end);
                out.bridge(end, link);
            }
            result = out.finish(owner);
        }
        if (size > result.end) {
            cut(result.file, segment.end, size - result.end);
        }
        return result;
    }

    private void lose(long from, long through) {
        if (from <= through) {
            firstLost = lost == 0 ? from : Math.min(from, firstLost);
            lastLost = Math.max(through, lastLost);
            lost += through - from + 1;
        }
        known = Math.max(known, through);
    }

    private void cut(Path file, long at, long bytes) {
        if (bytesCut == 0) {
            cutFile = Optional.of(file);
            cutAt = at;
        }
        bytesCut += bytes;
    }
}
