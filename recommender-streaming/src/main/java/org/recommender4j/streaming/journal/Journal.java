package org.recommender4j.streaming.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An append-only list of records in a folder, each with a version, a time and bytes of the caller's.
 *
 * <pre>{@code
 * try (Journal journal = Journal.open(folder)) {
 *     journal.replay((version, time, payload) -> apply(payload));
 *     long version = journal.append(now, payload);   // returns when the record is safe
 * }
 * }</pre>
 *
 * <p>What {@link #append} has returned for, or {@link #sync} has, is there when the folder is opened again, in order, as
 * far as the {@link Fsync} policy promises. Opening reads and checks every record. What was not acknowledged yet may be
 * unfinished, or after a loss of power missing in parts: it is cut off and reported by {@link #recovery}. Anything else that
 * is broken or missing, also a whole file or the last record, is a {@link JournalFormatException}; see {@link
 * JournalBuilder#salvage}.
 *
 * <p>One process can have a folder open. If another one takes it nevertheless, because a lock file was deleted or read by a
 * backup in this process, this one notices before it acknowledges a record, and refuses all further ones with an {@link
 * IllegalStateException}; under {@link Fsync#NONE} unless the folder was exchanged as a whole.
 *
 * <p>Versions begin with 1 and ascend by one. Compaction leaves gaps, and no version is given twice: after a loss they go on in a new
 * epoch, which begins behind the next multiple of 2^40. An append costs 32 bytes beside the payload and one write, an
 * acknowledgement two small writes and a look at who owns the folder; memory does not grow with the journal.
 *
 * <p>Thread-safe. Appending goes on during {@link #replay}, {@link #compact} and {@link #deleteSnapshotted}, which exclude
 * each other. After the disk has refused a write or a force, nothing can be appended until the journal is opened again: what
 * such a disk holds is not known. Calls complete whether or not the thread is interrupted, and leave its status as it is.
 */
public final class Journal implements AutoCloseable {
    private final Path folder;
    private final Disk disk;
    private final Ownership owner;
    private final Recovery recovery;
    private final Segments segments;

    /* Whoever has this lock may change the segments before the last one, and the mark. */
    private final ReentrantLock maintenance = new ReentrantLock();
    private volatile long snapshot;
    private volatile long deleted;

    /** Is given records in the order of their versions. */
    @FunctionalInterface
    public interface Visitor {
        /** Takes a record; the array is the visitor's own. */
        void record(long version, long time, byte[] payload);
    }

    /** Decides which records remain. */
    @FunctionalInterface
    public interface Filter {
        /** Returns whether the record remains. */
        boolean keep(long version, long time, byte[] payload);
    }

    Journal(JournalBuilder options, Ownership owner) throws IOException {
        folder = options.folder;
        disk = options.disk;
        this.owner = owner;
        SegmentScan scan = new SegmentScan(folder, disk, options.salvage, owner);
        scan.run();
        snapshot = scan.snapshot;
        deleted = scan.deleted;
        long records = 0;
        long first = 0;
        for (Segment segment : scan.segments) {
            records += segment.records;
            first = first == 0 ? segment.first : first;
        }
        segments = new Segments(options, scan, owner);
        recovery = new Recovery(
                records,
                first,
                segments.lastVersion(),
                snapshot,
                scan.bytesCut,
                scan.cutFile,
                scan.cutAt,
                scan.lost,
                scan.firstLost,
                scan.lastLost);
    }

    /** Starts setting options for a journal in a folder. */
    public static JournalBuilder builder(Path folder) {
        return new JournalBuilder(folder);
    }

    /** Opens the journal in a folder with default options, or makes a new one. */
    public static Journal open(Path folder) {
        return builder(folder).open();
    }

    /** Returns where it is. */
    public Path folder() {
        return folder;
    }

    /** Returns what was found on opening. */
    public Recovery recovery() {
        return recovery;
    }

    /** Returns the version of the newest record that was written, acknowledged or not; 0 if there was none ever. */
    public long lastVersion() {
        return segments.lastVersion();
    }

    /** Returns up to which version records are safe as the policy promises. */
    public long durableVersion() {
        return segments.durableVersion();
    }

    /** Returns the size of all files in bytes. */
    public long bytes() {
        return segments.bytes();
    }

    /**
     * Writes a record and waits until it is safe: {@link #write} and {@link #sync}.
     *
     * @param time any number; by convention milliseconds since the epoch
     * @return the version of the record
     */
    public long append(long time, byte[] payload) {
        long version = write(time, payload, 0, payload.length);
        sync(version);
        return version;
    }

    /**
     * Writes a record, without waiting for its safety unless the policy is {@link Fsync#EACH}. For those who must do something
     * else in the same order, under a lock of their own, and wait for {@link #sync} outside of it. Without that call the
     * record is not acknowledged.
     *
     * @return the version of the record
     * @throws IllegalArgumentException if the payload is longer than allowed
     * @throws IllegalStateException if the journal is closed, or the disk has refused before
     * @throws UncheckedIOException if the disk refuses
     */
    public long write(long time, byte[] payload, int offset, int length) {
        return segments.write(time, payload, offset, length);
    }

    /**
     * Waits until a written record is safe as the policy promises. Many threads that wait at the same time share one force
     * of the disk. Returns at once under {@link Fsync#NONE}.
     */
    public void sync(long version) {
        segments.sync(version);
    }

    /** Waits until all that was written is forced to the disk, whatever the policy. */
    public void force() {
        segments.force();
    }

    /** Gives every record to the visitor, in the calling thread; those written meanwhile may be missing. */
    public void replay(Visitor visitor) {
        replay(0, Long.MAX_VALUE, visitor);
    }

    /**
     * Gives the records of a range of versions to the visitor.
     *
     * @param after records up to this version are left out; for example {@link #snapshotVersion}
     * @param through the last version
     * @throws IllegalStateException if records of the range were deleted because they are in a snapshot
     */
    public void replay(long after, long through, Visitor visitor) {
        maintain(() -> {
            segments.checkNotClosed();
            if (after < deleted && through > after) {
                throw new IllegalStateException("records up to version " + deleted
                        + " were deleted, because they are in a snapshot; replay after that version");
            }
            List<Segments.Part> parts = segments.parts();
            for (int k = 0; k < parts.size(); k++) {
                Segments.Part part = parts.get(k);
                boolean needed = part.segment().base <= through
                        && (k + 1 == parts.size() || parts.get(k + 1).segment().base > after + 1);
                if (needed) {
                    SegmentReader.readAll(part.segment(), part.end(), after, through, visitor);
                }
            }
            return true;
        });
    }

    /**
     * Gives all records with at most the given time to the visitor, to see the state of then. Times may be out of order:
     * a record is judged by its own.
     */
    public void replayUntil(long time, Visitor visitor) {
        replay(0, Long.MAX_VALUE, (version, when, payload) -> {
            if (when <= time) {
                visitor.record(version, when, payload);
            }
        });
    }

    /**
     * Removes all records that the filter does not keep. Each file is written anew beside the old one and takes its place in
     * one step, so that a crash leaves every record whole and only some of those to remove in place: repeat it then. The
     * filter is asked once for each record that was written before the call. Takes the time to read the journal and disk
     * space for one more file; {@link #replay} then skips the removed versions.
     */
    public Compaction compact(Filter filter) {
        return maintain(() -> {
            List<Segment> all = segments.seal();
            long kept = 0;
            long dropped = 0;
            long freed = 0;
            for (Segment old : all.subList(0, all.size() - 1)) {
                SegmentCopy copy = new SegmentCopy(old, disk, filter);
                Segment replacement = copy.run(owner);
                kept += replacement.records;
                dropped += old.records - replacement.records;
                freed += old.end - replacement.end;
                segments.replace(old, replacement);
            }
            return new Compaction(kept, dropped, freed);
        });
    }

    /** Returns up to which version the records are in a snapshot, 0 if none is. */
    public long snapshotVersion() {
        return snapshot;
    }

    /**
     * Goes on in a new epoch if a version was not given by this journal, as far as it knows: something else has seen it, so
     * there may have been others that are lost. Does nothing if it was.
     */
    public void skipTo(long version) {
        segments.skipTo(version);
    }

    /**
     * Returns a number that stands for the records up to a version, in this journal: for a snapshot, so that nobody puts it together with
     * another journal. A compaction does not change it. Takes the time to read a file.
     *
     * @return at least 0, or -1 if it is not known, because the version is not reached or was removed with others after it
     */
    public long fingerprint(long version) {
        return maintain(() -> {
            List<Segments.Part> parts = segments.parts();
            for (int k = parts.size() - 1; k >= 0; k--) {
                Segment segment = parts.get(k).segment();
                if (segment.base - 1 == version) {
                    return Integer.toUnsignedLong(segment.before);
                } else if (segment.base <= version) {
                    return SegmentReader.linkAt(segment, parts.get(k).end(), version);
                }
            }
            return -1L;
        });
    }

    /**
     * Makes sure that nobody else has taken the folder meanwhile.
     *
     * @throws IllegalStateException if somebody has, or if the journal is closed
     */
    public void checkOwner() {
        segments.checkNotClosed();
        try {
            owner.check();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder + ": " + e, e);
        }
    }

    /** Tells whether it was not closed yet. */
    public boolean isOpen() {
        return segments.isOpen();
    }

    /** Returns up to which version records were deleted because they are in a snapshot, 0 if none were. */
    public long deletedVersion() {
        return deleted;
    }

    /**
     * Notes durably that all records up to a version are in a snapshot that the caller has made safe. Deletes nothing.
     *
     * @throws IllegalArgumentException if no such version was written, or an older one than marked before
     */
    public void markSnapshot(long version) {
        maintain(() -> {
            segments.checkNotClosed();
            long last = segments.lastVersion();
            if (version < snapshot || version > last) {
                throw new IllegalArgumentException(
                        "a snapshot must be of a version from " + snapshot + " to " + last + ", but is of " + version);
            }
            segments.force();
            writeMark(version, deleted);
            return true;
        });
    }

    /**
     * Deletes the files that hold only records which are in the marked snapshot. Replaying from the beginning is then refused.
     *
     * @return the number of bytes that were freed
     */
    public long deleteSnapshotted() {
        return maintain(() -> {
            List<Segment> all = segments.seal();
            long freed = 0;
            for (int k = 0; k + 1 < all.size() && all.get(k + 1).base - 1 <= snapshot; k++) {
                Segment segment = all.get(k);
                writeMark(snapshot, all.get(k + 1).base - 1);
                disk.delete(segment.file);
                freed += segment.end;
                segments.remove(segment);
            }
            return freed;
        });
    }

    private void writeMark(long version, long deletedThrough) throws IOException {
        owner.check();
        SegmentScan.writeMark(folder, disk, version, deletedThrough);
        snapshot = version;
        deleted = deletedThrough;
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T maintain(Work<T> work) {
        if (maintenance.isHeldByCurrentThread()) {
            throw new IllegalStateException("a visitor or filter must not replay, compact or mark the journal");
        }
        maintenance.lock();
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot work on the journal in " + folder + ": " + e, e);
        } finally {
            maintenance.unlock();
        }
    }

    /**
     * Forces what is written, whatever the policy, and lets others open the folder, also if the disk refuses. Does nothing a second
     * time.
     */
    @Override
    public void close() {
        segments.close();
    }
}
