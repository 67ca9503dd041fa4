package org.recommender4j.data;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.recommender4j.internal.util.Utf8;

/**
 * Collects a {@link Dataset}. Every method checks its arguments at once and leaves the builder
 * unchanged when it throws. Not thread-safe.
 *
 * <p>Weights are stored as {@code float}. A user id or item id must not be null, nor an empty
 * string. No text may have half a surrogate pair, be it an id, a field name, a value or a kind: no
 * file could hold it.
 *
 * @param <U> the class of user ids
 * @param <I> the class of item ids
 */
public final class DatasetBuilder<U, I> {
    /** An unknown time. */
    static final long NO_TIME = -1L;

    private final IdMap<U> users = IdMap.create();
    private final IdMap<I> items = IdMap.create();
    private final InteractionsBuilder interactions = Interactions.builder();
    private final FeaturesBuilder userFeatures = Features.builder();
    private final FeaturesBuilder itemFeatures = Features.builder();
    private EventKinds kinds = EventKinds.defaults();
    private @Nullable Feedback feedback;
    private @Nullable DuplicatePolicy duplicates;
    private float minRating = Float.NaN;
    private float maxRating = Float.NaN;
    private float positiveFrom = Float.NaN;
    private @Nullable String unrated;
    private boolean built;

    DatasetBuilder() {}

    /** Adds an interaction of weight 1 at an unknown time; for implicit feedback. */
    public DatasetBuilder<U, I> add(U user, I item) {
        return addUnrated(user, item, 1f, NO_TIME);
    }

    /** Adds an interaction of weight 1; for implicit feedback. */
    public DatasetBuilder<U, I> add(U user, I item, Instant time) {
        return addUnrated(user, item, 1f, checkTime(user, item, time.toEpochMilli()));
    }

    /** Adds an interaction at an unknown time. */
    public DatasetBuilder<U, I> add(U user, I item, double weight) {
        return addWeighted(user, item, weight, NO_TIME);
    }

    /**
     * Adds an interaction.
     *
     * @param weight the rating, or the strength of the interaction: finite as a {@code float}
     * @param epochMillis when, in milliseconds since 1970: not negative
     * @throws IllegalArgumentException if an id is null or empty, the weight is not finite or
     *     outside of the scale of {@link #ratings}, the time is negative, or there are more than
     *     2^31 - 9 interactions
     */
    public DatasetBuilder<U, I> add(U user, I item, double weight, long epochMillis) {
        return addWeighted(user, item, weight, checkTime(user, item, epochMillis));
    }

    /** Adds an interaction. */
    public DatasetBuilder<U, I> add(U user, I item, double weight, Instant time) {
        return add(user, item, weight, time.toEpochMilli());
    }

    /** Adds an event of a kind, with the weight of the kind, at an unknown time. */
    public DatasetBuilder<U, I> addEvent(U user, I item, String kind) {
        return addKind(user, item, kind, NO_TIME);
    }

    /**
     * Adds an event of a kind, with the weight of the kind; for implicit feedback.
     *
     * @param kind one of {@link #kind}, or a predefined one
     * @throws IllegalArgumentException if the kind is unknown, and as {@link #add(Object, Object,
     *     double, long)} does
     */
    public DatasetBuilder<U, I> addEvent(U user, I item, String kind, long epochMillis) {
        return addKind(user, item, kind, checkTime(user, item, epochMillis));
    }

    /** Adds an event of a kind, with the weight of the kind. */
    public DatasetBuilder<U, I> addEvent(U user, I item, String kind, Instant time) {
        return addEvent(user, item, kind, time.toEpochMilli());
    }

