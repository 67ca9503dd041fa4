package org.recommender4j.streaming;

import java.time.Duration;

/**
 * What became of a refit.
 *
 * @param taken whether the new model serves now
 * @param reason in words
 * @param generation the number of the model that serves now
 * @param version up to which events were in the training data
 * @param judged how many interactions both models had to predict; 0 if there was no gate
 * @param before recall@10 of the model that served, NaN without a gate
 * @param after recall@10 of the new model, NaN without a gate
 * @param duration of all of it
 */
public record RefitReport(
        boolean taken,
        String reason,
        long generation,
        long version,
        int judged,
        double before,
        double after,
        Duration duration) {}
