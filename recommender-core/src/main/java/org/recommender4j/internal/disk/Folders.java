package org.recommender4j.internal.disk;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Names in folders, which a loss of power takes back unless the folder is forced. */
public final class Folders {
    private Folders() {}

    /**
     * Makes new, changed and removed names in a folder durable. Windows opens no folders, and keeps names in order by itself: there this
     * does nothing. Completes whether or not the thread is interrupted, and leaves its status as it is.
     */
    public static void force(Path folder) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            // A second attempt finds nothing left to write and is quick, so interrupts can't hold this up for long.
            while (!forceOnce(folder)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns false if an interrupt came in between; only a channel can force a folder, and it heeds them. */
    private static boolean forceOnce(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            return true;
        }
        try (channel) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    /** Gives a file the name of another, which it replaces in one step, durably. */
    public static void replace(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        force(parent(to));
    }

    /** Makes a folder and those above it that are missing, durably. */
    public static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            create(parent);
        }
        Files.createDirectories(folder);
        if (parent != null) {
            force(parent);
        }
    }

    /** Returns the folder of a file. */
    public static Path parent(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(file + " is in no folder");
        }
        return parent;
    }
}
