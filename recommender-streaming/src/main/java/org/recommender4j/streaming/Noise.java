package org.recommender4j.streaming;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How popularity is told so that it says next to nothing of one person: differential privacy under continual release,
 * see {@link LiveBuilder#noise}.
 *
 * <p><b>How.</b> Counts are not read live but released from time to time, all items at once. A release adds to what was
 * released before, halved with every {@code popularityHalfLife}, how many people came to like each item since, plus
 * noise for every item, whether anybody likes it or not. A person counts once per item, when liking it first, for at
 * most {@link #items} items per release, and only while the {@link #budget} lasts. Between releases all looks give the
 * same answer, so asking often, or with many accounts, averages nothing out. The data at the start are a release of
 * their own, of the latest items of each person. Released values and what each person has spent are part of a snapshot,
 * and are in a file before anybody sees them.
 *
 * <p><b>What is promised.</b> Take any two courses of events that differ in all that one person did, and anything that
 * somebody could see in the answers below: its probability differs by a factor of at most {@code exp(epsilon)} per
 * release in which the person was counted, and of {@code exp(budget)} for ever. That holds for who looks at any times,
 * knows all about everybody else, and adds people and events. It covers the lists of {@link LiveRecommender#trends},
 * and the items and scores that {@code recommend} gives somebody unknown, without a history in the request.
 *
 * <p><b>What is not.</b> A person is a user id: with three accounts somebody spends three budgets, and whoever is
 * forgotten and comes back begins a new one. Which items there are is taken as known: an item that was only ever named
 * by an event is not told of, until {@code addItem} or another fact declares it, but it counts in {@code eligible()}
 * and in the metrics. Personal lists, sessions, similar items, scores and explanations come from models that were
 * trained without noise. Audiences and analytics are exact: they are refused while there is noise, see {@link
 * #exactReports}. Snapshots and saved files hold the histories themselves. A recommender that is started in memory
 * again and again from the same data releases them each time.
 *
 * <p><b>What it costs.</b> A released score has a standard deviation of about {@code 1.4 * items / epsilon} people for
 * each release that still counts: with releases every day and a half-life of a week, 2.4 times that. Items that nobody
 * likes have it too, and are listed from {@code minGroup} on, so set that to about {@code items / epsilon * (ln(number
 * of items) + 6)}. A release takes O(items + people counted since), outside of calls; memory is 8 bytes per item, and
 * per person about 60 and 4 per item that the person was counted for.
 *
 * <p>Immutable; thread-safe.
 *
 * @since 0.1
 */
public final class Noise {
    private static final Noise NONE =
            new Noise(Double.POSITIVE_INFINITY, Duration.ofDays(1), 5, Double.POSITIVE_INFINITY, false, null);

    final double epsilon;
    final Duration period;
    final int items;
    final double budget;
    final boolean exactReports;
    private final @Nullable RandomGenerator random;

    private Noise(
            double epsilon,
            Duration period,
            int items,
            double budget,
            boolean exactReports,
            @Nullable RandomGenerator random) {
        this.epsilon = epsilon;
        this.period = period;
        this.items = items;
        this.budget = budget;
        this.exactReports = exactReports;
        this.random = random;
    }

    private static void require(boolean condition, String name, Object value) {
        if (!condition) {
            throw new IllegalArgumentException(name + " can't be " + value);
        }
    }

    /**
     * Returns noise of a strength.
     *
     * @param epsilon what a release may tell of a person: 0.001 to 100; about 1 is common, and less is safer
     */
    public static Noise perRelease(double epsilon) {
        require(epsilon >= 0.001 && epsilon <= 100, "epsilon", epsilon);
        return new Noise(epsilon, NONE.period, NONE.items, NONE.budget, false, null);
    }

    /** Returns what says that there is none: to go on with exact counts in a folder whose counts were released with noise. */
    public static Noise none() {
        return NONE;
    }

    /**
     * Sets how often counts are released in the background, see {@link LiveRecommender#release}; default a day. After a
     * restart it goes on from the last release.
     */
    public Noise every(Duration period) {
        require(!period.isNegative() && !period.isZero(), "every", period);
        return new Noise(epsilon, period, items, budget, exactReports, random);
    }

    /** Sets for how many items a person is counted in a release: the first ones since the last; 1 to 1000, default 5. */
    public Noise items(int items) {
        require(items >= 1 && items <= 1000, "items", items);
        return new Noise(epsilon, period, items, budget, exactReports, random);
    }

    /**
     * Sets what all releases together may tell of a person, in the unit of epsilon; who has spent it is counted no
     * more. Default infinite: then what is told of a person who goes on liking new things grows with every release.
     */
    public Noise budget(double epsilon) {
        require(epsilon > 0, "budget", epsilon);
        return new Noise(this.epsilon, period, items, epsilon, exactReports, random);
    }

    /**
     * Sets whether {@link LiveRecommender#audience} and {@link LiveRecommender#analytics} are answered while there is
     * noise, which does not reach them; default false: they throw. Set it if only people ask them who may see the
     * events.
     */
    public Noise exactReports(boolean answered) {
        return new Noise(epsilon, period, items, budget, answered, random);
    }

    /** Sets where chance comes from, for tests: who knows it can take the noise off. */
    Noise random(RandomGenerator source) {
        return new Noise(epsilon, period, items, budget, exactReports, source);
    }

    boolean isNone() {
        return Double.isInfinite(epsilon);
    }

    /** Returns the time between releases. */
    long millis() {
        return period.compareTo(Duration.ofMillis(Long.MAX_VALUE / 2)) > 0
                ? Long.MAX_VALUE / 2
                : Math.max(1, period.toMillis());
    }

    /** Returns what a person pays for each item that counts. */
    double cost() {
        return epsilon / items;
    }

    RandomGenerator random() {
        return random == null ? new SecureBits() : random;
    }

    @Override
    public String toString() {
        return isNone()
                ? "Noise[none]"
                : "Noise[epsilon " + epsilon + " per release, every " + period + ", items " + items + ", budget "
                        + budget + (exactReports ? ", exact reports]" : "]");
    }
}
