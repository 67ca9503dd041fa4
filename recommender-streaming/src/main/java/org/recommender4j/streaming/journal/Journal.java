package org.recommender4j.streaming.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

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
 * far as the {@link Fsync} policy promises. Opening reads and checks every record; an unfinished one at the very end is cut
 * off and reported by {@link #recovery}; anything else that is broken is a {@link JournalFormatException}. One process can
 * have a folder open.
 *
 * <p>Versions begin with 1 and ascend by one. Compaction leaves gaps, and no version is given twice. An append costs 24 bytes
 * beside the payload and one write; memory does not grow with the journal.
 *
 * <p>Thread-safe. Appending goes on during {@link #replay}, {@link #compact} and {@link #deleteSnapshotted}, which exclude
 * each other. After the disk has refused a write or a force, nothing can be appended until the journal is opened again: what
 * such a disk holds is not known. Interrupts have no effect.
 */
public final class Journal implements AutoCloseable {
    private final Path folder;
    private final Fsync fsync;
    private final long segmentBytes;
    private final int maxRecordBytes;
    private final Disk disk;
    private final FolderLock folderLock;
    private final Recovery recovery;

    private final ReentrantLock maintenance = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition forced = lock.newCondition();
    private final List<Segment> segments;
    private Disk.Appender appender;
    private byte[] buffer = new byte[512];
    private long nextVersion;
    private long durable;
    private long snapshot;
    private long deleted;
    private boolean forcing;
    private boolean closed;
    private @Nullable Throwable failure;

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

    Journal(JournalBuilder options, FolderLock folderLock) throws IOException {
        folder = options.folder;
        fsync = options.fsync;
        segmentBytes = options.segmentBytes;
        maxRecordBytes = options.maxRecordBytes;
        disk = options.disk;
        this.folderLock = folderLock;
        SegmentScan scan = new SegmentScan(folder, disk, options.salvage);
        scan.run();
        segments = scan.segments;
        snapshot = scan.snapshot;
        deleted = scan.deleted;
        nextVersion = Math.max(1, Math.max(snapshot, deleted) + 1);
        long records = 0;
        long first = 0;
        for (Segment segment : segments) {
            records += segment.records;
            first = first == 0 ? segment.first : first;
            nextVersion = Math.max(nextVersion, segment.nextVersion());
        }
        durable = nextVersion - 1;
        recovery = new Recovery(records, first, durable, snapshot, scan.bytesCut, scan.cutFile, scan.cutAt);
        if (segments.isEmpty()) {
            appender = startSegment();
        } else {
            Segment current = current();
            appender = disk.open(current.file);
            appender.truncate(current.end);
            // What was recovered counts as acknowledged from now on.
            appender.force();
        }
    }

    /** Starts setting options for a journal in a folder. */
    public static JournalBuilder builder(Path folder) {
        return new JournalBuilder(folder);
    }

    /** Opens the journal in a folder with default options, or makes a new one. */
    public static Journal open(Path folder) {
        return builder(folder).open();
    }

    /** Returns what was found on opening. */
    public Recovery recovery() {
        return recovery;
    }

    /** Returns the version of the newest record that was written, acknowledged or not; 0 if there was none ever. */
    public long lastVersion() {
        return locked(() -> nextVersion - 1);
    }

    /** Returns up to which version records are safe as the policy promises. */
    public long durableVersion() {
        return locked(() -> fsync == Fsync.NONE ? nextVersion - 1 : durable);
    }

    /** Returns the size of all files in bytes. */
    public long bytes() {
        return locked(() -> segments.stream().mapToLong(segment -> segment.end).sum());
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
        Objects.checkFromIndexSize(offset, length, payload.length);
        if (length > maxRecordBytes) {
            throw new IllegalArgumentException(
                    "a payload may have " + maxRecordBytes + " bytes, but this one has " + length);
        }
        lock.lock();
        try {
            checkOpen();
            int bytes = SegmentFormat.RECORD + length;
            while (isFull(bytes)) {
                if (forcing) {
                    forced.awaitUninterruptibly();
                    checkOpen();
                } else {
                    roll();
                }
            }
            if (buffer.length < bytes) {
                buffer = new byte[Math.max(bytes, (int) Math.min(2L * buffer.length, 1 << 30))];
            }
            long version = nextVersion;
            SegmentFormat.putRecord(buffer, version, time, payload, offset, length);
            appender.append(buffer, bytes);
            if (fsync == Fsync.EACH) {
                appender.force();
                durable = version;
            }
            current().added(version, bytes);
            nextVersion++;
            return version;
        } catch (IOException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(int more) {
        return current().records > 0 && current().end + more > segmentBytes;
    }

    /**
     * Waits until a written record is safe as the policy promises. Many threads that wait at the same time share one force
     * of the disk. Returns at once under {@link Fsync#NONE}.
     */
    public void sync(long version) {
        lock.lock();
        try {
            if (fsync == Fsync.NONE) {
                checkOpen();
                return;
            }
            while (durable < version) {
                checkOpen();
                if (version >= nextVersion) {
                    throw new IllegalArgumentException("version " + version + " was not written yet");
                } else if (forcing) {
                    forced.awaitUninterruptibly();
                } else {
                    forceWithoutLock();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forces all that is written, letting others write meanwhile. Called with the lock held. */
    private void forceWithoutLock() {
        Disk.Appender target = appender;
        long through = nextVersion - 1;
        IOException problem = null;
        forcing = true;
        lock.unlock();
        try {
            target.force();
        } catch (IOException e) {
            problem = e;
        } finally {
            lock.lock();
            forcing = false;
            forced.signalAll();
        }
        if (problem != null) {
            throw failed(problem);
        }
        durable = Math.max(durable, through);
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
            List<Segment> parts;
            List<Long> ends = new ArrayList<>();
            lock.lock();
            try {
                checkNotClosed();
                if (after < deleted && through > after) {
                    throw new IllegalStateException("records up to version " + deleted
                            + " were deleted, because they are in a snapshot; replay after that version");
                }
                parts = List.copyOf(segments);
                parts.forEach(segment -> ends.add(segment.end));
            } finally {
                lock.unlock();
            }
            for (int k = 0; k < parts.size(); k++) {
                boolean needed =
                        parts.get(k).base <= through && (k + 1 == parts.size() || parts.get(k + 1).base > after + 1);
                if (needed) {
                    SegmentReader.readAll(parts.get(k), ends.get(k), after, through, visitor);
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
            List<Segment> all = seal();
            long kept = 0;
            long dropped = 0;
            long freed = 0;
            for (Segment old : all.subList(0, all.size() - 1)) {
                SegmentCopy copy = new SegmentCopy(old, disk, filter);
                Segment replacement = copy.run();
                kept += replacement.records;
                dropped += old.records - replacement.records;
                freed += old.end - replacement.end;
                lock.lock();
                try {
                    segments.set(segments.indexOf(old), replacement);
                } finally {
                    lock.unlock();
                }
            }
            return new Compaction(kept, dropped, freed);
        });
    }

    /** Begins a new segment and returns all; those before the last never change again by appending. */
    private List<Segment> seal() throws IOException {
        lock.lock();
        try {
            checkOpen();
            while (forcing) {
                forced.awaitUninterruptibly();
                checkOpen();
            }
            if (current().records > 0) {
                roll();
            }
            return List.copyOf(segments);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    /** Returns up to which version the records are in a snapshot, 0 if none is. */
    public long snapshotVersion() {
        return locked(() -> snapshot);
    }

    /** Lets the next record have a larger version than this one, because something else knows it as given. */
    public void skipTo(long version) {
        lock.lock();
        try {
            checkOpen();
            if (version >= nextVersion) {
                // All before is safe as soon as the next record is.
                nextVersion = version + 1;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether it was not closed yet. */
    public boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Returns up to which version records were deleted because they are in a snapshot, 0 if none were. */
    public long deletedVersion() {
        return locked(() -> deleted);
    }

    /**
     * Notes durably that all records up to a version are in a snapshot that the caller has made safe. Deletes nothing.
     *
     * @throws IllegalArgumentException if no such version was written, or an older one than marked before
     */
    public void markSnapshot(long version) {
        maintain(() -> {
            lock.lock();
            try {
                checkNotClosed();
                if (version < snapshot || version >= nextVersion) {
                    throw new IllegalArgumentException("a snapshot must be of a version from " + snapshot + " to "
                            + (nextVersion - 1) + ", but is of " + version);
                }
            } finally {
                lock.unlock();
            }
            sync(version);
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
            List<Segment> all = seal();
            long freed = 0;
            for (int k = 0; k + 1 < all.size() && all.get(k + 1).base - 1 <= snapshot; k++) {
                Segment segment = all.get(k);
                writeMark(snapshot, all.get(k + 1).base - 1);
                disk.delete(segment.file);
                freed += segment.end;
                lock.lock();
                try {
                    segments.remove(segment);
                } finally {
                    lock.unlock();
                }
            }
            return freed;
        });
    }

    private void writeMark(long version, long deletedThrough) throws IOException {
        SegmentScan.writeMark(folder, disk, version, deletedThrough);
        lock.lock();
        try {
            snapshot = version;
            deleted = deletedThrough;
        } finally {
            lock.unlock();
        }
    }

    private long locked(LongSupplier value) {
        lock.lock();
        try {
            return value.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    private Segment current() {
        return segments.get(segments.size() - 1);
    }

    private void roll() throws IOException {
        if (fsync != Fsync.NONE) {
            appender.force();
            durable = nextVersion - 1;
        }
        appender.close();
        appender = startSegment();
        forced.signalAll();
    }

    private Disk.Appender startSegment() throws IOException {
        long previous = segments.isEmpty() ? 0 : current().base;
        Segment segment = new Segment(folder.resolve(SegmentFormat.name(nextVersion)), nextVersion, previous);
        Disk.Appender out = segment.create(disk);
        disk.forceFolder(folder);
        segments.add(segment);
        return out;
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

    private void checkNotClosed() {
        if (closed) {
            throw new IllegalStateException("the journal in " + folder + " is closed");
        }
    }

    private void checkOpen() {
        checkNotClosed();
        if (failure != null) {
            throw new IllegalStateException(
                    "the disk refused before, open the journal in " + folder + " again: " + failure, failure);
        }
    }

    private UncheckedIOException failed(IOException e) {
        failure = e;
        forced.signalAll();
        return new UncheckedIOException("cannot write the journal in " + folder + ": " + e, e);
    }

    /** Forces what is written, whatever the policy, and lets others open the folder. Does nothing a second time. */
    @Override
    public void close() {
        lock.lock();
        try {
            while (forcing) {
                forced.awaitUninterruptibly();
            }
            if (closed) {
                return;
            }
            closed = true;
            forced.signalAll();
            try (folderLock;
                    Disk.Appender last = appender) {
                if (failure == null) {
                    last.force();
                    durable = nextVersion - 1;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the journal in " + folder + ": " + e, e);
        } finally {
            lock.unlock();
        }
    }
}
