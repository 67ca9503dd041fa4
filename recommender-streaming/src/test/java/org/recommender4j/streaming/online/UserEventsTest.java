package org.recommender4j.streaming.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.data.Profile;

/** The lists of events against naive ones. */
class UserEventsTest {
    @ParameterizedTest
    @ValueSource(ints = {5, 40, 700})
    void equalsANaiveList(int items) {
        SplittableRandom random = new SplittableRandom(items);
        UserEvents events = new UserEvents();
        List<Integer> naive = new ArrayList<>();
        for (int step = 0; step < 6000; step++) {
            // Now and then only a few of the newest come again and again.
            int item = step / 500 % 2 == 0 ? random.nextInt(items) : random.nextInt(Math.min(3, items));
            int place = events.indexOf(item);
            assertThat(place >= 0).isEqualTo(naive.contains(item));
            if (place >= 0) {
                assertThat(events.item(place)).isEqualTo(item);
                assertThat(events.weight(place)).isEqualTo(item + 0.5f);
                events.remove(place);
                naive.remove((Integer) item);
            }
            if (random.nextInt(10) > 0) {
                events.add(item, item + 0.5f, step);
                naive.add(item);
            }
            assertThat(events.size()).isEqualTo(naive.size());
            int most = random.nextInt(1, 20);
            assertThat(itemsAt(events, events.newest(most)))
                    .isEqualTo(naive.subList(Math.max(0, naive.size() - most), naive.size()));
        }
        assertThat(itemsAt(events, events.newest(Integer.MAX_VALUE))).isEqualTo(naive);
        int[] places = IntStream.range(0, events.end())
                .filter(place -> !events.isGap(place))
                .toArray();
        assertThat(itemsAt(events, places)).isEqualTo(naive);
    }

    private static List<Integer> itemsAt(UserEvents events, int[] places) {
        return Arrays.stream(places).map(events::item).boxed().toList();
    }

    @Test
    void likedItemsAreFoundInALongList() {
        SplittableRandom random = new SplittableRandom(3);
        LikedItems liked = new LikedItems();
        List<Integer> naive = new ArrayList<>();
        for (int step = 0; step < 4000; step++) {
            int item = random.nextInt(900);
            int place = liked.indexOf(item);
            assertThat(place).isEqualTo(naive.indexOf(item));
            if (place >= 0) {
                liked.remove(place);
                naive.remove(place);
            }
            if (random.nextInt(8) > 0) {
                liked.add(item, 1f, step, 10);
                naive.add(item);
                int last = liked.size() - 1;
                assertThat(liked.firstPartner(last)).isEqualTo(Math.max(0, last - 10));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 50})
    void theNewestComeFirst(int size) {
        SplittableRandom random = new SplittableRandom(size);
        int[] items = IntStream.range(0, size).toArray();
        long[] times = random.longs(size, 0, 9).toArray();
        for (boolean timed : new boolean[] {true, false}) {
            Recent recent = new Recent(Profile.ofHistory(-1, items, null, timed ? times : null));
            Comparator<Integer> byAge = timed
                    ? Comparator.<Integer>comparingLong(k -> times[k]).thenComparingInt(k -> k)
                    : Comparator.naturalOrder();
            IntStream.range(0, size)
                    .boxed()
                    .sorted(byAge.reversed())
                    .forEach(place -> assertThat(recent.next()).isEqualTo(place));
            assertThat(recent.next()).isEqualTo(-1);
        }
    }
}