    /**
     * Defines a kind of event, or another weight for a predefined one; for events added later.
     *
     * <p>Predefined are the {@link EventKinds}; one of weight 0 has no place in a data set.
     *
     * @param weight what one such event is worth: finite, not 0, negative for a dislike
     */
    public DatasetBuilder<U, I> kind(String name, double weight) {
        EventKinds changed = kinds.with(name, weight);
        if (changed.weight(name) == 0f) {
            throw new IllegalArgumentException(
                    "the weight of event kind '" + name + "' must be finite and not 0, but is " + weight);
        }
        kinds = changed;
        return this;
    }

    /**
     * Says what the weights mean. The default is implicit, and explicit once {@link #ratings} was
     * called. For explicit feedback without a scale, the smallest and the largest rating make it.
     */
    public DatasetBuilder<U, I> feedback(Feedback value) {
        if (value == Feedback.IMPLICIT && !Float.isNaN(minRating)) {
            throw new IllegalArgumentException("implicit feedback has no scale of ratings");
        }
        feedback = value;
        return this;
    }

    /**
     * Makes the feedback explicit, with a scale.
     *
     * @param min the lowest possible rating
     * @param max the highest possible rating, above min
     * @throws IllegalArgumentException if the scale is not one, or a rating added before is outside
     *     of it
     */
    public DatasetBuilder<U, I> ratings(double min, double max) {
        float low = (float) min;
        float high = (float) max;
        if (!(Float.isFinite(low) && Float.isFinite(high) && low < high)) {
            throw new IllegalArgumentException(
                    "a scale of ratings must be finite and ascend, but is " + min + " to " + max);
        }
        for (int k = 0; k < interactions.size(); k++) {
            float weight = interactions.weightAt(k);
            if (weight < low || weight > high) {
                throw new IllegalArgumentException(
                        name(users.key(interactions.rowAt(k)), items.key(interactions.columnAt(k)))
                                + outside(weight, low, high));
            }
        }
        minRating = low;
        maxRating = high;
        feedback = Feedback.EXPLICIT;
        return this;
    }

