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
 * The segments of a journal, of which the last one grows: everything that takes part in appending, under one lock. Those before
 * the last change only by {@link #replace} and {@link #remove}. Thread-safe.
 */
final class Segments {
    private final Path folder;
    private final Fsync fsync;
    private final long segmentBytes;
    private final int maxRecordBytes;
    private final Disk disk;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition forced = lock.newCondition();
    private final List<Segment> segments;
    private Disk.Appender appender;
    private byte[] buffer = new byte[512];
    private long nextVersion;
    private long durable;
    private boolean forcing;
    private boolean closed;
    private @Nullable Throwable failure;

    /** Goes on with what a scan found. */
    Segments(JournalBuilder options, SegmentScan scan) throws IOException {
        folder = options.folder;
        fsync = options.fsync;
        segmentBytes = options.segmentBytes;
        maxRecordBytes = options.maxRecordBytes;
        disk = options.disk;
        segments = scan.segments;
        nextVersion = Math.max(1, Math.max(scan.snapshot, scan.deleted) + 1);
        for (Segment segment : segments) {
            nextVersion = Math.max(nextVersion, segment.nextVersion());
        }
        durable = nextVersion - 1;
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

    /** Returns the version of the newest record that was written; 0 if there was none ever. */
    long lastVersion() {
        return locked(() -> nextVersion - 1);
    }

    /** Returns up to which version records are safe as the policy promises. */
    long durableVersion() {
        return locked(() -> fsync == Fsync.NONE ? nextVersion - 1 : durable);
    }

    long bytes() {
        return locked(() -> segments.stream().mapToLong(segment -> segment.end).sum());
    }

    boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Gives no version up to this one. */
    void skipTo(long version) {
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

    /** Writes a record, see {@link Journal#write}. */
    long write(long time, byte[] payload, int offset, int length) {
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

    /** Waits until a written record is safe, see {@link Journal#sync}. */
    void sync(long version) {
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

    /** A segment up to where it is written at a moment. */
    record Part(Segment segment, long end) {}

    /** Returns all segments as of now. */
    List<Part> parts() {
        lock.lock();
        try {
            checkNotClosed();
            List<Part> parts = new ArrayList<>();
            segments.forEach(segment -> parts.add(new Part(segment, segment.end)));
            return parts;
        } finally {
            lock.unlock();
        }
    }

    /** Begins a new segment and returns all; those before the last never change again by appending. */
    List<Segment> seal() {
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

    /** Puts a segment that was written anew in the place of the old one. */
    void replace(Segment old, Segment replacement) {
        lock.lock();
        try {
            segments.set(segments.indexOf(old), replacement);
        } finally {
            lock.unlock();
        }
    }

    /** Takes out a segment whose file is gone. */
    void remove(Segment segment) {
        lock.lock();
        try {
            segments.remove(segment);
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

    void checkNotClosed() {
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

    /** Forces what is written and lets go of the folder, see {@link Journal#close}. */
    void close(FolderLock folderLock) {
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
