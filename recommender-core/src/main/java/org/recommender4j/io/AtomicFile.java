package org.recommender4j.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Replaces a file in one step, so that a reader, or a restart after a crash, sees the old content or the new. */
final class AtomicFile {
    private static final int MAX_LEFTOVERS = 1000;

    /** Writes the content. */
    @FunctionalInterface
    interface Content {
        /** Writes to a new, empty file. */
        void write(FileChannel channel) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes a temporary file in the same folder, forces it to the disk, gives it the name of the target and forces
     * the folder too where the platform can. On failure the
     * target is as before and the temporary file is gone.
     *
     * @throws UncheckedIOException if the disk refuses, or the folder does not exist
     */
    static void replace(Path file, Content content) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        try {
            if (folder == null || Files.isDirectory(target)) {
                throw new FileSystemException(file.toString(), null, "is a directory");
            }
            if (!Files.isDirectory(folder)) {
                throw new NoSuchFileException(folder.toString(), null, "the folder does not exist");
            }
            writeAndMove(folder, target, content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e, e);
        }
    }

    /**
     * Makes the new name survive a loss of power. Windows opens no folders, and some file systems force none: there the file is
     * whole, old or new, as ever, and that is all that is promised.
     */
    private static void forceNames(Path folder) {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException e) {
            // The file is in place: a failure here must not look like one of the write.
            return;
        }
    }

    private static void writeAndMove(Path folder, Path target, Content content) throws IOException {
        Path temporary = folder;
        FileChannel channel = null;
        // Not Files.createTempFile: that one denies the file to every other user, and the name survives the move.
        for (int i = 0; channel == null; i++) {
            temporary = folder.resolve(".recommender4j-" + i + ".tmp");
            try {
                channel = FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException e) {
                if (i == MAX_LEFTOVERS) {
                    throw e;
                }
            }
        }
        boolean done = false;
        try {
            try (FileChannel out = channel) {
                content.write(out);
                out.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            done = true;
            forceNames(folder);
        } finally {
            if (!done) {
                Files.deleteIfExists(temporary);
            }
        }
    }
}
