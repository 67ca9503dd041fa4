package org.recommender4j.streaming;

import java.nio.file.Path;
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
    private record Moment<U, I>(
            Snapshot<U, I> all,
            Generation generation,
            ModelState model,
            ModelState eventIds,
            ReleasedCounts.@Nullable Moment released) {}

    /** Writes a snapshot into the folder, if there is one, and shows what was released. */
    synchronized void snapshot() {
        ReleasedCounts counts = state.released;
        if (folder == null) {
            if (counts != null && !state.options.past) {
                counts.publish(writer.exclusively(counts::moment));
            }
            return;
        }
        Moment<U, I> now = writer.exclusively(() -> {
            writer.requireWhole();
            return new Moment<>(
                    state.snapshot(writer.applied()),
                    writer.generation(),
                    writer.generation().model.state(),
                    writer.eventIds().state(),
                    counts == null ? null : counts.moment());
        });
        ModelState saved =
                SavedState.write(state, now.all, now.generation, now.model, algorithm, now.eventIds, now.released);
        folder.write(saved, now.all.version);
        if (counts != null && now.released != null) {
            // Not before: noise that is drawn anew after a crash would be a second look at the same counts.
            counts.publish(now.released);
        }
    }

    /** Releases what was counted since the last time, with noise. */
    synchronized PrivacyBudget release() {
        ReleasedCounts counts = state.released;
        if (counts == null || !counts.hides()) {
            throw new IllegalStateException("nothing is released: LiveRecommender.builder().noise(...) was not called");
        }
        if (state.options.past) {
            throw new IllegalStateException(
                    "openAsOf shows the counts that were released then, and releases no others");
        }
        long[] noise = counts.draw(state.itemCount);
        writer.exclusively(() -> {
            writer.requireWhole();
            counts.release(noise, state.itemCount, state.options.clock.millis());
            return this;
        });
        snapshot();
        return counts.budget();
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
