package org.recommender4j.streaming.online;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Contribution;
import org.recommender4j.model.ItemScores;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Scorer;

/** How popular items, and their categories, are of late; made by {@link DecayedPopularity}. */
public final class PopularityModel implements OnlineModel {
    private static final String NAME = "DecayedPopularity";

    private final DecayedCounts items;
    private final DecayedCounts categories;
    private final IntFunction<int[]> categoriesOf;
    /* The rest belongs to the thread that writes. */
    private final Map<Integer, UserEvents> events = new HashMap<>();
    private int[] eventsOfItem = new int[16];

    PopularityModel(double halfLifeDays, IntFunction<int[]> categoriesOf) {
        items = new DecayedCounts(halfLifeDays);
        categories = new DecayedCounts(halfLifeDays);
        this.categoriesOf = categoriesOf;
    }

    @Override
    public void update(int user, int item, float weight, long time) {
        Check.event(user, item, weight, time);
        count(item, weight, time, 1);
        events.computeIfAbsent(user, key -> new UserEvents()).add(item, weight, time);
    }

    private void count(int item, double weight, long time, int sign) {
        if (item >= eventsOfItem.length) {
            eventsOfItem = java.util.Arrays.copyOf(eventsOfItem, Math.max(item + 1, item + (item >> 1)));
        }
        eventsOfItem[item] += sign;
        items.add(item, sign * weight, time);
        if (eventsOfItem[item] == 0) {
            items.clear(item); // Not what rounding has left.
        }
        for (int category : categoriesOf.apply(item)) {
            categories.add(category, sign * weight, time);
        }
    }

    @Override
    public Unlearned forget(int user) {
        UserEvents gone = events.remove(user);
        if (gone == null) {
            return new Unlearned(0, "");
        }
        for (int k = 0; k < gone.size(); k++) {
            count(gone.item(k), gone.weight(k), gone.time(k), -1);
        }
        return new Unlearned(gone.size(), "");
    }

    /** Returns the popularity of an item at the newest time seen. */
    public double popularity(int item) {
        return items.value(item);
    }

    /** Returns the popularity of a category at the newest time seen: the sum over its items. */
    public double categoryPopularity(int category) {
        return categories.value(category);
    }

    /** Returns the number of categories: one more than the largest seen. */
    public int categories() {
        return categories.keys();
    }

    /** Returns the popularity of now as a model that does not change any more. */
    public ItemScores snapshot() {
        return new ItemScores(NAME, "recent interactions", items.values());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int users() {
        return 0;
    }

    @Override
    public int items() {
        return items.keys();
    }

    @Override
    public boolean answers(Profile profile) {
        return true;
    }

    @Override
    public Scorer scorer(Profile profile) {
        return items.scorer();
    }

    @Override
    public List<Contribution> explain(Profile profile, int item) {
        return List.of(Contribution.of("recent interactions", ScoreMap.finite(items.value(item))));
    }

    @Override
    public ModelState state() {
        return new ModelState().put("events", EventState.write(events));
    }

    static PopularityModel restore(double halfLifeDays, ModelState state) {
        PopularityModel model = new PopularityModel(halfLifeDays, item -> new int[0]);
        EventState.read(state.child("events")).forEach((user, list) -> {
            for (int k = 0; k < list.size(); k++) {
                model.update(user, list.item(k), list.weight(k), list.time(k));
            }
        });
        return model;
    }
}
