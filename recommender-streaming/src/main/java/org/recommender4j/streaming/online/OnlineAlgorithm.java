package org.recommender4j.streaming.online;

import org.recommender4j.Algorithm;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/** The options of an {@link OnlineModel}. As any {@link Algorithm} it can be fitted to a data set and kept in a model file. */
public interface OnlineAlgorithm extends Algorithm {
    /** Returns a model that knows nothing yet. */
    OnlineModel start();

    /** Returns a model that has learned from the positive interactions in the order of their times, and goes on from there. */
    @Override
    default OnlineModel train(TrainingData data, Training training) {
        OnlineModel model = start();
        Replay.of(data.positives()).into(model);
        return model;
    }

    @Override
    OnlineModel restore(ModelState state);
}
