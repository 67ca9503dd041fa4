package org.recommender4j.streaming.journal;

import java.io.Serial;
import java.nio.file.Path;

/** A file of a journal is not what it should be; the message says which, where and why. */
public final class JournalFormatException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long offset;

    JournalFormatException(Path file, long offset, String problem) {
        super(file + " at byte " + offset + ": " + problem);
        this.file = file;
        this.offset = offset;
    }

    private JournalFormatException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
        this.file = file;
        offset = -1;
    }

    /**
     * Returns the exception for a record that is whole, but can't be applied by those who wrote it.
     *
     * @param folder of the journal
     */
    public static JournalFormatException ofRecord(Path folder, long version, RuntimeException reason) {
        return new JournalFormatException(
                folder, "the record of version " + version + " can't be applied: " + reason.getMessage(), reason);
    }

    /** Returns the file, or the folder if a record as a whole is meant. */
    public Path file() {
        return file;
    }

    /** Returns the position of the first byte that cannot be used, or -1 if a record as a whole is meant. */
    public long offset() {
        return offset;
    }
}
