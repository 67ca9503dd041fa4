package org.recommender4j.eval;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.recommender4j.Algorithm;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/** An algorithm whose model is a function of its options. */
public final class FakeAlgorithm implements Algorithm {
    private final String name;
    private final Map<String, String> options;
    private final Function<Map<String, String>, Model> train;

    public FakeAlgorithm(String name, Map<String, String> options, Function<Map<String, String>, Model> train) {
        this.name = name;
        this.options = new LinkedHashMap<>(options);
        this.train = train;
    }

    public static FakeAlgorithm of(String name, Model model) {
        return new FakeAlgorithm(name, Map.of(), options -> model);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, String> options() {
        return options;
    }

    @Override
    public Algorithm with(Map<String, String> changed) {
        Map<String, String> all = new LinkedHashMap<>(options);
        changed.forEach((option, value) -> {
            if (!all.containsKey(option)) {
                throw new IllegalArgumentException(name + " has no option '" + option + "'");
            }
            all.put(option, value);
        });
        return new FakeAlgorithm(name, all, train);
    }

    @Override
    public Model train(TrainingData data, Training training) {
        long start = training.start();
        training.report(name, 1, 2, 7.5, start);
        training.report(name, 2, 2, 3.25, start);
        return train.apply(options);
    }

    @Override
    public Model restore(ModelState state) {
        throw new UnsupportedOperationException();
    }
}
