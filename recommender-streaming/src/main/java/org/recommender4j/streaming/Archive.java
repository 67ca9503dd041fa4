package org.recommender4j.streaming;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.recommender4j.Algorithm;
import org.recommender4j.io.ModelFile;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.TrainingData;

/** Writes a live recommender to files. One at a time, so that nobody is forgotten meanwhile. */
final class Archive<U, I> {
    private final LiveState<U, I> state;
    private final Writer<U, I> writer;
    private final Algorithm algorithm;
    private final @Nullable LiveFolder folder;

    Archive(LiveState<U, I> state, Writer<U, I> writer, Algorithm algorithm, @Nullable LiveFolder folder) {
        this.state = state;
        this.writer = writer;
        this.algorithm = algorithm;
        this.folder = folder;
    }

    /** What belongs together at one version. */
    private record Moment<U, I>(Snapshot<U, I> all, Generation generation, ModelState model, List<String> recentIds) {}

    /** Writes a snapshot into the folder, if there is one. */
    synchronized void snapshot() {
        if (folder != null) {
            Moment<U, I> now = writer.exclusively(() -> {
                writer.requireWhole();
                return new Moment<>(
                        state.snapshot(writer.applied()),
                        writer.generation(),
                        writer.generation().model.state(),
                        writer.recentIds());
            });
            ModelState saved = SavedState.write(state, now.all, now.generation, now.model, algorithm, now.recentIds);
            folder.write(saved, now.all.version);
        }
    }

    /** Writes a file that {@code Recommender.load} reads. */
    synchronized void save(Path file) {
        Generation generation = writer.generation();
        Snapshot<U, I> all = writer.exclusively(() -> state.snapshot(writer.applied()));
        TrainingData data = all.trainingData(new Snapshot.Held[0]);
        Model model = all.model(generation).orElseGet(() -> algorithm.train(data, state.options.training));
        SavedView<U, I> view = new SavedView<>(
                all.ids(),
                state.items,
                data.interactions(),
                state.scale.liked(),
                model,
                Optional.of(new PopularModel(state, all.rowCount, all.itemCount)),
                all.itemFeatures);
        ModelFile.write(file, LiveRecommender.fileOf(view, algorithm, data.interactions()));
    }

    /** Removes a user, and writes the folder anew without; see {@link LiveFolder} for what happens if this does not end. */
    synchronized Forgotten<I> forget(U user, UserData<U, I> users) {
        if (folder == null) {
            return users.forget(user).report();
        }
        folder.beginForgetting();
        UserData.Removed<I> removed = users.forget(user);
        folder.leaves(user, removed.version());
        snapshot();
        return removed.report().withJournalRecords(folder.finishForgetting());
    }

    /** Removes from the folder whoever should have been forgotten before; they are no longer in the state. */
    synchronized void finishForgetting() {
        if (folder != null) {
            folder.leaveByJournal();
            snapshot();
            folder.finishForgetting();
        }
    }
}
