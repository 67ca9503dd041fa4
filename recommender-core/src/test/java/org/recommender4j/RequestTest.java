package org.recommender4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.data.Dataset;
import org.recommender4j.model.Rule;
import org.recommender4j.neighborhood.ItemKnn;
import org.recommender4j.popularity.Popularity;

class RequestTest {
    private static final Recommender<String, String> SHOP = new Popularity().fit(shop());

    /** Items a to e, liked by 5, 4, 3, 2 and 1 users; a and b are red, the others blue. */
    private static Dataset<String, String> shop() {
        var builder = Dataset.<String, String>builder();
        String[] items = {"a", "b", "c", "d", "e"};
        for (int k = 0; k < items.length; k++) {
            builder.itemCategories(items[k], "color", k < 2 ? "red" : "blue");
            for (int user = 0; user < items.length - k; user++) {
                builder.add("u" + user, items[k]);
            }
        }
        return builder.build();
    }

    private static Request<String, String> request() {
        return Request.forUser("new");
    }

    private static List<String> answer(Request<String, String> request) {
        return SHOP.recommend(request).items();
    }

    @Test
    void eachMethodReturnsACopy() {
        Request<String, String> plain = request();
        plain.limit(1);
        plain.deny("a");
        plain.only(List.of("e"));
        plain.filter(item -> false);
        plain.boost("e", 100);
        plain.maxPerCategory("color", 0);
        plain.pin("e", 1);
        assertThat(answer(plain)).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void rulesOfAKindAddUp() {
        assertThat(answer(request().deny("a").deny("b"))).containsExactly("c", "d", "e");
        assertThat(answer(request().only(List.of("a", "b", "c")).only(List.of("c", "b", "e"))))
                .containsExactly("b", "c");
        assertThat(answer(request().filter(i -> !i.equals("a")).filter(i -> !i.equals("c"))))
                .containsExactly("b", "d", "e");
        // 1 * 2 * 3 = 6 is more than the 5 of a.
        assertThat(answer(request().boost("e", 2).boost("e", 3))).startsWith("e", "a");
        assertThat(answer(request().boostCategory("color", "blue", 2))).startsWith("c", "a", "b", "d");
        assertThat(answer(request().boostCategory("color", "green", 2))).startsWith("a");
    }

    @Test
    void capsCountPinnedItems() {
        assertThat(answer(request().maxPerCategory("color", 1))).containsExactly("a", "c");
        assertThat(answer(request().maxPerCategory("color", 1).pin("b", 1))).containsExactly("b", "c");
        assertThat(answer(request().maxPerCategory("color", 0))).isEmpty();
    }

    @Test
    void capsRefusePinsUnlessTheyAreForced() {
        Request<String, String> three = request().pin("c", 1).pin("d", 2).pin("e", 4);
        Recommendations<String> list = SHOP.recommend(three.maxPerCategory("color", 2));
        assertThat(list.items()).containsExactly("c", "d", "a", "b");
        assertThat(list.removed()).isEqualTo(Map.of(Rule.GROUP_FULL, 1));
        assertThat(answer(three.maxPerCategory("color", 0))).isEmpty();
        assertThat(answer(three.maxPerCategory("color", 1))).containsExactly("c", "a");
        assertThat(answer(three.forcePin("e", 4).maxPerCategory("color", 2))).containsExactly("c", "d", "a", "e", "b");
        assertThat(answer(three.maxPerGroup(item -> item.equals("d") ? null : "all", 1)))
                .containsExactly("c", "d");
        // The first pins win, and those that have no place fill no group either.
        assertThat(answer(three.limit(2).maxPerCategory("color", 2))).containsExactly("c", "d");
    }

    @Test
    void pinsObeyTheOtherRulesUnlessTheyAreForced() {
        Request<String, String> plain = request().limit(2).pin("e", 1);
        assertThat(answer(plain)).containsExactly("e", "a");
        assertThat(answer(plain.filter(item -> !item.equals("e")))).containsExactly("a", "b");
        assertThat(answer(plain.only(List.of("c", "d")))).containsExactly("c", "d");
        Request<String, String> forced = plain.forcePin("e", 1);
        assertThat(answer(forced.filter(item -> !item.equals("e")))).containsExactly("e", "a");
        assertThat(answer(forced.only(List.of("c", "d")))).containsExactly("e", "c");
        assertThat(answer(forced.deny("e"))).containsExactly("a", "b");
        assertThat(SHOP.recommend(forced.only(List.of("c", "d")).limit(9)).eligible())
                .isEqualTo(3);
        // An item is no item similar to itself.
        assertThat(SHOP.recommend(Request.<String, String>similarTo("b").forcePin("b", 1))
                        .items())
                .doesNotContain("b");
    }

    @Test
    void aSeenItemThatIsPinnedObeysTheOtherRules() {
        Request<String, String> seen = Request.<String, String>forUser("u1").pin("a", 1);
        assertThat(answer(seen)).containsExactly("a", "e");
        assertThat(answer(seen.filter(item -> !item.equals("a")))).containsExactly("e");
        assertThat(answer(seen.only(List.of("e")))).containsExactly("e");
        assertThat(answer(seen.only(List.of("a")))).containsExactly("a");
        assertThat(answer(seen.deny("a"))).containsExactly("e");
        assertThat(answer(seen.includeSeen().filter(item -> !item.equals("a")))).containsExactly("b", "c", "d", "e");
    }

    @Test
    void pinsComeInTheOrderOfTheirRanks() {
        assertThat(answer(request().pin("e", 5).pin("d", 1).limit(5))).containsExactly("d", "a", "b", "c", "e");
        assertThat(answer(request().pin("e", 9).pin("d", 7).limit(3))).containsExactly("a", "d", "e");
        assertThat(answer(request().pin("e", Integer.MAX_VALUE).limit(2))).containsExactly("a", "e");
        assertThat(answer(request().pin("e", 1).limit(0))).isEmpty();
        assertThat(answer(request().pin("e", 2).pin("e", 2).limit(2))).containsExactly("a", "e");
    }

    @Test
    void whatNoItemHasHasNoEffect() {
        assertThat(answer(request().maxPerCategory("size", 0))).containsExactly("a", "b", "c", "d", "e");
        assertThat(answer(request().boostCategory("size", "xl", 2))).startsWith("a");
        assertThat(answer(request().boostCategory("color", "green", 2))).startsWith("a");
        assertThat(answer(request().boost("f", 9).deny("f").pin("f", 1))).startsWith("a");
        Recommender<String, String> empty =
                new Popularity().fit(Dataset.<String, String>builder().build());
        assertThat(empty.recommend(request().maxPerCategory("color", 1).boostCategory("color", "red", 2)))
                .isEmpty();
    }

    @Test
    void theFirstItemAndTheFirstValueObeyTheRulesToo() {
        assertThat(answer(request().boostCategory("color", "red", 0.1))).containsExactly("c", "d", "e", "a", "b");
        assertThat(answer(request().boost("a", 0.1))).endsWith("a");
        assertThat(SHOP.similarItems("a", 5).items()).hasSize(4).doesNotContain("a");
        assertThat(SHOP.recommend(Request.<String, String>similarTo("a").includeSeen())
                        .items())
                .hasSize(4)
                .doesNotContain("a");
    }

    @Test
    void idsThatCameAfterTheTrainingAreUnknown() {
        Dataset<String, String> data = shop();
        Recommender<String, String> before = new Popularity().fit(data);
        data.items().add("late");
        data.users().add("late user");
        assertThat(before.recommend(request().boost("late", 2).pin("late", 1).deny("late"))
                        .items())
                .containsExactly("a", "b", "c", "d", "e");
        assertThat(before.recommend(request().only(List.of("late", "b"))).items())
                .containsExactly("b");
        assertThat(before.similarItems("late", 2).items()).containsExactly("a", "b");
        assertThat(before.audience("late", 2)).isEmpty();
        assertThat(before.recommend("late user", 1).items()).containsExactly("a");
    }

    @Test
    void listsForManyUsersAreThoseForEach() {
        SHOP.recommendAll(
                List.of("u0", "u3", "nobody"),
                3,
                (user, list) -> assertThat(list).isEqualTo(SHOP.recommend(user, 3)));
    }

    @Test
    void capsExplainAShortListByWhatTheyRemoved() {
        Recommendations<String> list = SHOP.recommend(request().maxPerCategory("color", 1));
        assertThat(list.eligible()).isEqualTo(5);
        assertThat(list.removed()).isEqualTo(Map.of(Rule.GROUP_FULL, 3));
        assertThat(list).hasSize(2);
    }

    @Test
    void denyIsStrongerThanPin() {
        assertThat(answer(request().pin("e", 1).deny("e").limit(2))).containsExactly("a", "b");
        assertThat(answer(request().pin("e", 2).pin("e", 1).limit(2))).containsExactly("e", "a");
        assertThat(answer(request().pin("c", 1).pin("d", 2).pin("e", 3).limit(2)))
                .containsExactly("c", "d");
    }

    @Test
    void aPinnedItemShowsEvenIfItWasSeen() {
        Recommendations<String> list =
                SHOP.recommend(Request.<String, String>forUser("u0").pin("c", 1));
        assertThat(list.items()).containsExactly("c");
        assertThat(list.eligible()).isEqualTo(1);
    }

    @TempDir
    Path folder;

    @Test
    void anItemOfASessionIsALikeOnceTheRecommenderWasSavedToo() {
        var builder = Dataset.<String, String>builder().positiveFrom(5);
        for (int user = 0; user < 9; user++) {
            builder.add("u" + user, "x", 5)
                    .add("u" + user, user < 5 ? "y" : "z", 7)
                    .add("u" + user, "popular", 9);
        }
        Recommender<String, String> fitted = new ItemKnn().fit(builder.build());
        fitted.save(folder.resolve("shop.model"));
        for (Recommender<String, String> recommender :
                List.of(fitted, Recommender.load(folder.resolve("shop.model"), String.class, String.class))) {
            Recommendations<String> list = recommender.recommend(
                    Request.<String, String>forHistory("y").limit(2));
            assertThat(list.source()).isEqualTo("ItemKnn");
            assertThat(list.items()).containsExactlyInAnyOrder("x", "popular");
            assertThat(recommender
                            .recommend(Request.<String, String>forHistory(Map.of("y", 4.9)))
                            .source())
                    .isEqualTo("Popularity");
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertRefused("-1", () -> request().limit(-1));
        assertRefused("0", () -> request().pin("a", 0));
        assertRefused("-2", () -> request().maxPerCategory("color", -2));
        assertRefused("-3", () -> request().maxPerGroup(item -> item, -3));
        assertRefused("NaN", () -> request().boost("a", Double.NaN));
        assertRefused("0.0", () -> request().boost("a", 0));
        assertRefused("Infinity", () -> request().boostCategory("color", "red", Double.POSITIVE_INFINITY));
        assertRefused("-4", () -> request().atLeast(-4));
        assertRefused("Infinity", () -> Request.forHistory(Map.of("a", Double.NEGATIVE_INFINITY)));
        assertRefused("NaN", () -> Request.forHistory(Map.of("a", Double.NaN)));
        assertRefused("-5", () -> SHOP.audience("a", -5));
        assertRefused("-5", () -> SHOP.audience("no item", -5));
        assertRefused("item 'a', so 'b'", () -> request().pin("a", 3).pin("b", 3));
        assertRefused("rank 3", () -> request().pin("a", 3).forcePin("b", 3));
    }

    private static void assertRefused(String named, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(named);
    }

    @Test
    void rulesAreWrittenWithoutNamingTypes() {
        assertThat(SHOP.recommend("new", request -> request.limit(2).deny("a")))
                .isEqualTo(answered(request().limit(2).deny("a")));
        assertThat(SHOP.recommendFor(List.of("b"), request -> request.limit(3).pin("e", 1))
                        .items())
                .isEqualTo(
                        answer(Request.<String, String>forHistory("b").limit(3).pin("e", 1)))
                .startsWith("e")
                .doesNotContain("b");
        assertThat(SHOP.similarItems("b", request -> request.filter(item -> !item.equals("a")))
                        .items())
                .isEqualTo(answer(Request.<String, String>similarTo("b").deny("a")))
                .isNotEmpty();
        assertThat(SHOP.recommend("new", request -> request)).hasSize(5);
    }

    private static Recommendations<String> answered(Request<String, String> request) {
        return SHOP.recommend(request);
    }
}
