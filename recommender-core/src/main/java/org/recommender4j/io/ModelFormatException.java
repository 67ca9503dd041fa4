package org.recommender4j.io;

import java.nio.file.Path;

/**
 * Says that a file is not a model that this library can read: truncated, altered, of another kind or of a newer version.
 * The message names the file, what is wrong and where. An error of the disk is an {@link java.io.UncheckedIOException}
 * instead.
 */
public final class ModelFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception with the message {@code file: problem}.
     *
     * @param file the file that was read
     * @param problem what is wrong with it, and where
     */
    public ModelFormatException(Path file, String problem) {
        super(file + ": " + problem);
    }

    /** Returns what to throw when a restored model stumbles over something that its file must not hold. */
    public static ModelFormatException of(Path file, RuntimeException cause) {
        if (cause instanceof ModelFormatException known) {
            return known;
        }
        String problem = cause instanceof IllegalArgumentException && cause.getMessage() != null
                ? cause.getMessage()
                : "the model can't be restored: " + cause;
        return new ModelFormatException(file, problem, cause);
    }

    /**
     * Makes an exception with the message {@code file: problem} and a cause.
     *
     * @param file the file that was read
     * @param problem what is wrong with it, and where
     * @param cause what revealed the problem
     */
    public ModelFormatException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
