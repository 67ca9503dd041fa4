package org.recommender4j.streaming;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.recommender4j.internal.util.Utf8;

/**
 * Somebody did something to an item.
 *
 * <pre>{@code
 * Event.view("anna", 17L)
 * Event.of("anna", 17L, "bookmark").at(time).withSession("s-9").withId("e-4711")
 * }</pre>
 *
 * <p>A kind has a weight, which says how much it tells of the user's taste: see {@link org.recommender4j.data.EventKinds} for
 * the predefined ones, and {@link LiveBuilder#kind} to change them. An event without a time happened when it was ingested.
 * Immutable: each method returns a changed copy. Thread-safe if the ids are.
 *
 * @param <U> type of user ids
 * @param <I> type of item ids
 */
public final class Event<U, I> {
    /** The kind of {@link #rating}. */
    public static final String RATING = "rating";
    /** The kind of {@link #watch}. */
    public static final String WATCH = "watch";

    static final long NO_TIME = Long.MIN_VALUE;

    private final U user;
    private final I item;
    private final String kind;
    private double value = Double.NaN;
    private double seconds = Double.NaN;
    private double duration = Double.NaN;
    private long time = NO_TIME;
    private @Nullable String id;
    private @Nullable String session;
    private Map<String, String> context = Map.of();

