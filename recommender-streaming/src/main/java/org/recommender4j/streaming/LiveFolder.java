package org.recommender4j.streaming;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.recommender4j.io.ModelFile;
import org.recommender4j.model.ModelState;
import org.recommender4j.streaming.journal.Journal;

/**
 * The folder of a live recommender.
 *
 * <pre>{@code
 * folder/snapshot-000000000000004711   all of it at version 4711
 * folder/journal/                      what came later, and perhaps earlier
 * }</pre>
 *
 * <p>A snapshot gets its name in one step when it is complete, and older ones are deleted after that unless the journal
 * is kept too: the newest is always whole.
 */
final class LiveFolder implements AutoCloseable {
    private static final String PREFIX = "snapshot-";

    private final Path folder;
    private final boolean keepJournal;
    final Journal journal;

    LiveFolder(Path folder, LiveOptions options) {
        this.folder = folder;
        keepJournal = options.keepJournal;
        journal =
                Journal.builder(folder.resolve("journal")).fsync(options.fsync).open();
    }

    private List<Path> snapshots() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder + ": " + e, e);
        }
    }

    boolean isEmpty() {
        return snapshots().isEmpty() && journal.recovery().lastVersion() == 0;
    }

    /** Returns the file of the newest snapshot that holds nothing beyond a version. */
    Optional<Path> snapshot(long version) {
        String last = name(version);
        return snapshots().stream()
                .filter(file -> file.getFileName().toString().compareTo(last) <= 0)
                .reduce((older, newer) -> newer);
    }

    private static String name(long version) {
        return PREFIX + String.format("%018d", version);
    }

    /** Makes a snapshot the one to start from. */
    void write(ModelState state, long version) {
        List<Path> old = keepJournal ? List.of() : snapshots();
        Path file = folder.resolve(name(version));
        ModelFile.write(file, state);
        try (FileChannel names = FileChannel.open(folder)) {
            names.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e, e);
        }
        delete(old, file);
        if (version > journal.snapshotVersion()) {
            journal.markSnapshot(version);
            if (!keepJournal) {
                journal.deleteSnapshotted();
            }
        }
    }

    private static void delete(List<Path> files, Path butNot) {
        for (Path file : files) {
            try {
                if (!file.equals(butNot)) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + file + ": " + e, e);
            }
        }
    }

    /**
     * Removes all records of a user from the journal, and all snapshots but the newest, which must know nothing of the user. Returns
     * how many records there were.
     */
    long forget(Object user) {
        List<Path> all = snapshots();
        delete(all, all.get(all.size() - 1));
        return journal.compact((version, time, payload) -> !RecordCodec.isOf(payload, user))
                .dropped();
    }

    @Override
    public void close() {
        journal.close();
    }
}
