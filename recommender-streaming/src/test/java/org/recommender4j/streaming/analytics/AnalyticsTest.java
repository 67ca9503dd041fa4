package org.recommender4j.streaming.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Items 0 to 9 are of category 0, 10 to 19 of 1, and so on; every fifth is of category 9 too. */
class AnalyticsTest {
    private static final long DAY = 86_400_000L;

    private static int[] categories(int item) {
        return item % 5 == 0 ? new int[] {item / 10, 9} : new int[] {item / 10};
    }

    private static Analytics.Builder builder() {
        return Analytics.builder(AnalyticsTest::categories).anonymity(3);
    }

    @Test
    void aProfileShowsInterestsActivityAndDrift() {
        Analytics analytics = builder().recentDays(2).usualDays(100).build();
        for (int day = 0; day < 60; day++) {
            analytics.record(7, 11, 1, day * DAY);
            analytics.record(7, 12, 1, day * DAY);
        }
        UserProfile<Integer> steady = analytics.user(7, 5, 60 * DAY).orElseThrow();
        assertThat(steady.events()).isEqualTo(120);
        assertThat(steady.drift()).isCloseTo(0, offset(1e-9));
        assertThat(steady.topCategories()).hasSize(1);
        assertThat(steady.topCategories().get(0).recent()).isCloseTo(1.0, offset(1e-9));
        assertThat(steady.eventsPerDay()).isBetween(1.5, 2.5);
        assertThat(steady.daysSinceLast()).isEqualTo(1.0);
        assertThat(steady.dormant()).isFalse();
        for (int day = 60; day < 70; day++) {
            analytics.record(7, 21, 1, day * DAY);
            analytics.record(7, 22, 1, day * DAY);
        }
        UserProfile<Integer> changed = analytics.user(7, 1, 70 * DAY).orElseThrow();
        assertThat(changed.drift()).isGreaterThan(0.4);
        assertThat(changed.topCategories()).hasSize(1);
        assertThat(changed.topCategories().get(0).category()).isEqualTo(2);
        assertThat(analytics.user(7, 1, 101 * DAY).orElseThrow().dormant()).isTrue();
        assertThat(analytics.dormantUsers(101 * DAY)).containsExactly(7);
        assertThat(analytics.dormantUsers(98 * DAY)).isEmpty();
        assertThat(analytics.user(8, 1, 0)).isEmpty();
    }

    @Test
    void behaviourCountsWatchesAndBounces() {
        Analytics analytics = builder().build();
        analytics.recordWatch(1, 4, 1, 50, 100, 0);
        analytics.recordWatch(2, 4, 1, 5, 100, 1);
        assertThat(analytics.item(4)).as("two users are too few").isEmpty();
        analytics.recordWatch(3, 4, 1, 200, 100, 2);
        analytics.record(3, 4, 5, 3);
        for (int k = 0; k < 8; k++) {
            analytics.recordImpression(4);
        }
        ItemBehaviour behaviour = analytics.item(4).orElseThrow();
        assertThat(behaviour.users()).isEqualTo(3);
        assertThat(behaviour.watches()).isEqualTo(3);
        assertThat(behaviour.meanSeconds()).isEqualTo(85.0);
        assertThat(behaviour.completion()).isCloseTo((0.5 + 0.05 + 1) / 3, offset(1e-12));
        assertThat(behaviour.bounceRate()).isCloseTo(1 / 3.0, offset(1e-12));
        assertThat(behaviour.eventsPerImpression()).isEqualTo(0.5);
        assertThat(analytics.item(5)).isEmpty();
    }

    /** Three know the item, but the mean would be that of the one who watched. */
    @Test
    void whatFewHaveWatchedIsNotTold() {
        Analytics analytics = builder().build();
        for (int user = 0; user < 3; user++) {
            analytics.record(user, 11, 1, 0);
        }
        analytics.recordWatch(7, 11, 1, 13, 100, 0);
        analytics.recordWatch(7, 11, 1, 13, 100, 1);
        analytics.recordWatch(8, 11, 1, 13, 100, 1);
        ItemBehaviour few = analytics.item(11).orElseThrow();
        assertThat(few.users()).isEqualTo(5);
        assertThat(few.events()).isEqualTo(6);
        assertThat(few.watches()).isZero();
        assertThat(few.completion()).isNaN();
        assertThat(few.meanSeconds()).isNaN();
        assertThat(few.bounceRate()).isNaN();
        assertThat(analytics.contentGaps(0).get(0).completion()).isNaN();
        analytics.recordWatch(0, 11, 1, 100, 100, 2);
        assertThat(analytics.item(11).orElseThrow().watches()).isEqualTo(4);
        assertThat(analytics.contentGaps(0).get(0).completion()).isCloseTo(1.39 / 4, offset(1e-9));
        analytics.forget(7);
        assertThat(analytics.item(11).orElseThrow().watches()).isZero();
    }

