package org.recommender4j.hybrid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.recommender4j.Algorithm;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Options;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Lets a learned ranker order the best items of several algorithms. It looks at each member's score and rank, at the
 * item's popularity, the length of the history, and how much of the history shares the item's categories.
 *
 * <p>To learn, a tenth of each user's positives is held out and the members are trained on the rest; their best {@code
 * candidates} items for at most 2,000 users are the rows, those that were held out the positive ones. Then the members are
 * trained on everything. That doubles the time of the training.
 *
 * <p>Items beyond the candidates follow in the first member's order. A request takes as long as scoring all items with each
 * member, and 5 bytes per item and member. Immutable; thread-safe.
 *
 * <p>Source: J. Sill et al., "Feature-Weighted Linear Stacking", 2009, for stacking by what is known of user and item; J.
 * Friedman, "Greedy Function Approximation: A Gradient Boosting Machine", Annals of Statistics 2001.
 *
 * @since 0.1
 */
public final class FeatureStack implements Algorithm {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("FeatureStack")
            .option("members", b -> b.members, (b, list) -> b.members = list, Members::print, Members::parse)
            .choice("learner", Learner.class, b -> b.learner, Builder::learner)
            .integer("candidates", b -> b.candidates, Builder::candidates)
            .longInteger("seed", b -> b.seed, Builder::seed);

    /** What learns to rank. */
    public enum Learner {
        /** Logistic regression. */
        LOGISTIC,
        /** 80 gradient-boosted trees of depth 4. */
        TREES
    }

    private final Builder options;

    /** Makes the algorithm with its default options. */
    public FeatureStack() {
        this(new Builder(Members.ofText("ImplicitAls, ItemKnn")));
    }

    private FeatureStack(Builder builder) {
        options = builder;
    }

    /** Starts setting options; without members. */
    public static Builder builder() {
        return new Builder(Members.of(List.of()));
    }

    /** Sets options. */
    public static final class Builder {
        private Members members;
        private Learner learner = Learner.TREES;
        private int candidates = 100;
        private long seed = 42;

        private Builder(Members members) {
            this.members = members;
        }

        /** Adds a member; the first one also orders what is not among the candidates. */
        public Builder add(Algorithm member) {
            members = members.with(member);
            return this;
        }

        /** Sets what learns to rank; default {@link Learner#TREES}. */
        public Builder learner(Learner learner) {
            this.learner = learner;
            return this;
        }

        /** Sets how many of each member's best items are ranked, at least 1; default 100. */
        public Builder candidates(int candidates) {
            this.candidates = Options.inRange("candidates", candidates, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Sets the seed of what is held out to learn from; default 42. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Returns the algorithm.
         *
         * @throws IllegalArgumentException without a member
         */
        public FeatureStack build() {
            members.requireSize("FeatureStack", 1, Integer.MAX_VALUE);
            return new FeatureStack(OPTIONS.copy(this, builder()));
        }
    }

    @Override
    public Map<String, String> options() {
        return OPTIONS.print(options);
    }

    @Override
    public Algorithm with(Map<String, String> changes) {
        return OPTIONS.apply(changes, OPTIONS.copy(options, builder())).build();
    }

    @Override
    public Model train(TrainingData data, Training training) {
        Holdout holdout = Holdout.of(data, options.seed);
        Ranker ranker = learn(holdout, options.members.train(holdout.train(), training), training);
        return new FeatureStackModel(
                name(),
                options.members.train(data, training),
                StackFeatures.of(options.members.list().size(), data.positives(), data.itemFeatures()),
                ranker,
                options.candidates);
    }

    private Ranker learn(Holdout holdout, List<Model> models, Training training) {
        TrainingData train = holdout.train();
        StackFeatures features = StackFeatures.of(models.size(), train.positives(), train.itemFeatures());
        List<Holdout.Candidates> users =
                holdout.candidates(models, Normalization.Z_SCORE, options.candidates, training);
        int size = users.stream().mapToInt(user -> user.items().length).sum();
        float[] values = new float[size * features.count()];
        boolean[] labels = new boolean[size];
        int row = 0;
        for (Holdout.Candidates user : users) {
            List<@Nullable Column> columns = new ArrayList<>();
            for (Model model : models) {
                columns.add(Column.of(model, user.profile(), train.items(), Normalization.Z_SCORE));
            }
            float[] rows = features.of(user.profile(), columns, user.items());
            System.arraycopy(rows, 0, values, row * features.count(), rows.length);
            System.arraycopy(user.relevant(), 0, labels, row, user.items().length);
            row += user.items().length;
        }
        Rows rows = new Rows(features.count(), values, Arrays.copyOf(labels, row));
        return options.learner == Learner.TREES ? TreeRanker.fit(rows) : LogisticRanker.fit(rows);
    }

    @Override
    public Model restore(ModelState state) {
        List<Model> models = options.members.restore(state.child("members"));
        StackFeatures features = StackFeatures.restore(models.size(), state.child("features"));
        ModelState learned = state.child("ranker");
        Ranker ranker = options.learner == Learner.TREES
                ? TreeRanker.restore(learned, features.count())
                : LogisticRanker.restore(learned, features.count());
        return new FeatureStackModel(name(), models, features, ranker, options.candidates);
    }
}