    private Event(U user, I item, String kind) {
        this.user = Objects.requireNonNull(user, "user");
        this.item = Objects.requireNonNull(item, "item");
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    private Event(Event<U, I> other) {
        this(other.user, other.item, other.kind);
        value = other.value;
        seconds = other.seconds;
        duration = other.duration;
        time = other.time;
        id = other.id;
        session = other.session;
        context = other.context;
    }

    /**
     * Returns an event of a kind: a predefined one, or one of the application.
     *
     * @throws IllegalArgumentException if a text has half a surrogate pair, which no file can hold; so do all methods here
     */
    public static <U, I> Event<U, I> of(U user, I item, String kind) {
        checkText("user id", user);
        checkText("item id", item);
        checkText("kind", kind);
        return new Event<>(user, item, kind);
    }

    private static void checkText(String what, @Nullable Object value) {
        if (value instanceof String text) {
            Utf8.require(what, text);
        }
    }

    /** Returns a look at an item. */
    public static <U, I> Event<U, I> view(U user, I item) {
        return of(user, item, "view");
    }

    /** Returns a click on an item that was shown. */
    public static <U, I> Event<U, I> click(U user, I item) {
        return of(user, item, "click");
    }

    /** Returns an explicit "I like it". */
    public static <U, I> Event<U, I> like(U user, I item) {
        return of(user, item, "like");
    }

    /** Returns an explicit "I don't like it". */
    public static <U, I> Event<U, I> dislike(U user, I item) {
        return of(user, item, "dislike");
    }

    /** Returns an item put into the cart. */
    public static <U, I> Event<U, I> addToCart(U user, I item) {
        return of(user, item, "add to cart");
    }

    /** Returns a purchase. */
    public static <U, I> Event<U, I> purchase(U user, I item) {
        return of(user, item, "purchase");
    }

    /** Returns an item that was skipped. */
    public static <U, I> Event<U, I> skip(U user, I item) {
        return of(user, item, "skip");
    }

    /** Returns an item that was shown, which says nothing of taste. */
    public static <U, I> Event<U, I> impression(U user, I item) {
        return of(user, item, "impression");
    }

    /**
     * Returns a rating, for a recommender of explicit feedback.
     *
     * @param value on the scale of the data; finite
     */
    public static <U, I> Event<U, I> rating(U user, I item, double value) {
        return of(user, item, RATING).withValue(value);
    }

    /**
     * Returns an item that was watched or heard; weighs as much as a "watch" times the share that was played.
     *
     * @param seconds how long; finite, at least 0
     * @param duration of the whole item in seconds; finite, more than 0
     */
    public static <U, I> Event<U, I> watch(U user, I item, double seconds, double duration) {
        require(seconds >= 0 && Double.isFinite(seconds), "seconds", seconds);
        require(duration > 0 && Double.isFinite(duration), "duration", duration);
        Event<U, I> event = of(user, item, WATCH);
        event.seconds = seconds;
        event.duration = duration;
        return event;
    }

    private static void require(boolean condition, String name, Object value) {
        if (!condition) {
            throw new IllegalArgumentException(name + " can't be " + value);
        }
    }

    /** Returns a copy with a weight of its own, or with the value of a rating; finite. */
    public Event<U, I> withValue(double value) {
        require(Float.isFinite((float) value), "value", value);
        Event<U, I> copy = new Event<>(this);
        copy.value = value;
        return copy;
    }

    /** Returns a copy that happened at a time; not before 1970. */
    public Event<U, I> at(Instant time) {
        return at(time.toEpochMilli());
    }

    /** Returns a copy that happened at a time in milliseconds since 1970; not negative. */
    public Event<U, I> at(long epochMillis) {
        require(epochMillis >= 0, "time", epochMillis);
        Event<U, I> copy = new Event<>(this);
        copy.time = epochMillis;
        return copy;
    }

    /** Returns a copy with an id: of several events with the same id only the first counts. Not empty. */
    public Event<U, I> withId(String id) {
        require(!id.isEmpty(), "id", "empty");
        checkText("event id", id);
        Event<U, I> copy = new Event<>(this);
        copy.id = id;
        return copy;
    }

    /** Returns a copy that belongs to a session; not empty. */
    public Event<U, I> withSession(String session) {
        require(!session.isEmpty(), "session", "empty");
        checkText("session", session);
        Event<U, I> copy = new Event<>(this);
        copy.session = session;
        return copy;
    }

    /** Returns a copy with one more fact about the circumstances, such as the device. */
    public Event<U, I> withContext(String key, String value) {
        Map<String, String> all = new LinkedHashMap<>(context);
        all.put(key, value);
        return withContext(all);
    }

    /** Returns a copy with these facts about the circumstances, and no others; the map is kept. */
    Event<U, I> withContext(Map<String, String> all) {
        all.forEach((key, value) -> {
            checkText("key of the context", key);
            checkText("value of the context", value);
        });
        Event<U, I> copy = new Event<>(this);
        copy.context = Collections.unmodifiableMap(all);
        return copy;
    }

    /** Returns who it was. */
    public U user() {
        return user;
    }

    /** Returns the item. */
    public I item() {
        return item;
    }

    /** Returns the name of the kind. */
    public String kind() {
        return kind;
    }

    /** Returns the rating, or the event's own weight; NaN when its kind decides. */
    public double value() {
        return value;
    }

    /** Returns how long the item was played in seconds; NaN unless it is a {@link #watch}. */
    public double seconds() {
        return seconds;
    }

    /** Returns how long the item is in seconds; NaN unless it is a {@link #watch}. */
    public double duration() {
        return duration;
    }

    /** Returns which share of the item was played, at most 1; NaN unless it is a {@link #watch}. */
    public double completion() {
        return Math.min(1, seconds / duration);
    }

    /** Tells whether the event has a time. */
    public boolean hasTime() {
        return time != NO_TIME;
    }

    /** Returns when it happened, in milliseconds since 1970; a negative number unless {@link #hasTime()}. */
    public long epochMillis() {
        return time;
    }

    /** Returns when it happened, or empty for when it is ingested. */
    public Optional<Instant> time() {
        return hasTime() ? Optional.of(Instant.ofEpochMilli(time)) : Optional.empty();
    }

    /** Returns the id. */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** Returns the session. */
    public Optional<String> session() {
        return Optional.ofNullable(session);
    }

    /** Returns what is known of the circumstances, in the order of adding. */
    public Map<String, String> context() {
        return context;
    }

    @Nullable
    String idOrNull() {
        return id;
    }

    @Nullable
    String sessionOrNull() {
        return session;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Event<?, ?> event
                && user.equals(event.user)
                && item.equals(event.item)
                && kind.equals(event.kind)
                && Double.compare(value, event.value) == 0
                && Double.compare(seconds, event.seconds) == 0
                && Double.compare(duration, event.duration) == 0
                && time == event.time
                && Objects.equals(id, event.id)
                && Objects.equals(session, event.session)
                && context.equals(event.context);
    }

    @Override
    public int hashCode() {
        return Objects.hash(user, item, kind, value, time, id);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Event[")
                .append(user)
                .append(' ')
                .append(kind)
                .append(' ')
                .append(item);
        if (!Double.isNaN(value)) {
            text.append(' ').append(value);
        }
        if (!Double.isNaN(seconds)) {
            text.append(' ').append(seconds).append(" of ").append(duration).append(" s");
        }
        time().ifPresent(when -> text.append(" at ").append(when));
        id().ifPresent(name -> text.append(", id ").append(name));
        return text.append(']').toString();
    }
}
