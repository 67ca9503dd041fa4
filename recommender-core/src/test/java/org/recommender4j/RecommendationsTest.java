package org.recommender4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.factorization.ImplicitAls;
import org.recommender4j.hybrid.Blend;
import org.recommender4j.hybrid.Fallback;
import org.recommender4j.model.Rule;
import org.recommender4j.neighborhood.ItemKnn;
import org.recommender4j.popularity.Popularity;

class RecommendationsTest {
    /** Ten items, of which five have users, one of each color. */
    private static Dataset<String, String> data() {
        DatasetBuilder<String, String> builder = Dataset.builder();
        for (int k = 0; k < 10; k++) {
            builder.itemCategories("i" + k, "color", k % 2 == 0 ? "red" : "blue");
            for (int user = 0; k < 5 && user < 6 - k; user++) {
                builder.add("u" + user, "i" + k);
            }
        }
        return builder.build();
    }

    @Test
    void whatRulesRemovedIsInTheirOrder() {
        Map<Rule, Integer> mixed = new LinkedHashMap<>();
        for (Rule rule : List.of(Rule.GROUP_FULL, Rule.SEEN, Rule.NOT_LISTED, Rule.FILTERED, Rule.DENIED)) {
            mixed.put(rule, 1);
        }
        assertThat(new Recommendations<>(List.of(), 0, mixed).removed().keySet())
                .containsExactly(Rule.values());
        Map<Rule, Integer> removed = new Popularity()
                .fit(data())
                .recommend(Request.<String, String>forUser("u5")
                        .limit(9)
                        .only(List.of("i0", "i1", "i2", "i4", "i6", "i8"))
                        .deny("i1")
                        .filter(item -> !item.equals("i4"))
                        .maxPerCategory("color", 1))
                .removed();
        assertThat(removed.toString()).isEqualTo("{NOT_LISTED=4, DENIED=1, SEEN=1, FILTERED=1, GROUP_FULL=2}");
        assertThatThrownBy(() -> removed.put(Rule.SEEN, 7)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void similarItemsThatAChainHadToPadNameTheMemberThatDidIt() {
        Recommender<String, String> chain = Fallback.builder()
                .add(new ItemKnn())
                .add(new Popularity())
                .build()
                .fit(data());
        assertThat(chain.similarItems("i1", 9).source()).isEqualTo("ItemKnn+Popularity");
        assertThat(chain.similarItems("i9", 9).source()).isEqualTo("Popularity");
        assertThat(chain.similarItems("no such item", 9).source()).isEqualTo("Popularity");
        Recommender<String, String> nested = Fallback.builder()
                .add(Fallback.builder()
                        .add(new ImplicitAls())
                        .add(new ItemKnn())
                        .build())
                .add(Blend.builder().add(new Popularity()).build())
                .build()
                .fit(data());
        assertThat(nested.similarItems("no such item", 9).source()).isEqualTo("Blend");
        assertThat(nested.recommend("no such user", 9).source()).isEqualTo("Blend");
    }
}
