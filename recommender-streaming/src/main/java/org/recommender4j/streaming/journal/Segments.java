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
 *
 * <p>An owner never adds to a segment of the one before, who might still be writing: the first record begins a new one.
 */
final class Segments {
    /** Versions whose quotient by this is the same are of one epoch. No journal lives long enough to fill one. */
    static final long EPOCH = 1L << 40;

    private final Path folder;
    private final Fsync fsync;
    private final long segmentBytes;
    private final int maxRecordBytes;
    private final Disk disk;
    private final Ownership owner;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition forced = lock.newCondition();
    private final List<Segment> segments;
    private final DurableMark mark;
    /** Adds to the last segment; null until this owner has begun one. */
    private Disk.@Nullable Appender appender;

    private byte[] buffer = new byte[512];
    private long nextVersion;
    private long durable;
    private boolean forcing;
    private boolean closed;
    private @Nullable Throwable failure;

    /** Goes on with what a scan found. */
    Segments(JournalBuilder options, SegmentScan scan, Ownership owner) throws IOException {
        folder = options.folder;
        fsync = options.fsync;
        segmentBytes = options.segmentBytes;
        maxRecordBytes = options.maxRecordBytes;
        disk = options.disk;
        this.owner = owner;
        segments = scan.segments;
        nextVersion = segments.isEmpty() ? scan.deleted + 1 : current().last + 1;
        boolean done = false;
        try {
            begin(scan.known);
            mark = new DurableMark(disk, folder);
            done = true;
        } finally {
            if (!done) {
                closeAppender();
            }
        }
    }

    private void begin(long known) throws IOException {
        owner.check();
        Segment last = segments.isEmpty() ? null : current();
        if (known >= 0) {
            // Before the end is cut, which is what tells of a loss.
            startEpoch(known);
        } else if (last == null) {
            startSegment(0);
        }
        if (last != null && segments.contains(last)) {
            force(last);
        }
        durable = nextVersion - 1;
        try (DurableMark first = new DurableMark(disk, folder)) {
            first.write(durable);
            first.force();
        }
        disk.forceFolder(folder);
    }

    /** What was recovered counts as acknowledged from now on, and what was not finished is gone. */
    private void force(Segment last) throws IOException {
        try (Disk.Appender out = disk.open(last.file)) {
            out.truncate(last.end);
            out.force();
        }
    }

