package org.recommender4j.streaming.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.recommender4j.internal.disk.DiskFile;

/**
 * Keeps a folder for one journal, by three means:
 *
 * <ul>
 *   <li>a lock of the operating system on {@code journal.lock}, which ends with the process, however it ends. It is advisory,
 *       and gone when anybody in this process opens and closes that file, or when it is deleted;
 *   <li>a list of the folders that this process has open, so that a second attempt here never touches that file;
 *   <li>a token in the file {@code owner}, which whoever opens the folder replaces <em>before</em> reading the journal. The
 *       owner looks at it <em>after</em> writing a record and before acknowledging it: if it is still there, whoever comes
 *       next will read the record; if not, nothing is acknowledged any more.
 * </ul>
 */
final class Ownership implements Closeable {
    /** By the identity of the folder: two paths may lead to one. */
    private static final Map<Object, Ownership> OPEN = new ConcurrentHashMap<>();

    private final Path folder;
    private final Path file;
    private final Object key;
    private final byte[] mine;
    private final byte[] glance;
    /** Identifies this opening of the folder, in every segment that is begun by it. */
    final long token;

    private @Nullable FileChannel lock;
    private @Nullable DiskFile claimed;

    private Ownership(Path folder, Object key) {
        this.folder = folder;
        this.key = key;
        file = folder.resolve("owner");
        token = UUID.randomUUID().getLeastSignificantBits();
        mine = String.format(
                        Locale.ROOT,
                        "%016x process %d%n",
                        token,
                        ProcessHandle.current().pid())
                .getBytes(StandardCharsets.US_ASCII);
        glance = new byte[16];
    }

    /**
     * Takes the folder, which must exist.
     *
     * @throws IllegalStateException if somebody else has it, in this process or another
     */
    static Ownership take(Path folder, Disk disk) throws IOException {
        Object identity =
                Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
        Ownership result = new Ownership(folder, identity == null ? folder.toRealPath() : identity);
        Ownership other = OPEN.putIfAbsent(result.key, result);
        if (other != null && !(other.isLost() && OPEN.replace(result.key, other, result))) {
            throw new IllegalStateException("the journal in " + folder + " is open already in this process");
        }
        boolean done = false;
        try {
            result.claim(disk);
            done = true;
        } finally {
            if (!done) {
                result.close();
            }
        }
        return result;
    }

    private void claim(Disk disk) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("journal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock = channel;
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            throw new IllegalStateException("the journal in " + folder + " is open already, by " + owner());
        }
        DiskFile out = DiskFile.write(file);
        claimed = out;
        // In place: the former owner, if there is one yet, sees it at its next glance.
        out.write(mine, 0, mine.length);
        out.truncate(mine.length);
        disk.forceFolder(folder);
    }

    private byte[] content() throws IOException {
        try (DiskFile in = DiskFile.read(file)) {
            byte[] bytes = new byte[(int) Math.min(in.size(), 100)];
            in.readFully(bytes, 0, bytes.length);
            return bytes;
        }
    }

    private String owner() {
        try {
            String text = new String(content(), StandardCharsets.US_ASCII).strip();
            return text.isEmpty() ? "another process" : text;
        } catch (IOException e) {
            return "another process";
        }
    }

    private boolean isLost() {
        try {
            return !Arrays.equals(content(), mine);
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Makes sure that nobody else has taken the folder, or put another in its place.
     *
     * @throws IllegalStateException if somebody has
     */
    void check() throws IOException {
        try {
            if (Arrays.equals(content(), mine)) {
                return;
            }
        } catch (NoSuchFileException | java.io.FileNotFoundException e) {
            throw new IllegalStateException(
                    "the journal in " + folder
                            + " was moved or deleted while it was open; nothing more is acknowledged",
                    e);
        }
        throw lost();
    }

    /** Does the same in a microsecond, but looks only into the file that was there on opening. Used by one thread at a time. */
    void glance() throws IOException {
        DiskFile in = claimed;
        if (in != null) {
            in.seek(0);
            in.readFully(glance, 0, glance.length);
        }
        if (!Arrays.equals(glance, 0, glance.length, mine, 0, glance.length)) {
            throw lost();
        }
    }

    private IllegalStateException lost() {
        return new IllegalStateException("the journal in " + folder + " was taken over by " + owner()
                + " while it was open here; nothing more is acknowledged");
    }

    /** Lets others take the folder. */
    @Override
    public void close() throws IOException {
        FileChannel locked = lock;
        DiskFile file = claimed;
        lock = null;
        claimed = null;
        try {
            if (file != null) {
                file.close();
            }
        } finally {
            try {
                if (locked != null) {
                    locked.close();
                }
            } finally {
                OPEN.remove(key, this);
            }
        }
    }
}
