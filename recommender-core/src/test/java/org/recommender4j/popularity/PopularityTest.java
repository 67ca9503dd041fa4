package org.recommender4j.popularity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.recommender4j.Recommendation;
import org.recommender4j.Recommendations;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;

class PopularityTest {
    private static final long DAY = 86_400_000L;

    /** Old: three interactions of 20 days ago; new: two of the last day; disliked: three bad ratings of today. */
    private static Dataset<String, String> data() {
        DatasetBuilder<String, String> builder =
                Dataset.<String, String>builder().ratings(1, 5);
        for (int k = 0; k < 3; k++) {
            builder.add("a" + k, "old", 5, 80 * DAY);
            builder.add("a" + k, "disliked", 1, 100 * DAY);
        }
        builder.add("b0", "new", 5, 100 * DAY).add("b1", "new", 4, 90 * DAY);
        return builder.build();
    }

    @Test
    void countsWhoLikesAnItem() {
        Recommendations<String> list = new Popularity().fit(data()).recommend("somebody", 5);
        assertThat(list.items()).containsExactly("old", "new", "disliked");
        assertThat(list).extracting(Recommendation::score).containsExactly(3f, 2f, 0f);
    }

    @Test
    void anInteractionHalvesWithEachHalfLife() {
        Recommendations<String> list =
                Popularity.builder().halfLifeDays(10).build().fit(data()).recommend("somebody", 5);
        // new: 1 of today and 1 of 10 days ago; old: 3 of 20 days ago.
        assertThat(list.items()).containsExactly("new", "old", "disliked");
        assertThat(list).extracting(Recommendation::score).containsExactly(1.5f, 0.75f, 0f);
    }

    @Test
    void withoutTimesAHalfLifeChangesNothing() {
        Dataset<String, String> data = Dataset.<String, String>builder()
                .add("a", "x")
                .add("b", "x")
                .add("a", "y")
                .build();
        assertThat(Popularity.builder().halfLifeDays(1).build().fit(data).recommend("c", 5))
                .isEqualTo(new Popularity().fit(data).recommend("c", 5));
    }

    @Test
    void refusesAHalfLifeThatIsNone() {
        for (double days : new double[] {0, -1, Double.NaN}) {
            assertThatThrownBy(() -> Popularity.builder().halfLifeDays(days))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("halfLifeDays")
                    .hasMessageContaining(String.valueOf(days));
        }
    }
}
