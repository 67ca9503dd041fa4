package org.recommender4j.factorization;

import java.util.SplittableRandom;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Features;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Model;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TimedModel;
import org.recommender4j.model.TrainingData;

/** Made-up ratings whose best predictions are known. */
final class Ratings {
    private Ratings() {}

    static TrainingData of(Interactions ratings) {
        return new TrainingData(ratings, Feedback.EXPLICIT, 4f, 1f, 5f, Features.none(), Features.none());
    }

    /** A true rating: biases and one factor. */
    static double truth(int user, int item) {
        double userBias = 0.6 * Math.sin(user * 1.7);
        double itemBias = 0.6 * Math.cos(item * 2.3);
        return 3 + userBias + itemBias + (user % 2 == 0 ? 0.6 : -0.6) * (item % 2 == 0 ? 1 : -1);
    }

    /** Some of the true ratings with noise; the last user and the last item have none. */
    static Interactions random(long seed, int users, int items, double share) {
        SplittableRandom random = new SplittableRandom(seed);
        InteractionsBuilder builder = Interactions.builder();
        for (int user = 0; user < users - 1; user++) {
            for (int item = 0; item < items - 1; item++) {
                if (random.nextDouble() < share) {
                    double rating = truth(user, item) + 0.2 * (random.nextDouble() - 0.5);
                    builder.add(user, item, (float) Math.min(5, Math.max(1, rating)), random.nextInt(1_000_000));
                }
            }
        }
        return builder.build(users, items, DuplicatePolicy.LAST);
    }

    /** The root of the mean squared difference to the truth, over all pairs without a rating. */
    static double error(Model model, Interactions train) {
        double sum = 0;
        int count = 0;
        for (int user = 0; user < train.rows() - 1; user++) {
            Scorer scorer = model.scorer(Profile.ofUser(user, train, true));
            for (int item = 0; item < train.columns() - 1; item++) {
                if (!train.contains(user, item)) {
                    double error = scorer.score(item) - Math.min(5, Math.max(1, truth(user, item)));
                    sum += error * error;
                    count++;
                }
            }
        }
        return Math.sqrt(sum / count);
    }

    /** The vectors of a user's trained and folded-in predictions. */
    static float[] scores(Model model, Profile profile) {
        float[] scores = new float[model.items()];
        (model instanceof TimedModel timed ? timed.scorer(profile, 0) : model.scorer(profile))
                .score(0, scores.length, scores);
        return scores;
    }
}
