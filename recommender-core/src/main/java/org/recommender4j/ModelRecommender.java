package org.recommender4j;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.Features;
import org.recommender4j.data.IdMap;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.io.ModelFile;
import org.recommender4j.io.ModelFormatException;
import org.recommender4j.model.CoOccurrence;
import org.recommender4j.model.ItemScores;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/** A recommender fitted to data: one view that never changes. */
final class ModelRecommender<U, I> extends AbstractRecommender<U, I> implements View<U, I> {
    private final Algorithm algorithm;
    private final IdMap<U> users;
    private final IdMap<I> items;
    private final Interactions interactions;
    private final Features itemFeatures;
    private final float likedWeight;
    private final Model model;
    private final Optional<ItemScores> fallback;
    private final Optional<Earlier> earlier;

    /** What the model was trained on, if the histories went on since: the row of each user there, and who has another history. */
    private record Earlier(int[] rows, BitSet changed) {
        static Optional<Earlier> restore(ModelState state, int users, int modelUsers) {
            if (!state.has("rows")) {
                return Optional.empty();
            }
            int[] rows = state.ints("rows", users, -1, modelUsers > 0 ? modelUsers - 1 : Integer.MAX_VALUE);
            int[] sorted = rows.clone();
            Arrays.sort(sorted);
            for (int k = 1; k < sorted.length; k++) {
                if (sorted[k] >= 0 && sorted[k] == sorted[k - 1]) {
                    throw new IllegalArgumentException("two users have the row " + sorted[k] + " of the training data");
                }
            }
            BitSet changed = new BitSet();
            for (int user : state.ints("changed", 0, users - 1)) {
                changed.set(user);
            }
            return Optional.of(new Earlier(rows, changed));
        }

        int[] changedUsers() {
            return changed.stream().toArray();
        }

        Profile of(Profile profile) {
            int row = rows[profile.user()];
            return profile.withUser(row, row >= 0 && !changed.get(profile.user()));
        }
    }

    private ModelRecommender(
            Algorithm algorithm,
            IdMap<U> users,
            IdMap<I> items,
            Interactions interactions,
            Features itemFeatures,
            float likedWeight,
            Model model,
            Optional<ItemScores> fallback,
            Optional<Earlier> earlier) {
        this.algorithm = algorithm;
        this.users = users;
        this.items = items;
        this.interactions = interactions;
        this.itemFeatures = itemFeatures;
        this.likedWeight = likedWeight;
        this.model = model;
        this.fallback = fallback;
        this.earlier = earlier;
    }

    static <U, I> ModelRecommender<U, I> fit(Algorithm algorithm, Dataset<U, I> data, Training training) {
        TrainingData dense = TrainingData.of(data);
        Model model = algorithm.train(dense, training);
        Optional<ItemScores> fallback =
                answersAlways(model) ? Optional.empty() : Optional.of(ItemScores.ofCounts(dense.positives()));
        return new ModelRecommender<>(
                algorithm,
                data.users(),
                data.items(),
                data.interactions(),
                data.itemFeatures(),
                data.likedWeight(),
                model,
                fallback,
                Optional.empty());
    }

    private static boolean answersAlways(Model model) {
        return model.stages().stream().anyMatch(ItemScores.class::isInstance);
    }

    @Override
    protected View<U, I> view(long version) {
        return this;
    }

    @Override
    public IdMap<U> users() {
        return users;
    }

    @Override
    public IdMap<I> items() {
        return items;
    }

    @Override
    public int userCount() {
        return interactions.rows();
    }

    @Override
    public int itemCount() {
        return interactions.columns();
    }

    @Override
    public Profile profile(int user) {
        Profile profile = Profile.ofUser(user, interactions, true);
        return earlier.isPresent() ? earlier.get().of(profile) : profile;
    }

    @Override
    public float likedWeight() {
        return likedWeight;
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public Optional<Model> fallback() {
        return fallback.map(scores -> scores);
    }

    @Override
    public Features itemFeatures() {
        return itemFeatures;
    }

    @Override
    public int[] usersOf(int item) {
        return interactions.transpose().row(item);
    }

    @Override
    public Scorer coOccurrence(int item) {
        return CoOccurrence.similarItems(interactions, item);
    }

    @Override
    public void save(Path file) {
        ModelFile.write(
                file,
                earlier.map(old -> state(this, algorithm, interactions, old.rows, old.changedUsers()))
                        .orElseGet(() -> state(this, algorithm, interactions)));
    }

    static <U, I> ModelRecommender<U, I> load(Path file, Class<U> userType, Class<I> itemType) {
        ModelState state = ModelFile.read(file);
        try {
            return restore(state, userType, itemType);
        } catch (RuntimeException e) {
            // Whatever an algorithm stumbles over, also one of the application: the file is not what it should be.
            throw ModelFormatException.of(file, e);
        }
    }

    private static <U, I> ModelRecommender<U, I> restore(ModelState state, Class<U> userType, Class<I> itemType) {
        Map<String, String> options = new LinkedHashMap<>(state.child("options").texts());
        Algorithm algorithm = Algorithm.named(state.text("algorithm")).with(options);
        IdMap<U> users = IdState.read(state.child("users"), userType, "user");
        IdMap<I> items = IdState.read(state.child("items"), itemType, "item");
        Interactions interactions = state.matrix("interactions");
        if (interactions.rows() != users.size() || interactions.columns() != items.size()) {
            throw new IllegalArgumentException("there are " + users.size() + " user and " + items.size()
                    + " item ids, but the histories are " + interactions);
        }
        // A model of earlier may know users who are gone.
        int most = state.has("rows") ? Integer.MAX_VALUE : users.size();
        Model model = algorithm.restore(state.child("model").withIds(most, items.size()));
        Optional<Earlier> earlier = Earlier.restore(state, users.size(), model.users());
        if (model.items() > items.size() || (earlier.isEmpty() && model.users() > users.size())) {
            throw new IllegalArgumentException("the model knows " + model.users() + " users and " + model.items()
                    + " items, but there are only " + users.size() + " and " + items.size() + " ids");
        }
        Optional<ItemScores> fallback = state.has("fallback")
                ? Optional.of(ItemScores.restore(
                        state.has("fallbackName") ? state.text("fallbackName") : FALLBACK, state.child("fallback")))
                : Optional.empty();
        if (fallback.isPresent() && fallback.get().items() != items.size()) {
            throw new IllegalArgumentException(
                    "the fallback scores " + fallback.get().items() + " items, but there are ids of " + items.size());
        }
        return new ModelRecommender<>(
                algorithm,
                users,
                items,
                interactions,
                FeatureState.read(state.child("features"), items.size()),
                state.finiteFloats("likedWeight", 1)[0],
                earlier.isPresent() ? new EarlierModel(model) : model,
                fallback,
                earlier);
    }

    @Override
    public String toString() {
        return "Recommender[" + algorithm.name() + algorithm.options() + ", " + userCount() + " users, " + itemCount()
                + " items]";
    }
}
