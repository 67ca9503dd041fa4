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

    /** Returns the file. */
    public Path file() {
        return file;
    }

    /** Returns the position of the first byte that cannot be used. */
    public long offset() {
        return offset;
    }
}
