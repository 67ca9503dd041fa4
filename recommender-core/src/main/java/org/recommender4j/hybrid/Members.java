package org.recommender4j.hybrid;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.recommender4j.Algorithm;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * The algorithms that a hybrid is made of. Those of the defaults are given as text and looked up at the first use, not before:
 * the look-up makes an instance of each algorithm, hybrids included.
 */
final class Members {
    private final String text;
    private volatile @Nullable List<Algorithm> list;

    private Members(String text, @Nullable List<Algorithm> list) {
        this.text = text;
        this.list = list;
    }

    static Members ofText(String text) {
        return new Members(text, null);
    }

    static Members of(List<Algorithm> algorithms) {
        return new Members("", List.copyOf(algorithms));
    }

    /** Returns members read from text at once, so that an error shows here. */
    static Members parse(String text) {
        return of(Algorithm.parseAll(text));
    }

    List<Algorithm> list() {
        List<Algorithm> result = list;
        if (result == null) {
            result = Algorithm.parseAll(text);
            list = result;
        }
        return result;
    }

    Members with(Algorithm added) {
        List<Algorithm> longer = new ArrayList<>(list());
        longer.add(added);
        return of(longer);
    }

    String print() {
        return list().stream().map(Algorithm::toText).collect(Collectors.joining(", "));
    }

    void requireSize(String hybrid, int min, int max) {
        int size = list().size();
        if (size < min || size > max) {
            throw new IllegalArgumentException(hybrid + " needs " + (min == max ? "" : "at least ") + min
                    + " members, but has " + size + " "
                    + list().stream().map(Algorithm::name).toList());
        }
    }

    List<Model> train(TrainingData data, Training training) {
        List<Model> models = new ArrayList<>();
        for (Algorithm algorithm : list()) {
            models.add(algorithm.train(data, training));
        }
        return models;
    }

    List<Model> restore(ModelState state) {
        List<Model> models = new ArrayList<>();
        for (int k = 0; k < list().size(); k++) {
            if (!state.has(String.valueOf(k))) {
                throw new IllegalArgumentException(
                        "there is no member " + k + ", " + list().get(k).name());
            }
            models.add(list().get(k).restore(state.child(String.valueOf(k))));
        }
        return models;
    }

    static ModelState state(List<Model> models) {
        ModelState state = new ModelState();
        for (int k = 0; k < models.size(); k++) {
            state.put(String.valueOf(k), models.get(k).state());
        }
        return state;
    }
}