    private void closeAppender() throws IOException {
        Disk.Appender last = appender;
        appender = null;
        if (last != null) {
            last.close();
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

    /** Goes on in a new epoch if a version was not given here, see {@link Journal#skipTo}. */
    void skipTo(long version) {
        exclusively(() -> {
            if (version >= nextVersion) {
                closeSegment();
                startEpoch(version);
            }
        });
    }

    private void startEpoch(long known) throws IOException {
        startSegment((Math.max(known, nextVersion - 1) / EPOCH + 1) * EPOCH);
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Runs something that begins or ends a segment, while nobody forces one. */
    private void exclusively(Work work) {
        lock.lock();
        try {
            checkOpen();
            while (forcing) {
                forced.awaitUninterruptibly();
                checkOpen();
            }
            work.run();
        } catch (IOException e) {
            throw failed(e);
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
            return write(time, payload, offset, length, bytes);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(int more) {
        return appender == null || (current().records > 0 && current().end + more > segmentBytes);
    }

    private long write(long time, byte[] payload, int offset, int length, int bytes) throws IOException {
        if (buffer.length < bytes) {
            buffer = new byte[Math.max(bytes, (int) Math.min(2L * buffer.length, 1 << 30))];
        }
        long version = nextVersion;
        Segment segment = current();
        Disk.Appender out = Objects.requireNonNull(appender);
        int link = SegmentFormat.putRecord(
                buffer, segment.token, version, time, segment.link, version - 1 - durable, payload, offset, length);
        out.append(buffer, bytes);
        if (fsync == Fsync.EACH) {
            out.force();
            checkOwner(false);
            mark.write(version);
            durable = version;
        } else if (fsync == Fsync.NONE) {
            checkOwner(true);
        }
        segment.added(version, link, bytes);
        nextVersion++;
        return version;
    }

    /**
     * Makes sure that what was written will be read by whoever comes next.
     *
     * @param quickly for each record of those who do not wait for the disk: looks at what is open only
     */
    private void checkOwner(boolean quickly) throws IOException {
        try {
            if (quickly) {
                owner.glance();
            } else {
                owner.check();
            }
        } catch (IllegalStateException e) {
            failure = e;
            forced.signalAll();
            throw e;
        }
    }

    /** Waits until a written record is safe, see {@link Journal#sync}. */
    void sync(long version) {
        lock.lock();
        try {
            if (fsync == Fsync.NONE) {
                checkOpen();
            } else {
                awaitForce(version);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forces all that is written, whatever the policy. */
    void force() {
        lock.lock();
        try {
            checkOpen();
            awaitForce(nextVersion - 1);
        } finally {
            lock.unlock();
        }
    }

    private void awaitForce(long version) {
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
    }

    /** Forces all that is written, letting others write meanwhile. Called with the lock held. */
    private void forceWithoutLock() {
        Disk.Appender target = Objects.requireNonNull(appender);
        long through = nextVersion - 1;
        Exception problem = null;
        forcing = true;
        lock.unlock();
        try {
            target.force();
            owner.check();
            mark.write(through);
        } catch (IOException | IllegalStateException e) {
            problem = e;
        } finally {
            lock.lock();
            forcing = false;
            forced.signalAll();
        }
        if (problem instanceof IOException e) {
            throw failed(e);
        } else if (problem instanceof IllegalStateException e) {
            failure = e;
            throw e;
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
        List<Segment> all = new ArrayList<>();
        exclusively(() -> {
            if (current().records > 0) {
                roll();
            }
            all.addAll(segments);
        });
        return all;
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
        closeSegment();
        startSegment(0);
        mark.force();
        forced.signalAll();
    }

    /** Forces the segment, whatever the policy: so whatever is before the last segment is on the disk. */
    private void closeSegment() throws IOException {
        Disk.Appender last = appender;
        if (last != null) {
            last.force();
            checkOwner(false);
            durable = nextVersion - 1;
            mark.write(durable);
            closeAppender();
        } else {
            checkOwner(false);
        }
    }

    /** Begins a segment, with a bridge if no version up to some one shall be given. */
    private void startSegment(long bridge) throws IOException {
        boolean first = segments.isEmpty();
        boolean instead = !first && current().isEmpty();
        int before = first ? SegmentScan.anyLink() : instead ? current().before : current().link;
        byte[] header = SegmentFormat.segmentHeader(nextVersion, before, owner.token);
        Segment segment = Segment.create(disk, folder, header, bridge, SegmentScan.anyLink());
        if (instead) {
            segments.set(segments.size() - 1, segment);
        } else {
            segments.add(segment);
        }
        nextVersion = segment.last + 1;
        durable = nextVersion - 1;
        appender = disk.open(segment.file);
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
                    failure instanceof IllegalStateException
                            ? String.valueOf(failure.getMessage())
                            : "the disk refused before, open the journal in " + folder + " again: " + failure,
                    failure);
        }
    }

    private UncheckedIOException failed(IOException e) {
        failure = e;
        forced.signalAll();
        return new UncheckedIOException("cannot write the journal in " + folder + ": " + e, e);
    }

    /** Forces what is written and lets go of the folder, see {@link Journal#close}. */
    void close() {
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
            try (owner;
                    DurableMark marked = mark;
                    Disk.Appender last = appender) {
                if (failure == null && last != null) {
                    last.force();
                    owner.check();
                    durable = nextVersion - 1;
                    marked.write(durable);
                    marked.force();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the journal in " + folder + ": " + e, e);
        } finally {
            lock.unlock();
        }
    }
}
