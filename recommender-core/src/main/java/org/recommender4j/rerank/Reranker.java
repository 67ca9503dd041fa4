package org.recommender4j.rerank;

import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * An algorithm that puts the best items of the one inside into another {@link Order}, which is all that a subclass says.
 *
 * @param <B> its builder
 */
abstract class Reranker<B extends RerankerBuilder<B>> implements Algorithm {
    private final Options<B> table;
    final B options;

    Reranker(Options<B> table, B options) {
        this.table = table;
        this.options = options;
    }

    /** Learns the order from data. */
    abstract Order order(TrainingData data);

    /** Returns the order whose {@link Order#state} is part of the given one. */
    abstract Order order(ModelState state);

    @Override
    public final Map<String, String> options() {
        return table.print(options);
    }

    @Override
    public final Algorithm with(Map<String, String> changes) {
        return table.apply(changes, options.copy()).build();
    }

    @Override
    public final Model train(TrainingData data, Training training) {
        return model(options.member.get().train(data, training), order(data));
    }

    @Override
    public final Model restore(ModelState state) {
        return model(options.member.get().restore(state.child("model")), order(state));
    }

    private Model model(Model inner, Order order) {
        return new RerankedModel(name(), inner, options.depth, order);
    }
}
