package org.recommender4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DatasetTest {
    private static DatasetBuilder<String, Long> builder() {
        return Dataset.builder();
    }

    private static float weight(Dataset<String, Long> data, String user, long item) {
        Interactions matrix = data.interactions();
        int position = matrix.find(data.users().indexOf(user), data.items().indexOf(item));
        assertThat(position).isNotNegative();
        return matrix.weight(position);
    }

    @Test
    void idsGetIndicesInTheOrderOfArrival() {
        Dataset<UUID, Integer> data = Dataset.<UUID, Integer>builder()
                .add(new UUID(0, 9), 70)
                .addItem(5)
                .add(new UUID(0, 1), 70)
                .add(new UUID(0, 1), 2)
                .build();
        assertThat(data.users().keys()).containsExactly(new UUID(0, 9), new UUID(0, 1));
        assertThat(data.items().keys()).containsExactly(70, 5, 2);
        assertThat(data.interactions().rows()).isEqualTo(2);
        assertThat(data.interactions().columns()).isEqualTo(3);
        assertThat(data.interactions().row(1)).containsExactly(0, 2);
        assertThat(data.toString()).contains("2 users", "3 items", "3 interactions");
    }

    @Test
    void implicitFeedbackAddsRepeatedWeightsUp() {
        Dataset<String, Long> data = builder()
                .add("a", 1L)
                .add("a", 1L)
                .add("a", 2L, 0.5)
                .add("b", 1L, -3, Instant.ofEpochSecond(7))
                .add("b", 2L, Instant.ofEpochSecond(8))
                .build();
        assertThat(data.feedback()).isEqualTo(Feedback.IMPLICIT);
        assertThat(weight(data, "a", 1)).isEqualTo(2f);
        assertThat(weight(data, "b", 1)).isEqualTo(-3f);
        assertThat(data.interactions().time(2)).isEqualTo(7000);
        assertThat(data.interactions().time(3)).isEqualTo(8000);
        assertThat(data.positiveFrom()).isEqualTo(Float.MIN_VALUE);
        assertThat(data.interactions().atLeast(data.positiveFrom(), false).size())
                .isEqualTo(3);
    }

    @Test
    void explicitFeedbackTakesTheNewestRating() {
        Dataset<String, Long> data = builder()
                .ratings(1, 5)
                .add("a", 1L, 2, 2000)
                .add("a", 1L, 5, 1000)
                .add("a", 2L, 4)
                .add("a", 2L, 3.5)
                .build();
        assertThat(data.feedback()).isEqualTo(Feedback.EXPLICIT);
        assertThat(weight(data, "a", 1)).isEqualTo(2f);
        assertThat(weight(data, "a", 2)).isEqualTo(3.5f);
        assertThat(data.minRating()).isEqualTo(1f);
        assertThat(data.maxRating()).isEqualTo(5f);
        assertThat(data.toString()).contains("ratings");
    }

    @Test
    void aDuplicatePolicyCanBeChosen() {
        UnaryOperator<DatasetBuilder<String, Long>> fill =
                b -> b.add("a", 1L, 2).add("a", 1L, 1);
        assertThat(weight(fill.apply(builder()).build(), "a", 1)).isEqualTo(3f);
        assertThat(weight(fill.apply(builder()).duplicates(DuplicatePolicy.MAX).build(), "a", 1))
                .isEqualTo(2f);
        assertThat(weight(fill.apply(builder()).duplicates(DuplicatePolicy.LAST).build(), "a", 1))
                .isEqualTo(1f);
        DatasetBuilder<String, Long> failing = fill.apply(builder()).duplicates(DuplicatePolicy.FAIL);
        assertBad(failing::build, "user 'a', item '1'", "more than once");
    }

    @Test
    void fourOfFiveIsALike() {
        assertThat(builder().ratings(1, 5).build().positiveFrom()).isBetween(3.5f, 4f);
        assertThat(builder().ratings(0.5, 5).build().positiveFrom()).isBetween(3.5f, 4f);
        assertThat(builder().ratings(0, 10).build().positiveFrom()).isEqualTo(7f);
        assertThat(builder().ratings(1, 5).positiveFrom(3).build().positiveFrom())
                .isEqualTo(3f);
    }

    @Test
    void aLikeWithoutAWeightCountsAsOne() {
        assertThat(builder().build().likedWeight()).isEqualTo(1f);
        assertThat(builder().positiveFrom(-2).build().likedWeight()).isEqualTo(1f);
        assertThat(builder().positiveFrom(5).build().likedWeight()).isEqualTo(5f);
        assertThat(builder().ratings(1, 5).positiveFrom(3).build().likedWeight())
                .isEqualTo(5f);
    }

    @Test
    void aScaleIsFoundInTheRatings() {
        Dataset<String, Long> data = builder()
                .feedback(Feedback.EXPLICIT)
                .add("a", 1L, 2)
                .add("a", 2L, 10)
                .build();
        assertThat(data.minRating()).isEqualTo(2f);
        assertThat(data.maxRating()).isEqualTo(10f);
        Dataset<String, Long> none = builder().feedback(Feedback.EXPLICIT).build();
        assertThat(none.minRating()).isZero();
        assertThat(none.maxRating()).isZero();
    }

    @Test
    void eventsHaveTheWeightsOfTheirKinds() {
        Dataset<String, Long> data = builder()
                .kind("wishlist", 3)
                .kind("View", 0.5)
                .addEvent("a", 1L, "view")
                .addEvent("a", 2L, "ADD_TO_CART", 5)
                .addEvent("a", 3L, "addToCart", Instant.ofEpochMilli(6))
                .addEvent("a", 4L, "dislike")
                .addEvent("a", 5L, "Wishlist")
                .addEvent("a", 6L, "purchase")
                .build();
        assertThat(data.interactions().weights()).containsExactly(0.5f, 4f, 4f, -5f, 3f, 8f);
        assertThat(data.interactions().time(2)).isEqualTo(6);
        assertBad(
                () -> builder().addEvent("a", 1L, "vieww"),
                "user 'a', item '1'",
                "vieww",
                "add to cart=4.0",
                "view=1.0");
        assertBad(() -> builder().kind("", 1), "empty");
        assertBad(() -> builder().kind("x", 0), "'x'", "0");
        assertBad(() -> builder().kind("x", Double.NaN), "'x'", "NaN");
    }

    @Test
    void everyBadValueIsNamedAndLeavesNoTrace() {
        DatasetBuilder<String, Long> builder = builder();
        assertBad(() -> builder.add("a", 1L, Double.NaN), "user 'a', item '1'", "NaN");
        assertBad(() -> builder.add("a", 1L, Double.NEGATIVE_INFINITY), "user 'a', item '1'", "-Infinity");
        assertBad(() -> builder.add("a", 1L, 1e39), "user 'a', item '1'", "1.0E39");
        assertBad(() -> builder.add("a", 1L, 1, -1), "user 'a', item '1'", "-1");
        assertBad(() -> builder.add("a", 1L, 1, Instant.ofEpochSecond(-1)), "user 'a', item '1'", "-1000");
        assertBad(() -> builder.addEvent("a", 1L, "view", -7), "user 'a', item '1'", "-7");
        assertBad(() -> builder.add("", 1L), "empty user id");
        assertBad(() -> builder.add(null, 1L), "user id is null");
        assertBad(() -> builder.add("a", null), "item id is null");
        assertBad(() -> builder.addUser(""), "empty user id");
        assertBad(() -> builder.addItem(null), "item id is null");
        assertBad(() -> Dataset.<String, String>builder().addItem(""), "empty item id");
        assertBad(() -> builder.itemNumber(3L, "year", Double.NaN), "item '3'", "year", "NaN");
        assertBad(() -> builder.itemCategories(3L, "genre", "fine", ""), "item '3'", "genre", "empty");
        assertBad(() -> builder.userVector("u", "v", new float[] {Float.NaN}), "user 'u'", "'v'", "NaN");
        assertBad(() -> builder.positiveFrom(Double.NaN), "NaN");
        Dataset<String, Long> data = builder.addItem(4L).build();
        assertThat(data.users().size()).isZero();
        assertThat(data.items().keys()).containsExactly(4L);
        assertThat(data.itemFeatures().isEmpty()).isTrue();
    }

    @Test
    void ratingsOutsideOfTheScaleAreNamedWheneverTheScaleComes() {
        DatasetBuilder<String, Long> before = builder().ratings(1, 5);
        assertBad(() -> before.add("a", 1L, 0.5), "user 'a', item '1'", "1.0 to 5.0", "0.5");
        assertBad(() -> before.add("a", 1L, 5.5), "user 'a', item '1'", "5.5");
        assertThat(before.build().users().size()).isZero();
        DatasetBuilder<String, Long> after = builder().add("a", 1L, 3).add("b", 2L, 6);
        assertBad(() -> after.ratings(1, 5), "user 'b', item '2'", "6.0");
        assertBad(() -> builder().ratings(5, 5), "5");
        assertBad(() -> builder().ratings(Double.NaN, 5), "NaN");
        assertBad(() -> builder().ratings(1, 5).feedback(Feedback.IMPLICIT), "implicit");
    }

    @Test
    void explicitFeedbackNeedsRatings() {
        DatasetBuilder<String, Long> builder = builder().add("a", 1L).ratings(1, 5);
        assertBad(builder::build, "user 'a', item '1'", "without a rating");
        DatasetBuilder<String, Long> event = builder().ratings(1, 5).addEvent("b", 2L, "like");
        assertBad(event::build, "user 'b', item '2'", "without a rating");
    }

    @Test
    void aBuilderBuildsOnce() {
        DatasetBuilder<String, Long> builder = builder().add("a", 1L);
        Dataset<String, Long> data = builder.build();
        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.add("b", 2L)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.addUser("b")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.itemText(2L, "t", "x")).isInstanceOf(IllegalStateException.class);
        assertThat(data.users().size()).isEqualTo(1);
    }

    @Test
    void aFeatureMakesAColdItem() {
        Dataset<String, Long> data = builder()
                .itemCategories(9L, "genre", "Drama")
                .itemCategory(9L, "genre", "War", 2)
                .itemCategories(8L, "genre", List.of("War"))
                .itemNumber(7L, "year", 1999)
                .itemText(7L, "title", "x")
                .itemVector(7L, "v", new float[] {1})
                .userCategories("a", "country", "CH")
                .userCategory("a", "interest", "films", 3)
                .userCategories("a", "interest", List.of("books"))
                .userNumber("b", "age", 40)
                .userText("b", "about", "y")
                .userVector("b", "v", new float[] {2})
                .add("c", 9L)
                .build();
        assertThat(data.items().keys()).containsExactly(9L, 8L, 7L);
        assertThat(data.users().keys()).containsExactly("a", "b", "c");
        assertThat(data.interactions().columns()).isEqualTo(3);
        assertThat(data.itemFeatures().rows()).isEqualTo(3);
        assertThat(data.userFeatures().rows()).isEqualTo(3);
        assertThat(data.itemFeatures().categories("genre").row(0)).containsExactly(0, 1);
        assertThat(data.itemFeatures().number("year", 2)).isEqualTo(1999);
        assertThat(data.userFeatures().text("about", 1)).isEqualTo("y");
        assertThat(data.userFeatures().values("interest")).containsExactly("films", "books");
    }

    @Test
    void otherInteractionsOfTheSameShape() {
        Dataset<String, Long> data = builder()
                .ratings(1, 5)
                .add("a", 1L, 5)
                .add("b", 2L, 1)
                .itemText(1L, "title", "x")
                .build();
        Interactions part = data.interactions().atLeast(2f, false);
        Dataset<String, Long> train = data.withInteractions(part);
        assertThat(train.interactions()).isSameAs(part);
        assertThat(train.users()).isSameAs(data.users());
        assertThat(train.itemFeatures()).isSameAs(data.itemFeatures());
        assertThat(train.feedback()).isEqualTo(Feedback.EXPLICIT);
        assertThat(train.positiveFrom()).isEqualTo(data.positiveFrom());
        assertThat(train.fingerprint()).isNotEqualTo(data.fingerprint());
        assertBad(() -> data.withInteractions(Interactions.empty(2, 3)), "2 x 2", "2 x 3");
    }

    @Test
    void theFingerprintIsStableAndSeesEveryChange() {
        UnaryOperator<DatasetBuilder<String, Long>> base = b -> b.ratings(1, 5)
                .add("a", 1L, 5, 10)
                .itemCategories(1L, "genre", "Drama")
                .itemNumber(1L, "year", 1999)
                .itemText(1L, "title", "x")
                .itemVector(1L, "v", new float[] {1});
        String print = base.apply(builder()).build().fingerprint();
        assertThat(print).hasSize(64).matches("[0-9a-f]+");
        assertThat(base.apply(builder()).build().fingerprint()).isEqualTo(print);
        List<UnaryOperator<DatasetBuilder<String, Long>>> changes = List.of(
                b -> b.add("a", 1L, 4, 10),
                b -> b.add("a", 1L, 5, 11),
                b -> b.add("b", 1L, 5),
                b -> b.addItem(2L),
                b -> b.addUser("b"),
                b -> b.addUser("c"),
                b -> b.positiveFrom(3),
                b -> b.ratings(1, 6),
                b -> b.itemCategories(1L, "genre", "War"),
                b -> b.itemCategory(1L, "genre", "Drama", 2),
                b -> b.itemNumber(1L, "year", 2000),
                b -> b.itemText(1L, "title", "y"),
                b -> b.itemVector(1L, "v", new float[] {2}),
                b -> b.userText("a", "title", "x"));
        List<String> prints = changes.stream()
                .map(change -> change.apply(base.apply(builder())).build().fingerprint())
                .toList();
        assertThat(prints).doesNotHaveDuplicates().doesNotContain(print);
        assertThat(Dataset.<Integer, Integer>builder().add(1, 1).build().fingerprint())
                .isNotEqualTo(
                        Dataset.<Integer, Long>builder().add(1, 1L).build().fingerprint());
    }

    private static void assertBad(Runnable call, String... parts) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }
}