    /** Tells whether every weight added so far is one of min, min + step, ..., max. */
    boolean fitsScale(double min, double max, double step) {
        if (interactions.minWeight() < min || interactions.maxWeight() > max) {
            return false;
        }
        for (int k = 0; k < interactions.size(); k++) {
            double steps = (interactions.weightAt(k) - min) / step;
            if (steps != Math.rint(steps)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Sets the smallest weight that counts as "likes it". The default is any weight above 0 for
     * implicit feedback, and {@code min + 0.7 (max - min)} for explicit feedback: 4 of 1 to 5.
     */
    public DatasetBuilder<U, I> positiveFrom(double weight) {
        if (!Float.isFinite((float) weight)) {
            throw new IllegalArgumentException("positiveFrom must be finite, but is " + weight);
        }
        positiveFrom = (float) weight;
        return this;
    }

    /**
     * Sets what becomes of several interactions of the same user and item. The default is {@link
     * DuplicatePolicy#SUM} for implicit and {@link DuplicatePolicy#LAST} for explicit feedback.
     */
    public DatasetBuilder<U, I> duplicates(DuplicatePolicy policy) {
        duplicates = Objects.requireNonNull(policy);
        return this;
    }

    /** Declares a user, who may have no interaction. */
    public DatasetBuilder<U, I> addUser(U user) {
        checkOpen();
        users.add(checkId("user", user));
        return this;
    }

    /** Declares an item, which may have no interaction. */
    public DatasetBuilder<U, I> addItem(I item) {
        checkOpen();
        items.add(checkId("item", item));
        return this;
    }

    /** Adds values to a category field of an item, such as genres or tags. */
    public DatasetBuilder<U, I> itemCategories(I item, String field, String... values) {
        return itemCategories(item, field, Arrays.asList(values));
    }

    /** Adds values to a category field of an item. */
    public DatasetBuilder<U, I> itemCategories(I item, String field, Collection<String> values) {
        return item(item, (to, row) -> to.categories(field, row, values));
    }

    /** Adds a value to a category field of an item, with a positive weight. */
    public DatasetBuilder<U, I> itemCategory(I item, String field, String value, double weight) {
        return item(item, (to, row) -> to.category(field, row, value, weight));
    }

    /** Sets a number of an item, such as a price or a year. */
    public DatasetBuilder<U, I> itemNumber(I item, String field, double value) {
        return item(item, (to, row) -> to.number(field, row, value));
    }

    /** Sets a text of an item, such as a title. */
    public DatasetBuilder<U, I> itemText(I item, String field, String value) {
        return item(item, (to, row) -> to.text(field, row, value));
    }

    /** Sets a vector of an item, such as an embedding; it is copied. */
    public DatasetBuilder<U, I> itemVector(I item, String field, float[] value) {
        return item(item, (to, row) -> to.vector(field, row, value));
    }

    /** Adds values to a category field of a user, such as interests. */
    public DatasetBuilder<U, I> userCategories(U user, String field, String... values) {
        return userCategories(user, field, Arrays.asList(values));
    }

    /** Adds values to a category field of a user. */
    public DatasetBuilder<U, I> userCategories(U user, String field, Collection<String> values) {
        return user(user, (to, row) -> to.categories(field, row, values));
    }

    /** Adds a value to a category field of a user, with a positive weight. */
    public DatasetBuilder<U, I> userCategory(U user, String field, String value, double weight) {
        return user(user, (to, row) -> to.category(field, row, value, weight));
    }

    /** Sets a number of a user, such as an age. */
    public DatasetBuilder<U, I> userNumber(U user, String field, double value) {
        return user(user, (to, row) -> to.number(field, row, value));
    }

    /** Sets a text of a user, such as a self-description. */
    public DatasetBuilder<U, I> userText(U user, String field, String value) {
        return user(user, (to, row) -> to.text(field, row, value));
    }

    /** Sets a vector of a user; it is copied. */
    public DatasetBuilder<U, I> userVector(U user, String field, float[] value) {
        return user(user, (to, row) -> to.vector(field, row, value));
    }

    /**
     * Builds the data set, as {@link InteractionsBuilder} sorts it. The builder cannot be used again.
     *
     * @throws IllegalArgumentException if a pair repeats under {@link DuplicatePolicy#FAIL}, the
     *     sum of a pair's weights overflows, or the feedback is explicit and an interaction has no
     *     rating
     * @throws IllegalStateException if the builder was used to build before
     */
    public Dataset<U, I> build() {
        checkOpen();
        Feedback meaning = feedback == null ? Feedback.IMPLICIT : feedback;
        boolean explicit = meaning == Feedback.EXPLICIT;
        if (explicit && unrated != null) {
            throw new IllegalArgumentException(
                    unrated + ": an interaction without a rating, but the feedback is explicit");
        }
        DuplicatePolicy policy =
                duplicates != null ? duplicates : explicit ? DuplicatePolicy.LAST : DuplicatePolicy.SUM;
        float low = Float.isNaN(minRating) ? interactions.minWeight() : minRating;
        float high = Float.isNaN(maxRating) ? interactions.maxWeight() : maxRating;
        Interactions matrix = interactions.build(
                users.size(), items.size(), policy, (row, column) -> name(users.key(row), items.key(column)));
        Dataset<U, I> result = new Dataset<>(
                users,
                items,
                matrix,
                meaning,
                threshold(explicit, low, high),
                explicit ? low : 0f,
                explicit ? high : 1f,
                userFeatures.build(users.size()),
                itemFeatures.build(items.size()),
                interactions.size() - matrix.size());
        built = true;
        return result;
    }

    private float threshold(boolean explicit, float low, float high) {
        if (!Float.isNaN(positiveFrom)) {
            return positiveFrom;
        }
        return explicit ? (float) (low + 0.7 * ((double) high - low)) : Float.MIN_VALUE;
    }

    /** Adds an interaction; the time is at least 0, or {@link #NO_TIME}. */
    DatasetBuilder<U, I> addWeighted(U user, I item, double weight, long time) {
        return append(user, item, narrow(user, item, weight), time);
    }

    /** Adds an event; the time is at least 0, or {@link #NO_TIME}. */
    DatasetBuilder<U, I> addKind(U user, I item, String kind, long time) {
        return addUnrated(user, item, kindWeight(user, item, kind), time);
    }

    /** Adds an interaction whose weight is not a rating; the time is at least 0, or {@link #NO_TIME}. */
    DatasetBuilder<U, I> addUnrated(U user, I item, float weight, long time) {
        append(user, item, weight, time);
        if (unrated == null) {
            unrated = name(user, item);
        }
        return this;
    }

    private DatasetBuilder<U, I> append(U user, I item, float weight, long time) {
        checkOpen();
        checkId("user", user);
        checkId("item", item);
        if (weight < minRating || weight > maxRating) {
            throw new IllegalArgumentException(name(user, item) + outside(weight, minRating, maxRating));
        }
        int row = users.indexOf(user);
        int column = items.indexOf(item);
        if (row < 0) {
            checkText("user", user);
        }
        if (column < 0) {
            checkText("item", item);
        }
        interactions.append(row < 0 ? users.add(user) : row, column < 0 ? items.add(item) : column, weight, time);
        return this;
    }

    private DatasetBuilder<U, I> user(U user, ObjIntConsumer<FeaturesBuilder> setter) {
        return describe("user", user, users, userFeatures, setter);
    }

    private DatasetBuilder<U, I> item(I item, ObjIntConsumer<FeaturesBuilder> setter) {
        return describe("item", item, items, itemFeatures, setter);
    }

    /** Sets a feature first and adds the id then, so that a bad feature leaves no trace. */
    private <K> DatasetBuilder<U, I> describe(
            String what, K id, IdMap<K> ids, FeaturesBuilder features, ObjIntConsumer<FeaturesBuilder> setter) {
        checkOpen();
        int known = ids.indexOf(checkId(what, id));
        if (known < 0) {
            checkText(what, id);
        }
        try {
            setter.accept(features, known < 0 ? ids.size() : known);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " '" + id + "': " + e.getMessage(), e);
        }
        ids.add(id);
        return this;
    }

    private void checkOpen() {
        if (built) {
            throw new IllegalStateException("this builder has built its data set");
        }
    }

    private static <K> K checkId(String what, K id) {
        if (id == null) {
            throw new IllegalArgumentException(what + " id is null");
        }
        if (id instanceof String text && text.isEmpty()) {
            throw new IllegalArgumentException("empty " + what + " id");
        }
        return id;
    }

    /** Checks a new id before anything is added, so that a bad one leaves no trace. */
    private static void checkText(String what, Object id) {
        if (id instanceof String text) {
            Utf8.require(what + " id", text);
        }
    }

    private static float narrow(Object user, Object item, double weight) {
        float result = (float) weight;
        if (!Float.isFinite(result)) {
            throw new IllegalArgumentException(
                    name(user, item) + ": weight must be finite as a float, but is " + weight);
        }
        return result;
    }

    private static long checkTime(Object user, Object item, long epochMillis) {
        if (epochMillis < 0) {
            throw new IllegalArgumentException(name(user, item) + ": time must not be negative, but is " + epochMillis);
        }
        return epochMillis;
    }

    private float kindWeight(Object user, Object item, String kind) {
        try {
            float weight = kinds.weight(kind);
            if (weight == 0f) {
                throw new IllegalArgumentException("event kind '" + kind + "' has weight 0: it says nothing of taste");
            }
            return weight;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name(user, item) + ": " + e.getMessage(), e);
        }
    }

    private static String name(@Nullable Object user, @Nullable Object item) {
        return "user '" + user + "', item '" + item + "'";
    }

    private static String outside(float weight, float low, float high) {
        return ": rating must be from " + low + " to " + high + ", but is " + weight;
    }
}
