package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.recommender4j.model.ModelState;

class EventIdsTest {
    private static Event<String, String> event(String id) {
        return Event.<String, String>view("u", "i").withId(id);
    }

    @Test
    void theLatestAreKnownAlsoFromTheState() {
        EventIds ids = new EventIds(2);
        for (String id : new String[] {"a", "b", "c", "b"}) {
            ids.add(ids.key(event(id)));
        }
        EventIds same = EventIds.restore(ids.state(), 2);
        for (EventIds all : new EventIds[] {ids, same}) {
            assertThat(all.contains(all.key(event("a")))).isFalse();
            assertThat(all.contains(all.key(event("b")))).isTrue();
            assertThat(all.contains(all.key(event("c")))).isTrue();
        }
        EventIds fewer = EventIds.restore(ids.state(), 1);
        assertThat(fewer.contains(fewer.key(event("b")))).isFalse();
        assertThat(fewer.contains(fewer.key(event("c")))).isTrue();
    }

    @Test
    void anEventWithoutAnIdAndALimitOfZeroKeepNothing() {
        EventIds ids = new EventIds(2);
        assertThat(ids.key(Event.view("u", "i"))).isNull();
        assertThat(ids.contains(null)).isFalse();
        ids.add(null);
        assertThat(ids.state().longs("hashes")).isEmpty();
        EventIds none = new EventIds(0);
        assertThat(none.key(event("a"))).isNull();
        ids.add(ids.key(event("a")));
        assertThat(EventIds.restore(ids.state(), 0).state().longs("hashes")).isEmpty();
    }

    @Test
    void differentIdsDifferAndSoDoDifferentKeys() {
        EventIds ids = new EventIds(9);
        assertThat(ids.key(event("n\uD83D\uDE00")))
                .isNotEqualTo(ids.key(event("n\uD83E\uDD16")))
                .isEqualTo(ids.key(event("n\uD83D\uDE00")));
        assertThat(ids.key(event("a"))).isNotEqualTo(new EventIds(9).key(event("a")));
    }

    @Test
    void aBrokenStateIsRefused() {
        for (long[][] bad : new long[][][] {{{1}, {}}, {{1, 2}, {3}}}) {
            ModelState state = new ModelState().put("secret", bad[0]).put("hashes", bad[1]);
            assertThatThrownBy(() -> EventIds.restore(state, 9)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
