package org.recommender4j.streaming;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Dataset;
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
     */
    record Parts<U, I>(
            LiveState<U, I> state,
            Generation generation,
            Algorithm algorithm,
            EventLog log,
            long version,
            @Nullable LiveFolder folder) {}

    static <U, I> LiveRecommender<U, I> inMemory(Dataset<U, I> data, Algorithm algorithm, LiveOptions options) {
        return begin(data, algorithm, options, EventLog.none(), null);
    }

    private static <U, I> LiveRecommender<U, I> begin(
            Dataset<U, I> data, Algorithm algorithm, LiveOptions options, EventLog log, @Nullable LiveFolder folder) {
        Model model = algorithm.train(TrainingData.of(data), options.training);
        LiveState<U, I> state = new LiveState<>(new DataSource<>(data, options.clock.millis()), options);
        int[] rows = IntStream.range(0, state.userCount).toArray();
        Generation first = new Generation(1, model, 0, rows, new BitSet(), options.sessionWeight);
        LiveRecommender<U, I> live = new LiveRecommender<>(new Parts<>(state, first, algorithm, log, 0, folder));
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
            ModelState newest = folder.newest()
                    .orElseThrow(() -> new IllegalStateException(path + " holds no recommender: create one"));
            Parts<U, I> parts;
            SavedState<U, I> saved;
            try {
                saved = new SavedState<>(newest, users, items);
                Algorithm algorithm = saved.algorithm();
                parts = new Parts<>(
                        new LiveState<>(saved, options),
                        saved.generation(algorithm, options.sessionWeight),
                        algorithm,
                        new JournalLog(folder.journal, options.clock),
                        saved.version(),
                        folder);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new ModelFormatException(folder.newestFile(), String.valueOf(e.getMessage()), e);
            }
            LiveRecommender<U, I> live = new LiveRecommender<>(parts);
            live.recover(new RecordCodec<>(users, items), saved.recentIds());
            live.schedule();
            return live;
        } catch (RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }
}
