package org.recommender4j.eval;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Model;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TimedModel;
import org.recommender4j.model.TrainingData;

/** Predicts every rating of the test part, as of its time if the model heeds times; losses are summed per user, and the users' sums in the order of the users. */
final class RatingRun {
    private static final int USERS_PER_BLOCK = 64;

    private final Model model;
    private final TrainingData train;
    private final Interactions test;
    private final List<RatingMetric> metrics;
    private final double[][] sums;
    private final double trainMean;
    private final AtomicInteger missing = new AtomicInteger();

    RatingRun(Model model, TrainingData train, Interactions test, List<RatingMetric> metrics) {
        this.model = model;
        this.train = train;
        this.test = test;
        this.metrics = metrics;
        sums = new double[metrics.size()][test.rows()];
        trainMean = mean(train);
    }

    private static double mean(TrainingData train) {
        Interactions ratings = train.interactions();
        double sum = 0;
        for (int p = 0; p < ratings.size(); p++) {
            sum += ratings.weight(p);
        }
        return ratings.size() == 0 ? (train.minRating() + train.maxRating()) / 2.0 : sum / ratings.size();
    }

    void run(int threads, Executor executor) {
        Parallel.forBlocks(test.rows(), USERS_PER_BLOCK, threads, executor, (block, from, to, scratch) -> {
            for (int user = from; user < to; user++) {
                if (test.length(user) > 0) {
                    predict(user);
                }
            }
        });
    }

    private void predict(int user) {
        Profile profile = Profiles.of(train, user);
        Scorer scorer = model.answers(profile) ? model.scorer(profile) : null;
        for (int p = test.begin(user); p < test.end(user); p++) {
            Scorer then = scorer != null && test.hasTimes() && model instanceof TimedModel timed
                    ? timed.scorer(profile, test.time(p))
                    : scorer;
            double predicted = predict(then, test.column(p));
            for (int m = 0; m < sums.length; m++) {
                sums[m][user] += metrics.get(m).loss(predicted, test.weight(p));
            }
        }
    }

    private double predict(@Nullable Scorer scorer, int item) {
        float score = scorer == null || item >= model.items() ? Scorer.UNSCORED : scorer.score(item);
        if (Float.isNaN(score) || score == Scorer.UNSCORED) {
            missing.incrementAndGet();
            return trainMean;
        }
        return Math.min(train.maxRating(), Math.max(train.minRating(), score));
    }

    int missing() {
        return missing.get();
    }

    double meanLoss(int metric) {
        double sum = 0;
        for (double userSum : sums[metric]) {
            sum += userSum;
        }
        return sum / test.size();
    }

    double[] meanLosses(int metric) {
        double[] means = new double[test.rows()];
        for (int user = 0; user < means.length; user++) {
            means[user] = sums[metric][user] / test.length(user);
        }
        return means;
    }
}
