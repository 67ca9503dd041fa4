package org.recommender4j.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.internal.kernel.Panels;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.FeatureMatrix;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TrainingData;

/** Compares items with the taste of a profile. */
final class ContentModel implements Model {
    private static final int BLOCK = 1024;
    private static final double MILLIS_PER_DAY = 86_400_000.0;

    private final String name;
    private final FeatureMatrix features;
    private final Interactions itemsOfColumn;
    private final Panels panels;
    /** 1 / length of each item's row, or 1 for the dot product; 0 for an item without features. */
    private final float[] inverse;

    private final boolean explicit;
    private final float positiveFrom;
    private final float minRating;
    private final float maxRating;
    private final float negativeWeight;
    private final double halfLifeDays;

    /** How a history becomes a taste. */
    record Settings(boolean cosine, double negativeWeight, double halfLifeDays) {}

    ContentModel(
            String name,
            FeatureMatrix features,
            boolean explicit,
            float positiveFrom,
            float minRating,
            float maxRating,
            Settings settings) {
        this.name = name;
        this.features = features;
        this.explicit = explicit;
        this.positiveFrom = positiveFrom;
        this.minRating = minRating;
        this.maxRating = maxRating;
        negativeWeight = (float) settings.negativeWeight();
        halfLifeDays = settings.halfLifeDays();
        itemsOfColumn = features.sparse().transpose();
        panels = features.dimensions() == 0
                ? Panels.zeros(0, 1)
                : Panels.of(features.dense(), features.rows(), features.dimensions());
        inverse = new float[features.rows()];
        for (int item = 0; item < inverse.length; item++) {
            double square = features.squaredLength(item);
            inverse[item] = square == 0 ? 0f : settings.cosine() ? (float) (1 / Math.sqrt(square)) : 1f;
        }
    }

    static ContentModel of(String name, TrainingData data, FeatureMatrix features, Settings settings) {
        return new ContentModel(
                name,
                features,
                data.feedback() == Feedback.EXPLICIT,
                data.positiveFrom(),
                data.minRating(),
                data.maxRating(),
                settings);
    }

    static ContentModel restore(String name, ModelState state, Settings settings) {
        float[] scale = state.finiteFloats("scale", 3);
        return new ContentModel(
                name,
                FeatureMatrix.restore(state.child("features")),
                state.flag("explicit"),
                scale[0],
                scale[1],
                scale[2],
                settings);
    }

