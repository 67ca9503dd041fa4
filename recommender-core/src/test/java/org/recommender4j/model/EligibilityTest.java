package org.recommender4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EligibilityTest {
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void equalsAskingTheRulesOneAfterTheOther(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            int items = random.nextInt(0, 200);
            int[] only = random.nextBoolean() ? TopNTest.someOf(random, items, 40) : null;
            int[] denied = TopNTest.someOf(random, items, random.nextInt(0, 20));
            int[] seen = TopNTest.someOf(random, items, random.nextInt(0, 20));
            int[] absent = random.nextBoolean() ? TopNTest.someOf(random, items, 20) : new int[0];
            IntPredicate filter = random.nextBoolean() ? item -> item % 5 < 3 : null;
            Eligibility.Builder builder =
                    Eligibility.builder(items).absent(absent).deny(denied).seen(seen);
            if (only != null) {
                builder.only(only);
            }
            if (filter != null) {
                builder.filter(filter);
            }
            Eligibility eligibility = builder.build();

            Map<Rule, Integer> removed = new EnumMap<>(Rule.class);
            int passed = 0;
            for (int item = 0; item < items; item++) {
                if (has(absent, item)) {
                    assertThat(eligibility.test(item)).as("absent %d", item).isFalse();
                    continue;
                }
                Rule by = null;
                if (only != null && !has(only, item)) {
                    by = Rule.NOT_LISTED;
                } else if (has(denied, item)) {
                    by = Rule.DENIED;
                } else if (has(seen, item)) {
                    by = Rule.SEEN;
                } else if (filter != null && !filter.test(item)) {
                    by = Rule.FILTERED;
                }
                assertThat(eligibility.test(item))
                        .as("seed %d item %d", seed, item)
                        .isEqualTo(by == null);
                if (by == null) {
                    passed++;
                } else {
                    removed.merge(by, 1, Integer::sum);
                }
            }
            assertThat(eligibility.eligible()).isEqualTo(passed);
            assertThat(eligibility.removed()).isEqualTo(removed);
        }
    }

    private static boolean has(int[] array, int value) {
        return IntStream.of(array).anyMatch(v -> v == value);
    }

    @Test
    void listsThatAscendMayStillRepeatItemsOrLeaveTheCatalogue() {
        Eligibility listed = Eligibility.builder(3)
                .only(new int[] {0, 1, 1, 3})
                .filter(item -> item > 0)
                .build();
        assertThat(listed.candidates()).containsExactly(1);
        assertThat(listed.removed().toString()).isEqualTo("{NOT_LISTED=1, FILTERED=1}");
        Eligibility denied = Eligibility.builder(3)
                .deny(new int[] {2, 2, 3})
                .seen(new int[] {2})
                .build();
        assertThat(denied.eligible()).isEqualTo(2);
        assertThat(denied.items()).isEqualTo(3);
        assertThat(denied.removed()).isEqualTo(Map.of(Rule.DENIED, 1));
    }

    @Test
    void allAllowsAll() {
        Eligibility all = Eligibility.all(3);
        assertThat(IntStream.range(0, 3).allMatch(all::test)).isTrue();
        assertThat(all.eligible()).isEqualTo(3);
        assertThat(all.removed()).isEmpty();
    }
}
