package org.recommender4j.streaming;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.recommender4j.data.Features;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.IdMap;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;
import org.recommender4j.streaming.analytics.Analytics;

/** Tells {@link Analytics} of the events, in the indices of the live recommender. Looks at no history but those of the start. */
final class AnalyticsFeed implements LiveSignal {
    private static final int[] NONE = {};
    private static final String IMPRESSION = "impression";

    private final String field;
    private final Effect.Scale scale;
    private final Table<int[]> categoriesOf = new Table<>();
    final IdMap<String> categories = IdMap.create();
    final Analytics analytics;

    /**
     * Begins with the items that there are.
     *
     * @param field the category field of the items to report on
     */
    AnalyticsFeed(String field, Consumer<Analytics.Builder> options, Effect.Scale scale, Features features, int items) {
        this.field = field;
        this.scale = scale;
        Analytics.Builder builder = Analytics.builder(this::categories);
        options.accept(builder);
        analytics = builder.build();
        if (features.categoryFields().contains(field)) {
            Interactions values = features.categories(field);
            for (int item = 0; item < values.rows(); item++) {
                for (int p = values.begin(item); p < values.end(item); p++) {
                    add(item, features.values(field).get(values.column(p)));
                }
            }
        }
        for (int item = 0; item < items; item++) {
            analytics.addItem(item);
        }
    }

    private int[] categories(int item) {
        int[] known = categoriesOf.get(item);
        return known == null ? NONE : known;
    }

    private void add(int item, String value) {
        int category = categories.add(value);
        int[] known = categories(item);
        if (Arrays.stream(known).noneMatch(one -> one == category)) {
            int[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = category;
            categoriesOf.set(item, more);
        }
    }

    /** Notes that there is an item, and what is said of it. */
    void describe(int item, ItemFact fact) {
        List<String> values =
                fact instanceof ItemFact.Categories all && all.field().equals(field) ? all.values() : List.of();
        values.forEach(value -> add(item, value));
        analytics.addItem(item);
    }

    private double liked(float weight) {
        return scale.feedback() == Feedback.IMPLICIT ? weight : weight >= scale.positiveFrom() ? 1 : 0;
    }

    @Override
    public void load(Profile history) {
        for (int k = 0; k < history.size(); k++) {
            analytics.record(history.user(), history.item(k), liked(history.weight(k)), Math.max(0, history.time(k)));
        }
    }

    @Override
    public void apply(int user, int item, float weight, long time, Supplier<Profile> before, Event<?, ?> event) {
        double liked = weight == 0f ? 0 : liked(weight);
        if (event.kind().equals(IMPRESSION)) {
            analytics.recordImpression(item);
        } else if (Double.isNaN(event.seconds())) {
            analytics.record(user, item, liked, time);
        } else {
            analytics.recordWatch(user, item, liked, event.seconds(), event.duration(), time);
        }
    }

    @Override
    public Optional<String> forget(Profile history) {
        analytics.forget(history.user());
        return Optional.empty();
    }
}
