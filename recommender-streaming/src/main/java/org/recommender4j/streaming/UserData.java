package org.recommender4j.streaming;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.recommender4j.factorization.FactorModel;

/** What is known of single users: given out, or removed. */
final class UserData<U, I> {
    private final LiveState<U, I> state;
    private final Writer<U, I> writer;
    private final Refitter<U, I> refitter;
    private final Refresher<U, I> refresher;

    UserData(LiveState<U, I> state, Writer<U, I> writer, Refitter<U, I> refitter, Refresher<U, I> refresher) {
        this.state = state;
        this.writer = writer;
        this.refitter = refitter;
        this.refresher = refresher;
    }

    /**
     * What was removed.
     *
     * @param version up to which nothing of the user may remain
     */
    record Removed<I>(Forgotten<I> report, long version) {}

    /** Removes a user. */
    Removed<I> forget(U user) {
        return writer.exclusively(() -> {
            Forgotten<I> report = remove(user, 0);
            return new Removed<>(report, writer.applied());
        });
    }

    /** Removes a user, because the journal says so at a version. */
    void forget(U user, long recovered) {
        writer.exclusively(() -> remove(user, recovered));
    }

    private Forgotten<I> remove(U user, long recovered) {
        int index = state.users.indexOf(user);
        if (index < 0) {
            return new Forgotten<I>(false, List.of(), false, 0, List.of());
        }
        Generation generation = writer.generation();
        boolean trained = generation.row(index) >= 0;
        List<String> residue = new ArrayList<>();
        UserState removed = writer.forget(index, user, residue, recovered);
        boolean vector = generation.forget(index);
        if (removed.size() > 0 && !generation.learns()) {
            residue.addAll(0, learned(index, generation, trained, vector));
        }
        return new Forgotten<>(true, entries(removed), vector, 0, List.copyOf(residue));
    }

    /** Says what models that do not learn by the event have made of a history, or may be making. */
    private List<String> learned(int index, Generation generation, boolean trained, boolean vector) {
        List<String> residue = new ArrayList<>();
        if (trained) {
            residue.add(
                    vector
                            ? "what the history changed in the rest of the model"
                            : generation.model.name() + " keeps the history that it was trained on");
        } else if (refresher.mayKnow(generation)) {
            residue.add("what the history changed in vectors of items that were refreshed");
        }
        if (refitter.isLearning(index)) {
            residue.add("what a refit that is under way learns of the history");
        }
        return residue;
    }

    Optional<UserExport<U, I>> export(U user) {
        int index = state.users.indexOf(user);
        if (index < 0 || index >= state.userCount) {
            return Optional.empty();
        }
        UserState history = state.history(index);
        List<Float> vector = new ArrayList<>();
        Generation generation = writer.generation();
        if (generation.model instanceof FactorModel factors) {
            for (float value : generation.vector(factors, index, history, false)) {
                vector.add(value);
            }
        }
        return Optional.of(new UserExport<>(user, entries(history), List.copyOf(vector)));
    }

    private List<HistoryEntry<I>> entries(UserState user) {
        Row history = user.row();
        return IntStream.range(0, history.size())
                .mapToObj(k -> new HistoryEntry<>(
                        state.items.key(history.items()[k]),
                        history.weights()[k],
                        Instant.ofEpochMilli(history.times()[k])))
                .sorted(Comparator.comparing(HistoryEntry::time))
                .toList();
    }
}
