package org.recommender4j.streaming;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Interactions;
import org.recommender4j.factorization.FactorModel;
import org.recommender4j.io.ModelFile;
import org.recommender4j.model.ItemScores;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;

/** Writes a live recommender to files. One at a time, so that nobody is forgotten meanwhile. */
final class Archive<U, I> {
    private final LiveState<U, I> state;
    private final Writer<U, I> writer;
    private final Algorithm algorithm;
    private final @Nullable LiveFolder folder;
    private boolean closed;

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

    private Moment<U, I> moment() {
        ReleasedCounts counts = state.released;
        return writer.exclusively(() -> {
            writer.requireWhole();
            return new Moment<>(
                    state.snapshot(writer.applied()),
                    writer.generation(),
                    writer.generation().model.state(),
                    writer.eventIds().state(),
                    counts == null ? null : counts.moment());
        });
    }

    /**
     * Writes a snapshot into the folder, if there is one, and shows what was released; returns false if this is closed: the
     * folder may be another one's by now.
     */
    synchronized boolean snapshot() {
        if (closed) {
            return false;
        }
        ReleasedCounts counts = state.released;
        if (folder == null) {
            if (counts != null && !state.options.past) {
                counts.publish(writer.exclusively(counts::moment));
            }
            return true;
        }
        Moment<U, I> now = moment();
        ModelState saved =
                SavedState.write(state, now.all, now.generation, now.model, algorithm, now.eventIds, now.released);
        folder.write(saved, now.all.version);
        if (counts != null && now.released != null) {
            // Not before: noise that is drawn anew after a crash would be a second look at the same counts.
            counts.publish(now.released);
        }
        return true;
    }

    /** Writes the last snapshot; whatever becomes of it, there is none after this. */
    synchronized void close() {
        try {
            snapshot();
        } finally {
            closed = true;
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

    /**
     * Writes a file that {@code Recommender.load} reads. The model is not trained anew: it goes into the file as it is,
     * with the vectors that were folded in, or with what tells whose history it was not trained on.
     *
     * @throws IllegalStateException if there are members, which a file can't keep
     */
    synchronized void save(Path file) {
        if (!state.members.isEmpty()) {
            throw new IllegalStateException("a model file can't keep members, which learn by the event, and without "
                    + String.join(" and ", state.options.memberTexts())
                    + " it would answer differently: keep the recommender in a folder, or save one without members");
        }
        Moment<U, I> now = moment();
        ItemScores popular = popular(now);
        Interactions histories = now.all.trainingData(new Snapshot.Held[0]).interactions();
        Model model = now.generation.learns() ? algorithm.restore(now.model) : now.generation.model;
        boolean withVectors = model instanceof FactorModel;
        SavedView<U, I> view = new SavedView<>(
                now.all.ids(),
                state.items,
                histories,
                state.scale.liked(),
                model instanceof FactorModel factors ? now.all.withVectors(factors, now.generation) : model,
                Optional.of(popular),
                now.all.itemFeatures);
        if (withVectors) {
            ModelFile.write(file, LiveRecommender.fileOf(view, algorithm, histories));
            return;
        }
        int[] rows = now.all.usersOfRows();
        BitSet changed = new BitSet();
        for (int k = 0; k < rows.length; k++) {
            changed.set(k, !now.generation.isTrained(rows[k], now.all.history(rows[k])));
            int row = now.generation.row(rows[k]);
            rows[k] = model.users() > 0 && row >= model.users() ? -1 : row;
        }
        ModelFile.write(
                file,
                LiveRecommender.fileOf(
                        view, algorithm, histories, rows, changed.stream().toArray()));
    }

    private ItemScores popular(Moment<U, I> now) {
        Model popular = PopularModel.behind(now.generation.model, state, now.all.rowCount, now.all.itemCount);
        return ItemScores.restore(popular.name(), popular.state());
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