    @Override
    public ModelState state() {
        ModelState state = new ModelState().put("explicit", Boolean.toString(explicit));
        state.put("scale", new float[] {positiveFrom, minRating, maxRating});
        return state.put("features", features.state());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int users() {
        return 0;
    }

    @Override
    public int items() {
        return features.rows();
    }

    /** What an interaction says: 1 for a plain like, more for a stronger one, below 0 for a dislike, 0 for nothing. */
    private float liking(float weight) {
        if (explicit) {
            if (weight >= positiveFrom) {
                float spread = maxRating - positiveFrom;
                return spread <= 0 ? 1f : 0.5f + 0.5f * (weight - positiveFrom) / spread;
            }
            float spread = positiveFrom - minRating;
            return spread <= 0 ? 0f : -negativeWeight * (positiveFrom - weight) / spread;
        }
        // A thousand plays say more than ten, but not a hundred times more.
        float strength = (float) (StrictMath.log1p(Math.abs(weight)) / StrictMath.log(2));
        return weight > 0 ? strength : -negativeWeight * strength;
    }

    private Taste taste(Profile profile) {
        int[] items = new int[profile.size()];
        float[] weights = new float[profile.size()];
        int count = 0;
        long newest = 0;
        for (int k = 0; k < profile.size(); k++) {
            newest = Math.max(newest, profile.time(k));
        }
        boolean decays = profile.hasTimes() && halfLifeDays < Double.POSITIVE_INFINITY;
        for (int k = 0; k < profile.size(); k++) {
            int item = profile.item(k);
            if (item < inverse.length && inverse[item] != 0 && liking(profile.weight(k)) != 0) {
                double decay =
                        !decays ? 1 : StrictMath.pow(2, -(newest - profile.time(k)) / MILLIS_PER_DAY / halfLifeDays);
                items[count] = item;
                weights[count++] = (float) (liking(profile.weight(k)) * decay) * inverse[item];
            }
        }
        Taste taste = Taste.of(features, items, weights, count);
        double length = taste.length();
        if (length > 0) {
            taste.scale((float) (1 / length));
        }
        return taste;
    }

    @Override
    public boolean answers(Profile profile) {
        for (int k = 0; k < profile.size(); k++) {
            int item = profile.item(k);
            if (item < inverse.length && inverse[item] != 0 && liking(profile.weight(k)) > 0) {
                return !taste(profile).isEmpty();
            }
        }
        return false;
    }

    @Override
    public Scorer scorer(Profile profile) {
        return new Similarities(taste(profile));
    }

    @Override
    public Optional<Scorer> similarItems(int item) {
        return inverse[item] == 0
                ? Optional.empty()
                : Optional.of(new Similarities(Taste.of(features, new int[] {item}, new float[] {inverse[item]}, 1)));
    }

    /** Scores of items by one taste; all sparse parts are added up at the first block, one item alone is compared by itself. */
    private final class Similarities implements Scorer {
        private final Taste taste;
        private float[] sums = {};
        private boolean[] shares = {};

        Similarities(Taste taste) {
            this.taste = taste;
        }

        @Override
        public void score(int from, int to, float[] scores) {
            if (sums.length == 0) {
                addSparse();
            }
            boolean dense = features.dimensions() > 0;
            if (dense) {
                for (int begin = from; begin < to; begin += BLOCK) {
                    panels.score(taste.dense, 0, begin, Math.min(to, begin + BLOCK), scores, begin - from);
                }
            }
            for (int item = from; item < to; item++) {
                float sum = sums[item] + (dense ? scores[item - from] : 0f);
                scores[item - from] = scored(item, sum, shares[item]);
            }
        }

        private void addSparse() {
            sums = new float[items()];
            shares = new boolean[items()];
            for (int k = 0; k < taste.columns.length; k++) {
                int column = taste.columns[k];
                for (int p = itemsOfColumn.begin(column); p < itemsOfColumn.end(column); p++) {
                    int item = itemsOfColumn.column(p);
                    sums[item] = Math.fma(taste.values[k], itemsOfColumn.weight(p), sums[item]);
                    shares[item] = true;
                }
            }
        }

        private float scored(int item, float sum, boolean sharesColumn) {
            return inverse[item] == 0 || !(sharesColumn || features.dimensions() > 0)
                    ? Scorer.UNSCORED
                    : sum * inverse[item];
        }

        @Override
        public float score(int item) {
            Interactions sparse = features.sparse();
            float sum = 0;
            boolean found = false;
            for (int p = sparse.begin(item); p < sparse.end(item); p++) {
                int k = Arrays.binarySearch(taste.columns, sparse.column(p));
                if (k >= 0) {
                    sum = Math.fma(taste.values[k], sparse.weight(p), sum);
                    found = true;
                }
            }
            return scored(item, sum + (features.dimensions() > 0 ? panels.dot(taste.dense, 0, item) : 0f), found);
        }
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        Taste taste = taste(profile);
        Interactions sparse = features.sparse();
        List<Contribution> result = new ArrayList<>();
        for (int p = sparse.begin(item); p < sparse.end(item); p++) {
            int k = Arrays.binarySearch(taste.columns, sparse.column(p));
            if (k >= 0) {
                float value = taste.values[k] * sparse.weight(p) * inverse[item];
                result.add(Contribution.of(features.label(sparse.column(p)), value));
            }
        }
        int d = features.dimensions();
        for (int v = 0; v < features.vectorFields().size(); v++) {
            float sum = 0;
            for (int k = features.vectorBegin(v); k < features.vectorBegin(v + 1); k++) {
                sum = Math.fma(taste.dense[k], features.dense()[item * d + k], sum);
            }
            if (sum != 0f) {
                result.add(Contribution.of(features.vectorFields().get(v), sum * inverse[item]));
            }
        }
        return result;
    }
}
