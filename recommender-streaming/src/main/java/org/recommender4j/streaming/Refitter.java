package org.recommender4j.streaming;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.TopN;

/** Trains a new model on a snapshot and lets it take over if it is good enough. One at a time. */
final class Refitter<U, I> {
    /*
     * The snapshot is a copy of references to immutable histories, taken under the writer's lock. The training, the gate, and
     * the folding in of users who did something meanwhile run without it. What is left for the lock at the end are the users
     * of the last moment.
     */
    private static final int LIST = 10;
    private static final int LEAST_JUDGED = 20;

    private final LiveState<U, I> state;
    private final Writer<U, I> writer;
    private final Algorithm algorithm;
    private final LiveOptions options;
    private final Counters counters;

    /** What a training that is under way learns from. */
    private volatile @Nullable Snapshot<U, I> training;

    Refitter(LiveState<U, I> state, Writer<U, I> writer, Algorithm algorithm, Counters counters) {
        this.state = state;
        this.writer = writer;
        this.algorithm = algorithm;
        this.counters = counters;
        options = state.options;
    }

    /** What both models make of the held-out interactions. */
    private record Judgement(int judged, double before, double after) {
        static final Judgement NONE = new Judgement(0, Double.NaN, Double.NaN);
    }

    /** Tells whether a training is under way that learns from a user's history; under the writer's lock. */
    boolean isLearning(int user) {
        Snapshot<U, I> all = training;
        return all != null && user < all.users() && all.history(user).size() > 0;
    }

    synchronized RefitReport refit() {
        try {
            return train();
        } finally {
            training = null;
        }
    }

    private RefitReport train() {
        Generation serving = writer.generation();
        if (serving.learns()) {
            String reason = "the model learns from each event";
            return new RefitReport(
                    false, reason, serving.number, writer.applied(), 0, Double.NaN, Double.NaN, Duration.ZERO);
        }
        Trace.Refit trace = new Trace.Refit();
        trace.begin();
        long start = options.ticker.getAsLong();
        Snapshot<U, I> snapshot = writer.exclusively(() -> {
            Snapshot<U, I> all = state.snapshot(writer.applied());
            training = all;
            return all;
        });
        Snapshot.Held[] held = snapshot.latest(options.gateEvents, state.interactions());
        if (held.length < LEAST_JUDGED) {
            held = new Snapshot.Held[0];
        }
        Judgement judgement = Judgement.NONE;
        boolean taken = false;
        String reason;
        try {
            Model model = algorithm.train(snapshot.trainingData(held), options.training);
            if (held.length > 0) {
                judgement = judge(snapshot, held, model);
            }
            if (judgement.judged > 0 && !(judgement.after >= judgement.before * (1 - options.gateTolerance))) {
                reason = String.format(
                        Locale.ROOT,
                        "recall@%d of the latest %d interactions would fall from %.4f to %.4f",
                        LIST,
                        judgement.judged,
                        judgement.before,
                        judgement.after);
            } else {
                takeOver(snapshot, Snapshot.usersOf(held), model);
                taken = true;
                reason = judgement.judged > 0 ? "passed the gate" : "no gate";
            }
        } catch (CancellationException e) {
            // Who interrupted knows why: no verdict on the data or the model, so no refit that failed.
            throw e;
        } catch (IllegalStateException e) {
            reason = "the training failed: " + e.getMessage();
        }
        (taken ? counters.refits : counters.rollbacks).increment();
        if (trace.shouldCommit()) {
            trace.algorithm = algorithm.name();
            trace.taken = taken;
            trace.reason = reason;
            trace.commit();
        }
        return new RefitReport(
                taken,
                reason,
                writer.generation().number,
                snapshot.version,
                judgement.judged,
                judgement.before,
                judgement.after,
                Duration.ofNanos(options.ticker.getAsLong() - start));
    }

    private Judgement judge(Snapshot<U, I> snapshot, Snapshot.Held[] held, Model candidate) {
        Model serving = writer.generation().trained();
        int before = 0;
        int after = 0;
        int judged = 0;
        for (int from = 0, to; from < held.length; from = to) {
            int user = held[from].user();
            to = from;
            while (to < held.length && held[to].user() == user) {
                to++;
            }
            Profile rest = snapshot.without(user, held, from, to);
            if (rest.size() > 0) {
                judged += to - from;
                before += hits(serving, rest, held, from, to, snapshot.itemCount);
                after += hits(candidate, rest, held, from, to, snapshot.itemCount);
            }
        }
        return judged < LEAST_JUDGED
                ? Judgement.NONE
                : new Judgement(judged, before / (double) judged, after / (double) judged);
    }

    private static int hits(Model model, Profile history, Snapshot.Held[] held, int from, int to, int items) {
        Profile known = history.below(model.items());
        if (!model.answers(known)) {
            return 0;
        }
        TopN top = new TopN(LIST, Eligibility.allExcept(items, history.items()));
        model.topN(known, top);
        int[] list = top.items();
        Arrays.sort(list);
        int hits = 0;
        for (int k = from; k < to; k++) {
            hits += Arrays.binarySearch(list, held[k].item()) >= 0 ? 1 : 0;
        }
        return hits;
    }

    private void takeOver(Snapshot<U, I> snapshot, BitSet heldOut, Model model) {
        Generation next = new Generation(
                writer.generation().number + 1,
                model,
                snapshot.version,
                snapshot.rows.clone(),
                heldOut,
                options.sessionWeight);
        long folded = fold(next, 0);
        Trace.Swap trace = new Trace.Swap();
        long seen = fold(next, folded);
        writer.exclusively(() -> {
            trace.begin();
            trace.folded = 0;
            for (int user = 0; user < state.userCount; user++) {
                UserState history = state.history(user);
                if (history == UserState.ERASED) {
                    // Forgotten while the model was trained, or after it was folded in.
                    next.forget(user);
                } else if (history.version > seen) {
                    next.fold(user, history, false);
                    trace.folded++;
                }
            }
            writer.swap(next);
            return next;
        });
        if (trace.shouldCommit()) {
            trace.generation = next.number;
            trace.commit();
        }
    }

    /** Folds in the users whose history changed after a version, and returns a version up to which all are. */
    private long fold(Generation next, long after) {
        long upTo = writer.applied();
        int users = state.userCount;
        for (int user = 0; user < users; user++) {
            UserState history = state.history(user);
            if (history != UserState.ERASED
                    && !next.isTrained(user, history)
                    && (history.version > after || after == 0)) {
                next.fold(user, history, false);
            }
        }
        return upTo;
    }
}
