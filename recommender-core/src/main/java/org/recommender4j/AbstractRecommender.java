package org.recommender4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.recommender4j.data.IdMap;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.TopN;

/**
 * The path of a request, over whatever view a subclass hands out: ids to indices and a {@link Profile}, scores from the
 * models, the best of the eligible items, indices back to ids.
 *
 * <p>Thread-safe if {@link #view} is.
 *
 * @param <U> type of user ids
 * @param <I> type of item ids
 */
public abstract class AbstractRecommender<U, I> implements Recommender<U, I> {
    /** The name of the last model, unless a file says another. */
    static final String FALLBACK = "Popularity";

    /** For subclasses. */
    protected AbstractRecommender() {}

    /**
     * Returns what a call sees; which part of it stays the same during the whole call, {@link View} says.
     *
     * @param version the events that must be in it, see {@link Request#atLeast}; 0 for any
     */
    protected abstract View<U, I> view(long version);

    /**
     * Returns all of a recommender, as {@link Recommender#load} reads it from a model file. For recommenders whose models were
     * trained on the users and histories of the view.
     *
     * @param interactions the histories of the view
     */
    protected static ModelState state(View<?, ?> view, Algorithm algorithm, Interactions interactions) {
        ModelState state = new ModelState().put("algorithm", algorithm.name());
        algorithm.options().forEach((name, value) -> state.put("options/" + name, value));
        state.put("users", IdState.write(view.users(), view.userCount(), "user"));
        state.put("items", IdState.write(view.items(), view.itemCount(), "item"));
        state.put("interactions", interactions);
        state.put("features", FeatureState.write(view.itemFeatures()));
        state.put("likedWeight", new float[] {view.likedWeight()});
        state.put("model", view.model().state());
        view.fallback().ifPresent(scores -> {
            state.put("fallback", scores.state());
            if (!scores.name().equals(FALLBACK)) {
                state.put("fallbackName", scores.name());
            }
        });
        return state;
    }

    /**
     * Returns all of a recommender, as above, for one whose histories went on since its models were trained: what is
     * loaded answers as the models do when they are shown the histories of the view.
     *
     * @param rows the row of each user of the view in the training data of the model, or -1
     * @param changed the users whose history is not the one that the model was trained on
     */
    protected static ModelState state(
            View<?, ?> view, Algorithm algorithm, Interactions interactions, int[] rows, int[] changed) {
        return state(view, algorithm, interactions).put("rows", rows).put("changed", changed);
    }

    /**
     * Returns the first {@code count} ids of a map as a state.
     *
     * @param what "user" or "item", for messages
     * @throws IllegalArgumentException if ids are of a type that can't be stored
     */
    protected static ModelState writeIds(IdMap<?> ids, int count, String what) {
        return IdState.write(ids, count, what);
    }

    /**
     * Returns the ids of a state.
     *
     * @throws IllegalArgumentException if the state holds ids of another type, or is broken
     */
    protected static <K> IdMap<K> readIds(ModelState state, Class<K> type, String what) {
        return IdState.read(state, type, what);
    }

    @Override
    public Recommendations<I> recommend(Request<? extends U, ? super I> request) {
        return answer(view(request.version()), request);
    }

    /** All lists are made from one view, so that they belong together. */
    @Override
    public void recommendAll(
            Iterable<? extends U> users,
            int n,
            Executor executor,
            BiConsumer<? super U, ? super Recommendations<I>> consumer) {
        new RecommendAll<>(view(0), n).run(users.iterator(), executor, consumer);
    }

    private static <U, I> Recommendations<I> answer(View<U, I> view, Request<? extends U, ? super I> request) {
        List<Stage> stages;
        Profile profile;
        int similarTo = -1;
        if (request.similarItem().isPresent()) {
            similarTo = view.items().indexOf(request.similarItem().get());
            similarTo = similarTo < view.itemCount() ? similarTo : -1;
            profile = similarTo < 0 ? Profile.empty() : Profile.ofItems(similarTo);
            stages = similarStages(view, similarTo);
        } else {
            profile = profile(view, request);
            stages = stages(view, profile);
        }
        return CompiledRules.compile(view, request, profile, similarTo).fill(stages);
    }

    private static <U, I> Profile profile(View<U, I> view, Request<? extends U, ?> request) {
        if (request.user().isPresent()) {
            return profileOf(view, request.user().get());
        }
        int[] items = new int[request.history().size()];
        float[] weights = new float[items.length];
        int n = 0;
        for (Map.Entry<?, Double> entry : request.history().entrySet()) {
            int item = view.items().indexOf(entry.getKey());
            if (item >= 0 && item < view.itemCount()) {
                items[n] = item;
                weights[n++] = entry.getValue().isNaN()
                        ? view.likedWeight()
                        : entry.getValue().floatValue();
            }
        }
        return Profile.ofHistory(-1, Arrays.copyOf(items, n), Arrays.copyOf(weights, n), null);
    }

