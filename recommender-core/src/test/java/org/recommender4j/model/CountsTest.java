package org.recommender4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Profile;

class CountsTest {
    /** A float that counts by ones stops at 2^24. */
    private static final int USERS = (1 << 24) + 10;

    @Test
    void moreUsersThanAFloatCanCountOneByOne() {
        Interactions everybodyLikesIt =
                Interactions.of(1, IntStream.rangeClosed(0, USERS).toArray(), new int[USERS], null, null);
        assertThat(everybodyLikesIt.columnLengths()).containsExactly(USERS);
        assertThat(ItemScores.ofCounts(everybodyLikesIt).scorer(Profile.empty()).score(0))
                .isEqualTo(USERS);
        assertThat(CoOccurrence.similarItems(everybodyLikesIt, 0).score(0)).isEqualTo(1f);
    }
}
