package org.recommender4j.hybrid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.data.Split;
import org.recommender4j.internal.util.Parallel;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/** A part of the training data that hybrids learn from: the members are trained on the rest and asked for it. */
final class Holdout {
    private static final double SHARE = 0.1;
    private static final int USERS = 2000;
    private static final int USERS_PER_BLOCK = 32;

    private final TrainingData train;
    private final Interactions held;

    /**
     * The best items of the members for one user: which they are, a row of normalized scores per member, and which of them
     * were held out.
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Candidates(Profile profile, int[] items, float[][] scores, boolean[] relevant, int allRelevant) {}

    private Holdout(TrainingData train, Interactions held) {
        this.train = train;
        this.held = held;
    }

    static Holdout of(TrainingData data, long seed) {
        Split split = Split.perUser(data.interactions(), SHARE, seed);
        TrainingData train = new TrainingData(
                split.train(),
                data.feedback(),
                data.positiveFrom(),
                data.minRating(),
                data.maxRating(),
                data.itemFeatures(),
                data.userFeatures());
        return new Holdout(train, split.test().atLeast(data.positiveFrom(), false));
    }

    TrainingData train() {
        return train;
    }

    /** Returns the candidates of a seeded sample of the users of whom something was held out, by ascending user. */
    List<Candidates> candidates(List<Model> models, Normalization normalization, int depth, Training training) {
        int[] users = users();
        Candidates[] found = new Candidates[users.length];
        Parallel.forBlocks(
                users.length, USERS_PER_BLOCK, training.threads(), training.executor(), (block, from, to, none) -> {
                    for (int k = from; k < to; k++) {
                        found[k] = candidates(users[k], models, normalization, depth);
                    }
                });
        return Arrays.asList(found);
    }

    private int[] users() {
        int[] all = new int[held.rows()];
        int count = 0;
        for (int user = 0; user < held.rows(); user++) {
            if (held.length(user) > 0) {
                all[count++] = user;
            }
        }
        SplittableRandom random = new SplittableRandom(count);
        int kept = Math.min(count, USERS);
        for (int k = 0; k < kept; k++) {
            int other = random.nextInt(k, count);
            int swapped = all[k];
            all[k] = all[other];
            all[other] = swapped;
        }
        int[] sample = Arrays.copyOf(all, kept);
        Arrays.sort(sample);
        return sample;
    }

    private Candidates candidates(int user, List<Model> models, Normalization normalization, int depth) {
        Profile profile = Profile.ofUser(user, train.interactions(), true);
        int items = train.items();
        List<@Nullable Column> columns = new ArrayList<>();
        boolean[] chosen = new boolean[items];
        Eligibility unseen = Eligibility.allExcept(items, profile.items());
        for (Model model : models) {
            Column column = Column.of(model, profile, items, normalization);
            columns.add(column);
            if (column != null) {
                TopN best = new TopN(depth, unseen);
                best.search(Scorer.of(column.raw), items);
                for (int item : best.items()) {
                    chosen[item] = true;
                }
            }
        }
        int[] list = new int[items];
        int size = 0;
        for (int item = 0; item < items; item++) {
            if (chosen[item]) {
                list[size++] = item;
            }
        }
        int[] found = Arrays.copyOf(list, size);
        float[][] scores = new float[models.size()][size];
        for (int m = 0; m < scores.length; m++) {
            Column column = columns.get(m);
            for (int k = 0; column != null && k < size; k++) {
                scores[m][k] = column.normalized(found[k]);
            }
        }
        boolean[] relevant = new boolean[size];
        for (int k = 0; k < size; k++) {
            relevant[k] = held.contains(user, found[k]);
        }
        return new Candidates(profile, found, scores, relevant, held.length(user));
    }
}
