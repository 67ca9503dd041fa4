package org.recommender4j.streaming;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.recommender4j.internal.disk.Folders;
import org.recommender4j.io.ModelFile;
import org.recommender4j.model.ModelState;
import org.recommender4j.streaming.journal.Journal;

/**
 * The folder of a live recommender.
 *
 * <pre>{@code
 * folder/snapshot-000000000000004711   all of it at version 4711
 * folder/journal/                      what came later, and perhaps earlier
 * folder/forgetting                    empty; is there while somebody is being forgotten
 * }</pre>
 *
 * <p>A snapshot gets its name in one step when it is complete, and older ones are deleted after that unless the journal
 * is kept too: the newest is always whole. It holds the journal's fingerprint at its version, so nothing else than the journal that it
 * was written beside is applied to it.
 *
 * <p>To forget a user: the file "forgetting" appears; the journal gets a record with the wish; a snapshot without the user is written;
 * all older ones are deleted; the journal is written anew without records of the user up to the wish, which goes last; the file disappears.
 * Wherever this stops, whoever opens the folder finds the file, and in the journal the wish unless all before it is done, and
 * goes on from there.
 */
final class LiveFolder implements AutoCloseable {
    private static final String PREFIX = "snapshot-";
    /** Nothing else is taken for one, such as a copy that somebody has put beside. */
    private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9]{18}");
    /** Where a snapshot keeps the journal's fingerprint. */
    private static final String FINGERPRINT = "journal";
    /** What {@link ModelFile} leaves behind when the process ends while it writes. */
    private static final String UNFINISHED = ".recommender4j-";

    private final Path folder;
    private final Path forgetting;
    private final boolean keepJournal;
    private final boolean salvage;
    private final Runnable step;
    final Journal journal;

    /** Who is being forgotten, up to which version. */
    private final Map<Object, Long> leaving = new HashMap<>();
    /** Whether something was given up to open the folder. */
    private boolean salvaged;

    LiveFolder(Path folder, LiveOptions options) {
        this.folder = folder;
        forgetting = folder.resolve("forgetting");
        keepJournal = options.keepJournal;
        salvage = options.salvage;
        step = options.folderStep;
        journal = Journal.builder(folder.resolve("journal"))
                .fsync(options.fsync)
                .salvage(salvage)
                .open();
        salvaged = journal.recovery().lost() > 0;
        try {
            // Nobody else has the folder now.
            delete(files(UNFINISHED), folder);
        } catch (UncheckedIOException e) {
            close();
            throw e;
        }
    }

    private List<Path> files(String prefix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder + ": " + e, e);
        }
    }

    private List<Path> snapshots() {
        return files(PREFIX).stream()
                .filter(file -> NAME.matcher(file.getFileName().toString()).matches() && Files.isRegularFile(file))
                .toList();
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
        return PREFIX + String.format(Locale.ROOT, "%018d", version);
    }

    /**
     * Checks that a snapshot is of the version that its name says.
     *
     * @throws IllegalArgumentException if it is not
     */
    void checkName(Path file, long version) {
        long named = Long.parseLong(file.getFileName().toString().substring(PREFIX.length()));
        if (named != version) {
            throw new IllegalArgumentException(
                    "the snapshot is of version " + version + ", but its name says " + named);
        }
    }

    /** Makes a snapshot the one to start from. */
    void write(ModelState state, long version) {
        List<Path> old = keepJournal ? List.of() : snapshots();
        Path file = folder.resolve(name(version));
        step.run();
        // No snapshot is of a version that the journal could give again, whatever the policy.
        journal.force();
        state.put(FINGERPRINT, new long[] {journal.fingerprint(version)});
        publish(state, file);
        delete(old, file);
        if (version > journal.snapshotVersion()) {
            step.run();
            journal.markSnapshot(version);
            if (!keepJournal) {
                step.run();
                journal.deleteSnapshotted();
            }
        }
    }

    /** Lets a snapshot appear, unless somebody else has taken the folder while it was written. */
    private void publish(ModelState state, Path file) {
        Path temporary = folder.resolve(UNFINISHED + "snapshot");
        ModelFile.write(temporary, state);
        journal.checkOwner();
        try {
            Folders.replace(temporary, file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e, e);
        }
    }

    /** Returns the fingerprint of the journal that a snapshot was written beside. */
    static long fingerprint(ModelState snapshot) {
        return snapshot.longs(FINGERPRINT, 1)[0];
    }

    /**
     * Makes sure that a snapshot that was read fits to the journal.
     *
     * @throws IllegalStateException if it does not, and nobody has asked to go on nevertheless
     */
    void check(Path file, long print, long version) {
        String problem = "";
        if (version > journal.lastVersion()) {
            problem = "the journal beside it ends at version " + journal.lastVersion()
                    + ", so records are lost from there on";
        } else {
            long found = journal.fingerprint(version);
            if (found >= 0 && print >= 0 && found != print) {
                problem = "the journal beside it is another one, so records behind version " + version + " are lost";
            }
        }
        if (!problem.isEmpty()) {
            if (!salvage) {
                throw new IllegalStateException("the snapshot " + file + " can't be used: " + problem
                        + ". Opening with salvage(true) goes on with what is there");
            }
            salvaged = true;
            journal.skipTo(Math.max(version, journal.lastVersion()));
        }
    }

    /** Tells whether something was given up to open the folder, so that it should be written anew. */
    boolean isSalvaged() {
        return salvaged;
    }

    private void forceNames() {
        try {
            Folders.force(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder + ": " + e, e);
        }
    }

    private void delete(List<Path> files, Path butNot) {
        if (!files.isEmpty()) {
            journal.checkOwner();
        }
        for (Path file : files) {
            try {
                if (!file.equals(butNot)) {
                    step.run();
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + file + ": " + e, e);
            }
        }
    }

    /** Notes durably that somebody will be forgotten; to be called before there is a wish in the journal. */
    void beginForgetting() {
        if (!journal.isOpen()) {
            throw new IllegalStateException("the recommender of " + folder + " is closed");
        }
        journal.checkOwner();
        step.run();
        try {
            if (!Files.exists(forgetting)) {
                Files.createFile(forgetting);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + forgetting + ": " + e, e);
        }
        forceNames();
        step.run();
    }

    /** Tells whether forgetting somebody was begun and not finished. */
    boolean isForgetting() {
        return Files.exists(forgetting);
    }

    /** Notes that records of a user up to a version must go. */
    void leaves(Object user, long version) {
        leaving.merge(user, version, Math::max);
    }

    /** Notes the users of all wishes that are in the journal. */
    void leaveByJournal() {
        journal.replay(journal.deletedVersion(), Long.MAX_VALUE, (version, time, payload) -> {
            if (RecordCodec.isForget(payload)) {
                RecordCodec.userOf(payload).ifPresent(user -> leaves(user, version));
            }
        });
    }

    /**
     * Removes all records of those who leave from the journal, and all snapshots but the newest, which must know nothing of them. Returns
     * how many records there were.
     */
    long finishForgetting() {
        List<Path> all = snapshots();
        delete(all, all.get(all.size() - 1));
        forceNames();
        long dropped = journal.compact((version, time, payload) -> {
                    step.run();
                    return RecordCodec.userOf(payload)
                            .map(user -> version > leaving.getOrDefault(user, -1L))
                            .orElse(true);
                })
                .dropped();
        delete(List.of(forgetting), folder);
        forceNames();
        leaving.clear();
        return dropped;
    }

    @Override
    public void close() {
        journal.close();
    }
}
