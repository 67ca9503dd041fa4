package org.recommender4j.eval;

import java.util.function.DoubleUnaryOperator;

/** A metric of predicted ratings: a loss for each rating of the test part, averaged over all. Immutable; thread-safe. */
public final class RatingMetric implements Metric {
    private final String name;
    private final DoubleUnaryOperator loss;
    private final DoubleUnaryOperator total;

    RatingMetric(String name, DoubleUnaryOperator loss, DoubleUnaryOperator total) {
        this.name = name;
        this.loss = loss;
        this.total = total;
    }

    @Override
    public String name() {
        return name;
    }

    /** Returns the loss of one prediction. */
    public double loss(double predicted, double actual) {
        return loss.applyAsDouble(predicted - actual);
    }

    /** Returns the metric for a mean loss. */
    public double of(double meanLoss) {
        return total.applyAsDouble(meanLoss);
    }
}
