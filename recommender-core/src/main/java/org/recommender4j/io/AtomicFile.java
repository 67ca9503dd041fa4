package org.recommender4j.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.recommender4j.internal.disk.DiskFile;
import org.recommender4j.internal.disk.Folders;

/** Replaces a file in one step, so that a reader, or a restart after a crash, sees the old content or the new. */
final class AtomicFile {
    private static final String PREFIX = ".recommender4j-";
    private static final String SUFFIX = ".tmp";
    /** Nobody who still writes leaves the file alone for that long. */
    private static final long STALE_MILLIS = TimeUnit.HOURS.toMillis(1);

    /** Writes the content. */
    @FunctionalInterface
    interface Content {
        /** Writes to a new, empty file. */
        void write(DiskFile file) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes a temporary file in the same folder, forces it to the disk, gives it the name of the target and forces the folder too
     * where the platform can. On failure the target is as before and the temporary file is gone. What processes that were
     * killed have left in the folder is removed when it is an hour old. Interrupts have no effect.
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

    private static void writeAndMove(Path folder, Path target, Content content) throws IOException {
        Path temporary = folder;
        DiskFile file = null;
        // Not Files.createTempFile: that one denies the file to every other user, and the name survives the move.
        for (int i = 0; file == null; i++) {
            temporary = folder.resolve(PREFIX + i + SUFFIX);
            try {
                file = DiskFile.create(temporary);
            } catch (FileAlreadyExistsException ignored) {
                // Another one writes here, or was killed when it did: take the next name.
            }
        }
        boolean done = false;
        try {
            try (DiskFile out = file) {
                deleteStale(folder, temporary);
                content.write(out);
                out.force();
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(temporary);
            }
        }
        forceNames(folder);
    }

    /** Makes the new name survive a loss of power, where the file system can. */
    private static void forceNames(Path folder) {
        try {
            Folders.force(folder);
        } catch (IOException e) {
            // The file is in place: a failure here must not look like one of the write.
            return;
        }
    }

    /** Compares times of files with each other: the clock of the disk may be another than ours. */
    private static void deleteStale(Path folder, Path fresh) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            long now = Files.getLastModifiedTime(fresh).toMillis();
            for (Path other : files) {
                if (now - Files.getLastModifiedTime(other).toMillis() > STALE_MILLIS) {
                    Files.deleteIfExists(other);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            // They are only in the way; the next save tries again.
            return;
        }
    }
}
