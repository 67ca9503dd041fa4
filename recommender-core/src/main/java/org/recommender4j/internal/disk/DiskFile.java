package org.recommender4j.internal.disk;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An open file that interrupts do not close: a {@link FileChannel} closes itself, for all threads, when one of them is
 * interrupted while it reads or writes, so the default file system is asked by {@link RandomAccessFile}. Other file
 * systems offer channels only, and there an interrupt fails the call. Used by one thread at a time.
 */
public abstract class DiskFile implements Closeable {
    private DiskFile() {}

    /** Opens a file for reading. */
    public static DiskFile read(Path path) throws IOException {
        return isDefault(path)
                ? new Plain(new RandomAccessFile(path.toFile(), "r"))
                : new Channel(FileChannel.open(path, StandardOpenOption.READ));
    }

    /** Opens a file for reading and writing, at its beginning; makes it if it does not exist. */
    public static DiskFile write(Path path) throws IOException {
        return isDefault(path)
                ? new Plain(new RandomAccessFile(path.toFile(), "rw"))
                : new Channel(FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE));
    }

    /**
     * Makes a file, with the permissions of any other.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one
     */
    public static DiskFile create(Path path) throws IOException {
        Files.createFile(path);
        return write(path);
    }

    private static boolean isDefault(Path path) {
        return path.getFileSystem() == FileSystems.getDefault();
    }

    /** Reads at least one byte if there is room for one, and returns how many; -1 at the end. */
    public abstract int read(byte[] bytes, int offset, int length) throws IOException;

    /** Writes all bytes. */
    public abstract void write(byte[] bytes, int offset, int length) throws IOException;

    /** Goes to a position. */
    public abstract void seek(long position) throws IOException;

    /** Returns how long the file is. */
    public abstract long size() throws IOException;

    /** Makes the file as long as that. */
    public abstract void truncate(long size) throws IOException;

    /** Returns when all that was written is on the disk, with the length of the file. */
    public abstract void force() throws IOException;

    /** Reads as many bytes as asked for. */
    public final void readFully(byte[] bytes, int offset, int length) throws IOException {
        for (int n = 0; n < length; ) {
            int more = read(bytes, offset + n, length - n);
            if (more < 0) {
                throw new EOFException("the file ends " + (length - n) + " bytes too early");
            }
            n += more;
        }
    }

    private static final class Plain extends DiskFile {
        private final RandomAccessFile file;

        Plain(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return file.read(bytes, offset, length);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.write(bytes, offset, length);
        }

        @Override
        public void seek(long position) throws IOException {
            file.seek(position);
        }

        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.setLength(size);
        }

        @Override
        public void force() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private static final class Channel extends DiskFile {
        private final FileChannel file;

        Channel(FileChannel file) {
            this.file = file;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return file.read(ByteBuffer.wrap(bytes, offset, length));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        }

        @Override
        public void seek(long position) throws IOException {
            file.position(position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force() throws IOException {
            file.force(true);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
