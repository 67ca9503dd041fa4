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
 * <p>A snapshot gets its name in one step when it is complete, and older ones are deleted after that: the newest is always whole.
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

    /** Returns the newest snapshot. */
    Optional<ModelState> newest() {
        List<Path> all = snapshots();
        return all.isEmpty() ? Optional.empty() : Optional.of(ModelFile.read(all.get(all.size() - 1)));
    }

    /** Returns the file of the newest snapshot, for messages. */
    Path newestFile() {
        List<Path> all = snapshots();
        return all.isEmpty() ? folder : all.get(all.size() - 1);
    }

    /** Makes a snapshot the one to start from. */
    void write(ModelState state, long version) {
        List<Path> old = snapshots();
        Path file = folder.resolve(PREFIX + String.format("%018d", version));
        ModelFile.write(file, state);
        try (FileChannel names = FileChannel.open(folder)) {
            names.force(true);
            for (Path before : old) {
                if (!before.equals(file)) {
                    Files.deleteIfExists(before);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e, e);
        }
        if (version > journal.snapshotVersion()) {
            journal.markSnapshot(version);
            if (!keepJournal) {
                journal.deleteSnapshotted();
            }
        }
    }

    /** Removes all records of a user from the journal, and returns how many there were. */
    long forget(Object user) {
        return journal.compact((version, time, payload) -> !RecordCodec.isOf(payload, user))
                .dropped();
    }

    @Override
    public void close() {
        journal.close();
    }
}
