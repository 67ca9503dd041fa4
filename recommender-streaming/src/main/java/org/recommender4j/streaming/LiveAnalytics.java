package org.recommender4j.streaming;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.recommender4j.streaming.analytics.Analytics;
import org.recommender4j.streaming.analytics.CategoryShare;
import org.recommender4j.streaming.analytics.ContentGap;
import org.recommender4j.streaming.analytics.ItemBehaviour;
import org.recommender4j.streaming.analytics.UserProfile;

/**
 * The reports of {@link Analytics} on the events of a live recommender, in its ids and as of its clock; see {@link
 * LiveBuilder#analytics}.
 *
 * <p>Every event is in them when {@code ingest} has returned: an "impression" as an item that was shown, all others as
 * something that the user did. Who is forgotten is gone from here too, but for impressions, of which only the number
 * per item is kept. The data at the start, and after {@link LiveBuilder#open} what the snapshot holds, counts as one
 * event per user and item, at the time and with the weight that the history has; how often it was, how much was
 * watched, and impressions are known only of the events since.
 *
 * <p>Reports are exact, and name people: they are for who may see the events. That groups of less than {@code
 * anonymity} users are not told of is no protection against who makes users, or compares reports over time.
 *
 * <p>Costs as {@link Analytics} says; events wait while a report is made. Thread-safe.
 *
 * @param <U> type of user ids
 * @param <I> type of item ids
 * @since 0.1
 */
public final class LiveAnalytics<U, I> {
    private final LiveState<U, I> state;
    private final AnalyticsFeed feed;
    private final Analytics analytics;
    private final InstantSource clock;

    LiveAnalytics(LiveState<U, I> state, AnalyticsFeed feed) {
        this.state = state;
        this.feed = feed;
        analytics = feed.analytics;
        clock = state.options.clock;
    }

    /**
     * Returns what is known of a user; empty for somebody unknown.
     *
     * @param top how many categories to list at most
     */
    public Optional<UserProfile<String>> user(U user, int top) {
        int index = state.users.indexOf(user);
        return analytics
                .user(index, top, clock.millis())
                .map(profile -> new UserProfile<>(
                        profile.events(),
                        profile.firstTime(),
                        profile.lastTime(),
                        profile.topCategories().stream()
                                .map(share -> new CategoryShare<>(
                                        category(share.category()), share.recent(), share.overall()))
                                .toList(),
                        profile.eventsPerDay(),
                        profile.daysSinceLast(),
                        profile.drift(),
                        profile.dormant()));
    }

    /** Returns how an item is received; empty if too few users know it. */
    public Optional<ItemBehaviour> item(I item) {
        return analytics.item(state.items.indexOf(item));
    }

    /** Returns the users who are most interested in a category of late, best first; nobody if too few are. */
    public List<U> categoryAudience(String category, int n) {
        return users(analytics.categoryAudience(feed.categories.indexOf(category), n, clock.millis()));
    }

    /** Returns the users who do most with an item of late, best first; nobody if too few do. */
    public List<U> itemAudience(I item, int n) {
        return users(analytics.itemAudience(state.items.indexOf(item), n, clock.millis()));
    }

    /** Returns the items that rise most, of those that enough users know. */
    public List<org.recommender4j.streaming.analytics.Trend<I>> trending(int n) {
        return analytics.trending(n, clock.millis()).stream()
                .map(trend -> new org.recommender4j.streaming.analytics.Trend<>(
                        state.items.key(trend.item()), trend.recentPerDay(), trend.usualPerDay(), trend.growth()))
                .toList();
    }

    /** Returns demand against supply by category, the largest gap first, of those that enough users want. */
    public List<ContentGap<String>> contentGaps() {
        return analytics.contentGaps(clock.millis()).stream()
                .map(gap -> new ContentGap<>(
                        category(gap.category()),
                        gap.users(),
                        gap.items(),
                        gap.demandShare(),
                        gap.supplyShare(),
                        gap.gap(),
                        gap.completion()))
                .toList();
    }

    /** Returns the users without an event for long, in the order in which they came. */
    public List<U> dormantUsers() {
        return users(analytics.dormantUsers(clock.millis()));
    }

    private String category(int index) {
        return feed.categories.key(index);
    }

    private List<U> users(int[] indices) {
        return Arrays.stream(indices).boxed().flatMap(this::user).toList();
    }

    /** Returns a user, or nobody if forgotten since the report was made. */
    private Stream<U> user(int index) {
        try {
            return Stream.of(state.users.key(index));
        } catch (NoSuchElementException e) {
            return Stream.empty();
        }
    }
}
