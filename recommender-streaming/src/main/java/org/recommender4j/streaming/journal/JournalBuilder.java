package org.recommender4j.streaming.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import org.recommender4j.internal.disk.Folders;

/** Sets options of a {@link Journal} and opens it. Belongs to one thread. */
public final class JournalBuilder {
    final Path folder;
    Fsync fsync = Fsync.GROUP;
    long segmentBytes = 64 << 20;
    int maxRecordBytes = 1 << 20;
    boolean salvage;
    Disk disk = new Disk();

    JournalBuilder(Path folder) {
        this.folder = Objects.requireNonNull(folder, "folder");
    }

    /** Sets what an acknowledgement is worth; default {@link Fsync#GROUP}. */
    public JournalBuilder fsync(Fsync policy) {
        fsync = Objects.requireNonNull(policy, "fsync");
        return this;
    }

    /** Sets the size from which on a new file is begun, 1024 to 2^40 bytes; default 64 MiB. */
    public JournalBuilder segmentBytes(long bytes) {
        if (bytes < 1024 || bytes > 1L << 40) {
            throw new IllegalArgumentException("segmentBytes must be from 1024 to 2^40, but is " + bytes);
        }
        segmentBytes = bytes;
        return this;
    }

    /** Sets how long a payload may be, 1 to 2^30 bytes; default 1 MiB. */
    public JournalBuilder maxRecordBytes(int bytes) {
        if (bytes < 1 || bytes > 1 << 30) {
            throw new IllegalArgumentException("maxRecordBytes must be from 1 to 2^30, but is " + bytes);
        }
        maxRecordBytes = bytes;
        return this;
    }

    /**
     * Sets whether to open a journal that has lost acknowledged records, and to go on without them, instead of refusing; default
     * false. Keeps all records that are whole, in broken files too if their first 40 bytes are good, removes what is not, and goes
     * on in a new epoch. {@link Recovery} tells what is lost. Make a copy of the folder first.
     */
    public JournalBuilder salvage(boolean giveUp) {
        salvage = giveUp;
        return this;
    }

    JournalBuilder disk(Disk replacement) {
        disk = replacement;
        return this;
    }

    /**
     * Opens the journal, or makes a new one with its folder. Reads all records once to check them.
     *
     * @throws JournalFormatException if a file is broken or missing, other than by an unfinished end
     * @throws IllegalStateException if the journal is open already, here or in another process
     * @throws UncheckedIOException if the disk refuses
     */
    public Journal open() {
        try {
            Folders.create(folder);
            Ownership owner = Ownership.take(folder, disk);
            boolean done = false;
            try {
                Journal journal = new Journal(this, owner);
                done = true;
                return journal;
            } finally {
                if (!done) {
                    owner.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the journal in " + folder + ": " + e, e);
        }
    }
}
