package org.recommender4j.streaming;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Dataset;
import org.recommender4j.io.ModelFile;
import org.recommender4j.io.ModelFormatException;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.TrainingData;

/** The ways to begin. */
final class Startup {
    private Startup() {}

    /**
     * What a live recommender is made of.
     *
     * @param version of the last change that is in the state
     * @param opened whether there was one before
     */
    record Parts<U, I>(
            LiveState<U, I> state,
            Generation generation,
            Algorithm algorithm,
            EventLog log,
            long version,
            @Nullable LiveFolder folder,
            boolean opened) {}

    static <U, I> LiveRecommender<U, I> inMemory(Dataset<U, I> data, Algorithm algorithm, LiveOptions options) {
        return begin(data, algorithm, options, EventLog.none(), null);
    }

    static <U, I> LiveRecommender<U, I> begin(
            Dataset<U, I> data, Algorithm algorithm, LiveOptions options, EventLog log, @Nullable LiveFolder folder) {
        Model model = algorithm.train(TrainingData.of(data), options.training);
        LiveState<U, I> state = new LiveState<>(new DataSource<>(data, options.clock.millis()), options);
        int[] rows = IntStream.range(0, state.userCount).toArray();
        Generation first = new Generation(1, model, 0, rows, new BitSet(), options.sessionWeight);
        LiveRecommender<U, I> live = new LiveRecommender<>(new Parts<>(state, first, algorithm, log, 0, folder, false));
        live.snapshot();
        live.schedule();
        return live;
    }

    static <U, I> LiveRecommender<U, I> create(
            Path path, Dataset<U, I> data, Algorithm algorithm, LiveOptions options) {
        LiveFolder folder = new LiveFolder(path, options);
        try {
            if (!folder.isEmpty()) {
                throw new IllegalStateException(path + " holds a recommender already: open it");
            }
            return begin(data, algorithm, options, new JournalLog(folder.journal, options.clock), folder);
        } catch (RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    static <U, I> LiveRecommender<U, I> open(Path path, Class<U> users, Class<I> items, LiveOptions options) {
        LiveFolder folder = new LiveFolder(path, options);
        try {
            Path file = folder.snapshot(Long.MAX_VALUE)
                    .orElseThrow(() -> new IllegalStateException(path
                            + (folder.isEmpty()
                                    ? " holds no recommender: create one"
                                    : " holds a journal up to version " + folder.journal.lastVersion()
                                            + ", but the snapshot is missing")));
            EventLog log = new JournalLog(folder.journal, options.clock);
            return read(file, folder, new RecordCodec<>(users, items), options, log, Long.MAX_VALUE);
        } catch (RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    static <U, I> LiveRecommender<U, I> openAsOf(
            Path path, Class<U> users, Class<I> items, long version, LiveOptions options) {
        options.past = true;
        try (LiveFolder folder = new LiveFolder(path, options)) {
            if (folder.isForgetting()) {
                throw new IllegalStateException("somebody is being forgotten in " + path + ": open it to finish that");
            }
            if (version > folder.journal.lastVersion()) {
                throw new IllegalArgumentException("version " + version
                        + " is asked for, but there are events only up to " + folder.journal.lastVersion());
            }
            Path file = folder.snapshot(version)
                    .orElseThrow(
                            () -> new IllegalStateException(
                                    path + " has no snapshot of version " + version
                                            + " or before: older ones are there only if the journal is kept and nobody was forgotten since"));
            return read(file, folder, new RecordCodec<>(users, items), options, EventLog.none(), version);
        }
    }

    private static <U, I> LiveRecommender<U, I> read(
            Path file, LiveFolder folder, RecordCodec<U, I> codec, LiveOptions options, EventLog log, long through) {
        Parts<U, I> parts;
        long print;
        SavedState<U, I> saved;
        EventIds eventIds;
        List<String> members;
        try {
            ModelState state = ModelFile.read(file);
            saved = new SavedState<>(state, codec.users(), codec.items());
            folder.checkName(file, saved.version());
            eventIds = saved.eventIds(options.rememberedIds);
            members = saved.members();
            print = LiveFolder.fingerprint(state);
        } catch (RuntimeException e) {
            throw unreadable(file, e);
        }
        options.checkNoise(saved.released().isPresent());
        options.checkMembers(members);
        folder.check(file, print, saved.version());
        try {
            Algorithm algorithm = saved.algorithm();
            parts = new Parts<>(
                    new LiveState<>(saved, options),
                    saved.generation(algorithm, options.sessionWeight),
                    algorithm,
                    log,
                    saved.version(),
                    through == Long.MAX_VALUE ? folder : null,
                    true);
        } catch (RuntimeException e) {
            throw unreadable(file, e);
        }
        LiveRecommender<U, I> live = new LiveRecommender<>(parts);
        live.recover(folder.journal, through, codec, eventIds);
        live.schedule();
        return live;
    }

    /** Whatever a snapshot makes somebody stumble over: it is not what it should be; unless the disk failed. */
    private static RuntimeException unreadable(Path file, RuntimeException cause) {
        return cause instanceof UncheckedIOException disk ? disk : ModelFormatException.of(file, cause);
    }
}