    static <U, I> Profile profileOf(View<U, I> view, Object user) {
        int index = view.users().indexOf(user);
        return index < 0 || index >= view.userCount() ? Profile.empty() : view.profile(index);
    }

    static List<Stage> stages(View<?, ?> view, Profile profile) {
        List<Stage> stages = new ArrayList<>();
        for (Model model : view.model().stages()) {
            if (model.answers(profile)) {
                stages.add(new Stage(model.name(), top -> model.topN(profile, top)));
            }
        }
        view.fallback().ifPresent(model -> stages.add(new Stage(model.name(), top -> model.topN(profile, top))));
        return stages;
    }

    private static List<Stage> similarStages(View<?, ?> view, int item) {
        List<Stage> stages = new ArrayList<>();
        if (item >= 0) {
            for (Model model : view.model().stages()) {
                Optional<Scorer> scorer = item < model.items() ? model.similarItems(item) : Optional.empty();
                scorer.ifPresent(s -> stages.add(new Stage(model.name(), top -> top.search(s, model.items()))));
            }
            if (stages.isEmpty()) {
                stages.add(new Stage("CoOccurrence", top -> top.search(view.coOccurrence(item), view.itemCount())));
            }
        }
        stages.addAll(stages(view, Profile.empty()));
        return stages;
    }

    /** One model's turn to fill a list. */
    record Stage(String source, Consumer<TopN> search) {}

    @Override
    public OptionalDouble score(U user, I item) {
        View<U, I> view = view(0);
        int index = view.items().indexOf(item);
        Model model = view.model();
        if (index < 0 || index >= model.items()) {
            return OptionalDouble.empty();
        }
        Profile profile = profileOf(view, user);
        float score = model.answers(profile) ? model.scorer(profile).score(index) : Scorer.UNSCORED;
        return Float.isFinite(score) ? OptionalDouble.of(score) : OptionalDouble.empty();
    }

    @Override
    public Recommendations<U> audience(I item, int n) {
        if (n < 0) {
            throw new IllegalArgumentException("n must not be negative, but is " + n);
        }
        View<U, I> view = view(0);
        int index = view.items().indexOf(item);
        if (index < 0 || index >= view.itemCount()) {
            return new Recommendations<>(List.of(), 0, Map.of());
        }
        Eligibility eligibility = Eligibility.builder(view.userCount())
                .absent(view.users().holes())
                .seen(view.usersOf(index))
                .build();
        CompiledRules<U> rules = CompiledRules.plain(view.users(), n, eligibility);
        List<Stage> stages = new ArrayList<>();
        for (Model model : view.model().stages()) {
            if (index < model.items()) {
                stages.add(new Stage(model.name(), top -> searchAudience(view, model, index, top)));
            }
        }
        view.fallback()
                .ifPresent(
                        model -> stages.add(new Stage(model.name(), top -> searchAudience(view, model, index, top))));
        return rules.fill(stages);
    }

    private static void searchAudience(View<?, ?> view, Model model, int item, TopN top) {
        Optional<Scorer> fast = model.audience(item);
        if (fast.isPresent()) {
            top.search(fast.get(), Math.min(model.users(), view.userCount()));
            return;
        }
        for (int user = 0; user < view.userCount(); user++) {
            if (top.eligibility().test(user)) {
                Profile profile = view.profile(user);
                if (model.answers(profile)) {
                    top.offer(user, model.scorer(profile).score(item));
                }
            }
        }
    }

    @Override
    public Explanation<I> explain(U user, I item) {
        View<U, I> view = view(0);
        int index = view.items().indexOf(item);
        if (index < 0 || index >= view.itemCount()) {
            return new Explanation<>(OptionalDouble.empty(), "", List.of());
        }
        Profile profile = profileOf(view, user);
        List<Model> models = new ArrayList<>(view.model().stages());
        view.fallback().ifPresent(models::add);
        for (Model model : models) {
            if (index < model.items() && model.answers(profile)) {
                float score = model.scorer(profile).score(index);
                if (Float.isFinite(score)) {
                    return new Explanation<>(
                            OptionalDouble.of(score), model.name(), reasons(view, model.explain(profile, index)));
                }
            }
        }
        return new Explanation<>(OptionalDouble.empty(), "", List.of());
    }

    private static <I> List<Explanation.Reason<I>> reasons(View<?, I> view, List<Contribution> parts) {
        return parts.stream()
                .sorted(Comparator.comparingDouble(part -> -Math.abs(part.value())))
                .map(part -> new Explanation.Reason<I>(
                        part.item() < 0
                                ? Optional.empty()
                                : Optional.of(view.items().key(part.item())),
                        part.label(),
                        part.value()))
                .toList();
    }
}
