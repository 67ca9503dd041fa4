package org.recommender4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContributionTest {
    @Test
    void reasonsOfSeveralModelsBecomeOneEach() {
        assertThat(Contribution.merge(List.of(
                        Contribution.ofItem(3, 0.5f),
                        Contribution.of("genre", 1f),
                        Contribution.ofItem(3, 0.25f),
                        Contribution.ofItem(4, 2f),
                        Contribution.of("genre", -1f),
                        Contribution.ofItem(5, Float.POSITIVE_INFINITY))))
                .containsExactly(Contribution.ofItem(3, 0.75f), Contribution.ofItem(4, 2f));
    }
}
