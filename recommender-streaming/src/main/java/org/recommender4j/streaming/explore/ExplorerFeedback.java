package org.recommender4j.streaming.explore;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.recommender4j.Recommendation;
import org.recommender4j.data.Profile;
import org.recommender4j.streaming.Event;
import org.recommender4j.streaming.LiveSignal;

/**
 * Lets an explorer learn from the events of a live recommender: it remembers what was shown to whom, and the next event of the user
 * with the item says how good that was. What no event came for in time counts as 0.
 *
 * <pre>{@code
 * ExplorerFeedback<String, String> feedback = new ExplorerFeedback<>(explorer, Duration.ofMinutes(30));
 * LiveRecommender<String, String> live = LiveRecommender.builder().signal(feedback).start(data, new ImplicitAls());
 * List<Impression<String>> shown = feedback.choose("42", live.recommend("42", 50), 10);
 * live.ingest(Event.view("42", shown.get(3).item()));   // the explorer has learned that this was good
 * }</pre>
 *
 * <p>What is shown again to the same user before there was an answer counts as 0 the first time. What waits for an answer is not
 * kept over a restart, and neither is an explorer. Forgetting a user takes back what waits; what the explorer learned is a sum over all
 * users and stays. An event costs O(1). Memory: about 150 bytes for each item that was shown and waits. Belongs to one
 * recommender. Thread-safe; calls wait for each other.
 *
 * @param <U> type of user ids
 * @param <I> type of item ids
 * @since 0.1
 */
public final class ExplorerFeedback<U, I> implements LiveSignal {
    private final Explorer<I> explorer;
    private final long window;
    private final InstantSource clock;
    private final Reward reward;
    private final Map<Key, Shown<I>> waiting = new LinkedHashMap<>();

    /** Says how good it was to show something. */
    @FunctionalInterface
    public interface Reward {
        /**
         * Returns 0 for nothing to 1 for a click; NaN if the event says nothing and a better one may come.
         *
         * @param weight what the event is worth, see {@link LiveSignal#apply}
         */
        double of(Event<?, ?> event, float weight);
    }

    private record Key(Object user, Object item) {}

    private record Shown<I>(Impression<I> impression, long until) {}

    /**
     * Makes the feedback of an explorer for a recommender of implicit feedback: what has a positive weight is a click, a negative one says
     * that showing it was no good, and an impression says nothing.
     *
     * @param window how long to wait for an event; positive
     */
    public ExplorerFeedback(Explorer<I> explorer, Duration window) {
        this(explorer, window, InstantSource.system(), ExplorerFeedback::byWeight);
    }

    /**
     * Makes the feedback of an explorer.
     *
     * @param window how long to wait for an event; positive
     * @param clock says when that time is over; that of the recommender
     * @param reward how good events are; called with the lock of the recommender held
     */
    public ExplorerFeedback(Explorer<I> explorer, Duration window, InstantSource clock, Reward reward) {
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("window must be positive, but is " + window);
        }
        this.explorer = Objects.requireNonNull(explorer);
        this.window = Math.max(1, window.toMillis());
        this.clock = Objects.requireNonNull(clock);
        this.reward = Objects.requireNonNull(reward);
    }

    private static double byWeight(Event<?, ?> event, float weight) {
        return weight == 0 ? Double.NaN : weight > 0 ? 1 : 0;
    }

    /** Lets the explorer choose in no particular situation, see {@link #choose(Object, List, int, double[])}. */
    public List<Impression<I>> choose(U user, List<Recommendation<I>> candidates, int n) {
        return choose(user, candidates, n, Explorer.NO_CONTEXT);
    }

    /** Lets the explorer choose the items to show to a user, as {@link Explorer#choose} does, and remembers them. */
    public synchronized List<Impression<I>> choose(
            U user, List<Recommendation<I>> candidates, int n, double[] context) {
        Objects.requireNonNull(user);
        long now = clock.millis();
        expire(now);
        List<Impression<I>> chosen = explorer.choose(candidates, n, context);
        List<Shown<I>> again = new ArrayList<>();
        for (Impression<I> impression : chosen) {
            Key key = new Key(user, impression.item());
            Shown<I> before = waiting.remove(key);
            if (before != null) {
                again.add(before);
            }
            waiting.put(key, new Shown<>(impression, now + window));
        }
        again.forEach(shown -> explorer.learn(shown.impression, 0));
        return chosen;
    }

    /** Lets what nobody took in time count as 0 now; done also with each choice and each event. */
    public synchronized void expire() {
        expire(clock.millis());
    }

    private void expire(long now) {
        Iterator<Shown<I>> oldest = waiting.values().iterator();
        while (oldest.hasNext()) {
            Shown<I> shown = oldest.next();
            if (shown.until > now) {
                return;
            }
            oldest.remove();
            explorer.learn(shown.impression, 0);
        }
    }

    /** Returns how many shown items wait for an event. */
    public synchronized int waiting() {
        return waiting.size();
    }

    @Override
    public synchronized void apply(
            int user, int item, float weight, long time, Supplier<Profile> before, Event<?, ?> event) {
        expire(clock.millis());
        Key key = new Key(event.user(), event.item());
        Shown<I> shown = waiting.get(key);
        if (shown != null) {
            double value = reward.of(event, weight);
            if (!Double.isNaN(value)) {
                waiting.remove(key);
                explorer.learn(shown.impression, value);
            }
        }
    }

    @Override
    public synchronized Optional<String> forget(Object user, Profile history) {
        waiting.keySet().removeIf(key -> key.user.equals(user));
        return Optional.of("the explorer keeps how often items were taken, summed up over all users");
    }
}
