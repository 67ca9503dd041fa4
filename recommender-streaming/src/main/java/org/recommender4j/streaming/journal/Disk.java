package org.recommender4j.streaming.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What the journal does to files; tests put failures and crashes in here. */
class Disk {
    /**
     * A file that grows at its end. Not a {@link FileChannel}: that one closes itself when a thread is interrupted while it
     * writes, and other threads write here too.
     */
    static class Appender implements Closeable {
        private final RandomAccessFile file;

        Appender(Path path) throws IOException {
            file = new RandomAccessFile(path.toFile(), "rw");
            file.seek(file.length());
        }

        void append(byte[] bytes, int length) throws IOException {
            file.write(bytes, 0, length);
        }

        void force() throws IOException {
            file.getFD().sync();
        }

        void truncate(long length) throws IOException {
            file.setLength(length);
            file.seek(length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    Appender open(Path path) throws IOException {
        return new Appender(path);
    }

    /** Gives a file the name of another, which it replaces in one step. */
    void replace(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        Path folder = to.toAbsolutePath().getParent();
        if (folder != null) {
            forceFolder(folder);
        }
    }

    void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    /** Makes new and changed names in a folder durable, where the operating system knows how. */
    void forceFolder(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            return; // Windows does not open folders, and keeps names in order by itself.
        }
        try (channel) {
            channel.force(true);
        }
    }
}
