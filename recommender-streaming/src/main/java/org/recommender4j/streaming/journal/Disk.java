package org.recommender4j.streaming.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.recommender4j.internal.disk.DiskFile;
import org.recommender4j.internal.disk.Folders;

/** What the journal does to segments, marks and their names; tests put failures and crashes in here. */
class Disk {
    /** A file that grows at its end, or is written in place. */
    static class Appender implements Closeable {
        private final DiskFile file;

        Appender(Path path) throws IOException {
            file = DiskFile.write(path);
            file.seek(file.size());
        }

        void append(byte[] bytes, int length) throws IOException {
            file.write(bytes, 0, length);
        }

        /** Writes over what is there; not to be mixed with appending. */
        void writeAt(long position, byte[] bytes, int length) throws IOException {
            file.seek(position);
            file.write(bytes, 0, length);
        }

        void force() throws IOException {
            file.force();
        }

        void truncate(long length) throws IOException {
            file.truncate(length);
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
        Folders.replace(from, to);
    }

    void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    /** Makes new and removed names in a folder durable. */
    void forceFolder(Path folder) throws IOException {
        Folders.force(folder);
    }
}
