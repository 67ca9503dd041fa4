package org.recommender4j.internal.util;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FootprintTest {
    @Test
    void anArrayOfTooManyElementsIsNamedWithWhatHelps() {
        Footprint sum = new Footprint("Some", "a smaller factors", Long.MAX_VALUE);
        assertThatCode(() -> sum.array("users", Footprint.LONGEST_ARRAY, 1, 4)
                        .array("users", 1, Footprint.LONGEST_ARRAY, 4)
                        .array("users", Footprint.LONGEST_ARRAY / 64, 64, 4)
                        .array("users", Long.MAX_VALUE, 0, 4))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> sum.array("users", Footprint.LONGEST_ARRAY / 64 + 1, 64, 4))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Some needs an array of 64 numbers for each of 33554432 users, but no array can have more than"
                                + " 2147483639; use a smaller factors");
        assertThatThrownBy(() -> sum.array("users", Long.MAX_VALUE, Long.MAX_VALUE, 4))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSumAboveTheHeapIsNamedWithBoth() {
        Footprint sum = new Footprint("Some", "a smaller factors", 10_000_000);
        sum.array("users", 1_000_000, 2, 4).matrix(100_000, 100_000, 50_000, true);
        assertThatCode(sum::check).doesNotThrowAnyException();
        assertThatThrownBy(() -> sum.bytes(400_001).check())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Some needs about 11 MB of memory, but the heap can't grow beyond 10 MB; use a smaller factors, or a"
                                + " larger heap");
    }
}