    @Test
    void audiencesAreThoseWhoCareMost() {
        Analytics analytics = builder().build();
        for (int user = 0; user < 5; user++) {
            for (int k = 0; k <= user; k++) {
                analytics.record(user, 30 + k, 1, user == 4 ? 0 : 300 * DAY);
            }
        }
        analytics.record(9, 31, -1, 300 * DAY);
        assertThat(analytics.categoryAudience(3, 3, 300 * DAY)).containsExactly(3, 2, 1);
        assertThat(analytics.categoryAudience(3, 10, 300 * DAY)).containsExactly(3, 2, 1, 0, 4);
        assertThat(analytics.itemAudience(32, 10, 300 * DAY)).containsExactly(2, 3, 4);
        assertThat(analytics.itemAudience(33, 10, 300 * DAY))
                .as("two are too few")
                .isEmpty();
        assertThat(analytics.categoryAudience(5, 10, 0)).isEmpty();
    }

    @Test
    void risingIsWhatGrowsNotWhatIsLarge() {
        Analytics analytics = builder().recentDays(2).usualDays(30).build();
        for (int day = 0; day < 60; day++) {
            for (int user = 0; user < 10; user++) {
                analytics.record(user, 1, 1, day * DAY);
                if (day > 56) {
                    analytics.record(user, 2, 1, day * DAY);
                }
                if (day < 30) {
                    analytics.record(user, 3, 1, day * DAY);
                }
            }
        }
        analytics.record(1, 4, 1, 59 * DAY);
        analytics.record(2, 4, 1, 59 * DAY);
        var trends = analytics.trending(10, 60 * DAY);
        assertThat(trends).extracting(Trend::item).containsExactly(2, 1, 3);
        assertThat(trends.get(0).growth()).isGreaterThan(2);
        assertThat(trends.get(1).growth()).isBetween(0.8, 1.6);
        assertThat(trends.get(2).growth()).isLessThan(0.8);
    }

    @Test
    void gapsAreDemandWithoutSupply() {
        Analytics analytics = builder().build();
        for (int item = 1; item < 5; item++) {
            analytics.addItem(item);
        }
        analytics.addItem(11);
        analytics.addItem(21);
        for (int user = 0; user < 6; user++) {
            analytics.record(user, 1, 1, DAY);
            analytics.recordWatch(user, 11, 3, 80, 100, DAY);
        }
        analytics.record(0, 21, 1, DAY);
        var gaps = analytics.contentGaps(DAY);
        assertThat(gaps)
                .extracting(ContentGap::category)
                .as("category 2 is wanted by one")
                .containsExactly(1, 0);
        assertThat(gaps.get(0).gap()).isGreaterThan(3);
        assertThat(gaps.get(0).completion()).isCloseTo(0.8, offset(1e-12));
        assertThat(gaps.get(0).users()).isEqualTo(6);
        assertThat(gaps.get(1).gap()).isLessThan(0.5);
        assertThat(gaps.get(1).supplyShare()).isCloseTo(4 / 6.0, offset(1e-12));
    }

    @Test
    void aForgottenUserHasNeverBeen() {
        Analytics with = builder().build();
        Analytics without = builder().build();
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < 2000; k++) {
            int user = random.nextInt(8);
            int item = random.nextInt(40);
            long time = k * DAY / 20;
            double seconds = random.nextInt(100);
            for (Analytics each : new Analytics[] {with, without}) {
                each.addItem(item);
                if (each == with || user != 3) {
                    each.recordWatch(user, item, 1, seconds, 100, time);
                }
            }
        }
        assertThat(with.forget(3)).isGreaterThan(100);
        assertThat(with.forget(3)).isZero();
        long now = 101 * DAY;
        assertThat(with.user(3, 3, now)).isEmpty();
        for (int item = 0; item < 40; item++) {
            ItemBehaviour expected = without.item(item).orElseThrow();
            ItemBehaviour actual = with.item(item).orElseThrow();
            assertThat(actual.users()).isEqualTo(expected.users());
            assertThat(actual.events()).isEqualTo(expected.events());
            assertThat(actual.completion()).isCloseTo(expected.completion(), offset(1e-9));
        }
        var expected = without.contentGaps(now);
        var actual = with.contentGaps(now);
        assertThat(actual).hasSameSizeAs(expected);
        for (int k = 0; k < expected.size(); k++) {
            assertThat(actual.get(k).category()).isEqualTo(expected.get(k).category());
            assertThat(actual.get(k).gap()).isCloseTo(expected.get(k).gap(), offset(1e-9));
        }
        assertThat(with.categoryAudience(1, 20, now)).isEqualTo(without.categoryAudience(1, 20, now));
    }

    @Test
    void refusesWhatCannotBe() {
        Analytics analytics = builder().build();
        assertThatThrownBy(() -> analytics.record(0, 0, Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> analytics.record(0, 0, 1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> analytics.recordWatch(0, 0, 1, -1, 5, 0)).hasMessageContaining("-1");
        assertThatThrownBy(() -> builder().anonymity(0)).hasMessageContaining("anonymity");
        assertThat(analytics.trending(5, 0)).isEmpty();
        assertThat(analytics.contentGaps(0)).isEmpty();
        assertThat(analytics.user(0, 1, 0)).isEmpty();
    }
}
