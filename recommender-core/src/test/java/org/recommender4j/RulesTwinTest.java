package org.recommender4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.data.Dataset;
import org.recommender4j.hybrid.Fallback;
import org.recommender4j.neighborhood.ItemKnn;
import org.recommender4j.popularity.Popularity;

/** A chain of two models against {@link NaiveRules}: many requests, quickly. */
class RulesTwinTest {
    private static final Dataset<String, String> DATA = TestData.blocks();
    private static final Recommender<String, String> CHAIN =
            Fallback.builder().add(new ItemKnn()).add(new Popularity()).build().fit(DATA);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void equalsRulesAppliedOneByOne(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 250; round++) {
            String user = round % 10 == 0 ? "nobody" : "u" + random.nextInt(4) + "-" + random.nextInt(25);
            NaiveRules rules = NaiveRules.random(random, DATA, user);
            Recommendations<String> list = CHAIN.recommend(rules.request());
            NaiveRules.Answer expected = rules.answer(CHAIN.recommend(
                    Request.<String, String>forUser(user).includeSeen().limit(100)));
            assertThat(list).as("seed %d round %d, %s", seed, round, rules).isEqualTo(expected.list());
            assertThat(list.eligible()).as("seed %d round %d", seed, round).isEqualTo(expected.eligible());
            assertThat(list.removed()).as("seed %d round %d", seed, round).isEqualTo(expected.removed());
        }
    }
}
